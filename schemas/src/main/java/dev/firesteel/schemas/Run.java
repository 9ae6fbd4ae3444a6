package dev.firesteel.schemas;

import java.time.Instant;

/**
 * Row of {@code runs}: One row per run of a job.
 *
 * @param runId time-ordered unique id of the run
 * @param job job that ran
 * @param arguments its command line
 * @param applicationId Spark application id
 * @param codeVersion version and commit of Firesteel
 * @param status running, succeeded or failed; running for ever when the driver was killed
 * @param message one line on the failure; NULL otherwise
 * @param startedAt when, UTC
 * @param endedAt when, UTC; NULL while running
 */
public record Run(
        String runId,
        String job,
        String arguments,
        String applicationId,
        String codeVersion,
        String status,
        String message,
        Instant startedAt,
        Instant endedAt) {}
