package dev.firesteel.machine;

import static dev.firesteel.protocol.Rejection.BAD_HEIGHT;
import static dev.firesteel.protocol.Rejection.BAD_STATEMENT;
import static dev.firesteel.protocol.Rejection.GKR_ROUND;
import static dev.firesteel.protocol.Rejection.GLOBAL_SUM;
import static dev.firesteel.protocol.Rejection.GRINDING;
import static dev.firesteel.protocol.Rejection.LOGUP_SUM;
import static dev.firesteel.protocol.Rejection.STACKING_FINAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.Balance;
import dev.firesteel.air.Bus;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Trace;
import dev.firesteel.air.TraceChecker;
import dev.firesteel.air.Violation;
import dev.firesteel.field.Ext;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.machine.CheatingProver.Lie;
import dev.firesteel.machine.SharedMemory.Run;
import dev.firesteel.machine.SharedMemory.Segment;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Requests whose segments do not fit each other, and proofs that lie about what they send to others: each is refused by the check that is meant to. */
class SegmentForgeriesTest {
    private static final Parallel PARALLEL = new Parallel(1);
    private static final ProvingKey KEY = ProvedRequest.key(SecurityPreset.TEST_FAST, PARALLEL);
    private static final Prover PROVER = new Prover(KEY, PARALLEL);
    /** A change that the transcript alone sees: the first challenges are others, unless the work before them is missing. */
    private static final Set<Rejection> OTHER_TRANSCRIPT = Set.of(GRINDING, LOGUP_SUM);

    private static final int HEIGHTS_AT = 6 + 4 * 9;

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    private static ProvedRequest honest() {
        return ProvedRequest.of(KEY, SharedMemory.run(2, 6, 7, 12), PARALLEL);
    }

    /** Another request whose first segment has tables of the same heights, and other values. */
    private static Segment foreign(ProvedRequest request) {
        Segment first = request.run().segments().get(0);
        for (int seed = 100; ; seed++) {
            Segment other = SharedMemory.run(seed, 6, 7).segments().get(0);
            if (other.main().get(1).height() == first.main().get(1).height()
                    && other.messages().equals(first.messages())) {
                return other;
            }
        }
    }

    private static ProvedRequest with(ProvedRequest request, int segment, Segment other, byte[] proof) {
        List<Segment> segments = new ArrayList<>(request.run().segments());
        segments.set(segment, other);
        List<byte[]> proofs = new ArrayList<>(request.proofs());
        proofs.set(segment, proof);
        return new ProvedRequest(
                request.key(),
                new Run(segments, request.run().ends()),
                request.boundaries(),
                request.challenge(),
                proofs);
    }

    /** Why the caller refuses what all proofs together say. */
    private static String unsound(ProvedRequest request) {
        return assertThrows(ProvedRequest.Unsound.class, request::verify).getMessage();
    }

    private static Rejection rejection(ProvedRequest request) {
        return assertThrows(VerificationException.class, request::verify).reason();
    }

    // --- the boundary and the challenge ---

    @Test
    void aBoundaryChangedAfterTheChallengeHasAnotherRoot() throws Exception {
        ProvedRequest request = honest();
        Segment other = foreign(request);
        Boundary boundary = PROVER.commitBoundary(other.main());
        byte[] proof = PROVER.prove(other.main(), other.messages(), boundary, request.challenge());
        // In itself the proof is one: whoever does not look at the roots has accepted it.
        GlobalStatement statement =
                Verifier.allowingInsecure(KEY.verifyingKey()).verify(other.messages(), request.challenge(), proof);
        assertNotEquals(request.boundaries().get(0).root(), statement.boundaryRoot());
        assertEquals("challenge", unsound(with(request, 0, other, proof)));
    }

    @Test
    void boundaryColumnsOpenedAgainstAnotherRootAreRefused() {
        ProvedRequest request = honest();
        Segment other = foreign(request);
        // The root is that which the challenge was derived from, the columns that are proved are others.
        byte[] proof = PROVER.prove(
                other.main(), other.messages(), request.boundaries().get(0), request.challenge());
        assertEquals(STACKING_FINAL, rejection(with(request, 0, other, proof)));
    }

