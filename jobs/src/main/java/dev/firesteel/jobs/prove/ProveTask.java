package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.tasks.Meter;
import dev.firesteel.jobs.tasks.Outcome;
import dev.firesteel.request.SegmentCommitment;
import dev.firesteel.riscv.Segment;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/**
 * Proves one segment from its row, and verifies the proof before it is handed over.
 *
 * @param challenges of the pieces' executions
 */
record ProveTask(ProverContext context, List<SegmentPiece> pieces, List<byte[]> challenges, LongAccumulator cycles)
        implements Serializable {
    /** Phases of an attempt beside the prover's: waiting for its part of the heap, for its keys, and verifying what was made. */
    static final String WAITING = "wait-for-heap";

    static final String KEYS = "keys";
    static final String VERIFYING = "verify";

    /**
     * A proof, and what it took.
     *
     * @param setupMs time until the keys were there, 0 when they were
     * @param peakHeapBytes of this JVM meanwhile; null when it may have worked on something else too
     */
    record Proved(
            byte[] proof,
            long committedCells,
            double provingMs,
            TreeMap<String, Double> phases,
            double setupMs,
            double verificationMs,
            Long peakHeapBytes,
            String backend,
            int threads,
            boolean cold)
            implements Serializable {}

    Outcome<Proved> run(int index, Iterator<Row> segments, Iterator<Row> commitments) {
        SegmentPiece piece = pieces.get(index);
        return Outcome.of(piece, index, context.maxAttempts(), Failures::of, meter -> {
            long begin = System.nanoTime();
            Proved proved = null;
            try {
                proved = prove(index, segments, commitments, meter);
            } finally {
                double seconds = proved == null ? (System.nanoTime() - begin) / 1e9 : proved.provingMs() / 1e3;
                ProverEvents.proof(proved != null, seconds);
            }
            cycles.add(piece.cycles());
            return proved;
        });
    }

    private Proved prove(int index, Iterator<Row> segments, Iterator<Row> commitments, Meter meter) throws Exception {
        SegmentPiece piece = pieces.get(index);
        Segment segment = SegmentOfRow.of(piece, segments);
        Row committed = SegmentOfRow.one(piece + " in table commitments", commitments);
        Threads plan = context.threads();
        // As many at a time as planned: each takes its part of the heap at least. Repeated, it has all of it: the heap
        // may have been what was missing.
        boolean alone = plan.concurrent() == 1 || TaskContext.get().attemptNumber() > 0;
        long heap =
                alone ? plan.heapBytes() : Math.max(ProverMemory.toProve(piece), plan.heapBytes() / plan.concurrent());
        try (ProverSlot slot = ProverSlot.enter(heap, plan.threads())) {
            meter.phase(WAITING, slot.waitedMs());
            boolean cold = KeyRegistry.ofJvm().cold();
            KeyRegistry.Entry keys = context.keys(piece.target(), slot.parallel());
            meter.phase(KEYS, keys.waitedMs());
            HeapPeak peak = alone ? HeapPeak.begin() : null;
            SegmentWork.Made made = SegmentWork.prove(
                    keys.setup(),
                    segment,
                    read(piece, committed),
                    committed.getAs("run_words"),
                    challenges.get(index),
                    slot,
                    meter);
            if (peak != null) {
                meter.peakHeapBytes(peak.bytes());
            }
            return new Proved(
                    made.proof(),
                    made.committedCells(),
                    made.provingMs(),
                    made.phases(),
                    keys.waitedMs() < 1 ? 0 : keys.waitedMs(),
                    made.verificationMs(),
                    meter.measures().peakHeapBytes(),
                    KernelTest.ofJvm().backend(),
                    plan.threads(),
                    cold);
        }
    }

    /** The bytes of a commitment, which have been looked at. */
    private static byte[] read(SegmentPiece piece, Row committed) throws Failures.BadRowException {
        byte[] commitment = committed.getAs("commitment");
        try {
            SegmentCommitment.read(commitment);
            return commitment;
        } catch (IllegalArgumentException e) {
            throw new Failures.BadRowException(piece + ": " + e.getMessage());
        }
    }
}
