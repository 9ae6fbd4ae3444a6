package dev.firesteel.jobs.results;

import dev.firesteel.cli.UserException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A few threads that read and parse chunks of files. The first failure stops everything and is thrown by the submitter. */
final class ReaderPool implements AutoCloseable {
    /** Files of a chunk: enough that handing one over costs nothing against reading it. */
    static final int CHUNK_FILES = 256;

    /** A chunk is handed over early at this many bytes. */
    static final int CHUNK_BYTES = 4 << 20;

    private final ThreadPoolExecutor threads;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    ReaderPool(int size) {
        // A full queue makes the submitter work: it never runs far ahead, so memory is bounded.
        threads = new ThreadPoolExecutor(
                size,
                size,
                1,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(64),
                r -> {
                    Thread t = new Thread(r, "result-reader");
                    t.setDaemon(true);
                    return t;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /** Runs {@code chunk} on some thread; throws what an earlier chunk failed with. */
    void submit(Runnable chunk) {
        rethrow();
        threads.execute(() -> {
            if (failure.get() != null) {
                return;
            }
            try {
                chunk.run();
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        });
    }

    private void rethrow() {
        Throwable e = failure.get();
        if (e instanceof Error error) {
            throw error;
        }
        if (e != null) {
            throw (RuntimeException) e;
        }
    }

    /** Waits for all chunks; throws what one of them failed with. */
    void finish() {
        threads.shutdown();
        try {
            while (!threads.awaitTermination(1, TimeUnit.HOURS)) {
                rethrow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserException("interrupted while reading results; nothing was written", e);
        }
        rethrow();
    }

    /** Stops the threads. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
