package dev.firesteel.schemas;

import java.time.Instant;

/**
 * Row of {@code quarantine}: One row per refused file or row: nothing is dropped silently.
 *
 * @param sourceFile file that the row or file came from
 * @param rowIndex row within the file from 0; -1 when the whole file was refused
 * @param contentSha256 SHA-256 of the refused bytes, 64 hex digits
 * @param bytes size of what was refused, bytes
 * @param job job that refused it
 * @param reasonClass short class of the reason, such as empty_file, broken_json, bad_elf
 * @param reason what was wrong, one line
 * @param quarantinedAt when, UTC
 * @param runId run that refused it first
 */
public record Quarantine(
        String sourceFile,
        long rowIndex,
        String contentSha256,
        long bytes,
        String job,
        String reasonClass,
        String reason,
        Instant quarantinedAt,
        String runId) {}
