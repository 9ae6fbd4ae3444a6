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

    /** A segment whose boundary is committed: what proving it in the same process starts from. It holds the segment's steps and its boundary's tree. */
    public static final class Committed {
        private final SegmentTrace trace;
        private final List<Trace> boundaryTables;
        private final Boundary boundary;
        private final SegmentCommitment commitment;

        private Committed(SegmentTrace trace, List<Trace> boundaryTables, Boundary boundary) {
            this.trace = trace;
            this.boundaryTables = boundaryTables;
            this.boundary = boundary;
            this.commitment = new SegmentCommitment(claim(trace), boundary.root());
        }

        /** What the challenge of the run is drawn from. */
        public SegmentCommitment commitment() {
            return commitment;
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
    public Committed commit(Executed executed, RunWords words) {
        List<Trace> tables = boundary(executed.trace, words);
        return new Committed(executed.trace, tables, prover.commitBoundary(tables));
    }

    /**
     * Proves a segment that was committed elsewhere, from the segment again; the same arguments give the same bytes.
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
        Executed executed = execute(segment);
        listener.ended("execute", System.nanoTime() - start);
        start = System.nanoTime();
        Committed again = commit(executed, words);
        if (!Arrays.equals(again.commitment.bytes(), committed.bytes())) {
            throw new InconsistentSegmentsException(
                    "segment " + segment.index() + " is not the one that was committed");
        }
        listener.ended("boundary", System.nanoTime() - start);
        return prove(again, challenge, listener);
    }

    /**
     * Proves a segment that this prover committed; the same arguments give the same bytes.
     *
     * @param challenge of the run, derived from all commitments
     */
    public Proved prove(Committed committed, GlobalChallenge challenge, PhaseListener listener) {
        long start = System.nanoTime();
        List<Trace> main = setup.tables().fill(committed.trace, committed.boundaryTables, parallel);
        listener.ended("trace", System.nanoTime() - start);
        long cells = main.stream().mapToLong(t -> (long) t.height() * t.width()).sum();
        return new Proved(
                prover.prove(main, committed.commitment.claim().messages(), committed.boundary, challenge, listener),
                cells);
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
