package dev.firesteel.jobs.tasks;

import dev.firesteel.cli.Messages;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.FetchFailed;
import org.apache.spark.Resubmitted$;
import org.apache.spark.SparkContext;
import org.apache.spark.Success$;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Watches the tasks of a stage: prints how far they are, at most every {@link #PERIOD_SECONDS} seconds, and remembers the
 * attempts that failed, also those whose executor died.
 */
public final class Progress<P extends Piece> extends SparkListener {
    private static final long PERIOD_SECONDS = 5;
    private static final long SETTLE_MS = 10_000;

    /** A failed attempt that no result tells of. */
    public record FailedAttempt<P extends Piece>(P piece, Ended ended) {}

    /** Makes the line that tells how far a job is. */
    @FunctionalInterface
    public interface Line {
        /**
         * The line.
         *
         * @param done pieces of {@code total}
         * @param cycles of all pieces, those that are not done yet too where they tell
         */
        String of(int done, int total, long cycles, double seconds);
    }

    private final PrintWriter out;
    private final String name;
    private final Line line;
    private final int total;
    private final long cyclesId;
    private final long begin = System.nanoTime();
    private final Map<Integer, List<P>> stages = new HashMap<>();
    private final Map<Long, Long> running = new HashMap<>();
    private final List<FailedAttempt<P>> failures = new ArrayList<>();
    private List<P> batch = List.of();
    private int done;
    private long cycles;
    private int doneBefore;
    private long cyclesBefore;
    private boolean started;
    private long printed = begin;
    private long taskMs;

    /**
     * @param stage and run id name what this run does among all that its Spark application does
     * @param total pieces of work
     * @param cyclesId accumulator in which tasks count cycles
     */
    public Progress(PrintWriter out, String stage, String runId, int total, long cyclesId, Line line) {
        this.out = out;
        this.name = "firesteel " + stage + " " + runId;
        this.total = total;
        this.cyclesId = cyclesId;
        this.line = line;
    }

    /** The next stages are those of {@code pieces}, one a task. */
    public synchronized void begin(List<P> pieces) {
        batch = pieces;
        doneBefore = done;
        cyclesBefore = cycles;
    }

    /** What {@link #begin} announced is executed once more; {@code why} tells the user. */
    public synchronized void beginAgain(String why) {
        done = doneBefore;
        cycles = cyclesBefore;
        out.println(why);
        out.flush();
    }

    /** Name of the RDD whose stages are watched. */
    public String name() {
        return name;
    }

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
        boolean ours = CollectionConverters.asJava(event.stageInfo().rddInfos()).stream()
                .anyMatch(rdd -> name.equals(rdd.name()));
        if (ours) {
            stages.put(event.stageInfo().stageId(), batch);
        }
    }

    /** The first line comes with the first guest: until then Spark only prepares, and there is nothing to tell. */
    @Override
    public synchronized void onTaskStart(SparkListenerTaskStart event) {
        if (!started && stages.containsKey(event.stageId())) {
            started = true;
            out.println(line());
            out.flush();
        }
    }

    @Override
    public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate event) {
        CollectionConverters.asJava(event.accumUpdates())
                .forEach(task -> running.put((Long) task._1(), cycles(CollectionConverters.asJava(task._4()))));
        print();
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
        if (!stages.containsKey(event.stageId())) {
            return;
        }
        var task = event.taskInfo();
        running.remove(task.taskId());
        if (event.reason() == Success$.MODULE$) {
            count(task, 1);
        } else if (event.reason() instanceof TaskFailedReason reason && !(reason instanceof TaskKilled)) {
            if (reason == Resubmitted$.MODULE$) {
                count(task, -1); // it was done, and what it made is lost with its executor
            }
            AttemptFailed told = told(reason);
            failures.add(new FailedAttempt<>(
                    stages.get(event.stageId()).get(task.partitionId()),
                    new Ended(
                            task.executorId(),
                            task.host(),
                            task.duration(),
                            Instant.ofEpochMilli(task.finishTime()),
                            told == null ? failure(reason) : told.failure(),
                            told == null ? Measures.NONE : told.measures())));
        }
        print();
    }

    private void count(TaskInfo task, int times) {
        done += times;
        cycles += times * cycles(CollectionConverters.asJava(task.accumulables()));
        taskMs += times * task.duration();
    }

    /** What the task itself said of its failure, or null. */
    private static AttemptFailed told(TaskFailedReason reason) {
        return reason instanceof ExceptionFailure thrown
                        && thrown.exception().isDefined()
                        && thrown.exception().get() instanceof AttemptFailed failed
                ? failed
                : null;
    }

    private static Failure failure(TaskFailedReason reason) {
        String line = Messages.firstLine(reason.toErrorString());
        // What a lost executor had shuffled is lost with it: the tasks that come to fetch it fail too.
        boolean lost = reason instanceof ExecutorLostFailure
                || reason instanceof FetchFailed
                || reason == Resubmitted$.MODULE$;
        return new Failure(lost ? "executor_lost" : "internal", true, line);
    }

    private long cycles(Iterable<AccumulableInfo> accumulables) {
        for (AccumulableInfo info : accumulables) {
            if (info.id() == cyclesId
                    && info.update().isDefined()
                    && info.update().get() instanceof Long update) {
                return update;
            }
        }
        return 0;
    }

    /** Waits, not for ever, until this listener has been told what has happened: Spark tells it a little later. */
    public void settle(SparkContext context) {
        try {
            context.listenerBus().waitUntilEmpty(SETTLE_MS);
        } catch (Exception e) {
            // Thrown undeclared on time-out: progress and failed attempts then lack what comes later.
            out.println("Spark's listeners are behind; table attempts may lack failures of this batch");
        }
    }

    /** The failures seen since the last call. */
    public synchronized List<FailedAttempt<P>> takeFailures() {
        var taken = List.copyOf(failures);
        failures.clear();
        return taken;
    }

    /** Wall time of the tasks that were done, as Spark measures it, milliseconds. */
    public synchronized long taskMs() {
        return taskMs;
    }

    private void print() {
        long now = System.nanoTime();
        if (started && now - printed >= TimeUnit.SECONDS.toNanos(PERIOD_SECONDS)) {
            printed = now;
            out.println(line());
            out.flush();
        }
    }

    /** How far the job is. */
    public synchronized String line() {
        long all = cycles + running.values().stream().mapToLong(Long::longValue).sum();
        return line.of(done, total, all, Math.max(1e-9, (System.nanoTime() - begin) / 1e9));
    }
}
