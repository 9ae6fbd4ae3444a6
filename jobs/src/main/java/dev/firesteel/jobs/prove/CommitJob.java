package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.execute.ExecuteJob.Checkpoint;
import dev.firesteel.jobs.spark.CodeVersion;
import dev.firesteel.jobs.spark.Digests;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.jobs.tasks.AttemptRows;
import dev.firesteel.jobs.tasks.Progress;
import dev.firesteel.jobs.tasks.StreamedResults;
import dev.firesteel.jobs.tasks.Wire;
import dev.firesteel.schemas.Attempt;
import dev.firesteel.schemas.Challenge;
import dev.firesteel.schemas.Commitment;
import dev.firesteel.schemas.ProgramKey;
import java.io.PrintWriter;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.Partitioner;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple2;

/**
 * Commits the boundaries of all segments of executions and draws each execution's challenge. A batch is committed in this order: commitments, program keys, attempts, challenges.
 * The row of {@code challenges} comes last, so that its absence makes the next run do the execution again; all of it is deterministic, and the MERGE finds what is there.
 */
public final class CommitJob {
    /** Segments that share one batch: what a killed job loses. */
    private static final int SEGMENTS_PER_BATCH = 256;

    private static final int SEGMENT_BITS = 20;
    static final long SEGMENT_MASK = (1L << SEGMENT_BITS) - 1;

    private final Warehouse warehouse;
    private final Selection selection;
    private final ProverOptions options;
    private final Targets targets;
    private final List<Target> pending;

    /**
     * How the selected executions stand after a run.
     *
     * @param committed in this run
     * @param already before
     * @param notProvable that did not halt, or that no proof can have
     * @param failed for other reasons, which attempts tell
     */
    public record Summary(int committed, int already, int notProvable, int failed) {}

    private CommitJob(Warehouse warehouse, Selection selection, ProverOptions options, Targets targets) {
        this.warehouse = warehouse;
        this.selection = selection;
        this.options = options;
        this.targets = targets;
        Map<Target.Key, Row> done = ProvingTables.challenges(warehouse);
        this.pending = targets.provable().stream()
                .filter(t -> !done.containsKey(t.key()))
                .toList();
    }

    /** Finds what is to be committed; writes nothing. */
    public static CommitJob open(Warehouse warehouse, Selection selection, ProverOptions options) {
        return new CommitJob(warehouse, selection, options, Targets.select(warehouse, selection));
    }

    /** Commits what is pending. */
    public Summary run(String runId, PrintWriter out, Checkpoint checkpoint) {
        targets.tell(out, selection.maxCycles());
        AttemptRows attempts = new AttemptRows(runId, "commit");
        NotProvable.record(warehouse, targets.notProvable(), attempts);
        int already = targets.provable().size() - pending.size();
        out.printf("%d executions to commit, %d committed before%n", pending.size(), already);
        out.flush();
        if (pending.isEmpty()) {
            return new Summary(0, already, targets.notProvable().size(), 0);
        }
        Stage stage = new Stage(runId, out, attempts, checkpoint);
        stage.run();
        out.printf(
                "%d executions committed, %d not provable, %d failed%n",
                stage.committed, targets.notProvable().size() + stage.notProvable, stage.failed);
        out.flush();
        return new Summary(stage.committed, already, targets.notProvable().size() + stage.notProvable, stage.failed);
    }

    /** The work of one run. */
    private final class Stage {
        private final SparkContext spark = warehouse.spark().sparkContext();
        private final String runId;
        private final PrintWriter out;
        private final AttemptRows attempts;
        private final Checkpoint checkpoint;
        private final LongAccumulator cycles = spark.longAccumulator("firesteel cycles committed");
        private final Progress<SegmentPiece> progress;
        private int committed;
        private int notProvable;
        private int failed;

        Stage(String runId, PrintWriter out, AttemptRows attempts, Checkpoint checkpoint) {
            this.runId = runId;
            this.out = out;
            this.attempts = attempts;
            this.checkpoint = checkpoint;
            int total = pending.stream().mapToInt(Target::segmentCount).sum();
            this.progress = new Progress<>(out, "commit", runId, total, cycles.id(), Stage::line);
        }

