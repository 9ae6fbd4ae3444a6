package dev.firesteel.jobs.spark;

import dev.firesteel.cli.Messages;
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
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * The rows that a run leaves behind: what ran, where, when, and how it ended. A run that takes longer than
 * {@link #VISIBLE_AFTER_SECONDS} has its rows from then on and is {@code running} until it ends; a shorter one writes them
 * once, at its end, because the first commits of a session are its slowest and would compete with the work.
 */
public final class RunLog {
    /** When a run that has not ended becomes visible, seconds after its start. */
    static final long VISIBLE_AFTER_SECONDS = 30;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Warehouse warehouse;
    private final String id = newId();
    private final String job;
    private final String arguments;
    private final Instant started = Instant.now();
    private boolean shown;
    private boolean visible;
    private boolean ended;

    RunLog(Warehouse warehouse, String job, String arguments) {
        this.warehouse = warehouse;
        this.job = job;
        this.arguments = arguments;
    }

    /** Work that knows the id of its run and returns an exit status. */
    public interface Work {
        int run(String runId) throws Exception;
    }

    /** A new run id: sorts by time, and is unique without asking anybody. */
    public static String newId() {
        return TIME.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Runs {@code work} and leaves its rows; a failure is recorded with its first line and thrown on. */
    public static int record(Warehouse warehouse, String job, String arguments, Work work) throws Exception {
        return record(warehouse, job, arguments, VISIBLE_AFTER_SECONDS, work);
    }

    static int record(Warehouse warehouse, String job, String arguments, long visibleAfterSeconds, Work work)
            throws Exception {
        RunLog log = new RunLog(warehouse, job, arguments);
        CompletableFuture.delayedExecutor(visibleAfterSeconds, TimeUnit.SECONDS).execute(log::show);
        int exit;
        try {
            exit = work.run(log.id);
        } catch (Exception | Error e) {
            try {
                log.end("failed", Messages.firstLine(e));
            } catch (RuntimeException also) {
                e.addSuppressed(also); // what kept the work from being written may keep this from it too
            }
            throw e;
        }
        log.end(exit == 0 ? "succeeded" : "failed", exit == 0 ? null : "exit status " + exit);
        return exit;
    }

    synchronized void show() {
        if (!ended) {
            shown = true;
            write("running", null, null, warehouse::append);
            visible = true;
        }
    }

    synchronized void end(String status, String message) {
        ended = true;
        if (!visible) {
            // An attempt to show that failed may have written one row, or both: then keys decide.
            write(status, message, Instant.now(), shown ? warehouse::upsert : warehouse::append);
            return;
        }
        Map<String, Column> set = new HashMap<>();
        set.put("status", functions.lit(status));
        set.put("message", functions.lit(message));
        set.put("ended_at", functions.lit(Instant.now()));
        Conflicts.retry(warehouse.location(), "runs", () -> {
            DeltaTable.forPath(warehouse.spark(), warehouse.path("runs"))
                    .update(functions.col("run_id").equalTo(id), set);
            return null;
        });
    }

    /** {@link Warehouse#append} or {@link Warehouse#upsert}. */
    private interface Write {
        <R extends Record> void rows(String table, Class<R> recordClass, List<R> records);
    }

    private void write(String status, String message, Instant endedAt, Write write) {
        write.rows("environments", Environment.class, List.of(Environments.current(warehouse.spark(), id)));
        write.rows(
                "runs",
                Run.class,
                List.of(new Run(
                        id,
                        job,
                        arguments,
                        warehouse.spark().sparkContext().applicationId(),
                        CodeVersion.current(),
                        status,
                        message,
                        started,
                        endedAt)));
    }
}
