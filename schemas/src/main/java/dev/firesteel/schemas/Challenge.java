package dev.firesteel.schemas;

import java.time.Instant;

/**
 * Row of {@code challenges}: One row per execution whose segments are all committed: its segments can be proved.
 *
 * @param programHash the program, as in programs
 * @param inputHash SHA-256 of the input
 * @param parametersHash SHA-256 of the execution and proof parameters, 64 hex digits
 * @param codeVersion version of Firesteel that committed it
 * @param executionParametersHash parameters_hash of the execution, as in executions and segments
 * @param preset security preset
 * @param segmentCount segments whose commitments the challenge depends on: all of the execution
 * @param cycles instructions of all segments
 * @param statement output and exit code that are to be proved (docs/core-proof.md)
 * @param keyHash SHA-256 of the program key, as in program_keys, 64 hex digits
 * @param challenge the challenge and the proof of work before it (docs/core-proof.md)
 * @param runId run that wrote the row
 * @param committedAt when, UTC
 */
public record Challenge(
        String programHash,
        String inputHash,
        String parametersHash,
        String codeVersion,
        String executionParametersHash,
        String preset,
        int segmentCount,
        long cycles,
        byte[] statement,
        String keyHash,
        byte[] challenge,
        String runId,
        Instant committedAt) {}
