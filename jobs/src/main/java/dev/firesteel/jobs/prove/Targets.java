package dev.firesteel.jobs.prove;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.spark.CodeVersion;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.request.CoreProof;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The executions of this version of the code that a selection names.
 *
 * @param provable those that halted
 * @param notProvable those that did not, with why
 * @param tooLong those that the selection leaves out for their cycles
 */
record Targets(List<Target> provable, Map<Target, String> notProvable, List<Target> tooLong) {

    /**
     * Reads them.
     *
     * @throws UserException when a request that is named has not been executed
     */
    static Targets select(Warehouse warehouse, Selection selection) {
        Map<List<String>, Target> found = new LinkedHashMap<>();
        Set<String> missing = new TreeSet<>(selection.requestIds());
        for (Row row : rows(warehouse, selection)) {
            missing.remove(row.getString(0));
            List<String> key = List.of(row.getString(1), row.getString(3), row.getString(4));
            Target target = target(row, selection.parameters());
            found.merge(key, target, (a, b) -> {
                List<String> both = new ArrayList<>(a.requestIds());
                both.addAll(b.requestIds());
                return new Target(
                        a.programHash(),
                        a.programName(),
                        a.inputHash(),
                        a.executionHash(),
                        a.parametersHash(),
                        List.copyOf(both),
                        a.outcome(),
                        a.exitCode(),
                        a.outputSha256(),
                        a.cycles(),
                        a.touchedWords(),
                        a.segmentCount());
            });
        }
        if (!missing.isEmpty()) {
            throw new UserException(
                    warehouse.location() + ": request '" + missing.iterator().next()
                            + "' has not been executed by this version; run 'firesteel execute' first");
        }
        Targets targets = new Targets(new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
        for (Target target : found.values()) {
            String why = whyNot(target);
            if (why != null) {
                targets.notProvable.put(target, why);
            } else if (target.cycles() > selection.maxCycles()) {
                targets.tooLong.add(target);
            } else {
                targets.provable.add(target);
            }
        }
        return targets;
    }

    private static List<Row> rows(Warehouse warehouse, Selection selection) {
        Dataset<Row> rows = warehouse
                .readOrEmpty("executions")
                .where(functions.col("code_version").equalTo(CodeVersion.current()));
        if (selection.executionHash() != null) {
            rows = rows.where(functions.col("parameters_hash").equalTo(selection.executionHash()));
        }
        if (!selection.requestIds().isEmpty()) {
            rows = rows.where(functions.col("request_id").isInCollection(List.copyOf(selection.requestIds())));
        }
        List<Row> all = rows.select(
                        "request_id",
                        "program_hash",
                        "program_name",
                        "input_hash",
                        "parameters_hash",
                        "outcome",
                        "exit_code",
                        "output_sha256",
                        "cycles",
                        "touched_words",
                        "segment_count")
                .orderBy(functions.col("request_id"), functions.col("executed_at"), functions.col("parameters_hash"))
                .collectAsList();
        // Of several executions of one request on one input the latest counts.
        Map<List<String>, Row> latest = new LinkedHashMap<>();
        all.forEach(row -> latest.put(List.of(row.getString(0), row.getString(1), row.getString(3)), row));
        return List.copyOf(latest.values());
    }

    private static Target target(Row row, ProofParameters parameters) {
        return new Target(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                parameters.hash(row.getString(4)),
                List.of(row.getString(0)),
                row.getString(5),
                row.isNullAt(6) ? null : Integer.valueOf(row.getInt(6)),
                row.getString(7),
                row.getLong(8),
                row.getLong(9),
                row.getInt(10));
    }

    private static String whyNot(Target target) {
        if (!target.outcome().equals("halted")) {
            return "it ended as " + target.outcome() + "; only runs that end by HALT have proofs";
        }
        return target.segmentCount() > CoreProof.MAX_SEGMENTS
                ? "it has " + target.segmentCount() + " segments, more than " + CoreProof.MAX_SEGMENTS
                        + "; make them longer"
                : null;
    }

    /** Says what is left out. */
    void tell(PrintWriter out, long maxCycles) {
        notProvable.forEach(
                (target, why) -> target.requestIds().forEach(id -> out.printf("not provable: '%s': %s%n", id, why)));
        tooLong.forEach(target -> target.requestIds()
                .forEach(id -> out.printf(
                        "not proved: '%s': %,d cycles are more than --prove-max-cycles %,d%n",
                        id, target.cycles(), maxCycles)));
        out.flush();
    }

    /** The provable ones by their keys. */
    Map<Target.Key, Target> byKey() {
        Map<Target.Key, Target> map = new HashMap<>();
        provable.forEach(t -> map.put(t.key(), t));
        return map;
    }
}
