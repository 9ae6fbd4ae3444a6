package dev.firesteel.schemas;

import java.time.Instant;
import java.util.Map;

/**
 * Row of {@code attempts}: One row per attempt at a piece of work, whatever came of it.
 *
 * @param runId run that made the attempt
 * @param stage execute, commit, prove, aggregate or verify
 * @param requestId request that was worked on
 * @param segmentIndex segment that was worked on; -1 for the whole request
 * @param attempt number of the attempt at this work in this run, from 0
 * @param executorId Spark executor
 * @param host host
 * @param device cpu, or the model of the GPU
 * @param durationMs wall time, milliseconds
 * @param phaseMs wall time by phase, as far as the attempt came, milliseconds; empty where a stage has no phases or the executor was lost
 * @param committedCells field elements committed; NULL unless a segment was proved
 * @param peakHostBytes peak heap of the executor meanwhile; NULL unless it proved this segment alone, bytes
 * @param outcome success or failure
 * @param reasonClass class of the failure; NULL on success
 * @param retryable whether another attempt may succeed; NULL on success
 * @param message one line on the failure; NULL on success
 * @param endedAt when, UTC
 */
public record Attempt(
        String runId,
        String stage,
        String requestId,
        int segmentIndex,
        int attempt,
        String executorId,
        String host,
        String device,
        double durationMs,
        Map<String, Double> phaseMs,
        Long committedCells,
        Long peakHostBytes,
        String outcome,
        String reasonClass,
        Boolean retryable,
        String message,
        Instant endedAt) {}
