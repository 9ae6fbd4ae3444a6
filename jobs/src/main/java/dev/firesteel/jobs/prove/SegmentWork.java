package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.tasks.Meter;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.request.InconsistentSegmentsException;
import dev.firesteel.request.ProgramKey;
import dev.firesteel.request.ProgramSetup;
import dev.firesteel.request.RunChallenge;
import dev.firesteel.request.RunVerifier;
import dev.firesteel.request.RunWords;
import dev.firesteel.request.SegmentCommitment;
import dev.firesteel.request.SegmentProver;
import dev.firesteel.riscv.Segment;
import java.io.Serializable;
import java.util.TreeMap;

/** Proves one segment and verifies the proof: what the job {@code prove} and the SQL function {@code prove_segment} both do. */
final class SegmentWork {
    private SegmentWork() {}

    /** A proof that verifies, and what it took. */
    record Made(
            byte[] proof, long committedCells, double provingMs, TreeMap<String, Double> phases, double verificationMs)
            implements Serializable {}

    /**
     * Proves a segment.
     *
     * @param commitment of the segment, {@link SegmentCommitment#bytes}
     * @param runWords of its execution for the first segment, {@link RunWords#bytes}; null for others
     * @param challenge of its execution, {@link RunChallenge#bytes}
     * @param meter is told phases and cells, also of what fails
     * @throws IllegalArgumentException when one of these is not what it should be
     * @throws InconsistentSegmentsException when it is not the segment that was committed
     * @throws VerificationException when the proof does not verify
     */
    static Made prove(
            ProgramSetup setup,
            Segment segment,
            byte[] commitment,
            byte[] runWords,
            byte[] challenge,
            ProverSlot slot,
            Meter meter)
            throws InconsistentSegmentsException, VerificationException {
        TreeMap<String, Double> phases = new TreeMap<>();
        SegmentCommitment committed = SegmentCommitment.read(commitment);
        RunWords words = segment.index() == 0 ? RunWords.read(runWords) : RunWords.none();
        RunChallenge drawn = RunChallenge.read(challenge);
        long begin = System.nanoTime();
        SegmentProver.Proved proved = new SegmentProver(setup, slot.parallel(), slot.memory())
                .prove(segment, words, committed, drawn.challenge(), (phase, nanos) -> {
                    phases.merge(phase, nanos / 1e6, Double::sum);
                    meter.phase(phase, nanos / 1e6);
                });
        double provingMs = (System.nanoTime() - begin) / 1e6;
        meter.committedCells(proved.committedCells());
        slot.keepMemory();
        begin = System.nanoTime();
        verifier(setup.programKey()).verifySegment(committed, drawn.challenge(), proved.bytes());
        double verificationMs = (System.nanoTime() - begin) / 1e6;
        meter.phase(ProveTask.VERIFYING, verificationMs);
        return new Made(proved.bytes(), proved.committedCells(), provingMs, phases, verificationMs);
    }

    /** A prover was told to use its preset; whether that is good enough is for verify to say. */
    static RunVerifier verifier(ProgramKey key) {
        return verifier(key, !key.tables().preset().secure());
    }

    /** The verifier of a program's proofs. */
    static RunVerifier verifier(ProgramKey key, boolean allowInsecure) {
        return allowInsecure ? RunVerifier.allowingInsecure(key) : RunVerifier.of(key);
    }
}
