package dev.firesteel.riscv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.riscv.vm.InitialMemory;
import dev.firesteel.riscv.vm.Memory;
import dev.firesteel.riscv.vm.Opcode;
import dev.firesteel.riscv.vm.TouchListener;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a program in segments and checks all that must hold between the segments, their replays and the run: what the proof will check
 * one day, done on the plain values.
 */
public final class SegmentChecks {
    private final Program program;
    private final ExecutionOptions options;
    /** Address to (1 + last segment, value after it): the memory argument across segments, as a map. */
    private final Map<Long, long[]> words = new HashMap<>();

    private final Map<InstructionFamily, Long> families = new EnumMap<>(InstructionFamily.class);
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final Memory initial;
    private Segment before;
    private long misaligned;
    private int count;

    private SegmentChecks(Program program, byte[] input, ExecutionOptions options) {
        this.program = program;
        this.options = options;
        this.initial = new Memory(new InitialMemory(program.segments(), input), TouchListener.NONE);
    }

    /** Runs with every check; returns the result for the caller's own. */
    public static ExecutionResult run(Program program, byte[] input, ExecutionOptions options)
            throws InputTooLargeException {
        SegmentChecks checks = new SegmentChecks(program, input, options);
        ExecutionResult result = Emulator.execute(program, input, options, checks::accept);
        checks.finish(result);
        return result;
    }

    /** The segments of a run, all kept. */
    public static List<Segment> segments(Program program, byte[] input, ExecutionOptions options)
            throws InputTooLargeException {
        List<Segment> segments = new ArrayList<>();
        Emulator.execute(program, input, options, segments::add);
        return segments;
    }

    private void accept(Segment segment) {
        assertEquals(count++, segment.index());
        checkStart(segment);
        checkLimits(segment);
        SegmentEnd end = SegmentReplayer.replay(program, segment);
        assertArrayEquals(segment.endRegisters(), end.endRegisters());
        assertEquals(segment.endPc(), end.endPc());
        assertArrayEquals(segment.output(), end.output());
        assertEquals(segment.families(), end.families());
        assertEquals(segment.outcome(), end.outcome());
        assertEquals(segment.exitCode(), end.exitCode());
        for (int i = 0; i < segment.addresses().length; i++) {
            long address = segment.addresses()[i];
            long[] known = words.computeIfAbsent(address, a -> new long[] {0, initial.peek(a)});
            assertEquals(known[0], segment.lastSegments()[i], () -> "last segment of " + Long.toHexString(address));
            assertEquals(known[1], segment.valuesIn()[i], () -> "value into " + Long.toHexString(address));
            words.put(address, new long[] {segment.index() + 1L, end.valuesOut()[i]});
        }
        segment.families().forEach((family, rows) -> families.merge(family, rows, Long::sum));
        output.writeBytes(segment.output());
        misaligned += segment.misalignedAccesses();
        before = segment;
    }

    private void checkStart(Segment segment) {
        assertEquals(output.size(), segment.outputStart());
        if (before == null) {
            long[] start = new long[32];
            start[2] = AddressSpace.STACK_TOP;
            assertArrayEquals(start, segment.startRegisters());
            assertEquals(program.entry(), segment.startPc());
            assertEquals(0, segment.startCycle());
        } else {
            assertNull(before.outcome());
            assertArrayEquals(before.endRegisters(), segment.startRegisters());
            assertEquals(before.endPc(), segment.startPc());
            assertEquals(before.startCycle() + before.cycles(), segment.startCycle());
        }
    }

    private void checkLimits(Segment segment) {
        SegmentLimits limits = options.limits();
        long tallest =
                segment.families().values().stream().mapToLong(n -> n).max().orElseThrow();
        assertTrue(segment.cycles() <= limits.maxCycles());
        assertTrue(tallest <= limits.maxFamilyRows());
        assertTrue(segment.addresses().length <= limits.maxTouchedWords());
        assertEquals(
                segment.cycles(),
                segment.families().values().stream().mapToLong(n -> n).sum());
        if (!segment.last()) {
            // It ended because a limit was reached, not before.
            assertTrue(segment.cycles() == limits.maxCycles()
                    || tallest == limits.maxFamilyRows()
                    || segment.addresses().length > limits.maxTouchedWords() - Accelerator.MAX_WORDS
                    || calls(program, segment).entrySet().stream()
                            .anyMatch(c -> c.getValue() == limits.maxCalls(c.getKey())));
        }
    }

    /** The calls of accelerators in {@code segment}. */
    static Map<Accelerator, Long> calls(Program program, Segment segment) {
        Map<Accelerator, Long> calls = new EnumMap<>(Accelerator.class);
        for (Accelerator accelerator : Accelerator.values()) {
            calls.put(accelerator, 0L);
        }
        SegmentStepper stepper = new SegmentStepper(program, segment);
        while (stepper.hasNext()) {
            int operation = program.code().operation(program.code().indexOf(stepper.pc()));
            Accelerator accelerator = Accelerator.of(stepper.register(17));
            if (operation == Opcode.ECALL && accelerator != null) {
                calls.merge(accelerator, 1L, Long::sum);
            }
            stepper.step();
        }
        return calls;
    }

    private void finish(ExecutionResult result) {
        assertEquals(count, result.segmentCount());
        ExecutionStatistics statistics = result.statistics();
        if (count == 0) {
            // Only a run that traps at its very first instruction has no segment.
            assertEquals(0, statistics.cycles());
            return;
        }
        assertNotNull(before);
        assertEquals(result.outcome(), before.outcome());
        assertEquals(result.exitCode(), before.exitCode());
        assertEquals(result.trapPc(), before.endPc());
        assertArrayEquals(result.output(), output.toByteArray());
        assertEquals(statistics.cycles(), before.startCycle() + before.cycles());
        assertEquals(statistics.families(), families);
        assertEquals(statistics.misalignedAccesses(), misaligned);
        assertEquals(statistics.touchedWords(), words.size());
    }
}
