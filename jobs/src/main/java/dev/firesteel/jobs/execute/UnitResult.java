package dev.firesteel.jobs.execute;

import dev.firesteel.chips.CostMetric;
import dev.firesteel.chips.RunCost;
import dev.firesteel.jobs.spark.Digests;
import dev.firesteel.jobs.tasks.Ended;
import dev.firesteel.riscv.ExecutionResult;
import dev.firesteel.riscv.ExecutionStatistics;
import dev.firesteel.riscv.Outcome;
import java.io.Serializable;
import java.util.TreeMap;

/**
 * What came of one attempt to execute a unit; travels from the task to the driver.
 *
 * @param unit position of the unit in its batch
 * @param ended where and how the attempt ended
 * @param end how the guest ended; null when the attempt failed
 */
record UnitResult(int unit, Ended ended, End end) implements Serializable {

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
            long cost,
            String costMetric,
            double executionMs)
            implements Serializable {

        static End of(ExecutionResult result, RunCost cost) {
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
                    cost.total(statistics.touchedWords()),
                    CostMetric.VERSION,
                    statistics.nanos() / 1e6);
        }
    }
}
