package dev.firesteel.schemas;

import java.time.Instant;

/**
 * Row of {@code experiments}: One row per comparison of two versions.
 *
 * @param experimentId SHA-256 of baseline, candidate, measure and fixtures, 64 hex digits
 * @param name what was tried, for reports
 * @param baselineVersion code version, or prover and version, compared against
 * @param candidateVersion code version, or prover and version, that was tried
 * @param hardwareFingerprint hardware of both, as in environments
 * @param measure what was compared, such as proving_time_ms
 * @param fixtures fixtures that both have
 * @param medianRatio median over fixtures of candidate / baseline
 * @param ratioLow lower end of the 95 % bootstrap interval of median_ratio
 * @param ratioHigh upper end of the 95 % bootstrap interval of median_ratio
 * @param signTestP p-value of the sign test, adjusted for the number of comparisons
 * @param outputsEqual public outputs are the same for every fixture
 * @param verdict keep, maybe, no_change or reject
 * @param runId run that wrote the row
 * @param comparedAt when, UTC
 */
public record Experiment(
        String experimentId,
        String name,
        String baselineVersion,
        String candidateVersion,
        String hardwareFingerprint,
        String measure,
        int fixtures,
        double medianRatio,
        double ratioLow,
        double ratioHigh,
        double signTestP,
        boolean outputsEqual,
        String verdict,
        String runId,
        Instant comparedAt) {}
