package dev.firesteel.riscv.jit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.oracle.Runs;
import dev.firesteel.riscv.vm.InitialMemory;
import dev.firesteel.riscv.vm.Interpreter;
import dev.firesteel.riscv.vm.Machine;
import dev.firesteel.riscv.vm.Memory;
import dev.firesteel.riscv.vm.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** Runs translator and interpreter side by side and compares the whole state each time they stop. */
final class Lockstep {
    private static final int MAX_STEPS = 200_000;

    private record Touch(long address, long value, int stamp) {}

    private final List<Touch> touches = new ArrayList<>();
    private final Machine machine;
    private final Runner runner;

    private Lockstep(Program program, Runner runner) {
        this.machine = new Machine(
                new Memory(
                        new InitialMemory(program.segments(), new byte[0]),
                        (a, v, s) -> touches.add(new Touch(a, v, s))),
                program.entry());
        this.runner = runner;
    }

    private long step(long budget) {
        return runner.run(machine, budget);
    }

    /**
     * Compares until the program ends, a new memory segment beginning at every seventh stop.
     *
     * @param budgets the budget of each step, by its number
     * @return the machine at the end
     */
    static Machine compare(byte[] elf, TranslatorSettings settings, LongUnaryOperator budgets, String what) {
        Program program = Runs.load(elf);
        Lockstep expected = new Lockstep(program, new Interpreter(program.code()));
        Lockstep actual = new Lockstep(program, Translator.of(program.code(), settings));
        for (int step = 0; expected.machine.running() && step < MAX_STEPS; step++) {
            long budget = budgets.applyAsLong(step);
            assertEquals(expected.step(budget), actual.step(budget), what + ": instructions in step " + step);
            assertSame(expected, actual, what + ": step " + step);
            if (step % 7 == 6) {
                expected.machine.memory.beginSegment();
                actual.machine.memory.beginSegment();
            }
        }
        return actual.machine;
    }

    private static void assertSame(Lockstep e, Lockstep a, String what) {
        assertEquals(Long.toHexString(e.machine.pc), Long.toHexString(a.machine.pc), what);
        assertEquals(e.machine.cycles, a.machine.cycles, what);
        assertArrayEquals(e.machine.registerFile(), a.machine.registerFile(), what);
        assertEquals(e.machine.familyCounts(), a.machine.familyCounts(), what);
        assertArrayEquals(e.machine.operationCounts, a.machine.operationCounts, what);
        assertEquals(e.machine.outcome(), a.machine.outcome(), what);
        assertEquals(e.machine.trap(), a.machine.trap(), what);
        assertEquals(e.machine.exitCode(), a.machine.exitCode(), what);
        assertArrayEquals(e.machine.output().from(0), a.machine.output().from(0), what);
        assertEquals(e.machine.memory.misaligned(), a.machine.memory.misaligned(), what);
        assertEquals(e.machine.memory.touchedEver(), a.machine.memory.touchedEver(), what);
        assertEquals(e.machine.memory.touchedInSegment(), a.machine.memory.touchedInSegment(), what);
        assertEquals(e.touches, a.touches, what);
        e.touches.clear();
        a.touches.clear();
    }
}
