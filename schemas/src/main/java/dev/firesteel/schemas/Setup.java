package dev.firesteel.schemas;

import java.time.Instant;

/**
 * Row of {@code setups}: One row per program that an executor has set up.
 *
 * @param runId run in whose time it was told
 * @param executorId Spark executor; driver when Spark is embedded
 * @param programHash the program, as in programs
 * @param preset security preset
 * @param setUpAt when it was done, UTC
 * @param host host of the executor
 * @param preloaded before any task asked for the keys
 * @param cached the keys came from the key cache
 * @param kernelTestMs self-test of the kernels, in the first set-up of an executor, else about 0, milliseconds
 * @param keyMs to load the program and to make or read its keys, milliseconds
 * @param warmUpMs the proof that was made to have the prover compiled, milliseconds; NULL when none was
 * @param codeVersion version of Firesteel
 */
public record Setup(
        String runId,
        String executorId,
        String programHash,
        String preset,
        Instant setUpAt,
        String host,
        boolean preloaded,
        boolean cached,
        double kernelTestMs,
        double keyMs,
        Double warmUpMs,
        String codeVersion) {}
