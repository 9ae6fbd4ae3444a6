package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.spark.CodeVersion;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.jobs.tasks.TaskAttempts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What the proving jobs read on the driver. */
final class ProvingTables {
    private ProvingTables() {}

    /** The rows of {@code table} that this version of the code wrote. */
    static Dataset<Row> ours(Warehouse warehouse, String table) {
        return warehouse.readOrEmpty(table).where(functions.col("code_version").equalTo(CodeVersion.current()));
    }

    /** The rows of {@code challenges}. */
    static Map<Target.Key, Row> challenges(Warehouse warehouse) {
        Map<Target.Key, Row> rows = new HashMap<>();
        ours(warehouse, "challenges")
                .collectAsList()
                .forEach(r -> rows.put(
                        new Target.Key(r.getAs("program_hash"), r.getAs("input_hash"), r.getAs("parameters_hash")), r));
        return rows;
    }

    /** The segments of these executions, longest first. One that is missing is there, of no cycles: its task will say so. */
    static List<SegmentPiece> pieces(Warehouse warehouse, List<Target> targets) {
        Map<List<Object>, Row> sizes = new HashMap<>();
        ours(warehouse, "segments")
                .where(in(
                                "program_hash",
                                targets.stream().map(Target::programHash).toList())
                        .and(in(
                                "input_hash",
                                targets.stream().map(Target::inputHash).toList())))
                .select("program_hash", "input_hash", "parameters_hash", "segment_index", "cycles", "touched_words")
                .collectAsList()
                .forEach(r -> sizes.put(List.of(r.get(0), r.get(1), r.get(2), r.get(3)), r));
        List<SegmentPiece> pieces = new ArrayList<>();
        for (Target target : targets) {
            for (int i = 0; i < target.segmentCount(); i++) {
                Row size = sizes.get(List.of(target.programHash(), target.inputHash(), target.executionHash(), i));
                long cycles = size == null ? 0 : size.getLong(4);
                long words = size == null ? 0 : size.getLong(5);
                pieces.add(
                        new SegmentPiece(target, i, cycles, i == 0 ? Math.max(words, target.touchedWords()) : words));
            }
        }
        pieces.sort(Comparator.comparingLong((SegmentPiece p) -> -p.cycles())
                .thenComparing(SegmentPiece::requestId)
                .thenComparing(SegmentPiece::segmentIndex));
        return pieces;
    }

    static Column in(String column, List<String> values) {
        return functions.col(column).isInCollection(values.stream().distinct().toList());
    }

    /** What the tasks of a stage need. The caller destroys the broadcast. */
    static ProverContext context(Warehouse warehouse, Selection selection, Threads plan, List<Target> targets) {
        SparkContext spark = warehouse.spark().sparkContext();
        Map<String, byte[]> elfs = new HashMap<>();
        warehouse
                .readOrEmpty("programs")
                .where(in(
                        "program_hash",
                        targets.stream().map(Target::programHash).toList()))
                .select("program_hash", "elf")
                .collectAsList()
                .forEach(r -> elfs.put(r.getString(0), r.getAs(1)));
        RunPrograms.announce(selection.parameters(), plan.threads(), RunPrograms.of(targets, elfs));
        return new ProverContext(
                selection.parameters(),
                plan,
                JavaSparkContext.fromSparkContext(spark).broadcast(elfs),
                maxAttempts(spark));
    }

    /** {@link TaskAttempts} of this session. */
    private static int maxAttempts(SparkContext spark) {
        return TaskAttempts.of(spark.master(), spark.getConf());
    }
}
