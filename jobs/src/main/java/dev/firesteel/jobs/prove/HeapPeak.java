package dev.firesteel.jobs.prove;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/** The most that this JVM's heap held since a moment, garbage included. */
final class HeapPeak {
    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(p -> p.getType() == MemoryType.HEAP)
            .toList();

    private HeapPeak() {
        pools.forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    static HeapPeak begin() {
        return new HeapPeak();
    }

    /** Pools have their peaks at different times, so that this may be too much. */
    long bytes() {
        return pools.stream().mapToLong(p -> p.getPeakUsage().getUsed()).sum();
    }
}
