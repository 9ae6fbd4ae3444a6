package dev.firesteel.schemas;

import java.time.Instant;

/**
 * Row of {@code programs}: One row per program: the ELF once, referenced by its hash.
 *
 * @param programHash SHA-256 of the loaded image (not of the file), 64 hex digits; stripped files have the same
 * @param name what the program is called in reports; the file name without .elf unless the manifest names it
 * @param elf the ELF file
 * @param elfSha256 SHA-256 of the file, 64 hex digits
 * @param elfBytes size of the file, bytes
 * @param entryAddress address of the first instruction
 * @param imageBytes memory that the PT_LOAD segments cover, bytes
 * @param instructionCount words in executable segments
 * @param sourceFile path it was ingested from
 * @param ingestedAt when, UTC
 */
public record Program(
        String programHash,
        String name,
        byte[] elf,
        String elfSha256,
        long elfBytes,
        long entryAddress,
        long imageBytes,
        int instructionCount,
        String sourceFile,
        Instant ingestedAt) {}
