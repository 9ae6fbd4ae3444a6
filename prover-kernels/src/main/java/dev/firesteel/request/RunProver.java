package dev.firesteel.request;

import dev.firesteel.chips.FirstLastChip;
import dev.firesteel.chips.RiscvTables;
import dev.firesteel.chips.SegmentTrace;
import dev.firesteel.machine.Prover.PhaseListener;
import dev.firesteel.poly.Parallel;
import dev.firesteel.riscv.Outcome;
import dev.firesteel.riscv.Segment;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

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

        NotProvableException(String message) {
            super(message);
        }
    }

    /**
     * The core proof of a run, of whatever exit code.
     *
     * @param segments all of them, in order
     * @throws NotProvableException when the run ended by a trap or at a limit, or has too many segments
     */
    public byte[] prove(List<Segment> segments, PhaseListener listener) throws NotProvableException {
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
        List<FirstLastChip.Word> words = words(segments);
        List<SegmentClaim> claims = new ArrayList<>();
        List<List<Integer>> roots = new ArrayList<>();
        for (Segment segment : segments) {
            SegmentProver.Committed committed = prover.commit(segment, words);
            claims.add(committed.claim());
            roots.add(committed.boundaryRoot());
        }
        GlobalChallenges.Found found = GlobalChallenges.prove(setup.programKey(), statement, claims, roots, parallel);
        List<CoreProof.SegmentPart> parts = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            SegmentClaim claim = claims.get(i);
            parts.add(new CoreProof.SegmentPart(
                    claim.endPc(),
                    claim.endClock(),
                    claim.sharedWords(),
                    claim.output().length,
                    roots.get(i),
                    prover.prove(segments.get(i), words, found.challenge(), listener)));
        }
        return new CoreProof(
                        setup.programKey().digest(),
                        OutputHash.of(statement.output()),
                        statement.exitCode(),
                        found.work(),
                        parts)
                .bytes();
    }

    /** The statement of a run that halted. */
    public static RunStatement statement(List<Segment> segments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        segments.forEach(s -> output.writeBytes(s.output()));
        return new RunStatement(
                output.toByteArray(), segments.get(segments.size() - 1).exitCode());
    }

    /** First and last values of all words that the run touches, by address. */
    private List<FirstLastChip.Word> words(List<Segment> segments) {
        SortedMap<Long, FirstLastChip.Word> words = new TreeMap<>();
        for (Segment segment : segments) {
            SegmentTrace trace = setup.tables().trace(segment);
            RiscvTables.words(
                    trace,
                    (address, in, earlier, out) -> words.merge(
                            address,
                            new FirstLastChip.Word(address, in, out, segment.index() + 1),
                            (before, now) ->
                                    new FirstLastChip.Word(address, before.first(), now.last(), now.segment())));
        }
        return List.copyOf(words.values());
    }
}
