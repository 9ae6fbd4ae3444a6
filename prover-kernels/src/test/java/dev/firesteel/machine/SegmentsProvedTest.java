package dev.firesteel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.Balance;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Interaction;
import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.Sponge;
import dev.firesteel.machine.SharedMemory.Run;
import dev.firesteel.machine.SharedMemory.Segment;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.zerocheck.Fingerprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Requests of several segments that share memory, from traces to a verified whole. */
class SegmentsProvedTest {
    private static final Parallel PARALLEL = new Parallel(1);
    private static final ProvingKey KEY = ProvedRequest.key(SecurityPreset.TEST_FAST, PARALLEL);

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    /** One, two and five segments, of them some that touch one word or none. */
    private static List<Run> runs() {
        return List.of(
                SharedMemory.run(1, 6, 9),
                SharedMemory.run(2, 6, 7, 12),
                SharedMemory.run(3, 6, 5, 1, 20, 0, 3),
                SharedMemory.run(4, 2, 0));
    }

    @Test
    void honestRequestsOfAnyNumberOfSegmentsAreAccepted() throws Exception {
        for (Run run : runs()) {
            ProvedRequest request = ProvedRequest.of(KEY, run, PARALLEL);
            List<GlobalStatement> statements = request.verify();
            assertEquals(run.segments().size(), statements.size());
            for (int i = 0; i < statements.size(); i++) {
                GlobalStatement statement = statements.get(i);
                List<Trace> main = run.segments().get(i).main();
                assertEquals(request.boundaries().get(i).root(), statement.boundaryRoot());
                assertEquals(Sponge.DIGEST, statement.boundaryRoot().size());
                assertEquals(sum(main, request.challenge()), statement.globalSum());
                assertEquals(
                        Map.of(
                                "access",
                                main.get(0).logHeight(),
                                "boundary",
                                main.get(1).logHeight(),
                                "range",
                                3),
                        statement.logHeights());
                assertEquals(
                        List.of("access", "boundary", "range"),
                        List.copyOf(statement.logHeights().keySet()));
                assertEquals(2L * main.get(1).height(), statement.multiplicities());
            }
        }
    }

    @Test
    void aSecureRequestIsAccepted() throws Exception {
        ProvedRequest.of(
                        ProvedRequest.key(SecurityPreset.PROVABLE_128, PARALLEL),
                        SharedMemory.run(2, 6, 7, 12),
                        PARALLEL)
                .verify();
    }

    /** By the definition, message by message. */
    private static Ext sum(List<Trace> main, GlobalChallenge challenge) {
        ExtArithmetic f = ExtArithmetic.INSTANCE;
        Fingerprint<Ext> fingerprint = challenge.fingerprint(3);
        Ext sum = Ext.ZERO;
        ChipDescription chip = SharedMemory.machine().chips().get(SharedMemory.BOUNDARY);
        Trace trace = main.get(SharedMemory.BOUNDARY);
        for (int row = 0; row < trace.height(); row++) {
            List<Ext> cells = new ArrayList<>();
            for (int column = 0; column < trace.width(); column++) {
                cells.add(Ext.ofBase(trace.get(row, column)));
            }
            List<Ext> outputs = chip.tape().evaluate(f, List.of(), cells);
            int at = chip.constraints().size();
            for (Interaction interaction : chip.interactions()) {
                int end = at + 1 + interaction.fields().size();
                if (interaction.bus().isGlobal()) {
                    Ext denominator =
                            fingerprint.withGlobal(fingerprint).of(f, interaction.bus(), outputs.subList(at + 1, end));
                    sum = sum.plus(outputs.get(at).times(denominator.inverse()));
                }
                at = end;
            }
        }
        return sum;
    }

