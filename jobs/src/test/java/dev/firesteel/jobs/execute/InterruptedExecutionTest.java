package dev.firesteel.jobs.execute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.holdenkarau.spark.testing.JavaDatasetSuiteBase;
import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.spark.Warehouse;
import java.nio.file.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that ends between two commits and is repeated gives the tables of a run that was not disturbed, compared with
 * spark-testing-base, row by row, in order.
 */
class InterruptedExecutionTest extends JavaDatasetSuiteBase {
    private static final long serialVersionUID = 1L;

    @TempDir
    transient Path folder;

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aRunKilledBetweenCommitsAndRepeatedGivesTheSameTables() throws Exception {
        SparkSession session = TestSpark.session();
        Warehouse whole = ExecuteJobTest.ingested(session, folder.resolve("whole"));
        ExecuteJobTest.execute(whole, "whole", ExecuteJob.Checkpoint.NONE);
        Warehouse cut = ExecuteJobTest.ingested(session, folder.resolve("cut"));
        kill(cut, "segments");
        assertEquals(0, cut.readOrEmpty("executions").count());
        long half = cut.read("segments").count();
        kill(cut, "attempts");
        assertEquals(half, cut.read("segments").count(), "the second attempt at the batch doubled its segments");
        kill(cut, "executions");
        ExecuteJob.Summary last = ExecuteJobTest.execute(cut, "last", ExecuteJob.Checkpoint.NONE);
        assertEquals(6, last.executed() + last.already());
        for (String table : new String[] {"segments", "executions"}) {
            assertDataFrameDataEquals(stable(whole, table), stable(cut, table));
        }
    }

    private static void kill(Warehouse warehouse, String table) {
        assertThrows(
                Killed.class,
                () -> ExecuteJobTest.execute(warehouse, "killed-after-" + table, committed -> {
                    if (committed.equals(table)) {
                        throw new Killed();
                    }
                }));
    }

    private static Dataset<Row> stable(Warehouse warehouse, String table) {
        Dataset<Row> rows = warehouse.read(table).drop(ExecuteJobTest.VOLATILE);
        // Maps cannot be compared as columns.
        for (String map : new String[] {"family_counts", "accelerator_calls", "parameters"}) {
            if (java.util.List.of(rows.columns()).contains(map)) {
                rows = rows.withColumn(
                        map, org.apache.spark.sql.functions.expr("to_json(array_sort(map_entries(" + map + ")))"));
            }
        }
        return table.equals("segments")
                ? rows.orderBy("program_hash", "input_hash", "segment_index")
                : rows.orderBy("request_id");
    }

    @Override
    public boolean enableHiveSupport() {
        return false;
    }

    @Override
    public SparkContext sc() {
        return TestSpark.session().sparkContext();
    }
}
