package dev.firesteel.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this process uses from one moment to another. */
final class Meter {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String HIGH_WATER = "VmHWM:";

    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(p -> p.getType() == MemoryType.HEAP)
            .toList();
    private final long allocated;
    private final long cpu;
    private final long start;

    private Meter() {
        System.gc();
        pools.forEach(MemoryPoolMXBean::resetPeakUsage);
        allocated = allocatedSoFar();
        cpu = cpuNanos();
        start = System.nanoTime();
    }

    /**
     * A measurement.
     *
     * @param seconds wall time
     * @param cpuSeconds of all threads, those of compiler and collector too
     * @param allocatedBytes by threads that still live
     * @param peakHeapBytes what the heap held at most, garbage included
     */
    record Reading(double seconds, double cpuSeconds, long allocatedBytes, long peakHeapBytes) {}

    /** Collects garbage, and begins. */
    static Meter begin() {
        return new Meter();
    }

    /** What has been used since. */
    Reading read() {
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Reading(
                seconds,
                (cpuNanos() - cpu) / 1e9,
                allocatedSoFar() - allocated,
                pools.stream().mapToLong(p -> p.getPeakUsage().getUsed()).sum());
    }

    /** The most memory that the process ever had, as the operating system counts; null where it does not say. */
    static Long peakProcessBytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(HIGH_WATER))
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getProcessCpuTime()
                : 0;
    }

    /** What living threads have allocated; the prover's own live longer than a proof. */
    private static long allocatedSoFar() {
        if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads)) {
            return 0;
        }
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
