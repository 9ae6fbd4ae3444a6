package dev.firesteel.riscv;

import dev.firesteel.riscv.vm.Machine;
import dev.firesteel.riscv.vm.TouchLog;
import java.util.EnumMap;
import java.util.Map;

/**
 * Follows one run and cuts it into segments. Knows the start of the current segment, and holds nothing of earlier ones but their
 * summed counts.
 */
final class Segmenter {
    private final Machine machine;
    private final TouchLog log;
    private final SegmentLimits limits;
    private final Map<InstructionFamily, Long> closedFamilies = new EnumMap<>(InstructionFamily.class);

    private int index;
    private long startCycle;
    private long startPc;
    private long[] startRegisters;
    private int outputStart;
    private long misalignedBefore;
    private final long[] callsBefore = new long[Accelerator.values().length];

    Segmenter(Machine machine, TouchLog log, SegmentLimits limits) {
        this.machine = machine;
        this.log = log;
        this.limits = limits;
        begin();
    }

    private void begin() {
        startCycle = machine.cycles;
        startPc = machine.pc;
        startRegisters = machine.registerFile();
        outputStart = machine.output().size();
        misalignedBefore = machine.memory.misaligned();
        for (Accelerator accelerator : Accelerator.values()) {
            callsBefore[accelerator.ordinal()] = machine.acceleratorCalls(accelerator);
        }
    }

    /** Instructions that can surely execute before any limit is reached; 0 when the segment must end here. */
    long budget() {
        for (Accelerator accelerator : Accelerator.values()) {
            long calls = machine.acceleratorCalls(accelerator) - callsBefore[accelerator.ordinal()];
            if (calls == limits.maxCalls(accelerator)) {
                return 0;
            }
        }
        long cycles = limits.maxCycles() - cycles();
        // One instruction touches at most two words, but for calls of accelerators, behind which engines pause: there
        // must be room for one in front of each instruction of the budget.
        long free = limits.maxTouchedWords() - machine.memory.touchedInSegment();
        long budget = Math.min(cycles, Math.max(0, (free - Accelerator.MAX_WORDS + 2) / 2));
        if (limits.maxFamilyRows() < limits.maxCycles()) {
            budget = Math.min(budget, limits.maxFamilyRows() - machine.tallestFamily());
        }
        return budget;
    }

    /** Cycles of the current segment so far. */
    long cycles() {
        return machine.cycles - startCycle;
    }

    /** The current segment as a record, and the next one begins. */
    Segment close() {
        TouchLog.Words words = log.drain();
        boolean last = !machine.running();
        Map<InstructionFamily, Long> families = machine.familyCounts();
        Segment segment = new Segment(
                index,
                last,
                startCycle,
                cycles(),
                startPc,
                machine.pc,
                startRegisters,
                machine.registerFile(),
                words.addresses(),
                words.values(),
                words.stamps(),
                outputStart,
                machine.output().from(outputStart),
                families,
                machine.memory.misaligned() - misalignedBefore,
                machine.outcome(),
                machine.outcome() == Outcome.HALTED ? machine.exitCode() : 0);
        families.forEach((family, count) -> closedFamilies.merge(family, count, Long::sum));
        machine.clearCounts();
        machine.memory.beginSegment();
        index++;
        begin();
        return segment;
    }

    /** Instructions per family over all segments so far, the current one included. */
    Map<InstructionFamily, Long> familiesOfRun() {
        Map<InstructionFamily, Long> sum = machine.familyCounts();
        closedFamilies.forEach((family, count) -> sum.merge(family, count, Long::sum));
        return sum;
    }
}
