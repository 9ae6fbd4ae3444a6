package dev.firesteel.jobs.prove;

import dev.firesteel.field.Kernels;
import dev.firesteel.jobs.tasks.Meter;
import dev.firesteel.jobs.tasks.Outcome;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.request.ProgramKey;
import dev.firesteel.request.RunChallenge;
import dev.firesteel.request.RunVerifier;
import dev.firesteel.request.RunWords;
import dev.firesteel.request.SegmentCommitment;
import dev.firesteel.request.SegmentProver;
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
            Proved proved = prove(index, segments, commitments, meter);
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
            Parallel parallel = slot.parallel();
            boolean cold = KeyRegistry.ofJvm().cold();
            KeyRegistry.Entry keys = context.keys(piece.target(), parallel);
            meter.phase(KEYS, keys.waitedMs());
            HeapPeak peak = alone ? HeapPeak.begin() : null;
            TreeMap<String, Double> phases = new TreeMap<>();
            SegmentCommitment commitment = read(piece, committed);
            RunWords words = piece.segmentIndex() == 0 ? RunWords.read(committed.getAs("run_words")) : RunWords.none();
            RunChallenge challenge = RunChallenge.read(challenges.get(index));
            long begin = System.nanoTime();
            SegmentProver.Proved proved = new SegmentProver(keys.setup(), parallel)
                    .prove(segment, words, commitment, challenge.challenge(), (phase, nanos) -> {
                        phases.merge(phase, nanos / 1e6, Double::sum);
                        meter.phase(phase, nanos / 1e6);
                    });
            double provingMs = (System.nanoTime() - begin) / 1e6;
            meter.committedCells(proved.committedCells());
            begin = System.nanoTime();
            verify(keys.setup().programKey(), commitment, challenge, proved.bytes());
            double verificationMs = (System.nanoTime() - begin) / 1e6;
            meter.phase(VERIFYING, verificationMs);
            if (peak != null) {
                meter.peakHeapBytes(peak.bytes());
            }
            return new Proved(
                    proved.bytes(),
                    proved.committedCells(),
                    provingMs,
                    phases,
                    keys.waitedMs() < 1 ? 0 : keys.waitedMs(),
                    verificationMs,
                    meter.measures().peakHeapBytes(),
                    Kernels.get().name().startsWith("vector") ? "cpu-vector" : "cpu-scalar",
                    plan.threads(),
                    cold);
        }
    }

    private static SegmentCommitment read(SegmentPiece piece, Row committed) throws Failures.BadRowException {
        try {
            return SegmentCommitment.read(committed.getAs("commitment"));
        } catch (IllegalArgumentException e) {
            throw new Failures.BadRowException(piece + ": " + e.getMessage());
        }
    }

    private static void verify(ProgramKey key, SegmentCommitment commitment, RunChallenge challenge, byte[] proof)
            throws VerificationException {
        verifier(key).verifySegment(commitment, challenge.challenge(), proof);
    }

    /** A prover was told to use its preset; whether that is good enough is for verify to say. */
    static RunVerifier verifier(ProgramKey key) {
        return key.tables().preset().secure() ? RunVerifier.of(key) : RunVerifier.allowingInsecure(key);
    }
}
