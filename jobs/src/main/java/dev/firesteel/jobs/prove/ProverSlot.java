package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.tasks.HeapGate;
import dev.firesteel.poly.Parallel;

/** The right of a task to its part of the heap, and its threads. */
final class ProverSlot implements AutoCloseable {
    private final HeapGate.Pass pass;
    private final Parallel parallel;

    private ProverSlot(HeapGate.Pass pass, Parallel parallel) {
        this.pass = pass;
        this.parallel = parallel;
    }

    /** Waits until a task of so many bytes fits. */
    static ProverSlot enter(long bytes, int threads) throws InterruptedException {
        return new ProverSlot(HeapGate.ofJvm().enter(bytes), new Parallel(threads));
    }

    Parallel parallel() {
        return parallel;
    }

    @Override
    public void close() {
        parallel.close();
        pass.close();
    }
}
