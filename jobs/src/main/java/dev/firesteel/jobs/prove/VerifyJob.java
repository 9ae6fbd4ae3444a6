package dev.firesteel.jobs.prove;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.spark.CodeVersion;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.jobs.tasks.AttemptRows;
import dev.firesteel.jobs.tasks.Outcome;
import dev.firesteel.jobs.tasks.StreamedResults;
import dev.firesteel.jobs.tasks.TaskAttempts;
import dev.firesteel.jobs.tasks.Wire;
import dev.firesteel.schemas.Attempt;
import dev.firesteel.schemas.Verdict;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Verifies proofs: reads proofs, keys and what was to be proved from the tables and trusts none of them more than the others. All selected proofs are verified in every run; a verdict on the same
 * bytes is written once.
 */
public final class VerifyJob {
    /** Proofs that one Spark job brings to its tasks. */
    private static final int PROOFS_PER_STAGE = 256;

    private static final StructType WANTED = new StructType()
            .add("w_request", DataTypes.StringType, false)
            .add("w_program", DataTypes.StringType, false)
            .add("w_input", DataTypes.StringType, false)
            .add("w_execution", DataTypes.StringType, false)
            .add("w_proof", DataTypes.StringType, false)
            .add("w_piece", DataTypes.IntegerType, false);

    private final Warehouse warehouse;
    private final boolean allowInsecure;
    private final boolean remakeKeys;
    private final List<VerifyTask.Stored> proofs;

    /**
     * What a run found.
     *
     * @param verified proofs that verify
     * @param refused proofs that do not
     * @param failed proofs that could not be looked at
     */
    public record Summary(int verified, int refused, int failed) {}

    private VerifyJob(Warehouse warehouse, boolean allowInsecure, boolean remakeKeys, List<VerifyTask.Stored> proofs) {
        this.warehouse = warehouse;
        this.allowInsecure = allowInsecure;
        this.remakeKeys = remakeKeys;
        this.proofs = proofs;
    }

    /**
     * Finds the core proofs that this version of the code made.
     *
     * @param ids requests whose proofs to verify, all when empty
     * @param allowInsecure accepts keys of presets that prove nothing
     * @param remakeKeys makes keys anew from the programs and compares them with the stored ones
     * @throws UserException when a request that is named has no proof
     */
    public static VerifyJob open(Warehouse warehouse, Set<String> ids, boolean allowInsecure, boolean remakeKeys) {
        return open(
                warehouse,
                ids,
                ids,
                ProvingTables.ours(warehouse, "proofs")
                        .where(functions.col("proof_type").equalTo("core")),
                allowInsecure,
                remakeKeys);
    }

    /** Finds the proofs that a selection of one execution's parameters has. Requests without one are passed over. */
    public static VerifyJob ofSelection(Warehouse warehouse, Selection selection, boolean allowInsecure) {
        String parameters = selection.parameters().hash(selection.executionHash());
        Dataset<Row> rows = ProvingTables.ours(warehouse, "proofs")
                .where(functions
                        .col("proof_type")
                        .equalTo("core")
                        .and(functions.col("parameters_hash").equalTo(parameters)));
        return open(warehouse, selection.requestIds(), Set.of(), rows, allowInsecure, false);
    }

