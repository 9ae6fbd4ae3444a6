package dev.firesteel.machine;

import java.lang.management.ManagementFactory;

/** How much a task allocates. */
final class Allocation {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** Bytes that this thread allocates; of two runs the lesser, for the first of all loads classes and links call sites. */
    static long of(Runnable task) {
        return Math.min(once(task), once(task));
    }

    private static long once(Runnable task) {
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        task.run();
        return THREADS.getThreadAllocatedBytes(thread) - before;
    }
}
