package dev.firesteel.jobs.tasks;

import java.io.Serializable;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.apache.spark.TaskContext;

/**
 * What a task hands to the driver: how its last attempt ended, and what it made.
 *
 * @param piece position of the piece of work in its batch
 * @param ended where and how the attempt ended
 * @param value what was made; null when the attempt failed
 */
public record Outcome<T extends Serializable>(int piece, Ended ended, T value) implements Serializable {

    /** Work that may fail. */
    @FunctionalInterface
    public interface Body<T> {
        /** Does the work and tells {@code meter} what it takes. */
        T call(Meter meter) throws Exception;
    }

    /**
     * Does the work of the task that calls this. A failure is thrown while Spark would try again and that may help, else it is the outcome, so that others go on.
     *
     * @param maxAttempts of Spark at a task
     * @param classify what a failure is
     */
    public static <T extends Serializable> Outcome<T> of(
            Piece piece, int index, int maxAttempts, Function<Throwable, Failure> classify, Body<T> body) {
        long begin = System.nanoTime();
        TaskContext context = TaskContext.get();
        Meter meter = new Meter();
        try {
            T value = body.call(meter);
            return new Outcome<>(index, Ended.now(begin, null, meter.measures()), value);
        } catch (Exception | Error e) {
            if (context.isInterrupted()) {
                throw new CancellationException("the task was cancelled");
            }
            Failure failure = classify.apply(e);
            if (failure.retryable() && context.attemptNumber() + 1 < maxAttempts) {
                throw new AttemptFailed(piece.requestId(), failure, meter.measures(), e);
            }
            return new Outcome<>(index, Ended.now(begin, failure, meter.measures()), null);
        }
    }
}
