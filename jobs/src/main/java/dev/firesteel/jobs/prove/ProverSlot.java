package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.tasks.HeapGate;
import dev.firesteel.poly.Memory;
import dev.firesteel.poly.Parallel;

/** The right of a task to its part of the heap, its threads, and the memory that an earlier task has left. */
final class ProverSlot implements AutoCloseable {
    private final HeapGate.Pass pass;
    private final Parallel parallel;
    private final long bytes;
    private final double waitedMs;
    private Memory memory;
    private boolean kept;

    private ProverSlot(HeapGate.Pass pass, Parallel parallel, long bytes, double waitedMs) {
        this.pass = pass;
        this.parallel = parallel;
        this.bytes = bytes;
        this.waitedMs = waitedMs;
        MemoryPool.ofJvm().trim();
    }

    /** Waits until a task of so many bytes fits. */
    static ProverSlot enter(long bytes, int threads) throws InterruptedException {
        long begin = System.nanoTime();
        HeapGate.Pass pass = HeapGate.ofJvm().enter(bytes);
        return new ProverSlot(pass, new Parallel(threads), bytes, (System.nanoTime() - begin) / 1e6);
    }

    Parallel parallel() {
        return parallel;
    }

    /** How long it waited, milliseconds. */
    double waitedMs() {
        return waitedMs;
    }

    /** For one prover at a time. */
    Memory memory() {
        if (memory == null) {
            memory = MemoryPool.ofJvm().take(bytes);
        }
        return memory;
    }

    /** The work is done and nothing uses the memory any more: another task may. What a failed task leaves is nobody's. */
    void keepMemory() {
        kept = true;
    }

    @Override
    public void close() {
        parallel.close();
        pass.close();
        if (kept && memory != null) {
            MemoryPool.ofJvm().give(memory);
            kept = false;
        }
    }
}
