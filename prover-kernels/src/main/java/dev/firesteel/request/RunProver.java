package dev.firesteel.request;

import dev.firesteel.machine.Prover.PhaseListener;
import dev.firesteel.poly.Parallel;
import dev.firesteel.riscv.Outcome;
import dev.firesteel.riscv.Segment;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Proves a whole run whose segments are at hand. */
public final class RunProver {
    private final ProgramSetup setup;
    private final SegmentProver prover;
    private final Parallel parallel;

    /**
     * A prover that may be used for any runs of the program, by one thread at a time.
     *
     * @param parallel the threads that it may use
     */
    public RunProver(ProgramSetup setup, Parallel parallel) {
        this.setup = setup;
        this.prover = new SegmentProver(setup, parallel);
        this.parallel = parallel;
    }

    /** A run that cannot be proved: it did not end by HALT. */
    public static final class NotProvableException extends Exception {
        private static final long serialVersionUID = 1L;

        public NotProvableException(String message) {
            super(message);
        }
    }

    /**
     * A proof of a run.
     *
     * @param bytes the core proof
     * @param committedCells cells of the tables that were committed for it
     */
    public record Proved(byte[] bytes, long committedCells) {}

    /** The bytes of {@link #proved}. */
    public byte[] prove(List<Segment> segments, PhaseListener listener) throws NotProvableException {
        return proved(segments, listener).bytes();
    }

    /**
     * The core proof of a run, of whatever exit code.
     *
     * @param segments all of them, in order
     * @throws NotProvableException when the run ended by a trap or at a limit, or has too many segments
     * @throws IllegalArgumentException when the segments are not those of one run
     */
    public Proved proved(List<Segment> segments, PhaseListener listener) throws NotProvableException {
        Segment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
        if (last == null || last.outcome() != Outcome.HALTED) {
            throw new NotProvableException("the run did not halt"
                    + (last == null ? "" : ": it ended as " + last.outcome())
                    + "; only runs that end by HALT have proofs");
        }
        if (segments.size() > CoreProof.MAX_SEGMENTS) {
            throw new NotProvableException("the run has " + segments.size() + " segments, more than "
                    + CoreProof.MAX_SEGMENTS + "; make them longer");
        }
        RunStatement statement = statement(segments);
        try {
            return proved(segments, statement, listener);
        } catch (InconsistentSegmentsException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private Proved proved(List<Segment> segments, RunStatement statement, PhaseListener listener)
            throws InconsistentSegmentsException, NotProvableException {
        // The boundary of segment 0 has the words of all others in it, so it comes last; what it starts from is kept,
        // and the rest is executed again.
        SegmentProver.Executed first = timed("execute", listener, () -> prover.execute(segments.get(0)));
        RunWords words = RunWords.none().then(first.words());
        List<SegmentCommitment> commitments = new ArrayList<>();
        for (Segment segment : segments.subList(1, segments.size())) {
            SegmentProver.Executed executed = timed("execute", listener, () -> prover.execute(segment));
            words = words.then(executed.words());
            commitments.add(timed("boundary", listener, () -> prover.commit(executed, RunWords.none()))
                    .commitment());
        }
        RunWords all = words;
        SegmentProver.Committed committed = timed("boundary", listener, () -> prover.commit(first, all));
        commitments.add(0, committed.commitment());
        RunChallenge challenge = RunChallenge.of(setup.programKey(), statement, commitments, parallel);
        List<byte[]> proofs = new ArrayList<>();
        SegmentProver.Proved proved = prover.prove(committed, challenge.challenge(), listener);
        proofs.add(proved.bytes());
        long cells = proved.committedCells();
        for (int i = 1; i < segments.size(); i++) {
            proved = prover.prove(segments.get(i), words, commitments.get(i), challenge.challenge(), listener);
            proofs.add(proved.bytes());
            cells += proved.committedCells();
        }
        CoreProof core = CoreProof.of(setup.programKey(), statement, commitments, challenge, proofs);
        return new Proved(core.bytes(), cells);
    }

    private static <T> T timed(String phase, PhaseListener listener, Supplier<T> work) {
        long start = System.nanoTime();
        T made = work.get();
        listener.ended(phase, System.nanoTime() - start);
        return made;
    }

    /** The statement of a run that halted. */
    public static RunStatement statement(List<Segment> segments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        segments.forEach(s -> output.writeBytes(s.output()));
        return new RunStatement(
                output.toByteArray(), segments.get(segments.size() - 1).exitCode());
    }
}
