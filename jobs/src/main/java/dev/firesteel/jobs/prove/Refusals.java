package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.jobs.tasks.AttemptRows;
import dev.firesteel.jobs.tasks.Ended;
import dev.firesteel.jobs.tasks.Failure;
import dev.firesteel.schemas.Attempt;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/** Segments that no executor can hold: refused before anything starts, not when memory has run out. */
final class Refusals {
    private Refusals() {}

    /**
     * Finds them, says so, and records it.
     *
     * @param needed bytes that a piece takes of the heap
     */
    static Set<SegmentPiece> of(
            Warehouse warehouse,
            List<SegmentPiece> pieces,
            Threads plan,
            ToLongFunction<SegmentPiece> needed,
            AttemptRows attempts,
            PrintWriter out) {
        Set<SegmentPiece> refused = new HashSet<>();
        List<Attempt> rows = new ArrayList<>();
        for (SegmentPiece piece : pieces) {
            String why = plan.refusal(piece, needed.applyAsLong(piece));
            if (why != null) {
                out.println(why);
                refused.add(piece);
                rows.add(attempts.of(piece, Ended.refused(new Failure(Failures.DOES_NOT_FIT, false, why))));
            }
        }
        out.flush();
        if (!rows.isEmpty()) {
            warehouse.append("attempts", Attempt.class, rows);
        }
        return refused;
    }
}
