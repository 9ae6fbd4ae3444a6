package dev.firesteel.jobs.spark;

import dev.firesteel.schemas.Environment;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;

/** Looks at the machine and the software that a run uses. */
public final class Environments {
    private static final long GIB = 1L << 30;

    private Environments() {}

    /** The environment of the driver now. */
    public static Environment current(SparkSession spark, String runId) {
        String cpu = cpuModel();
        long ram = ramBytes();
        List<String[]> gpus = gpus();
        List<String> models = gpus.stream().map(g -> g[0]).toList();
        return new Environment(
                runId,
                hostName(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                cpu,
                Runtime.getRuntime().availableProcessors(),
                ram,
                models,
                gpus.isEmpty() ? null : gpus.get(0)[1],
                System.getProperty("java.vendor") + " " + System.getProperty("java.vm.version"),
                spark.version(),
                io.delta.package$.MODULE$.VERSION(),
                spark.sparkContext().master(),
                CodeVersion.current(),
                fingerprint(cpu, ram, models),
                Instant.now());
    }

    /**
     * SHA-256 over CPU model, memory in whole GiB and GPU models, one a line: the same hardware has the same
     * fingerprint whatever its folder or host is called.
     */
    public static String fingerprint(String cpuModel, long ramBytes, List<String> gpuModels) {
        StringBuilder text = new StringBuilder();
        text.append(cpuModel.strip()).append('\n');
        text.append((ramBytes + GIB / 2) / GIB).append('\n');
        gpuModels.stream().sorted().forEach(g -> text.append(g.strip()).append('\n'));
        return Digests.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The host's name, {@code localhost} when it has none. */
    public static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static String cpuModel() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        } catch (IOException e) {
            // Not Linux: the architecture is all that the JVM knows.
        }
        return System.getProperty("os.arch");
    }

    private static long ramBytes() {
        var bean = ManagementFactory.getOperatingSystemMXBean();
        if (bean instanceof com.sun.management.OperatingSystemMXBean os) {
            return os.getTotalMemorySize();
        }
        return Runtime.getRuntime().maxMemory();
    }

    /** Model and driver of each GPU as {@code nvidia-smi} tells; none when it is not there or does not answer. */
    private static List<String[]> gpus() {
        List<String[]> found = new ArrayList<>();
        try {
            Process process = new ProcessBuilder(
                            "nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
                text.lines()
                        .filter(l -> l.contains(","))
                        .forEach(l -> found.add(new String[] {
                            l.substring(0, l.lastIndexOf(',')).strip(),
                            l.substring(l.lastIndexOf(',') + 1).strip()
                        }));
            }
        } catch (IOException e) {
            // No NVIDIA driver on this machine.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return found;
    }
}
