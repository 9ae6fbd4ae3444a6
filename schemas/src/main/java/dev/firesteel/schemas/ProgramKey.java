package dev.firesteel.schemas;

import java.time.Instant;

/**
 * Row of {@code program_keys}: One row per key of a program: what verify takes.
 *
 * @param keyHash SHA-256 of program_key, 64 hex digits
 * @param programHash the program, as in programs
 * @param preset security preset
 * @param codeVersion version of Firesteel that made it first
 * @param programKey what a verifier needs of the program (docs/core-proof.md)
 * @param setupMs wall time to make it, milliseconds
 * @param runId run that wrote the row
 * @param madeAt when, UTC
 */
public record ProgramKey(
        String keyHash,
        String programHash,
        String preset,
        String codeVersion,
        byte[] programKey,
        double setupMs,
        String runId,
        Instant madeAt) {}
