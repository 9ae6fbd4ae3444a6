package dev.firesteel.riscv;

import java.util.Map;

/**
 * What a run cost. All but {@link #nanos} is a function of program, input and limits.
 *
 * @param cycles instructions completed, HALT included, a trapping instruction not
 * @param nanos wall time of the execution in nanoseconds, segmentation and sink included
 * @param misalignedAccesses loads and stores whose address is no multiple of their size
 * @param touchedWords distinct 8-byte words loaded or stored over the whole run
 * @param families instructions per family, every family present; they sum to {@code cycles}
 * @param acceleratorCalls calls per accelerator, by name ({@link Accelerator}) in alphabetical order; those that were called
 */
public record ExecutionStatistics(
        long cycles,
        long nanos,
        long misalignedAccesses,
        long touchedWords,
        Map<InstructionFamily, Long> families,
        Map<String, Long> acceleratorCalls) {

    /** Cycles per second, 0 when no time passed. */
    public double cyclesPerSecond() {
        return nanos == 0 ? 0 : cycles * 1e9 / nanos;
    }
}