    @Test
    void theBoundaryCanBeCommittedAgainElsewhereFromItsTracesAlone() {
        ProvedRequest request = ProvedRequest.of(KEY, SharedMemory.run(2, 6, 7, 12), PARALLEL);
        for (int i = 0; i < 2; i++) {
            Segment segment = request.run().segments().get(i);
            List<Trace> alone = Arrays.asList(null, segment.main().get(1).copy(), null);
            for (int threads = 1; threads <= 3; threads++) {
                try (Parallel other = new Parallel(threads)) {
                    Prover prover = new Prover(KEY, other);
                    Boundary boundary = prover.commitBoundary(alone);
                    assertEquals(request.boundaries().get(i).root(), boundary.root());
                    assertArrayEquals(
                            request.proofs().get(i),
                            prover.prove(segment.main(), segment.messages(), boundary, request.challenge()));
                }
            }
        }
    }

    @Test
    void theRootTellsKeysAndHeightsApart() {
        Trace words = Trace.zeros(4, 7);
        Prover prover = new Prover(KEY, PARALLEL);
        Boundary four = prover.commitBoundary(Arrays.asList(null, words, null));
        Boundary eight = prover.commitBoundary(Arrays.asList(null, Trace.zeros(8, 7), null));
        Boundary none = prover.commitBoundary(Arrays.asList(null, Trace.zeros(0, 7), null));
        ProvingKey otherKey = ProvingKey.setup(
                SecurityPreset.TEST_FAST, SharedMemory.machine(), 19, SharedMemory.preprocessed(), PARALLEL);
        Boundary other = new Prover(otherKey, PARALLEL).commitBoundary(Arrays.asList(null, words, null));
        assertEquals(
                4, Set.of(four.root(), eight.root(), none.root(), other.root()).size());
        // Four rows or eight are stacked zeros all the same: without the heights the tables would be whichever one
        // likes.
        int[] merkleRoot = four.commitment().root().root();
        VerifyingKey key = KEY.verifyingKey();
        assertEquals(four.root(), Boundary.root(key, new int[] {5, 2, -1}, merkleRoot));
        assertNotEquals(four.root(), Boundary.root(key, new int[] {5, 3, -1}, merkleRoot));
    }

    @Test
    void theCheckerBalancesARequestThatIsProved() {
        for (Run run : runs()) {
            Balance global = new Balance();
            run.ends().forEach(m -> global.add(m.bus(), m.multiplicity(), m.fields()));
            for (Segment segment : run.segments()) {
                var checker = SharedMemory.checker(SharedMemory.machine(), segment);
                assertEquals(List.of(), checker.violations());
                global.merge(checker.global());
            }
            assertEquals(List.of(), global.violations(3));
            // Once more, and what it received and sent is too much.
            Segment last = run.segments().get(run.segments().size() - 1);
            global.merge(SharedMemory.checker(SharedMemory.machine(), last).global());
            int rows = last.main().get(SharedMemory.BOUNDARY).height();
            assertEquals(Math.min(3, 2 * rows), global.violations(3).size());
        }
    }

    record Pair(Expression value, Expression count) {}

    /** Boundary tables of two heights, one with preprocessed columns; no table is in the main commitment. */
    @Test
    void boundaryChipsMayHavePreprocessedColumnsAndSeveralHeights() throws VerificationException {
        Machine machine = Machine.of(
                "two boundaries",
                List.of(
                        new TestChips.Named("few", b -> {
                            b.boundary();
                            Pair c = b.main(Pair.class);
                            b.receive(TestChips.GLOBAL_BUS, c.count(), 8, c.value());
                        }),
                        new TestChips.Named("many", b -> {
                            b.boundary();
                            Expression fixed =
                                    b.preprocessed(TestChips.One.class).cell();
                            Expression cell = b.main(TestChips.One.class).cell();
                            b.send(TestChips.GLOBAL_BUS, Expression.constant(1), 1, cell.plus(fixed));
                        })));
        Trace fixed = Trace.zeros(8, 1);
        Trace many = Trace.zeros(8, 1);
        for (int i = 0; i < 8; i++) {
            fixed.set(i, 0, KoalaBear.fromCanonical(i));
            many.set(i, 0, KoalaBear.fromCanonical((i < 5 ? 100 : 200) - i));
        }
        Trace few = Trace.zeros(2, 2);
        int[][] rows = {{100, 5}, {200, 3}};
        for (int row = 0; row < 2; row++) {
            few.set(row, 0, KoalaBear.fromCanonical(rows[row][0]));
            few.set(row, 1, KoalaBear.fromCanonical(rows[row][1]));
        }
        ProvingKey key = ProvingKey.setup(SecurityPreset.TEST_FAST, machine, 5, Arrays.asList(null, fixed), PARALLEL);
        GlobalChallenge challenge = new GlobalChallenge(Ext.ofLong(1234567), Ext.ofLong(7654321));
        assertTrue(stated(key, List.of(few, many), challenge).globalSum().isZero());
        // Without the few the sum is what they would have received.
        List<PublicMessage> received = new ArrayList<>();
        for (int[] row : rows) {
            received.add(new PublicMessage(
                    TestChips.GLOBAL_BUS,
                    KoalaBear.neg(KoalaBear.fromCanonical(row[1])),
                    List.of(KoalaBear.fromCanonical(row[0]))));
        }
        GlobalStatement alone = stated(key, List.of(Trace.zeros(0, 2), many), challenge);
        assertTrue(alone.globalSum().plus(challenge.sum(received)).isZero());
        assertEquals(8, alone.multiplicities());
    }

