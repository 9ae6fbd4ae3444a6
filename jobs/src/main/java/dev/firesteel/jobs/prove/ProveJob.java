package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.execute.ExecuteJob.Checkpoint;
import dev.firesteel.jobs.spark.CodeVersion;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.jobs.tasks.AttemptRows;
import dev.firesteel.jobs.tasks.Ended;
import dev.firesteel.jobs.tasks.Failure;
import dev.firesteel.jobs.tasks.Outcome;
import dev.firesteel.jobs.tasks.Progress;
import dev.firesteel.jobs.tasks.StreamedResults;
import dev.firesteel.jobs.tasks.Wire;
import dev.firesteel.schemas.Attempt;
import dev.firesteel.schemas.SegmentProof;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/**
 * Proves all segments that have a challenge and no proof, longest first, then puts together the proofs of requests. Proofs are committed as they come, some at a time; what a killed job loses are
 * those that were not committed yet.
 */
public final class ProveJob {
    /** Segments of one Spark job: what its results may take of the driver's memory. */
    private static final int SEGMENTS_PER_STAGE = 256;

    private static final long COMMIT_SECONDS = 60;

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
        Stage stage = new Stage(runId, perCommit, out, attempts, checkpoint, pending.size());
        try {
            stage.run(pending);
        } finally {
            SetupLog.write(warehouse, runId);
        }
        Assembly.Result assembled =
                new Assembly(warehouse, selection, challenges, runId, attempts, out, checkpoint).run(committed);
        int failed = requests(committed) - assembled.made() - assembled.already();
        out.printf(
                "%d segments proved; %d requests have their proof now, %d had it, %d have none%n",
                stage.proved, assembled.made(), assembled.already(), failed);
        out.flush();
        return new Summary(stage.proved, assembled.made(), assembled.already(), failed, uncommitted);
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

    /** The proving of segments in one run. */
    private final class Stage {
        private final SparkContext spark = warehouse.spark().sparkContext();
        private final String runId;
        private final int perCommit;
        private final PrintWriter out;
        private final AttemptRows attempts;
        private final Checkpoint checkpoint;
        private final LongAccumulator cycles = spark.longAccumulator("firesteel cycles proved");
        private final Progress<SegmentPiece> progress;
        private final List<Outcome<ProveTask.Proved>> waiting = new ArrayList<>();
        private long lastCommit = System.nanoTime();
        private int proved;
        private int queued;

        Stage(String runId, int perCommit, PrintWriter out, AttemptRows attempts, Checkpoint checkpoint, int total) {
            this.runId = runId;
            this.perCommit = perCommit;
            this.out = out;
            this.attempts = attempts;
            this.checkpoint = checkpoint;
            this.progress = new Progress<>(out, "prove", runId, total, cycles.id(), Stage::line);
        }

        private static String line(int done, int total, long cycles, double seconds) {
            String rest =
                    done == 0 ? "" : String.format(Locale.ROOT, ", about %.0f s left", seconds / done * (total - done));
            return String.format(
                    Locale.ROOT,
                    "proved %d of %d segments, %.3f M cycles, %.0f cycles a second%s",
                    done,
                    total,
                    cycles / 1e6,
                    cycles / seconds,
                    rest);
        }

        void run(List<SegmentPiece> pending) {
            List<Long> estimates = pending.stream().map(ProverMemory::toProve).toList();
            Threads plan = Threads.plan(spark, options.concurrent(), options.threads(), estimates);
            List<SegmentPiece> fitting = refuse(pending, plan);
            if (fitting.isEmpty()) {
                return;
            }
            out.printf("%d segments at a time in an executor, %d threads each%n", plan.concurrent(), plan.threads());
            out.flush();
            queued = fitting.size();
            ProverEvents.tell(new ProverEvent.Queue(queued));
            spark.addSparkListener(progress);
            try {
                for (int from = 0; from < fitting.size(); from += SEGMENTS_PER_STAGE) {
                    stage(fitting.subList(from, Math.min(fitting.size(), from + SEGMENTS_PER_STAGE)));
                }
            } finally {
                spark.removeSparkListener(progress);
                ProverEvents.tell(new ProverEvent.Queue(0));
            }
            out.println(progress.line());
            out.flush();
        }

