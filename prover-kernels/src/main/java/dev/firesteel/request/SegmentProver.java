package dev.firesteel.request;

import dev.firesteel.air.Trace;
import dev.firesteel.chips.FirstLastChip;
import dev.firesteel.chips.RiscvTables;
import dev.firesteel.chips.SegmentTrace;
import dev.firesteel.machine.Boundary;
import dev.firesteel.machine.GlobalChallenge;
import dev.firesteel.machine.Prover;
import dev.firesteel.machine.Prover.PhaseListener;
import dev.firesteel.poly.Parallel;
import dev.firesteel.riscv.Outcome;
import dev.firesteel.riscv.Segment;
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
        this.setup = setup;
        this.prover = new Prover(setup.provingKey(), parallel);
        this.parallel = parallel;
    }

    /**
     * A segment whose boundary is committed.
     *
     * @param claim what its proof will say
     * @param boundaryRoot what the challenge has to depend on
     */
    record Committed(SegmentClaim claim, List<Integer> boundaryRoot) {}

    /** A segment as it was executed again, and its boundary tables. */
    private record Prepared(SegmentTrace trace, List<Trace> boundary) {}

    /**
     * Commits a segment's boundary.
     *
     * @param words all words of the run for its first segment, else none
     */
    Committed commit(Segment segment, List<FirstLastChip.Word> words) {
        Prepared prepared = prepare(segment, words);
        return new Committed(
                claim(prepared.trace), prover.commitBoundary(prepared.boundary).root());
    }

    /** Proves a segment; the same arguments give the same bytes. */
    byte[] prove(Segment segment, List<FirstLastChip.Word> words, GlobalChallenge challenge, PhaseListener listener) {
        long start = System.nanoTime();
        Prepared prepared = prepare(segment, words);
        List<Trace> main = setup.tables().fill(prepared.trace, prepared.boundary, parallel);
        listener.ended("trace", System.nanoTime() - start);
        start = System.nanoTime();
        Boundary boundary = prover.commitBoundary(prepared.boundary);
        listener.ended("boundary", System.nanoTime() - start);
        return prover.prove(main, claim(prepared.trace).messages(), boundary, challenge, listener);
    }

    private Prepared prepare(Segment segment, List<FirstLastChip.Word> words) {
        SegmentTrace trace = setup.tables().trace(segment);
        return new Prepared(trace, setup.tables().boundary(trace, segment.index() == 0 ? words : List.of()));
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
