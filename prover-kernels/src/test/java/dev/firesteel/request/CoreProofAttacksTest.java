package dev.firesteel.request;

import static dev.firesteel.protocol.Rejection.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.field.KoalaBear;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.request.CoreProof.SegmentPart;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.oracle.Runs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Core proofs taken apart and put together otherwise. Where the whole is consistent in itself, its challenge is derived anew, with all work, so that what is refused is the thing
 * itself and not the challenge.
 */
class CoreProofAttacksTest {
    private static final Parallel PARALLEL = new Parallel(2);
    private static final Program PROGRAM = Runs.load(ProvedRuns.everything().elf());
    private static final ProgramSetup SETUP = ProvedRuns.setup(PROGRAM, PARALLEL);
    private static final ProgramKey KEY = SETUP.programKey();
    /** Three segments: 9, 9 and 7 cycles; the second one has 8 bytes of output and the last one 3. */
    private static final List<Segment> SEGMENTS = ProvedRuns.segments(PROGRAM, ProvedRuns.input(5, 0), 9);

    private static final RunStatement STATEMENT = RunProver.statement(SEGMENTS);
    private static final byte[] PROOF = ProvedRuns.prove(SETUP, SEGMENTS, PARALLEL);
    /** What a proof is refused for whose challenge the verifier derives otherwise: the work before it, or what it is used for. */
    private static final Set<Rejection> OTHER_CHALLENGE = Set.of(GRINDING, LOGUP_SUM);

    private static final int HEADER = 6 + 36 + 32 + 4;

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    private static CoreProof core() {
        return core(PROOF);
    }

