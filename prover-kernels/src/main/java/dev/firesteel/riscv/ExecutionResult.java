package dev.firesteel.riscv;

/**
 * The end of a run.
 *
 * @param outcome how it ended
 * @param exitCode the guest's exit code when {@code outcome} is HALTED, else 0 (which then means nothing)
 * @param trap the trap when {@code outcome} is TRAPPED, else null
 * @param trapPc address of the trapping instruction when trapped (for FETCH_FAULT the address that could not be fetched), else
 *     the {@code pc} at which the run ended
 * @param output the public output, also of a run that failed
 * @param statistics what it cost
 * @param segmentCount segments handed to the sink, 0 without one
 * @param profile cycles per function, or null when not asked for
 */
public record ExecutionResult(
        Outcome outcome,
        int exitCode,
        Trap trap,
        long trapPc,
        byte[] output,
        ExecutionStatistics statistics,
        int segmentCount,
        Profile profile) {

    /** Whether the guest halted with exit code 0: the one way to succeed. */
    public boolean success() {
        return outcome == Outcome.HALTED && exitCode == 0;
    }
}
