package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.execute.ExecuteJob.Checkpoint;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.jobs.tasks.AttemptRows;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;

/**
 * Proves all segments that have a challenge and no proof, longest first, then puts together the proofs of requests. Proofs are committed as they come, some at a time; what a killed job loses are
 * those that were not committed yet.
 */
public final class ProveJob {
    private final Warehouse warehouse;
    private final Selection selection;
    private final ProverOptions options;
    private final Targets targets;
    private final Map<Target.Key, Row> challenges;

    /**
     * How the selected requests stand after a run.
     *
     * @param segments proved in this run
     * @param requests that got their proof in this run
     * @param already requests that had it
     * @param failed requests that have none, which attempts tell
     * @param uncommitted requests that have no challenge yet
     */
    public record Summary(int segments, int requests, int already, int failed, int uncommitted) {}

    /** A segment that has been proved. */
    private record SegmentKey(Target.Key run, int segment) {}

    private ProveJob(Warehouse warehouse, Selection selection, ProverOptions options) {
        this.warehouse = warehouse;
        this.selection = selection;
        this.options = options;
        this.targets = Targets.select(warehouse, selection);
        this.challenges = ProvingTables.challenges(warehouse);
    }

    /** Finds what is to be proved; writes nothing. */
    public static ProveJob open(Warehouse warehouse, Selection selection, ProverOptions options) {
        return new ProveJob(warehouse, selection, options);
    }

    /**
     * Proves what is pending.
     *
     * @param perCommit proofs that share one commit, at least 1
     */
    public Summary run(String runId, int perCommit, PrintWriter out, Checkpoint checkpoint) {
        List<Target> committed = targets.provable().stream()
                .filter(t -> challenges.containsKey(t.key()))
                .toList();
        int uncommitted = requests(targets.provable()) - requests(committed);
        targets.tell(out, selection.maxCycles());
        AttemptRows attempts = new AttemptRows(runId, "prove");
        Set<SegmentKey> done = done();
        List<SegmentPiece> pending = ProvingTables.pieces(warehouse, committed).stream()
                .filter(p -> !done.contains(new SegmentKey(p.target().key(), p.segmentIndex())))
                .toList();
        out.printf(
                "%d segments to prove, %d proved before%s%n",
                pending.size(),
                committed.stream().mapToInt(Target::segmentCount).sum() - pending.size(),
                uncommitted == 0 ? "" : "; " + uncommitted + " requests are not committed: run 'firesteel commit'");
        out.flush();
        int proved;
        try {
            proved = new ProveStage(
                            warehouse, selection, options, challenges, runId, perCommit, out, attempts, checkpoint)
                    .run(pending);
        } finally {
            SetupLog.write(warehouse, runId);
        }
        Assembly.Result assembled =
                new Assembly(warehouse, selection, challenges, runId, attempts, out, checkpoint).run(committed);
        int failed = requests(committed) - assembled.made() - assembled.already();
        out.printf(
                "%d segments proved; %d requests have their proof now, %d had it, %d have none%n",
                proved, assembled.made(), assembled.already(), failed);
        out.flush();
        return new Summary(proved, assembled.made(), assembled.already(), failed, uncommitted);
    }

    private static int requests(List<Target> targets) {
        return targets.stream().mapToInt(t -> t.requestIds().size()).sum();
    }

    private Set<SegmentKey> done() {
        Set<SegmentKey> keys = new HashSet<>();
        ProvingTables.ours(warehouse, "segment_proofs")
                .select("program_hash", "input_hash", "parameters_hash", "segment_index")
                .collectAsList()
                .forEach(r -> keys.add(
                        new SegmentKey(new Target.Key(r.getString(0), r.getString(1), r.getString(2)), r.getInt(3))));
        return keys;
    }
}
