package dev.firesteel.jobs.report;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** The aggregations behind {@code report executions}. Percentiles are exact, interpolated between neighbouring rows. */
final class ExecutionsJob {
    private final Dataset<Row> rows;

    /**
     * @param executions rows of the table; of several executions of one request (other code, other parameters) the latest counts
     */
    ExecutionsJob(Dataset<Row> executions) {
        this.rows = executions
                .withColumn(
                        "newest",
                        row_number()
                                .over(Window.partitionBy("request_id", "program_hash", "input_hash")
                                        .orderBy(
                                                col("executed_at").desc(),
                                                col("code_version"),
                                                col("parameters_hash"))))
                .filter(col("newest").equalTo(1))
                .drop("newest")
                .cache();
    }

    /** Frees what is cached. */
    void close() {
        rows.unpersist();
    }

    Dataset<Row> rows() {
        return rows;
    }

    /** One row for each program and kind; times in milliseconds, rates in million instructions per second. */
    List<Row> groups() {
        Column halted = col("outcome").equalTo("halted");
        Column gas = col("gas_used").gt(0).and(halted);
        return rows.groupBy("program_name", "kind")
                .agg(
                        count(lit(1)).as("requests"),
                        sum(when(halted.and(col("exit_code").equalTo(0)), 1).otherwise(0))
                                .as("succeeded"),
                        sum(when(halted.and(col("exit_code").notEqual(0)), 1).otherwise(0))
                                .as("exit_nonzero"),
                        sum(when(col("outcome").equalTo("trapped"), 1).otherwise(0))
                                .as("trapped"),
                        sum(when(col("outcome").equalTo("cycle_limit"), 1).otherwise(0))
                                .as("cycle_limit"),
                        sum(when(col("outcome").equalTo("memory_limit"), 1).otherwise(0))
                                .as("memory_limit"),
                        sum(when(col("expected_matched").equalTo(false), 1).otherwise(0))
                                .as("wrong_output"),
                        avg("cycles").as("cycles_mean"),
                        percentile("cycles", 0.5).as("cycles_p50"),
                        percentile("cycles", 0.95).as("cycles_p95"),
                        percentile("cycles", 0.99).as("cycles_p99"),
                        percentile("execution_ms", 0.5).as("ms_p50"),
                        percentile("execution_ms", 0.95).as("ms_p95"),
                        percentile("execution_ms", 0.99).as("ms_p99"),
                        sum("cycles").divide(sum("execution_ms")).divide(1000).as("mips"),
                        avg("segment_count").as("segments_mean"),
                        max("segment_count").as("segments_max"),
                        sum(when(gas, col("cycles")))
                                .divide(sum(when(gas, col("gas_used"))))
                                .as("cycles_per_gas"),
                        sum("misaligned_accesses").as("misaligned"),
                        sum("misaligned_accesses")
                                .multiply(1e6)
                                .divide(sum("cycles"))
                                .as("misaligned_per_million"),
                        avg("touched_words").as("touched_words_mean"))
                .orderBy("program_name", "kind")
                .collectAsList();
    }

    /** Requests by outcome; the class of a failure is the trap's name or the exit code. */
    List<Row> outcomes() {
        return rows.groupBy(
                        col("outcome"),
                        expr("CASE WHEN outcome = 'trapped' THEN trap"
                                        + " WHEN outcome = 'halted' THEN concat('exit code ', exit_code) ELSE '' END")
                                .as("detail"))
                .agg(count(lit(1)).as("requests"))
                .orderBy(col("requests").desc(), col("outcome"), col("detail"))
                .collectAsList();
    }

    /** Batches by number of updates, where a request tells it in {@code parameters['updates']}. */
    List<Row> batches() {
        return rows.filter(col("outcome").equalTo("halted"))
                .withColumn("updates", col("parameters").getItem("updates").try_cast("bigint"))
                .filter(col("updates").gt(0))
                .groupBy("program_name", "updates")
                .agg(
                        count(lit(1)).as("requests"),
                        avg("cycles").as("cycles"),
                        avg(col("cycles").divide(col("updates"))).as("cycles_per_update"),
                        avg(col("execution_ms").divide(col("updates"))).as("ms_per_update"),
                        avg("segment_count").as("segments"))
                .orderBy("program_name", "updates")
                .collectAsList();
    }

    /** Instructions per family for each program. */
    Map<String, Map<String, Long>> families() {
        Map<String, Map<String, Long>> families = new TreeMap<>();
        rows.select(col("program_name"), explode(col("family_counts")))
                .groupBy("program_name", "key")
                .agg(sum("value").as("instructions"))
                .collectAsList()
                .forEach(row -> families.computeIfAbsent(row.getString(0), name -> new TreeMap<>())
                        .put(row.getString(1), row.getLong(2)));
        return families;
    }

    private static Column percentile(String column, double share) {
        return expr("percentile(" + column + ", " + share + ")");
    }
}
