package dev.firesteel.jobs.execute;

import dev.firesteel.cli.Messages;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.FetchFailed;
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
import scala.jdk.javaapi.CollectionConverters;

/**
 * Watches the executing tasks: prints how far they are, at most every {@link #PERIOD_SECONDS} seconds, and remembers the
 * attempts that failed, also those whose executor died.
 */
final class Progress extends SparkListener {
    private static final long PERIOD_SECONDS = 5;
    private static final long SETTLE_MS = 10_000;

    /** A failed attempt at a unit. */
    record FailedAttempt(
            UnitTask.Unit unit,
            String executorId,
            String host,
            double durationMs,
            UnitResult.Failure failure,
            Instant endedAt) {}

    private final PrintWriter out;
    private final String name;
    private final int total;
    private final long cyclesId;
    private final long begin = System.nanoTime();
    private final Map<Integer, List<UnitTask.Unit>> stages = new HashMap<>();
    private final Map<Long, Long> running = new HashMap<>();
    private final List<FailedAttempt> failures = new ArrayList<>();
    private List<UnitTask.Unit> batch = List.of();
    private int done;
    private long cycles;
    private int doneBefore;
    private long cyclesBefore;
    private boolean started;
    private long printed = begin;

    /**
     * @param runId names what this run executes among all that its Spark application does
     * @param total executions to make
     * @param cyclesId accumulator in which tasks count cycles
     */
    Progress(PrintWriter out, String runId, int total, long cyclesId) {
        this.out = out;
        this.name = "firesteel execute " + runId;
        this.total = total;
        this.cyclesId = cyclesId;
    }

    /** The next stages that execute are those of {@code units}. */
    synchronized void begin(List<UnitTask.Unit> units) {
        batch = units;
        doneBefore = done;
        cyclesBefore = cycles;
    }

    /** What {@link #begin} announced is executed once more; {@code why} tells the user. */
    synchronized void beginAgain(String why) {
        done = doneBefore;
        cycles = cyclesBefore;
        out.println(why);
        out.flush();
    }

    /** Name of the RDD whose stages execute. */
    String name() {
        return name;
    }

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
        boolean executes = CollectionConverters.asJava(event.stageInfo().rddInfos()).stream()
                .anyMatch(rdd -> name.equals(rdd.name()));
        if (executes) {
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
            done++;
            cycles += cycles(CollectionConverters.asJava(task.accumulables()));
        } else if (event.reason() instanceof TaskFailedReason reason && !(reason instanceof TaskKilled)) {
            failures.add(new FailedAttempt(
                    stages.get(event.stageId()).get(task.partitionId()),
                    task.executorId(),
                    task.host(),
                    task.duration(),
                    failure(reason),
                    Instant.ofEpochMilli(task.finishTime())));
        }
        print();
    }

    private static UnitResult.Failure failure(TaskFailedReason reason) {
        if (reason instanceof ExceptionFailure thrown
                && thrown.exception().isDefined()
                && thrown.exception().get() instanceof UnitTask.AttemptFailed failed) {
            return failed.failure();
        }
        String line = Messages.firstLine(reason.toErrorString());
        // What a lost executor had shuffled is lost with it: the tasks that come to fetch it fail too.
        boolean lost = reason instanceof ExecutorLostFailure || reason instanceof FetchFailed;
        return new UnitResult.Failure(lost ? "executor_lost" : "internal", true, line);
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
    void settle(SparkContext context) {
        try {
            context.listenerBus().waitUntilEmpty(SETTLE_MS);
        } catch (Exception e) {
            // Thrown undeclared on time-out: progress and failed attempts then lack what comes later.
            out.println("Spark's listeners are behind; table attempts may lack failures of this batch");
        }
    }

    /** The failures seen since the last call. */
    synchronized List<FailedAttempt> takeFailures() {
        var taken = List.copyOf(failures);
        failures.clear();
        return taken;
    }

    private void print() {
        long now = System.nanoTime();
        if (started && now - printed >= TimeUnit.SECONDS.toNanos(PERIOD_SECONDS)) {
            printed = now;
            out.println(line());
            out.flush();
        }
    }

    /** Such as {@code executed 12 of 50, 3.210 G cycles, 85.3 M cycles a second with all that Spark does}. */
    synchronized String line() {
        long all = cycles + running.values().stream().mapToLong(Long::longValue).sum();
        double seconds = Math.max(1e-9, (System.nanoTime() - begin) / 1e9);
        return String.format(
                Locale.ROOT,
                "executed %d of %d, %.3f G cycles, %.1f M cycles a second with all that Spark does",
                done,
                total,
                all / 1e9,
                all / 1e6 / seconds);
    }
}
