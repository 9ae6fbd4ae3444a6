package dev.firesteel.schemas;

import java.time.Instant;

/**
 * Row of {@code segment_proofs}: One row per proved segment. Nothing writes it before proving exists.
 *
 * @param programHash the program, as in programs
 * @param inputHash SHA-256 of the input
 * @param parametersHash SHA-256 of the execution and proof parameters
 * @param codeVersion version of Firesteel that proved it
 * @param segmentIndex the segment, as in segments
 * @param preset security preset
 * @param proof the proof; verified before it was written
 * @param proofBytes size of proof, bytes
 * @param cycles instructions proved
 * @param committedCells field elements committed
 * @param provingMs wall time of the prover, without set-up, milliseconds
 * @param setupMs time to have the proving key in memory, milliseconds
 * @param verificationMs wall time of the verifier, milliseconds
 * @param peakHostBytes peak host memory, bytes
 * @param peakDeviceBytes peak device memory, bytes; NULL on a CPU
 * @param backend cpu-scalar, cpu-vector or cuda
 * @param cold first proof on its executor; left out of fits
 * @param attempt attempt that succeeded, from 0
 * @param executorId Spark executor that proved it
 * @param host host that proved it
 * @param runId run that wrote the row
 * @param provedAt when, UTC
 */
public record SegmentProof(
        String programHash,
        String inputHash,
        String parametersHash,
        String codeVersion,
        int segmentIndex,
        String preset,
        byte[] proof,
        long proofBytes,
        long cycles,
        long committedCells,
        double provingMs,
        double setupMs,
        double verificationMs,
        Long peakHostBytes,
        Long peakDeviceBytes,
        String backend,
        boolean cold,
        int attempt,
        String executorId,
        String host,
        String runId,
        Instant provedAt) {}
