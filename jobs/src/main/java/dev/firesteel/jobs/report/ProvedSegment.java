package dev.firesteel.jobs.report;

import java.time.Instant;
import java.util.Map;

/**
 * A proved segment, with what its execution tells of it.
 *
 * @param program name of the program
 * @param setting how it was proved: two segments of one setting can be compared
 * @param cost by {@code costMetric}, the table of the run's words in that of the first segment; null when the execution is not there
 * @param provingMs without set-up
 * @param phases milliseconds by phase
 * @param machineMs of the machine: set-up, proving and verifying, times the share of its processors
 */
record ProvedSegment(
        String program,
        Setting setting,
        int index,
        long cycles,
        long cells,
        Long cost,
        String costMetric,
        double provingMs,
        Map<String, Double> phases,
        double setupMs,
        double verificationMs,
        double machineMs,
        long proofBytes,
        Long peakHeapBytes,
        boolean cold,
        String executor,
        String run,
        Instant provedAt) {

    /** How a segment was proved. */
    record Setting(String preset, String backend, int threads) implements Comparable<Setting> {
        @Override
        public int compareTo(Setting other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return preset + ", " + backend + ", " + threads + (threads == 1 ? " thread" : " threads");
        }
    }
}
