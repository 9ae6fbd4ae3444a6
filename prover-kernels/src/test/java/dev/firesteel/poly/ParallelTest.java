package dev.firesteel.poly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void everyTaskRunsOnceAndWorkersDoNotOverlap(int threads) {
        try (Parallel parallel = new Parallel(threads)) {
            assertEquals(threads, parallel.threads());
            for (int tasks : new int[] {0, 1, 2, 7, 1000}) {
                AtomicIntegerArray runs = new AtomicIntegerArray(tasks + 1);
                AtomicIntegerArray busy = new AtomicIntegerArray(threads);
                parallel.forEach(tasks, (task, worker) -> {
                    assertEquals(1, busy.incrementAndGet(worker));
                    runs.incrementAndGet(task);
                    busy.decrementAndGet(worker);
                });
                for (int i = 0; i < tasks; i++) {
                    assertEquals(1, runs.get(i));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void loopsNest(int threads) {
        try (Parallel parallel = new Parallel(threads)) {
            AtomicIntegerArray runs = new AtomicIntegerArray(400);
            parallel.forEach(20, (i, w) -> parallel.forEach(20, (j, v) -> runs.incrementAndGet(20 * i + j)));
            for (int i = 0; i < 400; i++) {
                assertEquals(1, runs.get(i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theFirstExceptionReachesTheCaller(int threads) {
        try (Parallel parallel = new Parallel(threads)) {
            IllegalStateException thrown = new IllegalStateException("task 3");
            AtomicIntegerArray runs = new AtomicIntegerArray(1);
            assertSame(
                    thrown,
                    assertThrows(
                            IllegalStateException.class,
                            () -> parallel.forEach(100_000, (task, worker) -> {
                                runs.incrementAndGet(0);
                                if (task == 3) {
                                    throw thrown;
                                }
                            })));
            assertTrue(runs.get(0) < 100_000);
        }
    }

    @Test
    void thereIsAtLeastOneThread() {
        assertThrows(IllegalArgumentException.class, () -> new Parallel(0));
    }
}
