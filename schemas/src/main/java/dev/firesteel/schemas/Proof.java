package dev.firesteel.schemas;

import java.time.Instant;
import java.util.List;

/**
 * Row of {@code proofs}: One row per proof of a request or a range.
 *
 * @param proofId SHA-256 of type, request, input, parameters, code version, key and statement, 64 hex digits
 * @param proofType core (the proofs of all segments), compressed or wrapped
 * @param layer request for a core proof; lift, join, request, range or wrap
 * @param requestId request it proves; NULL for a range
 * @param programHash program it proves; NULL for a range
 * @param inputHash SHA-256 of the input; NULL for a range
 * @param parametersHash SHA-256 of the execution and proof parameters, as in challenges, 64 hex digits
 * @param executionParametersHash parameters_hash of the execution, as in executions; NULL for a range
 * @param firstBlock first block of a range
 * @param lastBlock last block of a range
 * @param statement public values that the proof is about (docs/core-proof.md)
 * @param keyHash SHA-256 of the program key, as in program_keys, 64 hex digits
 * @param preset security preset
 * @param proof the proof; verified before it was written
 * @param proofBytes size of proof, bytes
 * @param parents proofs that it folds, in order; none for a core proof, which holds the proofs of its segments
 * @param segmentCount segments that it covers
 * @param cycles instructions that it covers
 * @param provingMs sum of the wall times of all provers that had a part in it, milliseconds
 * @param verificationMs wall time of the verifier, milliseconds
 * @param peakHostBytes peak host memory, bytes
 * @param codeVersion version of Firesteel that proved it
 * @param runId run that wrote the row
 * @param provedAt when, UTC
 */
public record Proof(
        String proofId,
        String proofType,
        String layer,
        String requestId,
        String programHash,
        String inputHash,
        String parametersHash,
        String executionParametersHash,
        Long firstBlock,
        Long lastBlock,
        byte[] statement,
        String keyHash,
        String preset,
        byte[] proof,
        long proofBytes,
        List<String> parents,
        int segmentCount,
        long cycles,
        double provingMs,
        double verificationMs,
        Long peakHostBytes,
        String codeVersion,
        String runId,
        Instant provedAt) {}
