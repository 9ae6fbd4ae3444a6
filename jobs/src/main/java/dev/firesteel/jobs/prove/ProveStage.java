package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.execute.ExecuteJob.Checkpoint;
import dev.firesteel.jobs.spark.CodeVersion;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.jobs.tasks.AttemptRows;
import dev.firesteel.jobs.tasks.Outcome;
import dev.firesteel.jobs.tasks.Progress;
import dev.firesteel.jobs.tasks.StreamedResults;
import dev.firesteel.jobs.tasks.Wire;
import dev.firesteel.schemas.Attempt;
import dev.firesteel.schemas.SegmentProof;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/** The proving of segments in one run of {@link ProveJob}. */
final class ProveStage {
    /** Segments of one Spark job: what its results may take of the driver's memory. */
    private static final int SEGMENTS_PER_JOB = 256;

    private static final long COMMIT_SECONDS = 60;

    private final Warehouse warehouse;
    private final SparkContext spark;
    private final Selection selection;
    private final ProverOptions options;
    private final Map<Target.Key, Row> challenges;
    private final String runId;
    private final int perCommit;
    private final PrintWriter out;
    private final AttemptRows attempts;
    private final Checkpoint checkpoint;
    private final LongAccumulator cycles;
    private final WallTimes times = new WallTimes();
    private final List<Outcome<ProveTask.Proved>> waiting = new ArrayList<>();
    /** Segments of the current job that failed and have not ended yet, and how often. */
    private final Map<SegmentPiece, Integer> failures = new HashMap<>();

    private final Set<SegmentPiece> ended = new HashSet<>();
    private Progress<SegmentPiece> progress;
    private long lastCommit = System.nanoTime();
    private int proved;
    private int queued;

    ProveStage(
            Warehouse warehouse,
            Selection selection,
            ProverOptions options,
            Map<Target.Key, Row> challenges,
            String runId,
            int perCommit,
            PrintWriter out,
            AttemptRows attempts,
            Checkpoint checkpoint) {
        this.warehouse = warehouse;
        this.spark = warehouse.spark().sparkContext();
        this.selection = selection;
        this.options = options;
        this.challenges = challenges;
        this.runId = runId;
        this.perCommit = perCommit;
        this.out = out;
        this.attempts = attempts;
        this.checkpoint = checkpoint;
        this.cycles = spark.longAccumulator("firesteel cycles proved");
    }

    /** Proves these, in this order, and returns how many proofs it committed. */
    int run(List<SegmentPiece> pending) {
        List<Long> estimates = pending.stream().map(ProverMemory::toProve).toList();
        Threads plan = Threads.plan(spark, options.concurrent(), options.threads(), estimates);
        Set<SegmentPiece> refused = Refusals.of(warehouse, pending, plan, ProverMemory::toProve, attempts, out);
        List<SegmentPiece> fitting =
                pending.stream().filter(p -> !refused.contains(p)).toList();
        if (fitting.isEmpty()) {
            return 0;
        }
        out.printf("segments at a time in an executor: %d, threads for each: %d%n", plan.concurrent(), plan.threads());
        out.flush();
        ProvingLine line = new ProvingLine(fitting);
        progress = new Progress<>(out, "prove", runId, fitting.size(), cycles.id(), line);
        queued = fitting.size();
        ProverEvents.tell(new ProverEvent.Queue(queued));
        spark.addSparkListener(progress);
        long begin = System.nanoTime();
        try {
            for (int from = 0; from < fitting.size(); from += SEGMENTS_PER_JOB) {
                jobs(plan, fitting.subList(from, Math.min(fitting.size(), from + SEGMENTS_PER_JOB)));
            }
        } finally {
            spark.removeSparkListener(progress);
            ProverEvents.tell(new ProverEvent.Queue(0));
        }
        out.println(progress.line());
        if (proved > 0) {
            out.println(times.line((System.nanoTime() - begin) / 1e6, progress.taskMs()));
        }
        out.flush();
        return proved;
    }

    /** Proves these in one Spark job, or in several: one segment that nobody can prove does not keep the others from it. */
    private void jobs(Threads plan, List<SegmentPiece> pieces) {
        List<SegmentPiece> open = new ArrayList<>(pieces);
        while (!open.isEmpty()) {
            failures.clear();
            ended.clear();
            try {
                job(plan, open);
                return;
            } catch (StreamedResults.GivenUp e) {
                int most = failures.values().stream().mapToInt(n -> n).max().orElseThrow(() -> e);
                failures.entrySet().stream().filter(f -> f.getValue() == most).forEach(f -> {
                    out.printf("%s: given up after %d attempts; table attempts says why%n", f.getKey(), most);
                    ended.add(f.getKey());
                });
                out.flush();
                open.removeAll(ended);
            }
        }
    }

    private void job(Threads plan, List<SegmentPiece> pieces) {
        List<SegmentPiece> batch = List.copyOf(pieces);
        ProverContext context = ProvingTables.context(
                warehouse,
                selection,
                plan,
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
        return context.threads().of(rdd);
    }

    private void commit(List<SegmentPiece> batch) {
        lastCommit = System.nanoTime();
        // An attempt that failed comes before the one that succeeded: numbers are given in this order.
        progress.settle(spark);
        var failed = progress.takeFailures();
        List<Attempt> made = new ArrayList<>(attempts.failed(failed));
        failed.forEach(f -> failures.merge(f.piece(), 1, Integer::sum));
        List<SegmentProof> rows = new ArrayList<>();
        for (Outcome<ProveTask.Proved> outcome : waiting) {
            SegmentPiece piece = batch.get(outcome.piece());
            Attempt attempt = attempts.of(piece, outcome.ended());
            made.add(attempt);
            ended.add(piece);
            failures.remove(piece);
            if (outcome.value() != null) {
                times.add(outcome.value(), outcome.ended());
                rows.add(row(piece, outcome, attempt.attempt()));
            } else {
                out.printf("%s: %s: %s%n", piece, attempt.reasonClass(), attempt.message());
            }
        }
        waiting.clear();
        proved += rows.size();
        // The proof comes last: its row says that the work is done, and nothing of it may be missing then.
        if (!made.isEmpty()) {
            warehouse.append("attempts", Attempt.class, made);
            checkpoint.committed("attempts");
        }
        if (!rows.isEmpty()) {
            warehouse.insertNew("segment_proofs", SegmentProof.class, rows);
            checkpoint.committed("segment_proofs");
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
