package dev.firesteel.schemas;

import java.time.Instant;
import java.util.List;

/**
 * Row of {@code environments}: One row per run: the machine and the software it ran on.
 *
 * @param runId the run, as in runs
 * @param host host name of the driver
 * @param os operating system and version
 * @param cpuModel as the operating system names it
 * @param cores processors that the JVM may use
 * @param ramBytes physical memory, bytes
 * @param gpus models of the GPUs, empty when there are none
 * @param gpuDriver version of the GPU driver; NULL without one
 * @param jdk vendor and version of the JVM
 * @param sparkVersion version of Spark
 * @param deltaVersion version of Delta
 * @param sparkMaster master URL of the session
 * @param codeVersion version and commit of Firesteel
 * @param hardwareFingerprint SHA-256 of CPU model, memory in GiB and GPU models, 64 hex digits
 * @param recordedAt when, UTC
 */
public record Environment(
        String runId,
        String host,
        String os,
        String cpuModel,
        int cores,
        long ramBytes,
        List<String> gpus,
        String gpuDriver,
        String jdk,
        String sparkVersion,
        String deltaVersion,
        String sparkMaster,
        String codeVersion,
        String hardwareFingerprint,
        Instant recordedAt) {}
