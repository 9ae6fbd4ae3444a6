package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.execute.ExecuteJob.Checkpoint;
import dev.firesteel.jobs.spark.CodeVersion;
import dev.firesteel.jobs.spark.Digests;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.jobs.tasks.AttemptRows;
import dev.firesteel.jobs.tasks.Outcome;
import dev.firesteel.jobs.tasks.StreamedResults;
import dev.firesteel.jobs.tasks.TaskAttempts;
import dev.firesteel.jobs.tasks.Wire;
import dev.firesteel.schemas.Attempt;
import dev.firesteel.schemas.Proof;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Puts the core proofs of requests together. */
final class Assembly {
    /** Segments whose proofs one Spark job brings together. */
    private static final int SEGMENTS_PER_STAGE = 512;

    private final Warehouse warehouse;
    private final Selection selection;
    private final Map<Target.Key, Row> challenges;
    private final String runId;
    private final AttemptRows attempts;
    private final PrintWriter out;
    private final Checkpoint checkpoint;

    /** Requests that got their proof, and that had it. */
    record Result(int made, int already) {}

    Assembly(
            Warehouse warehouse,
            Selection selection,
            Map<Target.Key, Row> challenges,
            String runId,
            AttemptRows attempts,
            PrintWriter out,
            Checkpoint checkpoint) {
        this.warehouse = warehouse;
        this.selection = selection;
        this.challenges = challenges;
        this.runId = runId;
        this.attempts = attempts;
        this.out = out;
        this.checkpoint = checkpoint;
    }

    /** Makes the missing core proofs of those of {@code targets} all of whose segments are proved. */
    Result run(List<Target> targets) {
        Set<String> there = new HashSet<>();
        ProvingTables.ours(warehouse, "proofs")
                .where(functions.col("proof_type").equalTo("core"))
                .select("proof_id")
                .collectAsList()
                .forEach(r -> there.add(r.getString(0)));
        int already = 0;
        List<AssembleTask.Finished> open = new ArrayList<>();
        Map<Target.Key, Long> proved = proved();
        for (Target target : targets) {
            AssembleTask.Finished execution = finished(target);
            int had = (int) target.requestIds().stream()
                    .filter(id -> there.contains(id(id, execution)))
                    .count();
            already += had;
            boolean complete = proved.getOrDefault(target.key(), 0L) == target.segmentCount();
            if (complete && had < target.requestIds().size()) {
                open.add(execution);
            }
        }
        int made = 0;
        while (!open.isEmpty()) {
            List<AssembleTask.Finished> batch = new ArrayList<>();
            int segments = 0;
            do {
                AssembleTask.Finished next = open.remove(0);
                batch.add(next);
                segments += next.target().segmentCount();
            } while (!open.isEmpty() && segments + open.get(0).target().segmentCount() <= SEGMENTS_PER_STAGE);
            made += assemble(List.copyOf(batch), there);
        }
        return new Result(made, already);
    }

    private Map<Target.Key, Long> proved() {
        Map<Target.Key, Long> counts = new HashMap<>();
        ProvingTables.ours(warehouse, "segment_proofs")
                .groupBy("program_hash", "input_hash", "parameters_hash")
                .count()
                .collectAsList()
                .forEach(r -> counts.put(new Target.Key(r.getString(0), r.getString(1), r.getString(2)), r.getLong(3)));
        return counts;
    }

    private AssembleTask.Finished finished(Target target) {
        Row row = challenges.get(target.key());
        return new AssembleTask.Finished(target, row.getAs("statement"), row.getAs("challenge"), row.getAs("key_hash"));
    }

    private static String id(String requestId, AssembleTask.Finished execution) {
        Target target = execution.target();
        String text = String.join(
                "\n",
                "core",
                requestId,
                target.programHash(),
                target.inputHash(),
                target.parametersHash(),
                CodeVersion.current(),
                execution.keyHash(),
                Digests.sha256(execution.statement()));
        return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private int assemble(List<AssembleTask.Finished> batch, Set<String> there) {
        SparkContext spark = warehouse.spark().sparkContext();
        List<Target> targets = batch.stream().map(AssembleTask.Finished::target).toList();
        HashMap<String, byte[]> keys = new HashMap<>();
        warehouse
                .read("program_keys")
                .where(ProvingTables.in(
                        "key_hash",
                        batch.stream().map(AssembleTask.Finished::keyHash).toList()))
                .select("key_hash", "program_key")
                .collectAsList()
                .forEach(r -> keys.put(r.getString(0), r.getAs(1)));
        AssembleTask task = new AssembleTask(batch, keys, TaskAttempts.of(spark.master(), spark.getConf()));
        JavaRDD<Row> proofs = SegmentRowsByPiece.ofTargets(warehouse, "segment_proofs", targets)
                .values();
        JavaRDD<byte[]> rdd = SegmentRowsByPiece.ofTargets(warehouse, "commitments", targets)
                .values()
                .zipPartitions(proofs, (commitments, segmentProofs) -> {
                    int index = org.apache.spark.TaskContext.getPartitionId();
                    return List.of(Wire.bytes(task.run(index, commitments, segmentProofs)))
                            .iterator();
                });
        rdd.setName("firesteel core proofs " + runId);
        List<Attempt> made = new ArrayList<>();
        List<Proof> rows = new ArrayList<>();
        StreamedResults.run(
                spark,
                rdd,
                results -> results.forEach(r -> {
                    Outcome<AssembleTask.Assembled> outcome = Wire.object(r);
                    AssembleTask.Finished execution = batch.get(outcome.piece());
                    Attempt attempt = attempts.of(new BindTask.Whole(execution.target()), outcome.ended());
                    made.add(attempt);
                    if (outcome.value() == null) {
                        out.printf(
                                "'%s': %s: %s%n",
                                execution.target().requestId(), attempt.reasonClass(), attempt.message());
                        return;
                    }
                    execution.target().requestIds().stream()
                            .filter(id -> !there.contains(id(id, execution)))
                            .forEach(id -> rows.add(row(id, execution, outcome)));
                }));
        warehouse.append("attempts", Attempt.class, made);
        checkpoint.committed("attempts");
        warehouse.insertNew("proofs", Proof.class, rows);
        checkpoint.committed("proofs");
        return rows.size();
    }

    private Proof row(String requestId, AssembleTask.Finished execution, Outcome<AssembleTask.Assembled> outcome) {
        Target target = execution.target();
        AssembleTask.Assembled value = outcome.value();
        return new Proof(
                id(requestId, execution),
                "core",
                "request",
                requestId,
                target.programHash(),
                target.inputHash(),
                target.parametersHash(),
                target.executionHash(),
                null,
                null,
                execution.statement(),
                execution.keyHash(),
                selection.parameters().preset().label(),
                value.proof(),
                value.proof().length,
                List.of(),
                target.segmentCount(),
                target.cycles(),
                value.provingMs(),
                value.verificationMs(),
                null,
                CodeVersion.current(),
                runId,
                outcome.ended().endedAt());
    }
}
