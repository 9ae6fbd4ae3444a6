package dev.firesteel.schemas;

import java.time.Instant;

/**
 * Row of {@code verdicts}: One row per proof, content and version of the verifier.
 *
 * @param proofId the proof, as in proofs
 * @param contentHash SHA-256 of all that was looked at: proof, key, statement, what it was compared with; 64 hex digits
 * @param codeVersion version of Firesteel that verified
 * @param requestId request that it proves; NULL for a range
 * @param verified the proof is valid and what it proves is what executions says
 * @param reason one line on why not; NULL when verified
 * @param insecureAllowed keys of insecure presets were accepted: then verified means nothing
 * @param keyRemade the key was made anew from the program, not believed
 * @param preset security preset of the key; empty when the key cannot be read
 * @param proofBytes size of the proof, bytes
 * @param verificationMs wall time of the verifier, milliseconds
 * @param executorId Spark executor that verified it
 * @param host host that verified it
 * @param runId run that wrote the row
 * @param verifiedAt when, UTC
 */
public record Verdict(
        String proofId,
        String contentHash,
        String codeVersion,
        String requestId,
        boolean verified,
        String reason,
        boolean insecureAllowed,
        boolean keyRemade,
        String preset,
        long proofBytes,
        double verificationMs,
        String executorId,
        String host,
        String runId,
        Instant verifiedAt) {}
