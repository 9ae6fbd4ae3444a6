package dev.firesteel.jobs.execute;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.SparkContext;
import org.apache.spark.Success$;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Watches the executing tasks: prints how far they are, at most every {@link #PERIOD_SECONDS} seconds, and remembers the
 * attempts that failed, also those whose executor died.
 */
final class Progress extends SparkListener {
    /** Name by which the stage that executes is known. */
    static final String RDD_NAME = "firesteel execute";

    private static final long PERIOD_SECONDS = 5;
    private static final long SETTLE_MS = 10_000;

    /** A failed attempt at a unit. */
    record FailedAttempt(
            UnitTask.Unit unit,
            int attempt,
            String executorId,
            String host,
            double durationMs,
            UnitResult.Failure failure) {}

    private final PrintWriter out;
    private final int total;
    private final long cyclesId;
    private final long begin = System.nanoTime();
    private final Map<Integer, List<UnitTask.Unit>> stages = new HashMap<>();
    private final Map<Long, Long> running = new HashMap<>();
    private final List<FailedAttempt> failures = new ArrayList<>();
    private List<UnitTask.Unit> batch = List.of();
    private int done;
    private long cycles;
    private long printed = begin;

    /**
     * @param total executions to make
     * @param cyclesId accumulator in which tasks count cycles
     */
    Progress(PrintWriter out, int total, long cyclesId) {
        this.out = out;
        this.total = total;
        this.cyclesId = cyclesId;
    }

    /** The next stages that execute are those of {@code units}. */
    synchronized void begin(List<UnitTask.Unit> units) {
        batch = units;
    }

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
        boolean executes = CollectionConverters.asJava(event.stageInfo().rddInfos()).stream()
                .anyMatch(rdd -> RDD_NAME.equals(rdd.name()));
        if (executes) {
            stages.put(event.stageInfo().stageId(), batch);
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
                    task.attemptNumber(),
                    task.executorId(),
                    task.host(),
                    task.duration(),
                    failure(reason)));
        }
        print();
    }

    private static UnitResult.Failure failure(TaskFailedReason reason) {
        if (reason instanceof ExceptionFailure thrown
                && thrown.exception().isDefined()
                && thrown.exception().get() instanceof UnitTask.AttemptFailed failed) {
            return failed.failure();
        }
        String text = reason.toErrorString();
        String line = text.lines().findFirst().orElse(text);
        boolean lost = reason instanceof org.apache.spark.ExecutorLostFailure;
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
        if (now - printed >= TimeUnit.SECONDS.toNanos(PERIOD_SECONDS)) {
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
