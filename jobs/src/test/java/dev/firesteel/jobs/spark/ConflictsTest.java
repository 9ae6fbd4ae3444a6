package dev.firesteel.jobs.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.TestSpark;
import dev.firesteel.schemas.Run;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConflictsTest {
    @TempDir
    Path folder;

    @Test
    void jobsThatInsertTheSameKeysAtOnceAddEachOnce() throws Exception {
        String location = folder.resolve("w").toString();
        int jobs = 3;
        CyclicBarrier together = new CyclicBarrier(jobs);
        var pool = Executors.newFixedThreadPool(jobs);
        try {
            List<CompletableFuture<Long>> inserts = new ArrayList<>();
            for (int job = 0; job < jobs; job++) {
                // A session each, and the table is not there yet: what jobs in processes of their own meet.
                Warehouse warehouse = Warehouse.open(TestSpark.session().newSession(), location);
                List<Run> own = rows(job, job + 10);
                inserts.add(CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                together.await();
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                            return warehouse.insertNew("runs", Run.class, own);
                        },
                        pool));
            }
            long added = 0;
            for (var insert : inserts) {
                added += insert.get();
            }
            assertEquals(12, added);
        } finally {
            pool.shutdownNow();
        }
        Warehouse after = Warehouse.open(TestSpark.session(), location);
        assertEquals(12, after.read("runs").count());
        assertEquals(12, after.read("runs").select("run_id").distinct().count());
    }

    private static List<Run> rows(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new Run("r" + i, "job", "", "app", "v", "running", null, Instant.EPOCH, null))
                .toList();
    }

    @Test
    void aCommitThatCameSecondIsRepeatedAndNothingElseIs() {
        AtomicInteger calls = new AtomicInteger();
        assertEquals(3, Conflicts.retry("w", "t", () -> {
            if (calls.incrementAndGet() < 3) {
                throw new IllegalStateException(conflict());
            }
            return calls.get();
        }));
        calls.set(0);
        Supplier<Object> broken = () -> {
            calls.incrementAndGet();
            throw new IllegalStateException("broken");
        };
        assertThrows(IllegalStateException.class, () -> Conflicts.retry("w", "t", broken));
        assertEquals(1, calls.get());
        assertTrue(Conflicts.caused(conflict()));
        assertFalse(Conflicts.caused(new java.util.ConcurrentModificationException()));
    }

    @Test
    void afterTooManyTheUserHearsWhy() {
        var e = assertThrows(
                UserException.class,
                () -> Conflicts.retry("w", "segments", 2, () -> {
                    throw conflict();
                }));
        assertEquals("w: other jobs kept writing to segments; run the command again", e.getMessage());
    }

    private static RuntimeException conflict() {
        return new io.delta.exceptions.ConcurrentAppendException("files were added");
    }
}
