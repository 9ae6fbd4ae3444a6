package dev.firesteel.jobs.results;

import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.schemas.BenchmarkResult;
import dev.firesteel.schemas.Quarantine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

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
        List<ResultCollector.Result> results = collected.distinct();
        long added = new IdempotentAppend(warehouse, TABLE)
                .insert(BenchmarkResult.class, results, r -> List.of(r.resultId()), r -> r.row(now));
        List<Quarantine> refused = collected.quarantine(runId, now);
        long refusals = refused.isEmpty()
                ? 0
                : new IdempotentAppend(warehouse, "quarantine")
                        .insert(
                                Quarantine.class,
                                refused,
                                q -> List.of(q.sourceFile(), q.rowIndex(), q.contentSha256()),
                                q -> q);
        return new Counts(results.size(), added, refusals);
    }
}
