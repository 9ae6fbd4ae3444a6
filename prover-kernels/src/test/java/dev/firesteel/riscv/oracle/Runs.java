package dev.firesteel.riscv.oracle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firesteel.riscv.ElfException;
import dev.firesteel.riscv.Emulator;
import dev.firesteel.riscv.Engine;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.ExecutionResult;
import dev.firesteel.riscv.InputTooLargeException;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import java.util.ArrayList;
import java.util.List;

/** Runs a program on every engine and insists that nothing but the time differs. */
public final class Runs {
    /** A run and its segments. */
    public record Run(ExecutionResult result, List<Segment> segments) {}

    private Runs() {}

    /** Executes with segments on every engine, once without, and compares; returns the interpreter's run. */
    public static Run onEveryEngine(byte[] elf, byte[] input, ExecutionOptions options) {
        Program program = load(elf);
        Run expected = run(program, input, options.withEngine(Engine.INTERPRETER), true);
        for (Engine engine : List.of(Engine.TRANSLATOR, Engine.AUTO)) {
            // Twice: the second run finds the regions of the first.
            for (int round = 0; round < 2; round++) {
                assertSame(expected, run(program, input, options.withEngine(engine), true), engine.name());
            }
        }
        for (Engine engine : Engine.values()) {
            Run plain = run(program, input, options.withEngine(engine), false);
            assertSameResult(expected.result, plain.result, engine.name() + " without segments");
        }
        return expected;
    }

    public static Program load(byte[] elf) {
        try {
            return Program.load(elf, "test");
        } catch (ElfException e) {
            throw new AssertionError(e);
        }
    }

    public static Run run(Program program, byte[] input, ExecutionOptions options, boolean withSegments) {
        List<Segment> segments = new ArrayList<>();
        try {
            return new Run(Emulator.execute(program, input, options, withSegments ? segments::add : null), segments);
        } catch (InputTooLargeException e) {
            throw new AssertionError(e);
        }
    }

    /** Everything equal but wall time. */
    public static void assertSame(Run expected, Run actual, String what) {
        assertSameResult(expected.result, actual.result, what);
        assertEquals(expected.result.segmentCount(), actual.result.segmentCount(), what);
        assertEquals(expected.segments.size(), actual.segments.size(), what);
        for (int i = 0; i < expected.segments.size(); i++) {
            assertEquals(expected.segments.get(i), actual.segments.get(i), what + ", segment " + i);
        }
    }

    private static void assertSameResult(ExecutionResult expected, ExecutionResult actual, String what) {
        assertEquals(expected.outcome(), actual.outcome(), what);
        assertEquals(expected.trap(), actual.trap(), what);
        assertEquals(Long.toHexString(expected.trapPc()), Long.toHexString(actual.trapPc()), what);
        assertEquals(expected.exitCode(), actual.exitCode(), what);
        assertArrayEquals(expected.output(), actual.output(), what);
        var e = expected.statistics();
        var a = actual.statistics();
        assertEquals(e.cycles(), a.cycles(), what);
        assertEquals(e.families(), a.families(), what);
        assertEquals(e.misalignedAccesses(), a.misalignedAccesses(), what);
        assertEquals(e.touchedWords(), a.touchedWords(), what);
        assertEquals(e.acceleratorCalls(), a.acceleratorCalls(), what);
    }
}
