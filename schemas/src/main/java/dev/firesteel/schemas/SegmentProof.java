package dev.firesteel.schemas;

import java.time.Instant;
import java.util.Map;

/**
 * Row of {@code segment_proofs}: One row per proved segment.
 *
 * @param programHash the program, as in programs
 * @param inputHash SHA-256 of the input
 * @param parametersHash SHA-256 of the execution and proof parameters, as in challenges, 64 hex digits
 * @param codeVersion version of Firesteel that proved it
 * @param segmentIndex the segment, as in segments
 * @param preset security preset
 * @param proof the proof; verified before it was written
 * @param proofBytes size of proof, bytes
 * @param cycles instructions proved
 * @param committedCells field elements committed
 * @param provingMs wall time of the prover, without set-up, milliseconds
 * @param phaseMs wall time of the prover by phase, milliseconds
 * @param setupMs time to have the proving key in memory; 0 when it was there, milliseconds
 * @param verificationMs wall time of the verifier, milliseconds
 * @param peakHostBytes peak heap of the executor meanwhile; NULL when it proved other segments too, bytes
 * @param peakDeviceBytes peak device memory, bytes; NULL on a CPU
 * @param backend cpu-scalar, cpu-vector or cuda
 * @param threads threads of the prover
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
        Map<String, Double> phaseMs,
        double setupMs,
        double verificationMs,
        Long peakHostBytes,
        Long peakDeviceBytes,
        String backend,
        int threads,
        boolean cold,
        int attempt,
        String executorId,
        String host,
        String runId,
        Instant provedAt) {}
