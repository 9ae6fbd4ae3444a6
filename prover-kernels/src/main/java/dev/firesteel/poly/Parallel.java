package dev.firesteel.poly;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A fixed number of threads, the caller's included, for loops whose iterations write to disjoint places. The owner decides the number (Spark gives a
 * task its slots) and closes it. Which thread runs which iteration is not determined; results are, as long as iterations keep to their own places.
 *
 * <p>With them goes the {@link Memory} that the loops' callers take their arrays from: new arrays, unless one is given by {@link #using}.
 */
public final class Parallel implements AutoCloseable {

    /** One iteration. */
    @FunctionalInterface
    public interface Body {
        /**
         * Runs an iteration.
         *
         * @param task the iteration, in [0, tasks)
         * @param worker which thread runs it, in [0, {@link Parallel#threads()}): a place for memory that no other running iteration uses
         */
        void run(int task, int worker);
    }

    private final int threads;
    private final ExecutorService executor;
    private final Memory memory;

    /**
     * Starts {@code threads} − 1 daemon threads.
     *
     * @throws IllegalArgumentException when {@code threads} is less than 1
     */
    public Parallel(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads);
        }
        this.threads = threads;
        this.memory = Memory.fresh();
        AtomicInteger number = new AtomicInteger();
        this.executor = threads == 1
                ? null
                : Executors.newFixedThreadPool(threads - 1, body -> {
                    Thread thread = new Thread(body, "prover-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    private Parallel(Parallel threads, Memory memory) {
        this.threads = threads.threads;
        this.executor = threads.executor;
        this.memory = memory;
    }

    /** The same threads with other memory. It need not be closed; when this is, it is. */
    public Parallel using(Memory memory) {
        return new Parallel(this, memory);
    }

    /** Where arrays of the size of a table come from. */
    public Memory memory() {
        return memory;
    }

    /** The number of threads, the caller's included. */
    public int threads() {
        return threads;
    }

    /**
     * Runs {@code body} for every task in [0, tasks) and returns when all are done. When one throws, no further ones start and the first exception
     * is thrown here. A body may itself call this method.
     */
    public void forEach(int tasks, Body body) {
        if (executor == null || tasks <= 1) {
            for (int task = 0; task < tasks; task++) {
                body.run(task, 0);
            }
            return;
        }
        int helpers = Math.min(threads, tasks) - 1;
        Loop loop = new Loop(tasks, body);
        for (int i = 1; i <= helpers; i++) {
            int worker = i;
            executor.execute(() -> loop.work(worker));
        }
        loop.work(0);
        loop.await();
    }

    /** Ends the threads. Loops must have returned. */
    @Override
    public void close() {
        if (executor != null) {
            executor.shutdown();
        }
    }

    /** The state of one loop. What is waited for is tasks, not threads: a thread that comes late finds none left. */
    private static final class Loop {
        private final int tasks;
        private final Body body;
        private final AtomicInteger next = new AtomicInteger();
        private final CountDownLatch open;
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        Loop(int tasks, Body body) {
            this.tasks = tasks;
            this.body = body;
            this.open = new CountDownLatch(tasks);
        }

        void work(int worker) {
            for (int task = next.getAndIncrement(); task < tasks && task >= 0; task = next.getAndIncrement()) {
                try {
                    if (failure.get() == null) {
                        body.run(task, worker);
                    }
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                } finally {
                    open.countDown();
                }
            }
        }

        void await() {
            boolean interrupted = false;
            while (true) {
                try {
                    open.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true; // the others still write to the caller's arrays
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            Throwable thrown = failure.get();
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown != null) {
                throw (RuntimeException) thrown;
            }
        }
    }
}
