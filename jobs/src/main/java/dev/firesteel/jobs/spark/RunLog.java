package dev.firesteel.jobs.spark;

import dev.firesteel.schemas.Environment;
import dev.firesteel.schemas.Run;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;

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
        Environment environment = Environments.current(spark, id);
        warehouse.insertNew("environments", Environment.class, List.of(environment));
        warehouse.upsert(
                "runs",
                Run.class,
                List.of(new Run(id, job, arguments, application, version, "running", null, started, null)));
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
            warehouse.upsert(
                    "runs",
                    Run.class,
                    List.of(new Run(
                            id, job, arguments, application, version, status, message, started, Instant.now())));
        }
    }
}
