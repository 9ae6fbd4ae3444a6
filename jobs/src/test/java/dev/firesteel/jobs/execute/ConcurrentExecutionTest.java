package dev.firesteel.jobs.execute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.ingest.Fixtures;
import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.schemas.Segment;
import dev.firesteel.schemas.TableDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that execute into one warehouse at once. */
class ConcurrentExecutionTest {
    /** Reached from tasks, which run in this JVM. */
    private static final AtomicInteger COMPUTED = new AtomicInteger();

    private static final AtomicReference<Runnable> MEANWHILE = new AtomicReference<>();

    @TempDir
    Path folder;

    @Test
    void jobsThatExecuteTheSameRequestsBothEndWellAndEveryRowIsThereOnce() throws Exception {
        SparkSession session = TestSpark.session();
        Warehouse warehouse = ExecuteJobTest.ingested(session, folder);
        var pool = Executors.newFixedThreadPool(2);
        try {
            // Both have looked before either writes: each takes everything for its own to execute.
            List<ExecuteJob> jobs = List.of(open(warehouse), open(reopened(session)));
            List<CompletableFuture<ExecuteJob.Summary>> runs = new ArrayList<>();
            for (ExecuteJob job : jobs) {
                String run = "run-" + runs.size();
                runs.add(CompletableFuture.supplyAsync(
                        () -> job.run(run, 3, Fixtures.silent(), ExecuteJob.Checkpoint.NONE), pool));
            }
            for (var run : runs) {
                assertEquals(new ExecuteJob.Summary(7, 0, 1, 0, 3), run.get());
            }
        } finally {
            pool.shutdownNow();
        }
        assertEquals(7, warehouse.read("executions").count());
        for (String table : List.of("segments", "executions", "attempts")) {
            assertNoKeyTwice(warehouse, table);
        }
        for (String run : List.of("run-0", "run-1")) {
            assertEquals(
                    6,
                    warehouse
                            .read("attempts")
                            .where("run_id = '" + run + "' AND outcome = 'success'")
                            .count());
        }
    }

    @Test
    void aCommitThatCameSecondComputesItsRowsOnceMoreAndNotForEveryFurtherOne() {
        SparkSession session = TestSpark.session();
        Warehouse warehouse = Warehouse.open(session, folder.resolve("w").toString());
        SegmentTable table = new SegmentTable(warehouse);
        SegmentTable other = new SegmentTable(reopened(session));
        Request.Work work = new Request.Work("p", "i");
        List<String> told = new ArrayList<>();
        COMPUTED.set(0);
        // What this job computes first, another has committed by then.
        MEANWHILE.set(() -> other.insertNew(plain(session, 0, 1), List.of(work), "prm", "v", () -> {}));
        JavaRDD<Row> rows = plain(session, 0, 2).map(row -> {
            COMPUTED.incrementAndGet();
            Runnable meanwhile = MEANWHILE.getAndSet(null);
            if (meanwhile != null) {
                // Spark serves no query to a thread that runs a task.
                CompletableFuture.runAsync(meanwhile).join();
            }
            return row;
        });
        rows.setName("rows");
        assertEquals(1, table.insertNew(rows, List.of(work), "prm", "v", () -> told.add("again")));
        assertEquals(List.of("again"), told);
        assertEquals(2 * 2, COMPUTED.get(), "first attempt, and once to be kept");
        assertEquals(2, warehouse.read("segments").count());
        assertNoKeyTwice(warehouse, "segments");
        assertFalse(
                JavaSparkContext.fromSparkContext(session.sparkContext())
                        .getPersistentRDDs()
                        .containsKey(rows.id()),
                "what was kept is given back");
    }

    private static JavaRDD<Row> plain(SparkSession session, int from, int to) {
        RowCodec<Segment> codec = RowCodec.of("segments", Segment.class);
        List<Row> rows = new ArrayList<>();
        for (int i = from; i < to; i++) {
            rows.add(codec.toRow(new Segment(
                    "p",
                    "i",
                    "prm",
                    "v",
                    i,
                    false,
                    i,
                    1L,
                    0L,
                    0L,
                    Collections.nCopies(32, 0L),
                    Collections.nCopies(32, 0L),
                    0L,
                    new byte[] {1},
                    0L,
                    new byte[0],
                    Map.of(),
                    0L,
                    0L,
                    null,
                    null,
                    "run")));
        }
        return JavaSparkContext.fromSparkContext(session.sparkContext()).parallelize(rows, 1);
    }

    private Warehouse reopened(SparkSession session) {
        return Warehouse.open(session.newSession(), folder.resolve("w").toString());
    }

    private static ExecuteJob open(Warehouse warehouse) {
        return ExecuteJob.open(warehouse, null, ExecuteJobTest.PARAMETERS, Set.of());
    }

    private static void assertNoKeyTwice(Warehouse warehouse, String table) {
        Column[] key =
                TableDefinition.of(table).key().stream().map(functions::col).toArray(Column[]::new);
        assertEquals(
                warehouse.read(table).count(),
                warehouse.read(table).select(key).distinct().count(),
                table);
    }
}
