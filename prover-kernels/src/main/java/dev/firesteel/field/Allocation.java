package dev.firesteel.field;

import java.lang.management.ManagementFactory;

/** What the calling thread has allocated so far, where the JVM tells. */
final class Allocation {
    private static final com.sun.management.ThreadMXBean THREADS = threads();

    private Allocation() {}

    private static com.sun.management.ThreadMXBean threads() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                        && threads.isThreadAllocatedMemorySupported()
                        && threads.isThreadAllocatedMemoryEnabled()
                ? threads
                : null;
    }

    static boolean known() {
        return THREADS != null;
    }

    /** Bytes that the calling thread has allocated since it started, to the byte. */
    static long bytes() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
