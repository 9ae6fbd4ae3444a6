package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.jobs.tasks.AttemptRows;
import dev.firesteel.jobs.tasks.Ended;
import dev.firesteel.jobs.tasks.Failure;
import dev.firesteel.schemas.Attempt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.functions;

/** Records, once, executions that no proof can be of. Nothing is attempted: the rows say why. */
final class NotProvable {
    private NotProvable() {}

    static void record(Warehouse warehouse, Map<Target, String> targets, AttemptRows attempts) {
        if (targets.isEmpty()) {
            return;
        }
        Set<List<String>> known = new HashSet<>();
        warehouse
                .readOrEmpty("attempts")
                .where(functions
                        .col("stage")
                        .equalTo("commit")
                        .and(functions.col("reason_class").equalTo(Failures.NOT_PROVABLE)))
                .select("request_id", "message")
                .collectAsList()
                .forEach(r -> known.add(List.of(r.getString(0), r.getString(1))));
        List<Attempt> rows = new ArrayList<>();
        targets.forEach((target, why) -> {
            if (!known.contains(List.of(target.requestId(), why))) {
                Failure failure = new Failure(Failures.NOT_PROVABLE, false, why);
                rows.add(attempts.of(new BindTask.Whole(target), Ended.refused(failure)));
            }
        });
        warehouse.append("attempts", Attempt.class, rows);
    }
}
