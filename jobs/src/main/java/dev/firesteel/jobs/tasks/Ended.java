package dev.firesteel.jobs.tasks;

import java.io.Serializable;
import java.time.Instant;
import org.apache.spark.SparkEnv;

/**
 * How an attempt ended, as its task tells the driver.
 *
 * @param executorId Spark executor
 * @param host its host
 * @param durationMs wall time of the attempt, milliseconds
 * @param endedAt when it ended
 * @param failure why it failed, or null
 * @param measures what it measured of itself
 */
public record Ended(
        String executorId, String host, double durationMs, Instant endedAt, Failure failure, Measures measures)
        implements Serializable {

    /** A piece of work that the driver refused before anything was attempted. */
    public static Ended refused(Failure failure) {
        return new Ended("driver", "driver", 0, Instant.now(), failure, Measures.NONE);
    }

    /**
     * The attempt of the task that calls this.
     *
     * @param begin {@link System#nanoTime} at its begin
     */
    public static Ended now(long begin, Failure failure, Measures measures) {
        return new Ended(
                SparkEnv.get().executorId(),
                SparkEnv.get().blockManager().blockManagerId().host(),
                (System.nanoTime() - begin) / 1e6,
                Instant.now(),
                failure,
                measures);
    }
}
