package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.tasks.HeapGate;
import dev.firesteel.poly.Memory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.LongSupplier;

/**
 * What provers of this JVM keep between tasks: the arrays of a proof, for the next one. What lies here never takes more than no running task may fill; a task gets none that is larger
 * than what it may fill itself.
 */
final class MemoryPool {
    private static final MemoryPool JVM = new MemoryPool(HeapGate.ofJvm()::freeBytes);

    private final LongSupplier free;
    private final Deque<Memory> idle = new ArrayDeque<>();

    /**
     * @param free bytes of the heap that no running task may fill
     */
    MemoryPool(LongSupplier free) {
        this.free = free;
    }

    static MemoryPool ofJvm() {
        return JVM;
    }

    /**
     * Memory for one task, the one used last if there is any.
     *
     * @param bytes that the task may fill; {@link #free} is already without them
     */
    synchronized Memory take(long bytes) {
        Memory taken = null;
        for (Iterator<Memory> all = idle.iterator(); taken == null && all.hasNext(); ) {
            Memory memory = all.next();
            if (memory.freeBytes() <= bytes) {
                all.remove();
                taken = memory;
            }
        }
        trim();
        return taken == null ? new Memory() : taken;
    }

    /** Keeps the memory of a task that has ended well and no longer counts as running. */
    synchronized void give(Memory memory) {
        idle.push(memory);
        trim();
    }

    /** Forgets what was not used for longest until the rest fits. */
    synchronized void trim() {
        while (idleBytes() > free.getAsLong()) {
            idle.removeLast();
        }
    }

    /** What lies here, bytes. */
    synchronized long idleBytes() {
        return idle.stream().mapToLong(Memory::freeBytes).sum();
    }
}
