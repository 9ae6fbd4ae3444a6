package dev.firesteel.schemas;

import java.time.Instant;

/**
 * A row of {@code marginal_fits}: one least-squares line of the marginal method. The components are the columns, whose comments in
 * {@code marginal_fits.sql} give units and what NULL means.
 */
public record MarginalFit(
        String zkvm,
        String zkvmVersion,
        String client,
        String clientVersion,
        String hardwareSha256,
        String opcode,
        String relation,
        String status,
        String quality,
        String note,
        int points,
        int fixtures,
        int samples,
        int censored,
        int excluded,
        Long minOpCount,
        Long maxOpCount,
        Long minGas,
        Long maxGas,
        Long maxCycles,
        Double slope,
        Double intercept,
        Double rSquared,
        Double slopeStdErr,
        Double slopeStdErrPublished,
        Double slopeCiLow,
        Double slopeCiHigh,
        Double rmse,
        String runId,
        Instant fittedAt) {}
