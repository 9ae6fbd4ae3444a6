package dev.firesteel.request;

import dev.firesteel.chips.RiscvTables;
import dev.firesteel.field.Ext;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.machine.GlobalChallenge;
import dev.firesteel.machine.GlobalStatement;
import dev.firesteel.machine.Verifier;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Verifies core proofs for one program. Trusts nothing of a proof; immutable, and may be used by several threads. */
public final class RunVerifier {
    private final ProgramKey key;
    private final Verifier verifier;

    private RunVerifier(ProgramKey key, Verifier verifier) {
        this.key = key;
        this.verifier = verifier;
    }

    /** A verifier that refuses keys of insecure presets. */
    public static RunVerifier of(ProgramKey key) {
        return new RunVerifier(key, new Verifier(key.tables()));
    }

    /** A verifier for tests, which accepts keys of insecure presets too: what it accepts may be false. */
    public static RunVerifier allowingInsecure(ProgramKey key) {
        return new RunVerifier(key, Verifier.allowingInsecure(key.tables()));
    }

    /**
     * Returns when {@code proof} proves {@code statement}, which may be that of a failed run: the caller looks at the exit code that it asked for.
     *
     * @throws VerificationException when it does not, with the check that failed
     */
    public void verify(RunStatement statement, byte[] proof) throws VerificationException {
        CoreProof core = CoreProof.read(proof);
        check(Arrays.equals(core.keyDigest(), key.digest()), Rejection.OTHER_KEY, "key digest");
        check(core.exitCode() == statement.exitCode(), Rejection.OTHER_EXIT_CODE, String.valueOf(core.exitCode()));
        check(
                Arrays.equals(core.outputHash(), OutputHash.of(statement.output())),
                Rejection.OTHER_OUTPUT,
                "hash of the output");
        List<SegmentCommitment> segments = segments(statement, core.segments());
        GlobalChallenge challenge = GlobalChallenges.verify(key, statement, segments, core.work());
        Ext sum = Ext.ZERO;
        long multiplicities = 0;
        for (int i = 0; i < segments.size(); i++) {
            GlobalStatement said = verifySegment(
                    segments.get(i), challenge, core.segments().get(i).proof());
            sum = sum.plus(said.globalSum());
            multiplicities = Math.addExact(multiplicities, said.multiplicities());
        }
        // Otherwise p steps of a word from one segment to another would be none.
        check(multiplicities < KoalaBear.P, Rejection.MULTIPLICITIES_CAN_WRAP, "across segments");
        // Otherwise a segment could find in memory what no segment left there.
        check(sum.isZero(), Rejection.ACROSS_SEGMENTS, "sum over all segments");
    }

    /**
     * Returns when {@code proof} proves one segment of a run, which says nothing yet of what the segment finds in memory: for that the proofs of all segments are needed.
     *
     * @param challenge of the whole run
     * @throws VerificationException when it does not, with the check that failed
     */
    public GlobalStatement verifySegment(SegmentCommitment segment, GlobalChallenge challenge, byte[] proof)
            throws VerificationException {
        int index = segment.claim().index();
        GlobalStatement said = verifier.verify(segment.claim().messages(), challenge, proof);
        String where = "segment " + index;
        // Otherwise the challenge could have been known before this boundary was committed.
        check(said.boundaryRoot().equals(segment.boundaryRoot()), Rejection.BOUNDARY_ROOT, where);
        boolean opensMemory = said.logHeights().get(RiscvTables.FIRST_LAST) >= 0;
        // Otherwise words could have several first values, or none.
        check(opensMemory == (index == 0), Rejection.FIRST_VALUES, where);
        return said;
    }

    /** What each segment has to say: it starts where the one before ended, and the last one halts. */
    private List<SegmentCommitment> segments(RunStatement statement, List<CoreProof.SegmentPart> parts)
            throws VerificationException {
        check(!parts.isEmpty(), Rejection.BAD_STATEMENT, "no segments");
        List<SegmentCommitment> segments = new ArrayList<>();
        long startPc = key.entry();
        int outputStart = 0;
        byte[] output = statement.output();
        for (int i = 0; i < parts.size(); i++) {
            CoreProof.SegmentPart part = parts.get(i);
            boolean last = i == parts.size() - 1;
            int length = part.outputLength();
            check(length <= output.length - outputStart, Rejection.BAD_STATEMENT, "more output than the statement's");
            // One encoding only.
            check(!last || part.endPc() == 0, Rejection.BAD_STATEMENT, "an address behind the last segment");
            SegmentClaim claim = new SegmentClaim(
                    i,
                    startPc,
                    part.endPc(),
                    part.endClock(),
                    part.sharedWords(),
                    outputStart,
                    Arrays.copyOfRange(output, outputStart, outputStart + length),
                    last,
                    last ? statement.exitCode() : 0);
            segments.add(new SegmentCommitment(claim, part.boundaryRoot()));
            startPc = part.endPc();
            outputStart += length;
        }
        check(outputStart == output.length, Rejection.BAD_STATEMENT, "less output than the statement's");
        return segments;
    }

    private static void check(boolean condition, Rejection reason, String where) throws VerificationException {
        if (!condition) {
            throw new VerificationException(reason, where);
        }
    }
}
