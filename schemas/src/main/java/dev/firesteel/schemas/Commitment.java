package dev.firesteel.schemas;

import java.time.Instant;

/**
 * Row of {@code commitments}: One row per segment whose boundary is committed.
 *
 * @param programHash the program, as in programs
 * @param inputHash SHA-256 of the input
 * @param parametersHash SHA-256 of the execution and proof parameters, 64 hex digits
 * @param codeVersion version of Firesteel that committed it
 * @param segmentIndex the segment, as in segments
 * @param commitment what the segment claims and the root of its boundary tables (docs/core-proof.md)
 * @param runWords all words of the execution with first and last values, for the first segment; NULL for others
 * @param touchedWords words and registers that it shares with other segments
 * @param commitMs wall time to execute it again and to commit its boundary, milliseconds
 * @param executorId Spark executor that committed it
 * @param host host that committed it
 * @param runId run that wrote the row
 * @param committedAt when, UTC
 */
public record Commitment(
        String programHash,
        String inputHash,
        String parametersHash,
        String codeVersion,
        int segmentIndex,
        byte[] commitment,
        byte[] runWords,
        long touchedWords,
        double commitMs,
        String executorId,
        String host,
        String runId,
        Instant committedAt) {}