        /** Says and records which segments no executor can hold, and returns the others. */
        private List<SegmentPiece> refuse(List<SegmentPiece> pending, Threads plan) {
            List<SegmentPiece> fitting = new ArrayList<>();
            List<Attempt> refused = new ArrayList<>();
            for (SegmentPiece piece : pending) {
                long needed = ProverMemory.toProve(piece);
                if (needed <= plan.heapBytes()) {
                    fitting.add(piece);
                    continue;
                }
                String why = String.format(
                        Locale.ROOT,
                        "%s has %d cycles and needs about %.1f GiB, of which executors have %.1f: give them more"
                                + " memory, or execute with a smaller --segment-cycles",
                        piece,
                        piece.cycles(),
                        needed / (double) (1 << 30),
                        plan.heapBytes() / (double) (1 << 30));
                out.println(why);
                Failure failure = new Failure(Failures.DOES_NOT_FIT, false, why);
                refused.add(attempts.of(piece, new Ended("driver", "driver", 0, Instant.now(), failure)));
            }
            out.flush();
            if (!refused.isEmpty()) {
                warehouse.insertNew("attempts", Attempt.class, refused);
            }
            return fitting;
        }

        private void stage(List<SegmentPiece> pieces) {
            List<SegmentPiece> batch = List.copyOf(pieces);
            ProverContext context = ProvingTables.context(
                    warehouse,
                    selection,
                    options,
                    batch.stream().map(ProverMemory::toProve).toList(),
                    batch.stream().map(SegmentPiece::target).distinct().toList());
            progress.begin(batch);
            try {
                StreamedResults.run(spark, rdd(context, batch), results -> {
                    results.forEach(r -> waiting.add(Wire.object(r)));
                    queued -= results.size();
                    ProverEvents.tell(new ProverEvent.Queue(queued));
                    boolean late = System.nanoTime() - lastCommit > TimeUnit.SECONDS.toNanos(COMMIT_SECONDS);
                    if (waiting.size() >= perCommit || late && !waiting.isEmpty()) {
                        commit(batch);
                    }
                });
            } finally {
                // When tasks failed for good, what others have proved and what is known of the failures stays.
                progress.settle(spark);
                commit(batch);
                context.elfs().destroy();
            }
        }

        private JavaRDD<byte[]> rdd(ProverContext context, List<SegmentPiece> batch) {
            List<byte[]> theirs = batch.stream()
                    .map(p -> challenges.get(p.target().key()).<byte[]>getAs("challenge"))
                    .toList();
            ProveTask task = new ProveTask(context, batch, theirs, cycles);
            JavaRDD<Row> commitments =
                    SegmentRowsByPiece.of(warehouse, "commitments", batch).values();
            JavaRDD<byte[]> rdd = SegmentRowsByPiece.segments(warehouse, batch)
                    .values()
                    .zipPartitions(commitments, (segments, committed) -> {
                        int index = org.apache.spark.TaskContext.getPartitionId();
                        return List.of(Wire.bytes(task.run(index, segments, committed)))
                                .iterator();
                    });
            rdd.setName(progress.name());
            return rdd;
        }

        private void commit(List<SegmentPiece> batch) {
            lastCommit = System.nanoTime();
            List<Attempt> made = new ArrayList<>(attempts.failed(progress.takeFailures()));
            List<SegmentProof> rows = new ArrayList<>();
            for (Outcome<ProveTask.Proved> outcome : waiting) {
                SegmentPiece piece = batch.get(outcome.piece());
                Attempt attempt = attempts.of(piece, outcome.ended());
                made.add(attempt);
                if (outcome.value() != null) {
                    rows.add(row(piece, outcome, attempt.attempt()));
                } else {
                    out.printf("%s: %s: %s%n", piece, attempt.reasonClass(), attempt.message());
                }
            }
            waiting.clear();
            proved += rows.size();
            if (!rows.isEmpty()) {
                warehouse.insertNew("segment_proofs", SegmentProof.class, rows);
                checkpoint.committed("segment_proofs");
            }
            if (!made.isEmpty()) {
                warehouse.insertNew("attempts", Attempt.class, made);
                checkpoint.committed("attempts");
            }
            out.flush();
        }

        private SegmentProof row(SegmentPiece piece, Outcome<ProveTask.Proved> outcome, int attempt) {
            Target target = piece.target();
            ProveTask.Proved value = outcome.value();
            return new SegmentProof(
                    target.programHash(),
                    target.inputHash(),
                    target.parametersHash(),
                    CodeVersion.current(),
                    piece.segmentIndex(),
                    selection.parameters().preset().label(),
                    value.proof(),
                    value.proof().length,
                    piece.cycles(),
                    value.committedCells(),
                    value.provingMs(),
                    new TreeMap<>(value.phases()),
                    value.setupMs(),
                    value.verificationMs(),
                    value.peakHeapBytes(),
                    null,
                    value.backend(),
                    value.threads(),
                    value.cold(),
                    attempt,
                    outcome.ended().executorId(),
                    outcome.ended().host(),
                    runId,
                    outcome.ended().endedAt());
        }
    }
}
