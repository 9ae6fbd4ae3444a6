package dev.firesteel.jobs.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.firesteel.jobs.spark.Warehouse;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** What the tables of proving tell, joined with what those of execution do. Proofs themselves are not read. */
final class ProvingRows {
    private static final String[] EXECUTION = {"program_hash", "input_hash", "execution_hash", "code_version"};
    private static final String[] PROVING = {"program_hash", "input_hash", "parameters_hash", "code_version"};

    private final Warehouse warehouse;
    private final Column chosen;

    /** @param run only what this run proved; null for all, of several proofs of one thing the latest */
    ProvingRows(Warehouse warehouse, String run) {
        this.warehouse = warehouse;
        this.chosen = run == null ? lit(true) : col("run_id").equalTo(run);
    }

    /** The segments, in no order. */
    List<ProvedSegment> segments() {
        return joinedSegments().collectAsList().stream()
                .map(ProvingRows::segment)
                .toList();
    }

    /** The requests, in no order. */
    List<ProvedRequest> requests() {
        Dataset<Row> proofs = newest(
                        warehouse
                                .readOrEmpty("proofs")
                                .filter(chosen.and(col("request_id").isNotNull())),
                        Window.partitionBy("request_id", "program_hash", "input_hash", "preset"))
                .withColumnRenamed("execution_parameters_hash", "execution_hash")
                .select(
                        "request_id",
                        "program_hash",
                        "input_hash",
                        "parameters_hash",
                        "execution_hash",
                        "code_version",
                        "preset",
                        "segment_count",
                        "proving_ms",
                        "verification_ms",
                        "proof_bytes");
        Dataset<Row> executions = executions()
                .select(
                        col("request_id"),
                        col("program_hash"),
                        col("input_hash"),
                        col("execution_hash"),
                        col("code_version"),
                        col("program_name"),
                        col("kind"),
                        col("cycles"),
                        col("cost"),
                        col("cost_metric"),
                        col("gas_used"),
                        col("transaction_count"),
                        col("parameters").getItem("updates").try_cast("bigint").as("updates"));
        Dataset<Row> machine = joinedSegments()
                .groupBy("program_hash", "input_hash", "parameters_hash", "code_version")
                .agg(sum("machine_ms").as("machine_ms"), max("cold").as("cold"));
        return proofs
                .join(
                        executions,
                        new String[] {"request_id", "program_hash", "input_hash", "execution_hash", "code_version"})
                .join(machine, PROVING, "left")
                .collectAsList()
                .stream()
                .map(ProvingRows::request)
                .toList();
    }

    private Dataset<Row> executions() {
        return warehouse.read("executions").withColumnRenamed("parameters_hash", "execution_hash");
    }

    /** The rows of {@code segment_proofs} that count, without the proofs. */
    Dataset<Row> proofs() {
        return newest(
                        warehouse.read("segment_proofs").filter(chosen),
                        Window.partitionBy("program_hash", "input_hash", "parameters_hash", "segment_index"))
                .drop("proof");
    }

    private Dataset<Row> joinedSegments() {
        Dataset<Row> hashes = warehouse
                .read("challenges")
                .select(
                        col("program_hash"),
                        col("input_hash"),
                        col("parameters_hash"),
                        col("code_version"),
                        col("execution_parameters_hash").as("execution_hash"));
        // Requests that share an execution have its figures each.
        Dataset<Row> executions = executions()
                .groupBy("program_hash", "input_hash", "execution_hash", "code_version")
                .agg(
                        first("program_name").as("program_name"),
                        first("cost").as("run_cost"),
                        first("cost_metric").as("cost_metric"));
        Dataset<Row> cuts = warehouse
                .readOrEmpty("segments")
                .select(
                        col("program_hash"),
                        col("input_hash"),
                        col("parameters_hash").as("execution_hash"),
                        col("code_version"),
                        col("segment_index"),
                        col("cost").as("segment_cost"),
                        sum("cost")
                                .over(Window.partitionBy(
                                        "program_hash", "input_hash", "parameters_hash", "code_version"))
                                .as("cost_of_all"));
        Dataset<Row> machines = warehouse.readOrEmpty("environments").select("run_id", "cores");
        Column ofWords = when(col("segment_index").equalTo(0), col("run_cost").minus(col("cost_of_all")))
                .otherwise(0L);
        Column share = least(lit(1.0), coalesce(col("threads").divide(col("cores")), lit(1.0)));
        return proofs().join(hashes, PROVING)
                .join(executions, EXECUTION)
                .join(
                        cuts,
                        new String[] {"program_hash", "input_hash", "execution_hash", "code_version", "segment_index"},
                        "left")
                .join(machines, new String[] {"run_id"}, "left")
                .withColumn("cost", col("segment_cost").plus(ofWords))
                .withColumn(
                        "machine_ms",
                        col("setup_ms")
                                .plus(col("proving_ms"))
                                .plus(col("verification_ms"))
                                .multiply(share));
    }

    private static Dataset<Row> newest(Dataset<Row> rows, WindowSpec same) {
        return rows.withColumn(
                        "newest",
                        row_number().over(same.orderBy(col("proved_at").desc(), col("code_version"))))
                .filter(col("newest").equalTo(1))
                .drop("newest");
    }

    private static ProvedSegment segment(Row row) {
        return new ProvedSegment(
                row.getAs("program_name"),
                new ProvedSegment.Setting(row.getAs("preset"), row.getAs("backend"), row.<Integer>getAs("threads")),
                row.<Integer>getAs("segment_index"),
                row.<Long>getAs("cycles"),
                row.<Long>getAs("committed_cells"),
                row.getAs("cost"),
                row.getAs("cost_metric"),
                row.<Double>getAs("proving_ms"),
                row.getJavaMap(row.fieldIndex("phase_ms")),
                row.<Double>getAs("setup_ms"),
                row.<Double>getAs("verification_ms"),
                row.<Double>getAs("machine_ms"),
                row.<Long>getAs("proof_bytes"),
                row.getAs("peak_host_bytes"),
                row.<Boolean>getAs("cold"),
                row.getAs("host") + " " + row.getAs("executor_id"),
                row.getAs("run_id"),
                row.<Instant>getAs("proved_at"));
    }

    private static ProvedRequest request(Row row) {
        return new ProvedRequest(
                row.getAs("request_id"),
                row.getAs("program_name"),
                row.getAs("kind"),
                row.getAs("preset"),
                row.getAs("input_hash"),
                row.<Integer>getAs("segment_count"),
                row.<Long>getAs("cycles"),
                row.<Long>getAs("cost"),
                row.getAs("cost_metric"),
                row.<Double>getAs("proving_ms"),
                row.<Double>getAs("verification_ms"),
                row.getAs("machine_ms"),
                Boolean.TRUE.equals(row.<Boolean>getAs("cold")),
                row.<Long>getAs("proof_bytes"),
                row.getAs("updates"),
                row.getAs("gas_used"),
                row.getAs("transaction_count"));
    }
}
