package dev.firesteel.jobs.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Runs a stage whose every task makes one result, and hands over results while other tasks still run: what is done can be committed without waiting for the slowest.
 */
public final class StreamedResults {
    private static final long POLL_MS = 200;

    private StreamedResults() {}

    /** Spark gave the stage up: a task failed as often as it may, or no executor may run it any more. */
    public static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GivenUp(Exception cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** Takes results on the caller's thread. */
    @FunctionalInterface
    public interface Taker {
        /** Results that have come since the last call; none when time has passed. */
        void take(List<byte[]> results);
    }

    /**
     * Runs the stage.
     *
     * @param rdd one element a partition
     * @throws GivenUp when Spark did; results of other tasks have been handed over
     */
    public static void run(SparkContext context, JavaRDD<byte[]> rdd, Taker taker) {
        BlockingQueue<byte[]> results = new LinkedBlockingQueue<>();
        Job job = new Job(context, rdd, results);
        job.setDaemon(true);
        job.start();
        try {
            boolean running = true;
            while (running) {
                job.join(POLL_MS);
                // Before the results are taken: those that come later are for the next round.
                running = job.isAlive();
                List<byte[]> taken = new ArrayList<>();
                results.drainTo(taken);
                taker.take(taken);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            if (job.isAlive()) {
                context.cancelJobGroup(job.getName(), "the driver has failed");
            }
        }
        if (job.failure != null) {
            throw job.failure;
        }
    }

    /** Spark calls its handler on its scheduler's thread, which must not be kept. */
    private static final class Job extends Thread {
        private final SparkContext context;
        private final JavaRDD<byte[]> rdd;
        private final BlockingQueue<byte[]> results;
        private volatile GivenUp failure;

        Job(SparkContext context, JavaRDD<byte[]> rdd, BlockingQueue<byte[]> results) {
            super("job of " + rdd.name() + " " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
            this.context = context;
            this.rdd = rdd;
            this.results = results;
        }

        @Override
        public void run() {
            List<Object> partitions = IntStream.range(0, rdd.getNumPartitions())
                    .<Object>mapToObj(i -> i)
                    .toList();
            try {
                context.setJobGroup(getName(), rdd.name(), false);
                context.runJob(
                        rdd.rdd(),
                        new Only(),
                        CollectionConverters.asScala(partitions).toSeq(),
                        new Put(results),
                        ClassTag.<byte[]>apply(byte[].class));
            } catch (Exception e) {
                // Spark is Scala: it throws its checked SparkException without declaring it.
                failure = new GivenUp(e);
            }
        }
    }

    private static final class Only extends AbstractFunction2<TaskContext, Iterator<byte[]>, byte[]>
            implements java.io.Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public byte[] apply(TaskContext context, Iterator<byte[]> results) {
            return results.next();
        }
    }

    private static final class Put extends AbstractFunction2<Object, byte[], BoxedUnit> {
        private final BlockingQueue<byte[]> results;

        Put(BlockingQueue<byte[]> results) {
            this.results = results;
        }

        @Override
        public BoxedUnit apply(Object partition, byte[] result) {
            results.add(result);
            return BoxedUnit.UNIT;
        }
    }
}