    @Test
    void anotherChallengeThanTheProversIsRefused() {
        ProvedRequest request = honest();
        GlobalChallenge challenge = request.challenge();
        for (GlobalChallenge other : List.of(
                new GlobalChallenge(challenge.alpha().plus(Ext.ONE), challenge.beta()),
                new GlobalChallenge(challenge.alpha(), challenge.beta().plus(Ext.ONE)),
                new GlobalChallenge(challenge.beta(), challenge.alpha()))) {
            ProvedRequest asked = new ProvedRequest(KEY, request.run(), request.boundaries(), other, request.proofs());
            assertTrue(OTHER_TRANSCRIPT.contains(rejection(asked)));
        }
    }

    /** Cells of a boundary that are chosen when the challenge is known can say anything; the root gives them away. */
    @Test
    void boundaryCellsThatCancelForAKnownChallengeAreRefusedByTheirRoot() throws Exception {
        Machine machine = TestChips.globalSender();
        ProvingKey key =
                ProvingKey.setup(SecurityPreset.TEST_FAST, machine, 4, Collections.singletonList(null), PARALLEL);
        Prover prover = new Prover(key, PARALLEL);
        int[] cells = {11, 12, 13, 14, 15, 16, 17};
        Boundary boundary = prover.commitBoundary(List.of(TestChips.row(cells)));
        PublicMessage received = PublicMessage.received(TestChips.WIDE_GLOBAL_BUS, new int[0], cells);
        Run run = new Run(List.of(), List.of(received));
        GlobalChallenge known = ProvedRequest.challenge(key.verifyingKey(), run, List.of(boundary.root()));
        int[] relation = FrozenChallengesTest.relation(known.beta());
        int[] forged = new int[cells.length];
        Arrays.setAll(forged, k -> KoalaBear.add(cells[k], relation[k]));
        Verifier verifier = Verifier.allowingInsecure(key.verifyingKey());
        GlobalStatement accepted = sent(prover, verifier, forged, known);
        assertTrue(accepted.globalSum().plus(known.sum(run.ends())).isZero(), "what was not sent is received");
        GlobalChallenge fresh = ProvedRequest.challenge(key.verifyingKey(), run, List.of(accepted.boundaryRoot()));
        assertNotEquals(known, fresh);
        GlobalStatement again = sent(prover, verifier, forged, fresh);
        assertFalse(again.globalSum().plus(fresh.sum(run.ends())).isZero());
    }

    private static GlobalStatement sent(Prover prover, Verifier verifier, int[] cells, GlobalChallenge challenge)
            throws VerificationException {
        List<Trace> main = List.of(TestChips.row(cells));
        byte[] proof = prover.prove(main, List.of(), prover.commitBoundary(main), challenge);
        return verifier.verify(List.of(), challenge, proof);
    }

    // --- sums ---

    @Test
    void aSumThatIsNotTheTablesIsRefusedWhateverFollows() {
        ProvedRequest request = honest();
        assertNull(lie(request, Lie.NOWHERE, 0));
        assertEquals(LOGUP_SUM, lie(request, Lie.GLOBAL_SUM, 0));
        assertEquals(GKR_ROUND, lie(request, Lie.GLOBAL_SUM_AND_TOP, 0));
    }

    private static Rejection lie(ProvedRequest request, Lie lie, int segment) {
        Proved proved = Proved.of(request, segment);
        List<Trace> main = proved.instance().main();
        byte[] proof = new CheatingProver(
                        KEY,
                        lie,
                        main,
                        proved.instance().messages(),
                        request.boundaries().get(segment),
                        request.challenge(),
                        PARALLEL)
                .prove(SharedMemory.preprocessed(), main);
        return proved.rejection(proof);
    }