    private static GlobalStatement stated(ProvingKey key, List<Trace> main, GlobalChallenge challenge)
            throws VerificationException {
        Prover prover = new Prover(key, PARALLEL);
        byte[] proof = prover.prove(main, List.of(), prover.commitBoundary(main), challenge);
        return Verifier.allowingInsecure(key.verifyingKey()).verify(List.of(), challenge, proof);
    }

    @Test
    void formsForMachinesOfTheOtherKindAreRefused() {
        ProvedRequest request = ProvedRequest.of(KEY, SharedMemory.run(1, 6, 9), PARALLEL);
        Segment segment = request.run().segments().get(0);
        Verifier verifier = Verifier.allowingInsecure(KEY.verifyingKey());
        Prover prover = new Prover(KEY, PARALLEL);
        refused(() -> verifier.verify(segment.messages(), request.proofs().get(0)));
        refused(() -> prover.prove(segment.main(), segment.messages()));
        Proved plain = Proved.of(SmallMachines.fibonacci(), 2, SecurityPreset.TEST_FAST, PARALLEL);
        List<Trace> main = plain.instance().main();
        List<PublicMessage> messages = plain.instance().messages();
        Prover plainProver = new Prover(plain.key(), PARALLEL);
        refused(() -> Verifier.allowingInsecure(plain.key().verifyingKey())
                .verify(messages, request.challenge(), plain.proof()));
        refused(() -> plainProver.commitBoundary(main));
        refused(() -> plainProver.prove(main, messages, request.boundaries().get(0), request.challenge()));
    }

    @Test
    void aBoundaryOfOtherTablesIsRefused() {
        ProvedRequest request = ProvedRequest.of(KEY, SharedMemory.run(2, 6, 1, 12), PARALLEL);
        Segment first = request.run().segments().get(0);
        Prover prover = new Prover(KEY, PARALLEL);
        GlobalChallenge challenge = request.challenge();
        Boundary second = request.boundaries().get(1);
        refused(() -> prover.prove(first.main(), first.messages(), second, challenge));
        ProvingKey otherKey = ProvingKey.setup(
                SecurityPreset.TEST_FAST, SharedMemory.machine(), 19, SharedMemory.preprocessed(), PARALLEL);
        Boundary foreign = new Prover(otherKey, PARALLEL).commitBoundary(first.main());
        refused(() -> prover.prove(first.main(), first.messages(), foreign, challenge));
        refused(() -> prover.commitBoundary(first.main().subList(0, 2)));
        refused(() -> prover.commitBoundary(Arrays.asList(null, Trace.zeros(2, 6), null)));
        refused(() -> prover.commitBoundary(Arrays.asList(null, Trace.zeros(1 << 21, 7), null)));
        assertThrows(
                NullPointerException.class,
                () -> prover.prove(
                        first.main(), first.messages(), request.boundaries().get(0), null));
    }

    private static void refused(org.junit.jupiter.api.function.Executable call) {
        assertThrows(IllegalArgumentException.class, call);
    }
}
