package dev.firesteel.jobs.tasks;

import dev.firesteel.schemas.Attempt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the rows of {@code attempts}: the attempts that Spark saw fail, also those whose executor died and said nothing, and
 * what the tasks themselves handed over. An attempt's number is its place among the attempts at its piece of work: Spark's own
 * starts again at 0 when a stage is repeated, which a lost executor can cause.
 */
public final class AttemptRows {
    private final String runId;
    private final String stage;
    private final Map<Place, Integer> made = new HashMap<>();

    private record Place(String requestId, int segmentIndex) {}

    public AttemptRows(String runId, String stage) {
        this.runId = runId;
        this.stage = stage;
    }

    /** The rows of failures that no result tells of, in the order in which they happened. */
    public List<Attempt> failed(List<? extends Progress.FailedAttempt<? extends Piece>> failures) {
        List<Attempt> rows = new ArrayList<>();
        failures.stream()
                .sorted(Comparator.comparing(
                        (Progress.FailedAttempt<? extends Piece> f) -> f.ended().endedAt()))
                .forEach(f -> rows.add(of(f.piece(), f.ended())));
        return rows;
    }

    /** The row of an attempt, which is the last one at {@code piece} so far. */
    public Attempt of(Piece piece, Ended ended) {
        Failure failure = ended.failure();
        Measures measures = ended.measures();
        return new Attempt(
                runId,
                stage,
                piece.requestId(),
                piece.segmentIndex(),
                next(piece),
                ended.executorId(),
                ended.host(),
                "cpu",
                ended.durationMs(),
                measures.phaseMs(),
                measures.committedCells(),
                measures.peakHeapBytes(),
                failure == null ? "success" : "failure",
                failure == null ? null : failure.reasonClass(),
                failure == null ? null : failure.retryable(),
                failure == null ? null : failure.message(),
                ended.endedAt());
    }

    private int next(Piece piece) {
        return made.merge(new Place(piece.requestId(), piece.segmentIndex()), 1, Integer::sum) - 1;
    }
}
