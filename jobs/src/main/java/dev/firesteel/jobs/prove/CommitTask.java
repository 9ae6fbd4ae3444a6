package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.tasks.Meter;
import dev.firesteel.jobs.tasks.Outcome;
import dev.firesteel.poly.Parallel;
import dev.firesteel.request.RunWords;
import dev.firesteel.request.SegmentProver;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.SegmentReplayer;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/** Executes one segment again, checks that it does what its row says, and commits its boundary. */
record CommitTask(ProverContext context, List<SegmentPiece> pieces, LongAccumulator cycles) implements Serializable {

    /**
     * What one segment contributes.
     *
     * @param words {@link dev.firesteel.request.SegmentWords#bytes}
     * @param commitment {@link dev.firesteel.request.SegmentCommitment#bytes}; null for the first segment, whose boundary has all words of the run
     */
    record Committed(byte[] words, int wordCount, byte[] commitment) implements Serializable {}

    Outcome<Committed> run(int index, Iterator<Row> rows) {
        SegmentPiece piece = pieces.get(index);
        return Outcome.of(piece, index, context.maxAttempts(), Failures::of, meter -> {
            Committed committed = commit(piece, rows, meter);
            cycles.add(piece.cycles());
            return committed;
        });
    }

    private Committed commit(SegmentPiece piece, Iterator<Row> rows, Meter meter) throws Exception {
        Segment segment = SegmentOfRow.of(piece, rows);
        try (ProverSlot slot =
                ProverSlot.enter(ProverMemory.toCommit(piece), context.threads().threads())) {
            meter.phase(ProveTask.WAITING, slot.waitedMs());
            Parallel parallel = slot.parallel();
            KeyRegistry.Entry keys = context.keys(piece.target(), parallel);
            meter.phase(ProveTask.KEYS, keys.waitedMs());
            SegmentReplayer.replay(keys.program(), segment);
            SegmentProver prover = new SegmentProver(keys.setup(), parallel);
            SegmentProver.Executed executed = Provable.orNot(() -> prover.execute(segment));
            var words = executed.words();
            byte[] commitment = piece.segmentIndex() == 0
                    ? null
                    : Provable.orNot(() ->
                                    prover.commit(executed, RunWords.none()).commitment())
                            .bytes();
            return new Committed(words.bytes(), words.count(), commitment);
        }
    }
}
