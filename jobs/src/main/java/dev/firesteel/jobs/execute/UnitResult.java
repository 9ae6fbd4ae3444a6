package dev.firesteel.jobs.execute;

import dev.firesteel.cli.Messages;
import dev.firesteel.jobs.spark.Digests;
import dev.firesteel.riscv.ExecutionResult;
import dev.firesteel.riscv.ExecutionStatistics;
import dev.firesteel.riscv.Outcome;
import java.io.Serializable;
import java.time.Instant;
import java.util.TreeMap;

/**
 * What came of one attempt to execute a unit; travels from the task to the driver. Either {@link #end} or {@link #failure}
 * is there.
 *
 * @param unit position of the unit in its batch
 * @param executorId Spark executor
 * @param host its host
 * @param durationMs wall time of the attempt, milliseconds
 * @param endedAt when it ended
 * @param end how the guest ended, or null
 * @param failure why the guest could not be executed, or null
 */
record UnitResult(
        int unit, String executorId, String host, double durationMs, Instant endedAt, End end, Failure failure)
        implements Serializable {

    /** How a guest ended, in the terms of {@code executions}. */
    record End(
            String outcome,
            Integer exitCode,
            String trap,
            Long trapPc,
            byte[] output,
            String outputSha256,
            long cycles,
            int segmentCount,
            long misalignedAccesses,
            long touchedWords,
            TreeMap<String, Long> families,
            TreeMap<String, Long> acceleratorCalls,
            double executionMs)
            implements Serializable {

        static End of(ExecutionResult result) {
            ExecutionStatistics statistics = result.statistics();
            boolean trapped = result.outcome() == Outcome.TRAPPED;
            return new End(
                    SegmentRows.outcome(result.outcome()),
                    result.outcome() == Outcome.HALTED ? result.exitCode() : null,
                    trapped ? result.trap().name() : null,
                    trapped ? result.trapPc() : null,
                    result.output(),
                    Digests.sha256(result.output()),
                    statistics.cycles(),
                    result.segmentCount(),
                    statistics.misalignedAccesses(),
                    statistics.touchedWords(),
                    new TreeMap<>(SegmentRows.families(statistics.families())),
                    new TreeMap<>(statistics.acceleratorCalls()),
                    statistics.nanos() / 1e6);
        }
    }

    /**
     * Why an attempt failed.
     *
     * @param reasonClass short class of the reason
     * @param retryable whether another attempt may succeed
     * @param message one line
     */
    record Failure(String reasonClass, boolean retryable, String message) implements Serializable {
        static Failure of(Throwable e) {
            String line = Messages.firstLine(e);
            if (e instanceof OutOfMemoryError) {
                return new Failure("out_of_memory", true, line);
            }
            if (e instanceof dev.firesteel.riscv.ElfException) {
                return new Failure("bad_elf", false, line);
            }
            return new Failure("internal", true, e.getClass().getSimpleName() + ": " + line);
        }
    }
}
