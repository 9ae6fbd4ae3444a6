package dev.firesteel.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What rows of {@code attempts} must look like, however many executors were lost. */
final class Attempts {
    private Attempts() {}

    /**
     * The attempts at each piece of work in each run are numbered from 0 without a gap; the last one succeeded, and no other. One lost executor can cost a piece several attempts: its own, and those
     * that came to fetch what had been shuffled to it.
     */
    static void assertEachEndsWithItsOnlySuccess(Dataset<Row> attempts) {
        Dataset<Row> pieces = attempts.groupBy("run_id", "stage", "request_id", "segment_index")
                .agg(
                        org.apache.spark.sql.functions.expr(
                                "transform(array_sort(collect_list(struct(attempt, outcome))), a -> concat(a.attempt, ' ', a.outcome)) AS ends"));
        for (Row piece : pieces.collectAsList()) {
            List<String> ends = piece.getList(piece.fieldIndex("ends"));
            for (int i = 0; i < ends.size(); i++) {
                assertEquals(i + (i == ends.size() - 1 ? " success" : " failure"), ends.get(i), piece.toString());
            }
        }
    }
}
