package dev.firesteel.jobs.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.jobs.ingest.Fixtures;
import dev.firesteel.schemas.Attempt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.FetchFailed;
import org.apache.spark.Resubmitted$;
import org.apache.spark.Success$;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.TaskState;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.rdd.DeterministicLevel;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.RDDInfo;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** What Spark says of tasks that ended badly, and what table attempts says of it. */
class AttemptRowsTest {
    private static final long BEGIN = 1_700_000_000_000L;

    private final List<Whole> units = List.of(new Whole("a"), new Whole("b"));
    private final Progress<Whole> progress = new Progress<>(
            Fixtures.silent(), "execute", "run-1", 2, 0, (done, total, cycles, seconds) -> done + " of " + total);
    private final AttemptRows rows = new AttemptRows("run-1", "execute");
    private long clock = BEGIN;

    private record Whole(String requestId) implements Piece {
        @Override
        public int segmentIndex() {
            return WHOLE;
        }
    }

    @BeforeEach
    void begin() {
        progress.begin(units);
        submitted(7, progress.name());
        submitted(8, "somebody else's");
    }

    private void submitted(int stage, String rdd) {
        RDDInfo info = new RDDInfo(
                1,
                rdd,
                2,
                StorageLevel.NONE(),
                false,
                CollectionConverters.asScala(List.<Object>of()).toSeq(),
                "",
                Option.empty(),
                DeterministicLevel.DETERMINATE());
        progress.onStageSubmitted(new SparkListenerStageSubmitted(
                new StageInfo(
                        stage,
                        0,
                        "stage",
                        2,
                        CollectionConverters.asScala(List.of(info)).toSeq(),
                        CollectionConverters.asScala(List.<Object>of()).toSeq(),
                        "",
                        new TaskMetrics(),
                        CollectionConverters.asScala(
                                        List
                                                .<scala.collection.immutable.Seq<
                                                                org.apache.spark.scheduler.TaskLocation>>
                                                        of())
                                .toSeq(),
                        Option.empty(),
                        0,
                        false,
                        0),
                new Properties()));
    }

    private void ended(int stage, int unit, int attempt, TaskEndReason reason) {
        TaskInfo info = new TaskInfo(
                clock, unit, attempt, unit, clock, "exec-" + attempt, "host-" + attempt, TaskLocality.ANY(), false);
        clock += 250;
        info.markFinished(reason == Success$.MODULE$ ? TaskState.FINISHED() : TaskState.FAILED(), clock);
        progress.onTaskEnd(new SparkListenerTaskEnd(
                stage, 0, "ResultTask", reason, info, new ExecutorMetrics(), new TaskMetrics()));
    }

    private static TaskEndReason lost() {
        return new ExecutorLostFailure("1", true, Option.apply("worker lost\nand more"));
    }

    private List<Attempt> failed() {
        return rows.failed(progress.takeFailures());
    }

    @Test
    void anAttemptWhoseExecutorDiedIsARow() {
        ended(7, 1, 0, lost());
        List<Attempt> failed = failed();
        assertEquals(1, failed.size());
        Attempt row = failed.get(0);
        assertEquals("run-1", row.runId());
        assertEquals("execute", row.stage());
        assertEquals("b", row.requestId());
        assertEquals(0, row.attempt());
        assertEquals("exec-0", row.executorId());
        assertEquals("host-0", row.host());
        assertEquals(250, row.durationMs());
        assertEquals("failure", row.outcome());
        assertEquals("executor_lost", row.reasonClass());
        assertTrue(row.retryable());
        assertEquals(1, row.message().lines().count());
        assertTrue(row.message().contains("worker lost"), row.message());
        assertEquals(Instant.ofEpochMilli(BEGIN + 250), row.endedAt());
        assertEquals(List.of(), failed(), "told once");
    }

    @Test
    void whatALostExecutorHadShuffledIsLostWithIt() {
        ended(7, 0, 0, new FetchFailed(BlockManagerId.apply("1", "host", 1, Option.empty()), 1, 2, 3, 4, "gone"));
        assertEquals("executor_lost", failed().get(0).reasonClass());
    }

    @Test
    void aResultThatWasLostWithItsExecutorIsAFailedAttempt() {
        ended(7, 0, 0, Success$.MODULE$);
        ended(7, 0, 0, Resubmitted$.MODULE$);
        List<Attempt> failed = failed();
        assertEquals(1, failed.size());
        assertEquals("executor_lost", failed.get(0).reasonClass());
        assertEquals("0 of 2", progress.line(), "not done any more");
        assertEquals(0, progress.taskMs());
        ended(7, 0, 1, Success$.MODULE$);
        assertEquals("1 of 2", progress.line());
        assertEquals(250, progress.taskMs());
    }

    @Test
    void aFailedAttemptKeepsWhatItMeasured() {
        Meter meter = new Meter();
        meter.phase("keys", 2);
        meter.phase("trace", 1);
        meter.phase("trace", 3);
        meter.committedCells(77);
        Failure failure = new Failure("not_verified", true, "the sum is wrong");
        AttemptFailed thrown = new AttemptFailed("b", failure, meter.measures(), new IllegalStateException());
        ended(
                7,
                1,
                0,
                new ExceptionFailure(
                        thrown,
                        CollectionConverters.asScala(List.<org.apache.spark.scheduler.AccumulableInfo>of())
                                .toSeq()));
        Attempt row = failed().get(0);
        assertEquals("not_verified", row.reasonClass());
        assertEquals(Map.of("keys", 2.0, "trace", 4.0), row.phaseMs());
        assertEquals(77, row.committedCells());
        assertNull(row.peakHostBytes());
    }

    @Test
    void killedAndSuccessfulTasksAndOthersAreNoFailures() {
        ended(
                7,
                0,
                0,
                new TaskKilled(
                        "another attempt succeeded",
                        CollectionConverters.asScala(List.<org.apache.spark.scheduler.AccumulableInfo>of())
                                .toSeq(),
                        CollectionConverters.asScala(List.<org.apache.spark.util.AccumulatorV2<?, ?>>of())
                                .toSeq(),
                        CollectionConverters.asScala(List.<Object>of()).toSeq()));
        ended(7, 0, 1, Success$.MODULE$);
        ended(8, 0, 0, lost());
        assertEquals(List.of(), failed());
    }

    @Test
    void theAttemptsOfARequestAreNumberedThroughWhateverSparkCountsAnew() {
        ended(7, 0, 0, lost());
        ended(7, 1, 0, lost());
        // A stage that is repeated counts its tasks' attempts from 0.
        ended(7, 0, 0, lost());
        List<Attempt> all = new ArrayList<>(failed());
        all.add(rows.of(units.get(0), ended(null)));
        all.add(rows.of(units.get(1), ended(new Failure("out_of_memory", true, "heap"))));
        assertEquals(
                List.of("a0", "b0", "a1", "a2", "b1"),
                all.stream().map(row -> row.requestId() + row.attempt()).toList());
        assertEquals("success", all.get(3).outcome());
        assertNull(all.get(3).reasonClass());
        assertEquals("out_of_memory", all.get(4).reasonClass());
    }

    private static Ended ended(Failure failure) {
        return new Ended("driver", "host", 1, Instant.EPOCH, failure, Measures.NONE);
    }
}