    private static VerifyJob open(
            Warehouse warehouse,
            Set<String> ids,
            Set<String> needed,
            Dataset<Row> all,
            boolean allowInsecure,
            boolean remakeKeys) {
        Dataset<Row> rows = all;
        if (!ids.isEmpty()) {
            rows = rows.where(ProvingTables.in("request_id", List.copyOf(ids)));
        }
        Set<String> missing = new TreeSet<>(needed);
        List<VerifyTask.Stored> proofs = new ArrayList<>();
        for (Row row : rows.select(
                        "proof_id", "request_id", "program_hash", "input_hash", "execution_parameters_hash", "key_hash")
                .orderBy("request_id", "proof_id")
                .collectAsList()) {
            missing.remove(row.getString(1));
            proofs.add(new VerifyTask.Stored(
                    row.getString(0),
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5)));
        }
        if (!missing.isEmpty()) {
            throw new UserException(warehouse.location() + ": request '"
                    + missing.iterator().next() + "' has no proof by this version; run 'firesteel prove' first");
        }
        return new VerifyJob(warehouse, allowInsecure, remakeKeys, proofs);
    }

    /** Verifies them. */
    public Summary run(String runId, PrintWriter out) {
        List<Verdict> verdicts = new ArrayList<>();
        List<Attempt> failed = new ArrayList<>();
        AttemptRows attempts = new AttemptRows(runId, "verify");
        for (int from = 0; from < proofs.size(); from += PROOFS_PER_STAGE) {
            List<VerifyTask.Stored> batch =
                    List.copyOf(proofs.subList(from, Math.min(proofs.size(), from + PROOFS_PER_STAGE)));
            StreamedResults.run(
                    warehouse.spark().sparkContext(),
                    rdd(batch, runId),
                    results -> results.forEach(r -> {
                        Outcome<VerifyTask.Result> outcome = Wire.object(r);
                        VerifyTask.Stored proof = batch.get(outcome.piece());
                        if (outcome.value() == null) {
                            failed.add(attempts.of(proof, outcome.ended()));
                            out.printf(
                                    "'%s': %s%n",
                                    proof.requestId(), outcome.ended().failure().message());
                        } else {
                            verdicts.add(verdict(proof, outcome.value(), runId));
                        }
                    }));
        }
        warehouse.insertNew("verdicts", Verdict.class, verdicts);
        if (!failed.isEmpty()) {
            warehouse.append("attempts", Attempt.class, failed);
        }
        verdicts.stream()
                .filter(v -> !v.verified())
                .forEach(v -> out.printf("'%s' DOES NOT VERIFY: %s%n", v.requestId(), v.reason()));
        int verified = (int) verdicts.stream().filter(Verdict::verified).count();
        out.printf(
                "%d proofs verified%s, %d do not verify, %d could not be looked at%n",
                verified,
                allowInsecure ? " (INSECURE presets allowed)" : "",
                verdicts.size() - verified,
                failed.size());
        out.flush();
        return new Summary(verified, verdicts.size() - verified, failed.size());
    }

    private JavaRDD<byte[]> rdd(List<VerifyTask.Stored> batch, String runId) {
        SparkContext spark = warehouse.spark().sparkContext();
        VerifyTask task = new VerifyTask(
                batch,
                bytes(
                        "program_keys",
                        "key_hash",
                        "program_key",
                        batch.stream().map(VerifyTask.Stored::keyHash).toList()),
                remakeKeys
                        ? bytes(
                                "programs",
                                "program_hash",
                                "elf",
                                batch.stream()
                                        .map(VerifyTask.Stored::programHash)
                                        .toList())
                        : null,
                allowInsecure,
                TaskAttempts.of(spark.master(), spark.getConf()));
        Dataset<Row> wanted = wanted(batch);
        Dataset<Row> proofTable = ProvingTables.ours(warehouse, "proofs");
        Dataset<Row> executions = ProvingTables.ours(warehouse, "executions");
        JavaRDD<Row> proofRows = byPiece(
                proofTable
                        .join(wanted, proofTable.col("proof_id").equalTo(wanted.col("w_proof")))
                        .select("w_piece", "proof", "statement"),
                batch.size());
        JavaRDD<Row> executionRows = byPiece(
                executions
                        .join(
                                wanted,
                                executions
                                        .col("request_id")
                                        .equalTo(wanted.col("w_request"))
                                        .and(executions.col("program_hash").equalTo(wanted.col("w_program")))
                                        .and(executions.col("input_hash").equalTo(wanted.col("w_input")))
                                        .and(executions.col("parameters_hash").equalTo(wanted.col("w_execution"))))
                        .select("w_piece", "output", "output_sha256", "exit_code"),
                batch.size());
        JavaRDD<byte[]> rdd = proofRows.zipPartitions(executionRows, (stored, executed) -> {
            int index = org.apache.spark.TaskContext.getPartitionId();
            return List.of(Wire.bytes(task.run(index, stored, executed))).iterator();
        });
        rdd.setName("firesteel verify " + runId);
        return rdd;
    }

    private Dataset<Row> wanted(List<VerifyTask.Stored> batch) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            VerifyTask.Stored proof = batch.get(i);
            rows.add(RowFactory.create(
                    proof.requestId(),
                    proof.programHash(),
                    proof.inputHash(),
                    proof.executionHash(),
                    proof.proofId(),
                    i));
        }
        return functions.broadcast(warehouse.spark().createDataFrame(rows, WANTED));
    }

    private static JavaRDD<Row> byPiece(Dataset<Row> rows, int count) {
        JavaPairRDD<Integer, Row> pairs =
                rows.toJavaRDD().mapToPair(row -> new Tuple2<>(row.<Integer>getAs("w_piece"), row));
        return pairs.partitionBy(new SegmentRowsByPiece.ByPiece(count)).values();
    }

    private HashMap<String, byte[]> bytes(String table, String key, String value, List<String> wanted) {
        HashMap<String, byte[]> map = new HashMap<>();
        warehouse
                .readOrEmpty(table)
                .where(ProvingTables.in(key, wanted))
                .select(key, value)
                .collectAsList()
                .forEach(r -> map.put(r.getString(0), r.getAs(1)));
        return map;
    }

    private Verdict verdict(VerifyTask.Stored proof, VerifyTask.Result result, String runId) {
        return new Verdict(
                proof.proofId(),
                result.contentHash(),
                CodeVersion.current(),
                proof.requestId(),
                result.reason() == null,
                result.reason(),
                allowInsecure,
                remakeKeys,
                result.preset(),
                result.proofBytes(),
                result.verificationMs(),
                result.ended().executorId(),
                result.ended().host(),
                runId,
                result.ended().endedAt());
    }
}
