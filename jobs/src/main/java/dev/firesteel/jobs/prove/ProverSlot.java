package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.tasks.HeapGate;
import dev.firesteel.poly.Parallel;

/** The right of a task to its part of the heap, and its threads. */
final class ProverSlot implements AutoCloseable {
    private final HeapGate.Pass pass;
    private final Parallel parallel;
    private final double waitedMs;

    private ProverSlot(HeapGate.Pass pass, Parallel parallel, double waitedMs) {
        this.pass = pass;
        this.parallel = parallel;
        this.waitedMs = waitedMs;
    }

    /** Waits until a task of so many bytes fits. */
    static ProverSlot enter(long bytes, int threads) throws InterruptedException {
        long begin = System.nanoTime();
        HeapGate.Pass pass = HeapGate.ofJvm().enter(bytes);
        return new ProverSlot(pass, new Parallel(threads), (System.nanoTime() - begin) / 1e6);
    }

    Parallel parallel() {
        return parallel;
    }

    /** How long it waited, milliseconds. */
    double waitedMs() {
        return waitedMs;
    }

    @Override
    public void close() {
        parallel.close();
        pass.close();
    }
}