    @Test
    void aSumWithoutBoundaryRowsIsRefused() {
        ProvedRequest request = ProvedRequest.of(KEY, SharedMemory.run(2, 6, 7, 0), PARALLEL);
        assertNull(lie(request, Lie.NOWHERE, 1));
        assertEquals(GLOBAL_SUM, lie(request, Lie.GLOBAL_SUM, 1));
        assertEquals(GLOBAL_SUM, lie(request, Lie.GLOBAL_SUM_AND_TOP, 1));
        // There is no boundary root: the sum follows the main root.
        Proved proved = Proved.of(request, 1);
        int at = ProofHeader.bytes(KEY.verifyingKey()) + Integer.BYTES * 9;
        for (int coordinate = 0; coordinate < 5; coordinate++) {
            byte[] proof = proved.proof().clone();
            proof[at + Integer.BYTES * coordinate] = 1;
            assertEquals(GLOBAL_SUM, proved.rejection(proof));
        }
    }

    @Test
    void aSumOrARootInAProofOfAMachineWithoutBoundaryIsRefused() {
        Proved plain = Proved.of(SmallMachines.fibonacci(), 3, SecurityPreset.TEST_FAST, PARALLEL);
        byte[] proof = plain.proof();
        int header = ProofHeader.bytes(plain.key().verifyingKey());
        // A sum of zero after the main root; a root before it.
        for (int[] insert : new int[][] {{header + 36, 20}, {header, 36}}) {
            byte[] longer = new byte[proof.length + insert[1]];
            System.arraycopy(proof, 0, longer, 0, insert[0]);
            System.arraycopy(proof, insert[0], longer, insert[0] + insert[1], proof.length - insert[0]);
            Rejection reason = plain.rejection(longer);
            // Zeros where the top layer should be are a denominator of zero.
            assertTrue(
                    Set.of(GRINDING, LOGUP_SUM, Rejection.LOGUP_ZERO_DENOMINATOR)
                            .contains(reason),
                    () -> "" + reason);
        }
    }

    @Test
    void aSegmentThatIsMissingOrThereTwiceLeavesASum() throws Exception {
        Run run = SharedMemory.run(3, 6, 5, 8, 20);
        List<Segment> all = run.segments();
        for (List<Segment> segments : List.of(
                List.of(all.get(0), all.get(2)),
                List.of(all.get(0), all.get(1)),
                List.of(all.get(0), all.get(1), all.get(2), all.get(1)),
                List.<Segment>of())) {
            // The challenge is that of these segments: it is the sum alone that tells.
            assertEquals("sum", unsound(ProvedRequest.of(KEY, new Run(segments, run.ends()), PARALLEL)));
        }
        // One that is dropped, doubled or moved after the challenge was derived.
        ProvedRequest honest = ProvedRequest.of(KEY, run, PARALLEL);
        honest.verify();
        for (List<Integer> order : List.of(List.of(0, 1), List.of(0, 1, 2, 2), List.of(1, 0, 2))) {
            ProvedRequest other = new ProvedRequest(
                    KEY,
                    new Run(order.stream().map(all::get).toList(), run.ends()),
                    honest.boundaries(),
                    honest.challenge(),
                    order.stream().map(honest.proofs()::get).toList());
            assertEquals("challenge", unsound(other));
        }
    }

    @Test
    void otherFirstOrLastValuesLeaveASum() {
        Run run = SharedMemory.run(3, 4, 5, 8);
        for (int m = 0; m < run.ends().size(); m++) {
            PublicMessage message = run.ends().get(m);
            for (int field = 0; field < 3; field++) {
                List<Integer> fields = new ArrayList<>(message.fields());
                fields.set(field, KoalaBear.add(fields.get(field), KoalaBear.ONE));
                List<PublicMessage> ends = new ArrayList<>(run.ends());
                ends.set(m, new PublicMessage(message.bus(), message.multiplicity(), fields));
                assertEquals("sum", unsound(ProvedRequest.of(KEY, new Run(run.segments(), ends), PARALLEL)));
            }
        }
    }

    // --- both scopes ---

