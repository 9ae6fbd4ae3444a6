package dev.firesteel.jobs.execute;

import dev.firesteel.riscv.Emulator;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.ExecutionResult;
import dev.firesteel.riscv.InputTooLargeException;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/**
 * The segments of an execution as an iterator. The emulator pushes, a writer pulls: it runs on a thread of its own and
 * waits while the writer is behind, so that at most three segments exist at a time (being cut, waiting, being written).
 */
final class SegmentStream implements Iterator<Segment>, AutoCloseable {
    private static final long POLL_MS = 200;

    private final BlockingQueue<Object> handover = new ArrayBlockingQueue<>(1);
    private final Thread emulator;
    private final Runnable alive;
    private volatile boolean cancelled;
    private Object next;

    private record Failed(Throwable cause) {}

    /**
     * Starts the execution.
     *
     * @param alive called while waiting; throws when nobody wants the segments any more
     */
    SegmentStream(Program program, byte[] input, ExecutionOptions options, Runnable alive) {
        this.alive = alive;
        this.emulator = new Thread(() -> execute(program, input, options), "emulator " + program.name());
        emulator.setDaemon(true);
        emulator.start();
    }

    private void execute(Program program, byte[] input, ExecutionOptions options) {
        Object end;
        try {
            end = Emulator.execute(program, input, options, this::hand);
        } catch (CancellationException e) {
            return;
        } catch (RuntimeException | Error | InputTooLargeException e) {
            end = new Failed(e);
        }
        if (!cancelled) {
            hand(end);
        }
    }

    private void hand(Object item) {
        try {
            if (cancelled) {
                throw new CancellationException();
            }
            handover.put(item);
        } catch (InterruptedException e) {
            throw new CancellationException();
        }
    }

    /** Whether there is a segment; waits for it. Throws what the emulator threw, errors included. */
    @Override
    public boolean hasNext() {
        try {
            while (next == null) {
                next = handover.poll(POLL_MS, TimeUnit.MILLISECONDS);
                alive.run();
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
        if (next instanceof Failed failed) {
            if (failed.cause instanceof Error error) {
                throw error;
            }
            throw failed.cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(failed.cause);
        }
        return next instanceof Segment;
    }

    @Override
    public Segment next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Segment segment = (Segment) next;
        next = null;
        return segment;
    }

    /** How the execution ended; only once {@link #hasNext} has said that there is no more. */
    ExecutionResult result() {
        if (!(next instanceof ExecutionResult result)) {
            throw new IllegalStateException("the execution has not ended");
        }
        return result;
    }

    /** Ends the execution, at the latest with the segment that is being cut. */
    @Override
    public void close() {
        cancelled = true;
        emulator.interrupt();
    }
}
