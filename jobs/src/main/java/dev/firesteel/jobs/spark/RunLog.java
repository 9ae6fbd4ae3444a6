package dev.firesteel.jobs.spark;

import dev.firesteel.schemas.Environment;
import dev.firesteel.schemas.Run;
import io.delta.tables.DeltaTable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The rows that a run leaves behind: what ran, where, when, and how it ended. */
public final class RunLog {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private RunLog() {}

    /** Work that knows the id of its run and returns an exit status. */
    public interface Work {
        int run(String runId) throws Exception;
    }

    /** A new run id: sorts by time, and is unique without asking anybody. */
    public static String newId() {
        return TIME.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Runs {@code work} between its rows; a failure is recorded with its first line and thrown on. */
    public static int record(Warehouse warehouse, String job, String arguments, Work work) throws Exception {
        SparkSession spark = warehouse.spark();
        String id = newId();
        Instant started = Instant.now();
        String application = spark.sparkContext().applicationId();
        String version = CodeVersion.current();
        Run running = new Run(id, job, arguments, application, version, "running", null, started, null);
        // The first commits of a session are its slowest; the work need not wait for them.
        CompletableFuture<Void> begun = CompletableFuture.runAsync(() -> {
            warehouse.append("environments", Environment.class, List.of(Environments.current(spark, id)));
            warehouse.append("runs", Run.class, List.of(running));
        });
        String status = "failed";
        String message = null;
        try {
            int exit = work.run(id);
            status = exit == 0 ? "succeeded" : "failed";
            message = exit == 0 ? null : "exit status " + exit;
            return exit;
        } catch (Exception | Error e) {
            message = String.valueOf(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                    .lines()
                    .findFirst()
                    .orElse(e.getClass().getSimpleName());
            throw e;
        } finally {
            begun.join();
            end(warehouse, id, status, message);
        }
    }

    private static void end(Warehouse warehouse, String id, String status, String message) {
        Map<String, Column> set = new HashMap<>();
        set.put("status", functions.lit(status));
        set.put("message", functions.lit(message));
        set.put("ended_at", functions.lit(Instant.now()));
        DeltaTable.forPath(warehouse.spark(), warehouse.path("runs"))
                .update(functions.col("run_id").equalTo(id), set);
    }
}