        private static String line(int done, int total, long cycles, double seconds) {
            return String.format(
                    Locale.ROOT,
                    "committed %d of %d segments, %.3f M cycles, %.0f cycles a second",
                    done,
                    total,
                    cycles / 1e6,
                    cycles / seconds);
        }

        void run() {
            spark.addSparkListener(progress);
            try {
                for (List<Target> batch : batches()) {
                    batch(batch);
                }
                progress.settle(spark);
            } finally {
                spark.removeSparkListener(progress);
                SetupLog.write(warehouse, runId);
            }
        }

        private List<List<Target>> batches() {
            List<List<Target>> batches = new ArrayList<>();
            List<Target> batch = new ArrayList<>();
            int segments = 0;
            for (Target target : pending) {
                if (!batch.isEmpty() && segments + target.segmentCount() > SEGMENTS_PER_BATCH) {
                    batches.add(List.copyOf(batch));
                    batch.clear();
                    segments = 0;
                }
                batch.add(target);
                segments += target.segmentCount();
            }
            batches.add(List.copyOf(batch));
            return batches;
        }

        private void batch(List<Target> selected) {
            List<SegmentPiece> all = ProvingTables.pieces(warehouse, selected);
            List<Long> estimates = all.stream().map(ProverMemory::toCommit).toList();
            Threads plan = Threads.plan(spark, options.concurrent(), options.threads(), estimates);
            Set<Target> refused = new HashSet<>();
            Refusals.of(warehouse, all, plan, ProverMemory::toCommit, attempts, out)
                    .forEach(p -> refused.add(p.target()));
            failed += refused.size();
            List<Target> batch =
                    selected.stream().filter(t -> !refused.contains(t)).toList();
            if (!batch.isEmpty()) {
                commit(
                        batch,
                        all.stream().filter(p -> !refused.contains(p.target())).toList(),
                        plan);
            }
        }

        private void commit(List<Target> batch, List<SegmentPiece> pieces, Threads plan) {
            ProverContext context = ProvingTables.context(warehouse, selection, plan, batch);
            progress.begin(pieces);
            List<BindTask.Run> runs = new ArrayList<>();
            try {
                StreamedResults.run(
                        spark, rdd(context, batch, pieces), results -> results.forEach(r -> runs.add(Wire.object(r))));
            } catch (RuntimeException | Error e) {
                progress.settle(spark);
                warehouse.append("attempts", Attempt.class, attempts.failed(progress.takeFailures()));
                throw e;
            } finally {
                context.elfs().destroy();
            }
            progress.settle(spark);
            write(batch, runs);
        }

        private JavaRDD<byte[]> rdd(ProverContext context, List<Target> batch, List<SegmentPiece> pieces) {
            CommitTask commit = new CommitTask(context, pieces, cycles);
            BindTask bind = new BindTask(context, batch);
            Places places = Places.of(batch, pieces);
            JavaPairRDD<Long, byte[]> committedSegments = context.threads()
                    .of(SegmentRowsByPiece.segments(warehouse, pieces)
                            .values()
                            .mapPartitionsWithIndex(
                                    (index, rows) -> List.of(
                                                    new Tuple2<>(places.of(index), Wire.bytes(commit.run(index, rows))))
                                            .iterator(),
                                    true)
                            .setName(progress.name()))
                    .mapToPair(t -> t);
            List<SegmentPiece> firsts =
                    batch.stream().map(t -> new SegmentPiece(t, 0, 0, 0)).toList();
            JavaRDD<Row> firstRows =
                    SegmentRowsByPiece.segments(warehouse, firsts).values();
            JavaRDD<byte[]> bound = committedSegments
                    .repartitionAndSortWithinPartitions(new ByTarget(batch.size()))
                    .zipPartitions(firstRows, (segments, first) -> {
                        int index = org.apache.spark.TaskContext.getPartitionId();
                        return List.of(Wire.bytes(bind.run(index, segments, first)))
                                .iterator();
                    });
            bound.setName("firesteel challenges " + runId);
            return context.threads().of(bound);
        }

