package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.tasks.HeapGate;
import dev.firesteel.poly.Memory;
import dev.firesteel.poly.Parallel;

/** The right of a task to its part of the heap, its threads, and the memory that an earlier task has left. */
final class ProverSlot implements AutoCloseable {
    private final HeapGate.Pass pass;
    private final Parallel parallel;
    private final long bytes;
    private Memory memory;
    private boolean kept;

    private ProverSlot(HeapGate.Pass pass, Parallel parallel, long bytes) {
        this.pass = pass;
        this.parallel = parallel;
        this.bytes = bytes;
        MemoryPool.ofJvm().trim();
    }

    /** Waits until a task of so many bytes fits. */
    static ProverSlot enter(long bytes, int threads) throws InterruptedException {
        return new ProverSlot(HeapGate.ofJvm().enter(bytes), new Parallel(threads), bytes);
    }

    Parallel parallel() {
        return parallel;
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
