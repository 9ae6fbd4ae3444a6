package dev.firesteel.jobs.results;

import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.schemas.BenchmarkResult;
import dev.firesteel.schemas.Quarantine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;

/** Puts what a {@link ResultCollector} has read into a warehouse: one commit for results, one for refusals. */
final class ResultImporter {
    /** The table of results. */
    static final String TABLE = "benchmark_results";

    /** How many rows became new. */
    record Counts(long results, long newResults, long newRefusals) {}

    private ResultImporter() {}

    /** Inserts the rows that are not there yet. */
    static Counts write(Warehouse warehouse, ResultCollector collected, String runId) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<BenchmarkResult> rows = collected.rows(now);
        long results = rows.size();
        warehouse.create(TABLE);
        // Most often all rows are new or all are old: asking first makes a repeated import read one column and write
        // nothing.
        Set<String> known = new HashSet<>();
        for (Row row : warehouse.read(TABLE).select("result_id").collectAsList()) {
            known.add(row.getString(0));
        }
        if (!known.isEmpty()) {
            rows.removeIf(r -> known.contains(r.resultId()));
        }
        long added = rows.isEmpty() ? 0 : warehouse.insertNew(TABLE, BenchmarkResult.class, rows);
        List<Quarantine> refused = collected.quarantine(runId, now);
        long refusals = refused.isEmpty() ? 0 : warehouse.insertNew("quarantine", Quarantine.class, refused);
        return new Counts(results, added, refusals);
    }
}
