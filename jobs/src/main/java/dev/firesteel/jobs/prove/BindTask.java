package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.spark.Digests;
import dev.firesteel.jobs.tasks.Ended;
import dev.firesteel.jobs.tasks.Outcome;
import dev.firesteel.jobs.tasks.Piece;
import dev.firesteel.jobs.tasks.Wire;
import dev.firesteel.poly.Parallel;
import dev.firesteel.request.RunChallenge;
import dev.firesteel.request.RunProver;
import dev.firesteel.request.RunStatement;
import dev.firesteel.request.RunWords;
import dev.firesteel.request.SegmentCommitment;
import dev.firesteel.request.SegmentProver;
import dev.firesteel.request.SegmentWords;
import dev.firesteel.riscv.Segment;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Binds the segments of one execution together: gathers the words of all, commits the first segment, whose boundary has them, and draws the challenge. The one place where segments wait
 * for each other.
 */
record BindTask(ProverContext context, List<Target> targets) implements Serializable {

    /** An execution as a whole. */
    record Whole(Target target) implements Piece {
        @Override
        public String requestId() {
            return target.requestId();
        }

        @Override
        public int segmentIndex() {
            return WHOLE;
        }
    }

    /** How the attempt at one segment ended, and what it gave, or null. */
    record Part(int segmentIndex, Ended ended, int wordCount, byte[] commitment) implements Serializable {}

    /**
     * What binding gave.
     *
     * @param first the first segment's commitment
     */
    record Bound(
            byte[] runWords,
            byte[] first,
            double firstMs,
            byte[] statement,
            byte[] challenge,
            byte[] programKey,
            double setupMs)
            implements Serializable {}

    /**
     * What became of one execution.
     *
     * @param parts of its segments, in order
     * @param whole the binding; null when a segment failed before
     */
    record Run(int target, ArrayList<Part> parts, Outcome<Bound> whole) implements Serializable {}

    /** What stage one tells of the segments of target {@code index}, in order, and the row of its first segment. */
    Run run(int index, Iterator<Tuple2<Long, byte[]>> committed, Iterator<Row> firstRow) {
        Target target = targets.get(index);
        ArrayList<Part> parts = new ArrayList<>();
        boolean failed = false;
        RunWords words = RunWords.none();
        Exception inconsistent = null;
        while (committed.hasNext()) {
            Tuple2<Long, byte[]> next = committed.next();
            Outcome<CommitTask.Committed> outcome = Wire.object(next._2());
            CommitTask.Committed value = outcome.value();
            int segment = (int) (next._1() & CommitJob.SEGMENT_MASK);
            parts.add(new Part(
                    segment,
                    outcome.ended(),
                    value == null ? 0 : value.wordCount(),
                    value == null ? null : value.commitment()));
            failed |= value == null;
            if (!failed && inconsistent == null) {
                try {
                    words = words.then(SegmentWords.read(value.words()));
                } catch (Exception e) {
                    inconsistent = e;
                }
            }
        }
        if (failed) {
            return new Run(index, parts, null);
        }
        RunWords all = words;
        Exception wrong = inconsistent;
        Outcome<Bound> bound = Outcome.of(new Whole(target), index, context.maxAttempts(), Failures::of, meter -> {
            if (wrong != null) {
                throw wrong;
            }
            return bind(target, parts, all, firstRow);
        });
        return new Run(index, parts, bound);
    }

    private Bound bind(Target target, List<Part> parts, RunWords words, Iterator<Row> firstRow) throws Exception {
        if (words.count() > ProofParameters.MAX_ROWS) {
            throw new RunProver.NotProvableException(
                    "it touches " + words.count() + " words, more than " + ProofParameters.MAX_ROWS);
        }
        long begin = System.nanoTime();
        SegmentPiece piece = new SegmentPiece(target, 0, 0, words.count());
        Segment segment = SegmentOfRow.of(piece, firstRow);
        SegmentPiece full = new SegmentPiece(target, 0, segment.cycles(), words.count());
        try (ProverSlot slot =
                ProverSlot.enter(ProverMemory.toCommit(full), context.threads().threads())) {
            Parallel parallel = slot.parallel();
            KeyRegistry.Entry keys = context.keys(target, parallel);
            SegmentProver prover = new SegmentProver(keys.setup(), parallel);
            SegmentCommitment first = Provable.orNot(
                    () -> prover.commit(prover.execute(segment), words).commitment());
            double firstMs = (System.nanoTime() - begin) / 1e6;
            List<SegmentCommitment> all = new ArrayList<>();
            all.add(first);
            parts.stream().skip(1).forEach(p -> all.add(SegmentCommitment.read(p.commitment)));
            RunStatement statement = statement(target, all);
            RunChallenge challenge = RunChallenge.of(keys.setup().programKey(), statement, all, parallel);
            return new Bound(
                    words.bytes(),
                    first.bytes(),
                    firstMs,
                    statement.bytes(),
                    challenge.bytes(),
                    keys.setup().programKey().bytes(),
                    keys.setupMs());
        }
    }

    private static RunStatement statement(Target target, List<SegmentCommitment> segments)
            throws Failures.BadRowException {
        if (segments.size() != target.segmentCount()) {
            throw new Failures.BadRowException(
                    segments.size() + " segments of " + target.segmentCount() + " are in table segments");
        }
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        segments.forEach(s -> output.writeBytes(s.claim().output()));
        if (!Digests.sha256(output.toByteArray()).equals(target.outputSha256())) {
            throw new Failures.BadRowException("the segments have another output than table executions");
        }
        return new RunStatement(output.toByteArray(), target.exitCode());
    }
}