    private static CoreProof core(byte[] proof) {
        try {
            return CoreProof.read(proof);
        } catch (VerificationException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] with(List<SegmentPart> parts) {
        CoreProof core = core();
        return new CoreProof(core.keyDigest(), core.outputHash(), core.exitCode(), core.work(), parts).bytes();
    }

    private static List<SegmentPart> parts() {
        return new ArrayList<>(core().segments());
    }

    private static Rejection rejection(byte[] proof) {
        return ProvedRuns.rejection(KEY, STATEMENT, proof);
    }

    private static void refused(Set<Rejection> reasons, byte[] proof) {
        Rejection reason = rejection(proof);
        assertTrue(reason != null && reasons.contains(reason), () -> "" + reason);
    }

    private static SegmentPart end(SegmentPart p, long endPc, int endClock) {
        return new SegmentPart(endPc, endClock, p.sharedWords(), p.outputLength(), p.boundaryRoot(), p.proof());
    }

    private static SegmentPart shared(SegmentPart p, int sharedWords) {
        return new SegmentPart(p.endPc(), p.endClock(), sharedWords, p.outputLength(), p.boundaryRoot(), p.proof());
    }

    private static SegmentPart output(SegmentPart p, int length) {
        return new SegmentPart(p.endPc(), p.endClock(), p.sharedWords(), length, p.boundaryRoot(), p.proof());
    }

    private static SegmentPart root(SegmentPart p, List<Integer> root) {
        return new SegmentPart(p.endPc(), p.endClock(), p.sharedWords(), p.outputLength(), root, p.proof());
    }

    private static SegmentPart proof(SegmentPart p, byte[] proof) {
        return new SegmentPart(p.endPc(), p.endClock(), p.sharedWords(), p.outputLength(), p.boundaryRoot(), proof);
    }

    // --- honest ---

    @Test
    void theProofItselfIsAccepted() {
        assertEquals(3, core().segments().size());
        assertNull(rejection(PROOF));
        assertNull(rejection(with(parts())));
    }

    @Test
    void anInsecurePresetIsRefusedUnlessAskedFor() {
        VerificationException e = assertThrows(
                VerificationException.class, () -> RunVerifier.of(KEY).verify(STATEMENT, PROOF));
        assertEquals(INSECURE_PRESET, e.reason());
    }

    // --- the order of segments ---

    @Test
    void segmentsReorderedDroppedOrTwiceAreRefused() {
        for (int i = 0; i < 3; i++) {
            for (int j = i + 1; j < 3; j++) {
                List<SegmentPart> swapped = parts();
                Collections.swap(swapped, i, j);
                // The last one's place is known by the address behind it, which is 0.
                refused(j == 2 ? Set.of(BAD_STATEMENT) : OTHER_CHALLENGE, with(swapped));
            }
            List<SegmentPart> dropped = parts();
            dropped.remove(i);
            // Without its output, or with it twice, the statement's is not met.
            refused(i > 0 ? Set.of(BAD_STATEMENT) : OTHER_CHALLENGE, with(dropped));
            List<SegmentPart> twice = parts();
            twice.add(i, twice.get(i));
            refused(i > 0 ? Set.of(BAD_STATEMENT) : OTHER_CHALLENGE, with(twice));
            List<SegmentPart> appended = parts();
            appended.add(parts().get(i));
            refused(Set.of(BAD_STATEMENT), with(appended));
        }
        refused(Set.of(BAD_STATEMENT), with(List.of()));
    }

    @Test
    void aSegmentOfARunWithOtherInputIsRefused() {
        List<Segment> others = ProvedRuns.segments(PROGRAM, ProvedRuns.input(77, 0), 9);
        CoreProof other = core(ProvedRuns.prove(SETUP, others, PARALLEL));
        for (int i = 0; i < 3; i++) {
            List<SegmentPart> parts = parts();
            parts.set(i, other.segments().get(i));
            refused(OTHER_CHALLENGE, with(parts));
        }
    }

    @Test
    void segmentsOfTwoRunsProvedForOneChallengeLeaveASum() {
        // The prover knows what will be put together: all is right but what memory says across segments.
        ForgedRun run = ForgedRun.of(SETUP, SEGMENTS);
        ForgedRun other = ForgedRun.of(SETUP, ProvedRuns.segments(PROGRAM, ProvedRuns.input(77, 0), 9));
        run.take(0, other);
        assertEquals(Set.of("bus across segments"), run.violations());
        assertEquals(ACROSS_SEGMENTS, rejection(run.prove(PARALLEL)));
    }

    // --- key and statement ---

    @Test
    void aProofForAnotherProgramOfTheSameShapeIsRefused() {
        var asm = ProvedRuns.everything();
        asm.fence();
        Program program = Runs.load(asm.elf());
        ProgramSetup foreign = ProvedRuns.setup(program, PARALLEL);
        List<Segment> segments = ProvedRuns.segments(program, ProvedRuns.input(5, 0), 100);
        byte[] proof = ProvedRuns.prove(foreign, segments, PARALLEL);
        ProvedRuns.assertAccepted(foreign.programKey(), RunProver.statement(segments), proof);
        assertEquals(OTHER_KEY, rejection(proof));
        // With the digest put in it is another one's challenge, before which the work is right by chance only, and then
        // another one's tables.
        CoreProof core = core(proof);
        Rejection reason = rejection(
                new CoreProof(KEY.digest(), core.outputHash(), core.exitCode(), core.work(), core.segments()).bytes());
        assertTrue(Set.of(OTHER_KEY, GRINDING).contains(reason), () -> "" + reason);
    }

    @Test
    void everyOtherStatementIsRefused() {
        byte[] output = STATEMENT.output();
        for (int i = 0; i < output.length; i++) {
            byte[] changed = output.clone();
            changed[i] ^= 1;
            statement(OTHER_OUTPUT, new RunStatement(changed, 0));
        }
        for (int length : new int[] {0, output.length - 1, output.length + 1}) {
            statement(OTHER_OUTPUT, new RunStatement(Arrays.copyOf(output, length), 0));
        }
        for (int code : new int[] {1, 255, 256, -1, 1 << 16, Integer.MIN_VALUE}) {
            statement(OTHER_EXIT_CODE, new RunStatement(output, code));
        }
    }

    private static void statement(Rejection early, RunStatement statement) {
        assertEquals(early, ProvedRuns.rejection(KEY, statement, PROOF));
        // The hash and the exit code of the proof are there to say it early; without them it is the challenge that
        // differs, or the lengths.
        CoreProof core = core();
        byte[] proof = new CoreProof(
                        core.keyDigest(),
                        OutputHash.of(statement.output()),
                        statement.exitCode(),
                        core.work(),
                        core.segments())
                .bytes();
        Rejection reason = ProvedRuns.rejection(KEY, statement, proof);
        boolean sameLength = statement.output().length == STATEMENT.output().length;
        assertTrue(
                sameLength ? OTHER_CHALLENGE.contains(reason) : reason == BAD_STATEMENT,
                () -> reason + " for " + statement);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 255})
    void otherExitCodesAreRefusedByTheHaltBusWhenAllElseFits(int code) {
        // The tables are those of a run that exits with 256, everything derived from them for a statement that says
        // otherwise.
        ForgedRun run = ForgedRun.of(SETUP, ProvedRuns.segments(PROGRAM, ProvedRuns.input(5, 256), 100));
        run.statement = new RunStatement(run.statement.output(), code);
        run.claims.set(0, Claims.exitCode(run.claims.get(0), code));
        assertEquals(Set.of("bus halt"), run.violations());
        if (code == 0) {
            byte[] proof = run.prove(PARALLEL);
            assertEquals(LOGUP_SUM, ProvedRuns.rejection(KEY, run.statement, proof));
        }
    }

