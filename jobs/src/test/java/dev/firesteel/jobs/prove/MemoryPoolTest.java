package dev.firesteel.jobs.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.poly.Memory;
import org.junit.jupiter.api.Test;

/** What tasks leave each other, and that it is never more than fits. */
class MemoryPoolTest {
    private static final int LENGTH = 1 << 16;
    private static final long BYTES = (long) LENGTH * Integer.BYTES;

    private long free = 10 * BYTES;
    private final MemoryPool pool = new MemoryPool(() -> free);

    /** What a proof does: takes arrays, gives all back. */
    private static Memory used(Memory memory, int arrays) {
        for (int i = 0; i < arrays; i++) {
            memory.ints(LENGTH);
        }
        memory.release(0);
        return memory;
    }

    @Test
    void theNextTaskAllocatesNothing() {
        Memory first = pool.take(BYTES);
        int[] array = first.ints(LENGTH);
        first.release(0);
        pool.give(first);
        assertEquals(BYTES, pool.idleBytes());
        Memory second = pool.take(BYTES);
        assertSame(first, second);
        assertSame(array, second.ints(LENGTH));
        assertEquals(0, pool.idleBytes());
    }

    @Test
    void tasksAtTheSameTimeHaveTheirOwn() {
        assertNotSame(pool.take(BYTES), pool.take(BYTES));
    }

    @Test
    void aTaskGetsNoneThatIsLargerThanWhatItMayFill() {
        Memory large = used(pool.take(3 * BYTES), 3);
        pool.give(large);
        assertNotSame(large, pool.take(2 * BYTES));
        assertSame(large, pool.take(3 * BYTES));
    }

    @Test
    void whatDoesNotFitBesideRunningTasksIsForgottenOldestFirst() {
        Memory old = used(new Memory(), 2);
        Memory recent = used(new Memory(), 2);
        pool.give(old);
        pool.give(recent);
        assertEquals(4 * BYTES, pool.idleBytes());
        free = 3 * BYTES;
        pool.trim();
        assertEquals(2 * BYTES, pool.idleBytes());
        assertSame(recent, pool.take(2 * BYTES));
        free = 0;
        pool.give(recent);
        assertEquals(0, pool.idleBytes());
    }

    @Test
    void slotsOfOneJvmHandTheirMemoryOnUnlessTheyFailed() throws Exception {
        Memory kept;
        try (ProverSlot slot = ProverSlot.enter(2 << 20, 1)) {
            kept = used(slot.memory(), 2);
            assertSame(kept, slot.memory());
            slot.keepMemory();
        }
        Memory failed;
        try (ProverSlot slot = ProverSlot.enter(2 << 20, 1)) {
            failed = slot.memory();
            assertSame(kept, failed);
        }
        try (ProverSlot slot = ProverSlot.enter(2 << 20, 1)) {
            assertNotSame(failed, slot.memory());
            assertTrue(slot.memory().freeBytes() <= 2 << 20);
        }
    }
}
