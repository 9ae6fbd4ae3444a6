package dev.firesteel.jobs.report;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.report.chart.Scale;
import dev.firesteel.jobs.report.document.OutputFolder;
import dev.firesteel.jobs.report.document.Report;
import dev.firesteel.jobs.spark.Warehouse;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes the report on proofs. */
public final class ProvingWriter {
    private ProvingWriter() {}

    /**
     * Writes the report.
     *
     * @param run only what this run proved; null for the latest proof of everything
     * @param price null for no prices
     * @throws UserException when nothing was proved, or the folder cannot be written
     */
    static void write(Warehouse warehouse, String run, Price price, OutputOptions output, PrintWriter out) {
        ProvingRows rows = new ProvingRows(warehouse, run);
        List<ProvedSegment> segments = rows.segments();
        if (segments.isEmpty()) {
            throw new UserException(warehouse.location() + ": segment_proofs has no row"
                    + (run == null ? "" : " of run '" + run + "'") + "; run 'firesteel prove' first");
        }
        List<ProvedRequest> requests = rows.requests();
        ProvingReport report = new ProvingReport(segments, requests, price);
        OutputFolder files = new OutputFolder()
                .add("segments.csv", report.segmentsCsv())
                .add("phases.csv", report.phasesCsv())
                .add("fits.csv", report.fitsCsv())
                .add("requests.csv", report.requestsCsv());
        Instant first = segments.stream()
                .map(ProvedSegment::provedAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant last = segments.stream()
                .map(ProvedSegment::provedAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Dataset<Row> proofs = rows.proofs();
        Map<String, String> context = new ReportContext(Instant.now(), warehouse.location())
                .add("Proved", first + " to " + last)
                .add("Mode", "proving")
                .addMachines(warehouse, proofs.select("run_id").distinct())
                .addVersions(proofs)
                .add("Segments", Scale.whole(segments.size()))
                .add("Requests", Scale.whole(requests.size()))
                .add("Price", price == null ? "not told" : price.perHour() + " " + price.currency() + " an hour")
                .addAll(output.context())
                .facts();
        output.write(files, new Report("Proving", context, report.blocks()), out);
    }
}