    @Test
    void otherOutputIsRefusedByTheOutputBusWhenAllElseFits() {
        ForgedRun run = ForgedRun.of(SETUP, ProvedRuns.segments(PROGRAM, ProvedRuns.input(5, 0), 100));
        SegmentClaim claim = run.claims.get(0);
        byte[] output = claim.output();
        for (byte[] other : List.of(
                changed(output, 0),
                Arrays.copyOf(output, output.length - 1),
                Arrays.copyOf(output, output.length + 1),
                new byte[0])) {
            run.claims.set(0, Claims.output(claim, 0, other));
            assertEquals(Set.of("bus output"), run.violations());
        }
        run.claims.set(0, Claims.output(claim, 1, output));
        assertEquals(Set.of("bus output"), run.violations());
        run.claims.set(0, Claims.output(claim, 0, changed(output, 3)));
        run.statement = new RunStatement(changed(output, 3), 0);
        byte[] proof = run.prove(PARALLEL);
        assertEquals(LOGUP_SUM, ProvedRuns.rejection(KEY, run.statement, proof));
    }

    private static byte[] changed(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 0x40;
        return changed;
    }

    // --- what segments claim ---

    @Test
    void changedClaimsOfSegmentsAreRefused() {
        for (int i = 0; i < 3; i++) {
            SegmentPart part = parts().get(i);
            List<SegmentPart> changes = List.of(
                    end(part, part.endPc(), part.endClock() + 4),
                    end(part, part.endPc(), part.endClock() - 4),
                    end(part, part.endPc(), 1 << 24),
                    shared(part, part.sharedWords() + 1),
                    shared(part, part.sharedWords() - 1),
                    shared(part, 1));
            for (SegmentPart change : changes) {
                List<SegmentPart> parts = parts();
                parts.set(i, change);
                refused(OTHER_CHALLENGE, with(parts));
            }
            List<SegmentPart> parts = parts();
            parts.set(i, end(part, part.endPc() + 4, part.endClock()));
            refused(i == 2 ? Set.of(BAD_STATEMENT) : OTHER_CHALLENGE, with(parts));
        }
        List<SegmentPart> moved = parts();
        moved.set(1, output(moved.get(1), 7));
        moved.set(2, output(moved.get(2), 4));
        refused(OTHER_CHALLENGE, with(moved));
        moved.set(2, output(moved.get(2), 5));
        refused(Set.of(BAD_STATEMENT), with(moved));
        moved.set(2, output(moved.get(2), 0));
        refused(Set.of(BAD_STATEMENT), with(moved));
    }

