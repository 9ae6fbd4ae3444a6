package dev.firesteel.jobs.report;

/**
 * A request with a proof.
 *
 * @param cost by {@code costMetric}
 * @param provingMs sum over its segments' provers, without set-up
 * @param machineMs as of {@link ProvedSegment}, summed over its segments; null when they are not there
 * @param cold whether one of its segments was the first proof of an executor
 * @param updates updates of a batch, null when it is none
 * @param gas gas used, null when not known
 * @param transactions null when not known
 */
record ProvedRequest(
        String requestId,
        String program,
        String kind,
        String preset,
        String inputHash,
        int segments,
        long cycles,
        long cost,
        String costMetric,
        double provingMs,
        double verificationMs,
        Double machineMs,
        boolean cold,
        long proofBytes,
        Long updates,
        Long gas,
        Long transactions) {}
