package dev.firesteel.jobs.tasks;

import java.util.concurrent.Semaphore;

/**
 * Lets as many tasks run at a time in this JVM as its heap can hold, however many cores it has. A task that alone is estimated
 * above the limit runs alone.
 */
public final class HeapGate {
    /** Part of the heap that tasks may fill; the rest is Spark's. */
    private static final double SHARE = 0.6;

    private static final int TOTAL_MIB =
            (int) Math.max(1, share(Runtime.getRuntime().maxMemory()) >> 20);
    private static final HeapGate JVM = new HeapGate(TOTAL_MIB);

    private final int totalMib;
    private final Semaphore free;

    HeapGate(int totalMib) {
        this.totalMib = totalMib;
        // Fair: a large task is not overtaken for ever by small ones.
        this.free = new Semaphore(totalMib, true);
    }

    /** The gate of this JVM. */
    public static HeapGate ofJvm() {
        return JVM;
    }

    /** What tasks may take of a heap of {@code bytes}, bytes. */
    public static long share(long bytes) {
        return (long) (bytes * SHARE);
    }

    /**
     * Waits until a task fits.
     *
     * @param estimate of what it takes, bytes
     * @return a pass to close when the task has ended
     */
    public Pass enter(long estimate) throws InterruptedException {
        int mib = (int) Math.max(1, Math.min(totalMib, estimate >> 20));
        free.acquire(mib);
        return new Pass(mib);
    }

    /** The heap of which {@link #share} is at least {@code bytes}, with a tenth for what the JVM does not count as usable, bytes. */
    public static long heapFor(long bytes) {
        return (long) (bytes / SHARE * 1.1);
    }

    int freeMib() {
        return free.availablePermits();
    }

    /** What no running task may fill, bytes. */
    public long freeBytes() {
        return (long) freeMib() << 20;
    }

    /** The right to run; may be closed more than once. */
    public final class Pass implements AutoCloseable {
        private int mib;

        private Pass(int mib) {
            this.mib = mib;
        }

        @Override
        public synchronized void close() {
            free.release(mib);
            mib = 0;
        }
    }
}