    @Test
    void numbersThatNoSegmentHasAreRefusedBeforeAnythingIsVerified() {
        for (int i = 0; i < 3; i++) {
            SegmentPart part = parts().get(i);
            List<SegmentPart> changes = List.of(
                    end(part, part.endPc() + 2, part.endClock()),
                    end(part, part.endPc() + 1, part.endClock()),
                    end(part, part.endPc(), 4),
                    end(part, part.endPc(), 0),
                    end(part, part.endPc(), -4),
                    end(part, part.endPc(), (1 << 24) + 1),
                    end(part, part.endPc(), Integer.MAX_VALUE),
                    shared(part, 0),
                    shared(part, -1),
                    // Multiplicities are counted modulo p: p words would be none, p − 1 would be −1.
                    shared(part, KoalaBear.P),
                    shared(part, KoalaBear.P - 1),
                    shared(part, KoalaBear.P + part.sharedWords()),
                    shared(part, Integer.MAX_VALUE),
                    shared(part, (1 << 24) + 1),
                    output(part, -1),
                    output(part, Integer.MIN_VALUE),
                    output(part, Integer.MAX_VALUE),
                    output(part, KoalaBear.P));
            for (SegmentPart change : changes) {
                List<SegmentPart> parts = parts();
                parts.set(i, change);
                assertEquals(BAD_STATEMENT, rejection(with(parts)), () -> change.toString());
            }
        }
    }

    @Test
    void swappedOrForeignBoundaryRootsAreRefused() {
        List<SegmentPart> parts = parts();
        List<SegmentPart> swapped = parts();
        swapped.set(0, root(parts.get(0), parts.get(1).boundaryRoot()));
        swapped.set(1, root(parts.get(1), parts.get(0).boundaryRoot()));
        refused(OTHER_CHALLENGE, with(swapped));
    }

    @Test
    void aChallengeThatIsDrawnFromOtherRootsThanTheProvedOnesIsRefused() {
        // All is proved with a challenge that follows from roots which the prover has chosen freely: what would let it
        // know the challenge before it commits.
        ForgedRun run = ForgedRun.of(SETUP, ProvedRuns.segments(PROGRAM, ProvedRuns.input(5, 0), 100));
        List<Integer> chosen = new ArrayList<>(Collections.nCopies(9, KoalaBear.ONE));
        byte[] proof = run.prove(List.of(chosen), PARALLEL);
        assertEquals(BOUNDARY_ROOT, ProvedRuns.rejection(KEY, run.statement, proof));
    }

    @Test
    void proofsOfSegmentsExchangedAreRefused() {
        List<SegmentPart> parts = parts();
        List<SegmentPart> swapped = parts();
        swapped.set(0, proof(parts.get(0), parts.get(1).proof()));
        swapped.set(1, proof(parts.get(1), parts.get(0).proof()));
        refused(OTHER_CHALLENGE, with(swapped));
    }

    @Test
    void otherWorkBeforeTheChallengeIsRefused() {
        CoreProof core = core();
        for (int change = 1; change < 20; change++) {
            byte[] work = core.work().clone();
            if (work.length == 0) {
                break;
            }
            work[0] ^= (byte) change;
            refused(
                    Set.of(GRINDING, LOGUP_SUM),
                    new CoreProof(core.keyDigest(), core.outputHash(), core.exitCode(), work, core.segments()).bytes());
        }
        assertEquals(
                PROOF_TOO_LONG,
                rejection(new CoreProof(
                                core.keyDigest(),
                                core.outputHash(),
                                core.exitCode(),
                                Arrays.copyOf(core.work(), core.work().length + 4),
                                core.segments())
                        .bytes()));
    }

