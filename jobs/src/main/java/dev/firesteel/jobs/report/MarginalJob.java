package dev.firesteel.jobs.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.schemas.MarginalFit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** The regressions of the marginal method as a Spark job: one task fits the groups of its partition. */
final class MarginalJob {
    private MarginalJob() {}

    /** Points of a CSV file as a Dataset of {@link MarginalPoint#SCHEMA}. */
    static Dataset<Row> points(SparkSession spark, List<MarginalPoint> points) {
        return spark.createDataFrame(points.stream().map(MarginalPoint::toRow).toList(), MarginalPoint.SCHEMA);
    }

    /**
     * Points out of {@code benchmark_results}. A fixture is executed once and proven several times, in files of their own, so
     * cycles and gas are brought to every proving run of the fixture under the same zkVM and client.
     *
     * @param results rows of the table
     * @param choice which provers and machines
     */
    static Dataset<Row> points(Dataset<Row> results, SeriesOptions choice) {
        Dataset<Row> wanted = results.filter(col("opcode").isNotNull().and(choice.prover()));
        WindowSpec fixture = Window.partitionBy("zkvm", "zkvm_version", "client", "client_version", "name");
        Dataset<Row> completed = wanted.withColumn("least_cycles", min("cycles").over(fixture))
                .withColumn("most_cycles", max("cycles").over(fixture))
                .withColumn("any_gas", min("gas_used").over(fixture))
                .withColumn("any_count", min("op_count").over(fixture))
                .withColumn("proofs", count("proving_outcome").over(fixture));
        // An execution without a proof still counts for cycles per gas.
        Dataset<Row> runs = completed.filter(
                col("proving_outcome").isNotNull().or(col("proofs").equalTo(0)));
        // Only now: executions tell their cycles to proofs whatever machine they ran on.
        runs = runs.filter(choice.machine());
        Column excluded = when(col("proving_crash_class").equalTo("timeout"), lit(MarginalPoint.TIMEOUT))
                .when(col("proving_outcome").equalTo("crashed"), coalesce(col("proving_crash_class"), lit("crashed")))
                .when(col("proving_output_matched").equalTo(false), lit("wrong output"))
                .when(col("run_metadata").getItem("cold").equalTo("true"), lit("cold"));
        return runs.select(
                known("zkvm"),
                known("zkvm_version"),
                known("client"),
                known("client_version"),
                known("hardware_sha256"),
                col("name"),
                col("opcode"),
                col("any_count").as("op_count"),
                col("any_gas").as("gas_used"),
                col("least_cycles").as("cycles"),
                coalesce(col("least_cycles").notEqual(col("most_cycles")), lit(false))
                        .as("cycles_differ"),
                col("proving_ms").cast("double").divide(1000).as("proving_s"),
                col("sample"),
                excluded.as("excluded"));
    }

    /** Fits every opcode of every series; rows come sorted by series, opcode and relation. */
    static List<MarginalFit> fit(Dataset<Row> points, String runId, Instant now) {
        MapFunction<Row, String> group = row -> MarginalPoint.of(row).series().key() + "\u0001" + row.getString(6);
        FlatMapGroupsFunction<String, Row, Row> fit = (key, rows) -> fitGroup(rows, runId, now);
        RowCodec<MarginalFit> codec = RowCodec.of("marginal_fits", MarginalFit.class);
        return points
                .groupByKey(group, Encoders.STRING())
                .flatMapGroups(fit, Encoders.row(codec.schema()))
                .collectAsList()
                .stream()
                .map(codec::fromRow)
                .sorted(Comparator.comparing(MarginalJob::series)
                        .thenComparing(MarginalFit::opcode)
                        .thenComparing(row -> relation(row).ordinal()))
                .toList();
    }

    private static Iterator<Row> fitGroup(Iterator<Row> rows, String runId, Instant now) {
        List<MarginalPoint> points = new ArrayList<>();
        rows.forEachRemaining(row -> points.add(MarginalPoint.of(row)));
        return RowCodec.of("marginal_fits", MarginalFit.class)
                .toRows(new MarginalGroup(points).fit(runId, now))
                .iterator();
    }

    static MarginalPoint.Series series(MarginalFit fit) {
        return new MarginalPoint.Series(
                fit.zkvm(), fit.zkvmVersion(), fit.client(), fit.clientVersion(), fit.hardwareSha256());
    }

    static Relation relation(MarginalFit fit) {
        return Stream.of(Relation.values())
                .filter(relation -> relation.id().equals(fit.relation()))
                .findFirst()
                .orElseThrow();
    }

    private static Column known(String column) {
        return coalesce(col(column), lit("")).as(column);
    }
}
