package dev.firesteel.jobs.execute;

import java.util.concurrent.Semaphore;

/**
 * Lets as many executions run at a time in this JVM as its heap can hold, however many cores it has. An execution that
 * alone is estimated above the limit runs alone.
 */
final class HeapGate {
    /** Part of the heap that executions may fill; the rest is Spark's. */
    private static final double SHARE = 0.6;
    /** Three segments, the file that is being written, and the guest memory of a small guest. */
    private static final long BASE_BYTES = 96L << 20;

    private static final int TOTAL_MIB =
            (int) Math.max(1, (long) (Runtime.getRuntime().maxMemory() * SHARE) >> 20);
    private static final HeapGate JVM = new HeapGate(TOTAL_MIB);

    private final int totalMib;
    private final Semaphore free;

    HeapGate(int totalMib) {
        this.totalMib = totalMib;
        // Fair: a large execution is not overtaken for ever by small ones.
        this.free = new Semaphore(totalMib, true);
    }

    /** The gate of this JVM. */
    static HeapGate ofJvm() {
        return JVM;
    }

    /**
     * Waits until an execution fits.
     *
     * @param inputBytes size of its input: held once as given and once in guest memory
     * @param imageBytes size of its program in memory
     * @param touchedWords 8-byte words that it is known to touch, 0 when it is not known
     * @return a pass to close when the execution has ended
     */
    Pass enter(long inputBytes, long imageBytes, long touchedWords) throws InterruptedException {
        long estimate = BASE_BYTES + 2 * inputBytes + imageBytes + 2 * 8 * touchedWords;
        int mib = (int) Math.min(totalMib, estimate >> 20);
        free.acquire(mib);
        return new Pass(mib);
    }

    int freeMib() {
        return free.availablePermits();
    }

    /** The right to run; may be closed more than once. */
    final class Pass implements AutoCloseable {
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