        private void write(List<Target> batch, List<BindTask.Run> runs) {
            List<Commitment> commitments = new ArrayList<>();
            List<ProgramKey> keys = new ArrayList<>();
            List<Attempt> made = new ArrayList<>(attempts.failed(progress.takeFailures()));
            List<Challenge> challenges = new ArrayList<>();
            for (BindTask.Run run : runs) {
                Target target = batch.get(run.target());
                run.parts()
                        .forEach(p ->
                                made.add(attempts.of(new SegmentPiece(target, p.segmentIndex(), 0, 0), p.ended())));
                if (run.whole() != null) {
                    made.add(attempts.of(new BindTask.Whole(target), run.whole().ended()));
                }
                BindTask.Bound bound = run.whole() == null ? null : run.whole().value();
                if (bound == null) {
                    count(target, run);
                    continue;
                }
                committed++;
                String keyHash = Digests.sha256(bound.programKey());
                keys.add(new ProgramKey(
                        keyHash,
                        target.programHash(),
                        selection.parameters().preset().label(),
                        CodeVersion.current(),
                        bound.programKey(),
                        bound.setupMs(),
                        runId,
                        Instant.now()));
                run.parts().forEach(p -> commitments.add(commitment(target, run, p)));
                challenges.add(challenge(target, bound, keyHash));
            }
            warehouse.insertNew("commitments", Commitment.class, commitments);
            checkpoint.committed("commitments");
            warehouse.insertNew("program_keys", ProgramKey.class, keys);
            checkpoint.committed("program_keys");
            warehouse.append("attempts", Attempt.class, made);
            checkpoint.committed("attempts");
            warehouse.insertNew("challenges", Challenge.class, challenges);
            checkpoint.committed("challenges");
        }

        private void count(Target target, BindTask.Run run) {
            List<dev.firesteel.jobs.tasks.Failure> why = new ArrayList<>();
            run.parts().forEach(p -> why.add(p.ended().failure()));
            if (run.whole() != null) {
                why.add(run.whole().ended().failure());
            }
            var first = why.stream().filter(f -> f != null).findFirst().orElseThrow();
            if (first.reasonClass().equals(Failures.NOT_PROVABLE)) {
                notProvable++;
            } else {
                failed++;
            }
            target.requestIds().forEach(id -> out.printf("'%s': %s: %s%n", id, first.reasonClass(), first.message()));
        }

        private Commitment commitment(Target target, BindTask.Run run, BindTask.Part part) {
            BindTask.Bound bound = run.whole().value();
            boolean first = part.segmentIndex() == 0;
            var ended = first ? run.whole().ended() : part.ended();
            return new Commitment(
                    target.programHash(),
                    target.inputHash(),
                    target.parametersHash(),
                    CodeVersion.current(),
                    part.segmentIndex(),
                    first ? bound.first() : part.commitment(),
                    first ? bound.runWords() : null,
                    part.wordCount(),
                    first ? part.ended().durationMs() + bound.firstMs() : ended.durationMs(),
                    ended.executorId(),
                    ended.host(),
                    runId,
                    ended.endedAt());
        }

        private Challenge challenge(Target target, BindTask.Bound bound, String keyHash) {
            return new Challenge(
                    target.programHash(),
                    target.inputHash(),
                    target.parametersHash(),
                    CodeVersion.current(),
                    target.executionHash(),
                    selection.parameters().preset().label(),
                    target.segmentCount(),
                    target.cycles(),
                    bound.statement(),
                    keyHash,
                    bound.challenge(),
                    runId,
                    Instant.now());
        }
    }

    /** Where the results of pieces go: to their target, in the order of segments. */
    private record Places(long[] places) implements Serializable {
        static Places of(List<Target> batch, List<SegmentPiece> pieces) {
            long[] places = new long[pieces.size()];
            for (int i = 0; i < places.length; i++) {
                long target = batch.indexOf(pieces.get(i).target());
                places[i] = target << SEGMENT_BITS | pieces.get(i).segmentIndex();
            }
            return new Places(places);
        }

        long of(int piece) {
            return places[piece];
        }
    }

    private static final class ByTarget extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int count;

        ByTarget(int count) {
            this.count = count;
        }

        @Override
        public int numPartitions() {
            return count;
        }

        @Override
        public int getPartition(Object place) {
            return (int) ((Long) place >>> SEGMENT_BITS);
        }
    }
}