    // --- bytes ---

    @Test
    void everyByteOfTheHeaderIsChecked() {
        for (int at = 0; at < HEADER; at++) {
            byte[] changed = PROOF.clone();
            changed[at] ^= 1;
            Set<Rejection> reasons = at < 6
                    ? Set.of(BAD_HEADER)
                    : at < 42
                            ? Set.of(OTHER_KEY, ELEMENT_NOT_CANONICAL)
                            : at < 74 ? Set.of(OTHER_OUTPUT) : Set.of(OTHER_EXIT_CODE);
            refused(reasons, changed);
        }
    }

    @Test
    void everyByteOfASegmentsHeaderIsChecked() {
        int first = HEADER + 1 + core().work().length;
        // Number of segments; then the first one's numbers, root and length.
        for (int at = first; at < first + 2 + 4 * 4 + 36 + 4; at++) {
            for (int bit : new int[] {0, 7}) {
                byte[] changed = PROOF.clone();
                changed[at] ^= (byte) (1 << bit);
                Rejection reason = rejection(changed);
                assertTrue(
                        reason != null
                                && (OTHER_CHALLENGE.contains(reason)
                                        || Set.of(BAD_STATEMENT, PROOF_TOO_SHORT, PROOF_TOO_LONG, ELEMENT_NOT_CANONICAL)
                                                .contains(reason)),
                        "byte " + at + ": " + reason);
            }
        }
    }

    @Test
    void lengthsThatAreWrongAreRefused() {
        int at = HEADER + 1 + core().work().length + 2 + 4 * 4 + 36;
        int length = parts().get(0).proof().length;
        assertEquals(length, ByteBuffer.wrap(PROOF).getInt(at));
        for (int other : new int[] {0, length - 1, length + 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            byte[] changed = PROOF.clone();
            ByteBuffer.wrap(changed).putInt(at, other);
            refused(Set.of(PROOF_TOO_SHORT, PROOF_TOO_LONG, BAD_STATEMENT, ELEMENT_NOT_CANONICAL), changed);
        }
    }

    @Test
    void proofsCutAnywhereOrContinuedAreRefused() {
        int ends = HEADER + 1 + core().work().length + 2;
        List<Integer> lengths = new ArrayList<>();
        for (int i = 0; i < ends + 60; i++) {
            lengths.add(i);
        }
        for (SegmentPart part : parts()) {
            for (int field : new int[] {4, 4, 4, 4, 36, 4, part.proof().length}) {
                ends += field;
                lengths.addAll(List.of(ends - 1, ends, ends + 1));
            }
        }
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 200; i++) {
            lengths.add(random.nextInt(PROOF.length));
        }
        for (int length : lengths) {
            if (length < PROOF.length) {
                assertEquals(PROOF_TOO_SHORT, rejection(Arrays.copyOf(PROOF, length)), "length " + length);
            } else if (length > PROOF.length) {
                assertEquals(PROOF_TOO_LONG, rejection(Arrays.copyOf(PROOF, length)), "length " + length);
            }
        }
        assertEquals(PROOF.length, ends);
    }

    @Test
    void bytesBehindASegmentsProofAreRefused() {
        List<SegmentPart> parts = parts();
        byte[] proof = parts.get(2).proof();
        parts.set(2, proof(parts.get(2), Arrays.copyOf(proof, proof.length + 4)));
        assertEquals(PROOF_TOO_LONG, rejection(with(parts)));
        parts.set(2, proof(parts.get(2), Arrays.copyOf(proof, proof.length - 4)));
        assertEquals(PROOF_TOO_SHORT, rejection(with(parts)));
        parts.set(2, proof(parts.get(2), new byte[0]));
        assertEquals(PROOF_TOO_SHORT, rejection(with(parts)));
    }
}
