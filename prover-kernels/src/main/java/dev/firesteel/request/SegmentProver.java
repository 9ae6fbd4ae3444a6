package dev.firesteel.request;

import dev.firesteel.air.Trace;
import dev.firesteel.chips.RiscvTables;
import dev.firesteel.chips.SegmentTrace;
import dev.firesteel.machine.Boundary;
import dev.firesteel.machine.GlobalChallenge;
import dev.firesteel.machine.Prover;
import dev.firesteel.machine.Prover.PhaseListener;
import dev.firesteel.poly.Memory;
import dev.firesteel.poly.Parallel;
import dev.firesteel.riscv.Outcome;
import dev.firesteel.riscv.Segment;
import java.util.Arrays;
import java.util.List;

/** Proves segments of one program, each alone: first its boundary is committed, then, when the challenge of the whole run is known, it is proved. */
public final class SegmentProver {
    private final ProgramSetup setup;
    private final Prover prover;
    private final Parallel parallel;

    /**
     * A prover that may be used for any segments, by one thread at a time.
     *
     * @param parallel the threads that it may use
     */
    public SegmentProver(ProgramSetup setup, Parallel parallel) {
        this(setup, parallel, new Memory());
    }

    /**
     * A prover that shares its memory with others, of other programs too, none of which is used at the same time.
     *
     * @param memory keeps between proofs what the last one took
     */
    public SegmentProver(ProgramSetup setup, Parallel parallel, Memory memory) {
        this.setup = setup;
        this.prover = new Prover(setup.provingKey(), parallel, memory);
        this.parallel = parallel;
    }

    /** A segment as it was executed again: what committing and proving it start from. */
    public static final class Executed {
        private final SegmentTrace trace;

        private Executed(SegmentTrace trace) {
            this.trace = trace;
        }

        /** The words that it shares with other segments. */
        public SegmentWords words() {
            return SegmentWords.of(trace);
        }
    }

    /**
     * A proof of a segment.
     *
     * @param bytes the proof
     * @param committedCells cells of the tables that were committed for it, those of the boundary among them
     */
    public record Proved(byte[] bytes, long committedCells) {}

    /**
     * Executes a segment of the program. It does not look whether the segment ends as it says.
     *
     * @throws dev.firesteel.riscv.ReplayException when it does not execute
     * @throws IllegalArgumentException when it is no segment that has tables
     */
    public Executed execute(Segment segment) {
        return new Executed(setup.tables().trace(segment));
    }

    /**
     * Commits a segment's boundary.
     *
     * @param words all words of the run for its first segment; not looked at for others
     */
    public SegmentCommitment commit(Executed executed, RunWords words) {
        return new SegmentCommitment(
                claim(executed.trace),
                prover.commitBoundary(boundary(executed.trace, words)).root());
    }

    /**
     * Proves a segment; the same arguments give the same bytes.
     *
     * @param words as for {@link #commit}
     * @param committed what {@link #commit} gave for it
     * @param challenge of the run, derived from all commitments
     * @throws InconsistentSegmentsException when it is not the segment that was committed
     */
    public Proved prove(
            Segment segment,
            RunWords words,
            SegmentCommitment committed,
            GlobalChallenge challenge,
            PhaseListener listener)
            throws InconsistentSegmentsException {
        long start = System.nanoTime();
        SegmentTrace trace = setup.tables().trace(segment);
        List<Trace> boundaryTables = boundary(trace, words);
        Boundary boundary = prover.commitBoundary(boundaryTables);
        SegmentCommitment found = new SegmentCommitment(claim(trace), boundary.root());
        if (!Arrays.equals(found.bytes(), committed.bytes())) {
            throw new InconsistentSegmentsException(
                    "segment " + segment.index() + " is not the one that was committed");
        }
        listener.ended("boundary", System.nanoTime() - start);
        start = System.nanoTime();
        List<Trace> main = setup.tables().fill(trace, boundaryTables, parallel);
        listener.ended("trace", System.nanoTime() - start);
        long cells = main.stream().mapToLong(t -> (long) t.height() * t.width()).sum();
        return new Proved(prover.prove(main, found.claim().messages(), boundary, challenge, listener), cells);
    }

    private List<Trace> boundary(SegmentTrace trace, RunWords words) {
        return setup.tables().boundary(trace, trace.segment().index() == 0 ? words.words() : List.of());
    }

    private static SegmentClaim claim(SegmentTrace trace) {
        Segment segment = trace.segment();
        boolean halted = segment.last() && segment.outcome() == Outcome.HALTED;
        return new SegmentClaim(
                segment.index(),
                segment.startPc(),
                halted ? 0 : segment.endPc(),
                trace.endClock(),
                RiscvTables.sharedWords(trace),
                Math.toIntExact(segment.outputStart()),
                segment.output(),
                halted,
                halted ? segment.exitCode() : 0);
    }
}
