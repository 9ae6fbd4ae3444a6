package dev.firesteel.schemas;

import java.time.Instant;
import java.util.List;

/**
 * Row of {@code proofs}: One row per aggregated proof. Nothing writes it before aggregation exists.
 *
 * @param proofId SHA-256 of statement, key and type, 64 hex digits
 * @param proofType core, compressed or wrapped
 * @param layer lift, join, request, range or wrap
 * @param requestId request it proves; NULL for a range
 * @param programHash program it proves; NULL for a range
 * @param firstBlock first block of a range
 * @param lastBlock last block of a range
 * @param statement public values that the proof is about
 * @param keyHash hash of the verifying key
 * @param preset security preset
 * @param proof the proof; verified before it was written
 * @param proofBytes size of proof, bytes
 * @param parents proofs that it folds, in order
 * @param provingMs wall time of the prover, milliseconds
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
        Long firstBlock,
        Long lastBlock,
        byte[] statement,
        String keyHash,
        String preset,
        byte[] proof,
        long proofBytes,
        List<String> parents,
        double provingMs,
        double verificationMs,
        Long peakHostBytes,
        String codeVersion,
        String runId,
        Instant provedAt) {}