    /** Every column of every table of a middle segment. */
    @Test
    void everyChangedCellIsRefusedByTheCheckThatItViolates() {
        Run run = SharedMemory.run(5, 3, 3, 4, 3);
        SplittableRandom random = new SplittableRandom(7);
        for (int table = 0; table < 3; table++) {
            Trace trace = run.segments().get(1).main().get(table);
            for (int column = 0; column < trace.width(); column++) {
                int row = random.nextInt(trace.height());
                int old = trace.get(row, column);
                for (int value : new int[] {KoalaBear.sub(KoalaBear.ONE, old), random.nextInt(KoalaBear.P)}) {
                    if (value != old) {
                        check(run, table, row, column, value);
                    }
                }
            }
        }
    }

    private static void check(Run run, int table, int row, int column, int value) {
        List<Segment> segments = new ArrayList<>(run.segments());
        segments.set(1, segments.get(1).changed(table, row, column, value));
        List<Violation> local =
                SharedMemory.checker(SharedMemory.machine(), segments.get(1)).violations();
        assertFalse(local.isEmpty(), "a cell that may hold anything");
        boolean unbalanced = local.stream().anyMatch(v -> v instanceof Violation.BusUnbalanced);
        assertEquals(
                unbalanced ? LOGUP_SUM : Rejection.ZEROCHECK_ROUND,
                rejection(ProvedRequest.of(KEY, new Run(segments, run.ends()), PARALLEL)),
                "table " + table + " row " + row + " column " + column + " = " + value);
    }

    /** Segments in which nothing is wrong but that another one says otherwise. */
    @Test
    void whatOnlyOtherSegmentsContradictLeavesASum() {
        ProvedRequest request = honest();
        Run run = request.run();
        // Words with other values than they had at first.
        contradicted(new Run(List.of(foreign(request), run.segments().get(1)), run.ends()));
        // A word of the second segment that the first has closed is taken from nobody: what the first did to it is
        // skipped.
        Segment second = run.segments().get(1);
        Trace words = second.main().get(SharedMemory.BOUNDARY);
        int row = 0;
        while (words.get(row, 3) != KoalaBear.ONE) {
            row++;
        }
        Segment skipping = second.changed(SharedMemory.BOUNDARY, row, 3, KoalaBear.ZERO);
        Trace ranges = second.main().get(SharedMemory.TABLE);
        skipping = skipping.changed(SharedMemory.TABLE, 0, 0, KoalaBear.sub(ranges.get(0, 0), KoalaBear.ONE));
        skipping = skipping.changed(SharedMemory.TABLE, 1, 0, KoalaBear.add(ranges.get(1, 0), KoalaBear.ONE));
        contradicted(new Run(List.of(run.segments().get(0), skipping), run.ends()));
    }

    private static void contradicted(Run run) {
        Balance balance = new Balance();
        run.ends().forEach(m -> balance.add(m.bus(), m.multiplicity(), m.fields()));
        for (Segment segment : run.segments()) {
            TraceChecker checker = SharedMemory.checker(SharedMemory.machine(), segment);
            assertEquals(List.of(), checker.violations());
            balance.merge(checker.global());
        }
        assertFalse(balance.violations(1).isEmpty());
        assertEquals("sum", unsound(ProvedRequest.of(KEY, run, PARALLEL)));
    }

    /** A local surplus is no part of the sum, even where the request's sum would be zero with it. */
    @Test
    void aLocalImbalanceIsNotMadeUpForByTheGlobalSum() {
        Run run = SharedMemory.run(2, 1, 3, 3);
        // The value that goes out is one that nobody has written; the last value that the verifier receives is that.
        Trace words = run.segments().get(1).main().get(SharedMemory.BOUNDARY);
        int forged = KoalaBear.add(words.get(0, 4), KoalaBear.ONE);
        List<Segment> segments = new ArrayList<>(run.segments());
        segments.set(1, segments.get(1).changed(SharedMemory.BOUNDARY, 0, 4, forged));
        PublicMessage last = run.ends().get(1);
        List<Integer> fields = new ArrayList<>(last.fields());
        fields.set(1, forged);
        Run changed = new Run(
                segments, List.of(run.ends().get(0), new PublicMessage(last.bus(), last.multiplicity(), fields)));
        // Global buses balance: the sums add up to zero, so only the local check is left.
        Balance balance = new Balance();
        changed.ends().forEach(m -> balance.add(m.bus(), m.multiplicity(), m.fields()));
        segments.forEach(s ->
                balance.merge(SharedMemory.checker(SharedMemory.machine(), s).global()));
        assertEquals(List.of(), balance.violations(1));
        ProvedRequest request = ProvedRequest.of(KEY, changed, PARALLEL);
        assertEquals(LOGUP_SUM, rejection(request));
        assertEquals(LOGUP_SUM, lie(request, Lie.GLOBAL_SUM, 1));
    }

