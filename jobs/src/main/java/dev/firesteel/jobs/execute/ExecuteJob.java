package dev.firesteel.jobs.execute;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.ingest.SourceFiles;
import dev.firesteel.jobs.ingest.WitnessTable;
import dev.firesteel.jobs.spark.CodeVersion;
import dev.firesteel.jobs.spark.Warehouse;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Executes the requests of a witness that have not been executed under the same parameters by the same code. {@link #open}
 * checks everything and writes nothing; {@link #run} executes and commits batch by batch (docs/tables.md says in which
 * order, and why a run that is killed anywhere and repeated gives the same tables).
 */
public final class ExecuteJob {
    private final SparkSession spark;
    private final Warehouse warehouse;
    private final ExecutionParameters parameters;
    private final WitnessCheck witness;
    private final Map<String, Request> requests;
    private final List<Request> withoutProgram;
    private final List<Request> pending;
    private final Map<String, String> programNames;

    /** What {@code executions} holds for this job's requests, parameters and code: their keys. */
    private record Key(String requestId, Request.Work work) {}

    private ExecuteJob(
            Warehouse warehouse,
            ExecutionParameters parameters,
            WitnessCheck witness,
            Map<String, Request> requests,
            List<Request> pending,
            Map<String, String> programNames) {
        this.spark = warehouse.spark();
        this.warehouse = warehouse;
        this.parameters = parameters;
        this.witness = witness;
        this.requests = requests;
        this.pending = pending;
        this.programNames = programNames;
        this.withoutProgram =
                requests.values().stream().filter(r -> r.programHash() == null).toList();
    }

    /**
     * What a run did and how the selected requests stand after it.
     *
     * @param executed requests that got their row in this run
     * @param already requests that had it
     * @param withoutProgram requests that no guest can run
     * @param failed requests that could not be executed: no row, but attempts that say why
     * @param unexpected requests whose guest did not end as expected, or, without an expectation, without success
     */
    public record Summary(int executed, int already, int withoutProgram, int failed, int unexpected) {}

    /**
     * Reads and checks the witness.
     *
     * @param witnessLocation Parquet file or folder, or null for the warehouse's own
     * @param ids requests to execute, all when empty
     * @throws UserException when the witness, or a request that is to be executed, cannot be used
     */
    public static ExecuteJob open(
            Warehouse warehouse, String witnessLocation, ExecutionParameters parameters, Set<String> ids) {
        SparkSession spark = warehouse.spark();
        Path path = witnessLocation == null ? new Path(warehouse.path("witness")) : SourceFiles.path(witnessLocation);
        if (witnessLocation == null && !warehouse.exists("witness")) {
            throw new UserException(
                    warehouse.location() + ": has no witness yet; run 'firesteel ingest' first or give --witness");
        }
        Dataset<Row> rows = WitnessTable.read(spark, path);
        WitnessCheck check = new WitnessCheck(spark, SourceFiles.display(path), rows);
        Map<String, Request> requests = check.requests(ids);
        Set<Key> done = executed(warehouse, parameters);
        List<Request> pending = requests.values().stream()
                .filter(r -> r.programHash() != null && !done.contains(new Key(r.id(), r.work())))
                .toList();
        Map<String, String> names = programs(warehouse);
        check.programs(pending, names.keySet());
        check.inputs(pending);
        return new ExecuteJob(warehouse, parameters, check, requests, pending, names);
    }

    private static Set<Key> executed(Warehouse warehouse, ExecutionParameters parameters) {
        Set<Key> keys = new HashSet<>();
        ours(warehouse, parameters)
                .select("request_id", "program_hash", "input_hash")
                .collectAsList()
                .forEach(r -> keys.add(new Key(r.getString(0), new Request.Work(r.getString(1), r.getString(2)))));
        return keys;
    }

    /** The rows of {@code executions} under these parameters and this code. */
    private static Dataset<Row> ours(Warehouse warehouse, ExecutionParameters parameters) {
        Dataset<Row> all = warehouse.readOrEmpty("executions");
        return all.where(all.col("parameters_hash")
                .equalTo(parameters.hash())
                .and(all.col("code_version").equalTo(CodeVersion.current())));
    }

    private static Map<String, String> programs(Warehouse warehouse) {
        Map<String, String> names = new HashMap<>();
        warehouse
                .readOrEmpty("programs")
                .select("program_hash", "name")
                .collectAsList()
                .forEach(r -> names.put(r.getString(0), r.getString(1)));
        return names;
    }

    /**
     * Executes what is pending.
     *
     * @param runs executions that share one commit, at least 1
     * @param checkpoint told what has just been committed
     */
    public Summary run(String runId, int runs, PrintWriter out, Checkpoint checkpoint) {
        out.printf(
                "%d requests: %d to execute, %d executed before, %d without a program%n",
                requests.size(),
                pending.size(),
                requests.size() - pending.size() - withoutProgram.size(),
                withoutProgram.size());
        out.flush();
        ExecutionRows rows = new ExecutionRows(warehouse, parameters, programNames, runId);
        Map<Request.Work, List<Request>> open = new LinkedHashMap<>();
        pending.forEach(
                r -> open.computeIfAbsent(r.work(), w -> new ArrayList<>()).add(r));
        int copied = rows.copyKnown(ours(warehouse, parameters), open);
        if (!open.isEmpty()) {
            new Batches(warehouse, parameters, witness, programNames, rows, runId).run(open, runs, out, checkpoint);
        }
        Set<Key> done = executed(warehouse, parameters);
        int failed = (int) pending.stream()
                .filter(r -> !done.contains(new Key(r.id(), r.work())))
                .count();
        if (copied > 0) {
            out.printf("%d requests share program and input with an executed one%n", copied);
        }
        return new Summary(
                pending.size() - failed,
                requests.size() - pending.size() - withoutProgram.size(),
                withoutProgram.size(),
                failed,
                unexpected(out));
    }

    /** Counts, and names, the selected requests that did not end as they should. */
    private int unexpected(PrintWriter out) {
        int count = 0;
        for (Row row : ours(warehouse, parameters)
                .where("NOT coalesce(expected_matched, outcome = 'halted' AND exit_code = 0)")
                .select(
                        "request_id",
                        "program_hash",
                        "input_hash",
                        "outcome",
                        "exit_code",
                        "trap",
                        "cycles",
                        "expected_matched")
                .orderBy("request_id")
                .collectAsList()) {
            Request request = requests.get(row.getString(0));
            if (request == null || !request.work().equals(new Request.Work(row.getString(1), row.getString(2)))) {
                continue;
            }
            String end = row.getString(3)
                    + (row.isNullAt(4) ? "" : " with exit code " + row.getInt(4))
                    + (row.isNullAt(5) ? "" : ": " + row.getString(5));
            out.printf(
                    "request '%s': %s after %d cycles%s%n",
                    row.getString(0), end, row.getLong(6), row.isNullAt(7) ? "" : ", which is not what was expected");
            count++;
        }
        return count;
    }

    /** Told of every commit; tests use it to end a run between two of them. */
    public interface Checkpoint {
        /** Ignores everything. */
        Checkpoint NONE = table -> {};

        /** {@code table} has been committed for the current batch. */
        void committed(String table);
    }
}
