package dev.firesteel.jobs.execute;

import dev.firesteel.schemas.Attempt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the rows of {@code attempts}: the attempts that Spark saw fail, also those whose executor died and said nothing, and
 * what the tasks themselves handed over. An attempt's number is its place among the attempts of its request: Spark's own starts
 * again at 0 when a stage is repeated, which a lost executor can cause.
 */
final class AttemptRows {
    private final String runId;
    private final Map<String, Integer> made = new HashMap<>();

    AttemptRows(String runId) {
        this.runId = runId;
    }

    /** The rows of failures that no result tells of, in the order in which they happened. */
    List<Attempt> failed(List<Progress.FailedAttempt> failures) {
        List<Attempt> rows = new ArrayList<>();
        failures.stream()
                .sorted(Comparator.comparing(Progress.FailedAttempt::endedAt))
                .forEach(f -> rows.add(new Attempt(
                        runId,
                        "execute",
                        f.unit().requestId(),
                        -1,
                        next(f.unit()),
                        f.executorId(),
                        f.host(),
                        "cpu",
                        f.durationMs(),
                        "failure",
                        f.failure().reasonClass(),
                        f.failure().retryable(),
                        f.failure().message(),
                        f.endedAt())));
        return rows;
    }

    /** The row of a result, which is the last attempt at {@code unit}. */
    Attempt of(UnitTask.Unit unit, UnitResult result) {
        UnitResult.Failure failure = result.failure();
        return new Attempt(
                runId,
                "execute",
                unit.requestId(),
                -1,
                next(unit),
                result.executorId(),
                result.host(),
                "cpu",
                result.durationMs(),
                failure == null ? "success" : "failure",
                failure == null ? null : failure.reasonClass(),
                failure == null ? null : failure.retryable(),
                failure == null ? null : failure.message(),
                result.endedAt());
    }

    private int next(UnitTask.Unit unit) {
        return made.merge(unit.requestId(), 1, Integer::sum) - 1;
    }
}
