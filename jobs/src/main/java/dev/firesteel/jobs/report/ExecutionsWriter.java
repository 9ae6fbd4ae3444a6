package dev.firesteel.jobs.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.report.document.OutputFolder;
import dev.firesteel.jobs.report.document.Report;
import dev.firesteel.jobs.spark.Warehouse;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** Writes the report on executed requests, for its own command and as the last step of {@code run}. */
public final class ExecutionsWriter {
    private ExecutionsWriter() {}

    /**
     * Writes the report.
     *
     * @param run only rows that this run wrote; null for the latest row of every request
     * @throws UserException when there is no such row, or the folder cannot be written
     */
    public static void write(Warehouse warehouse, String run, OutputOptions output, PrintWriter out) {
        write(
                warehouse,
                run == null ? lit(true) : col("run_id").equalTo(run),
                run == null ? "" : " of run '" + run + "'",
                output,
                out);
    }

    /** Writes the report on the latest rows of these requests; otherwise as above. */
    public static void write(Warehouse warehouse, Collection<String> requests, OutputOptions output, PrintWriter out) {
        write(warehouse, col("request_id").isInCollection(requests), " of these requests", output, out);
    }

    private static void write(Warehouse warehouse, Column chosen, String text, OutputOptions output, PrintWriter out) {
        ExecutionsJob job = new ExecutionsJob(warehouse.read("executions").filter(chosen));
        try {
            if (job.rows().isEmpty()) {
                throw new UserException(
                        warehouse.location() + ": executions has no row" + text + "; run 'firesteel execute' first");
            }
            ExecutionsReport report = new ExecutionsReport(job);
            OutputFolder files = new OutputFolder()
                    .add("executions.csv", report.groupsCsv())
                    .add("batches.csv", report.batchesCsv())
                    .add("families.csv", report.familiesCsv());
            Map<String, String> context = context(warehouse, job, report, output);
            output.write(files, new Report("Executions", context, report.blocks()), out);
        } finally {
            job.close();
        }
    }

    private static Map<String, String> context(
            Warehouse warehouse, ExecutionsJob job, ExecutionsReport report, OutputOptions output) {
        Row dates = job.rows()
                .selectExpr("cast(min(executed_at) as string)", "cast(max(executed_at) as string)")
                .first();
        return new ReportContext(Instant.now(), warehouse.location())
                .add("Executed", dates.getString(0) + " to " + dates.getString(1) + " UTC")
                .add("Mode", "execution (no proving)")
                .addMachines(warehouse, job.rows().select("run_id").distinct())
                .addVersions(job.rows())
                .addAll(report.totals())
                .addAll(output.context())
                .facts();
    }
}