    // --- machines and statements ---

    @Test
    void onlyBoundaryChipsMayUseGlobalBuses() {
        TestChips.Named free = new TestChips.Named("free", b -> {
            Expression cell = b.main(TestChips.One.class).cell();
            b.send(TestChips.GLOBAL_BUS, cell, 1, cell);
        });
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Machine.of("free", List.of(free)));
        assertEquals("free: free has a message on the global bus global and is no boundary chip", e.getMessage());
        // In a key of a stranger as well: the machine is made from what is read.
        Machine machine = SharedMemory.machine();
        assertEquals(Set.of(SharedMemory.WORDS), machine.globalBuses());
        byte[] key = KEY.verifyingKey().bytes();
        int at = indexOf(key, "boundary") + "boundary".length();
        assertEquals(1, key[at]);
        key[at] = 0;
        assertTrue(assertThrows(IllegalArgumentException.class, () -> VerifyingKey.read(key))
                .getMessage()
                .contains("is no boundary chip"));
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
    }

    @Test
    void aBusHasOneScope() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Machine.of("both", List.of(new TestChips.Named("both", b -> {
                    b.boundary();
                    Expression cell = b.main(TestChips.One.class).cell();
                    b.send(Bus.global(9, "bus", 1), cell, 1, cell);
                    b.receive(new Bus(9, "bus", 1), cell, 1, cell);
                }))));
    }

    @Test
    void publicMessagesOnGlobalBusesAreTheCallers() {
        ProvedRequest request = honest();
        Proved proved = Proved.of(request, 0);
        List<PublicMessage> messages = new ArrayList<>(proved.instance().messages());
        messages.add(request.run().ends().get(0));
        assertEquals(BAD_STATEMENT, proved.rejection(messages, proved.proof()));
        assertThrows(
                IllegalArgumentException.class,
                () -> PROVER.prove(
                        proved.instance().main(), messages, request.boundaries().get(0), request.challenge()));
        assertThrows(
                IllegalArgumentException.class,
                () -> request.challenge().sum(proved.instance().messages()));
        // As a message of the local bus of that number it is none of the machine's.
        PublicMessage first = request.run().ends().get(0);
        messages.set(1, new PublicMessage(new Bus(4, "words", 3), first.multiplicity(), first.fields()));
        assertEquals(BAD_STATEMENT, proved.rejection(messages, proved.proof()));
    }

    @Test
    void everyOtherHeightIsRefused() {
        Proved proved = Proved.of(honest(), 0);
        for (int chip = 0; chip < 3; chip++) {
            for (int height = -128; height < 128; height++) {
                byte[] proof = proved.proof().clone();
                if (height == proof[HEIGHTS_AT + chip]) {
                    continue;
                }
                proof[HEIGHTS_AT + chip] = (byte) height;
                Rejection reason = proved.rejection(proof);
                String where = "chip " + chip + " height " + height;
                if (chip == SharedMemory.TABLE || height < -1 || height > Proved.MAX_LOG_HEIGHT) {
                    assertEquals(BAD_HEIGHT, reason, where);
                } else if (chip == SharedMemory.BOUNDARY && height == -1) {
                    // Where the root was there is none, and what follows is another sum than zero.
                    assertEquals(GLOBAL_SUM, reason, where);
                } else {
                    assertTrue(OTHER_TRANSCRIPT.contains(reason), where + ": " + reason);
                }
            }
        }
    }
}
