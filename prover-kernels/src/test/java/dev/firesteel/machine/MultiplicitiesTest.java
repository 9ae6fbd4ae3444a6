package dev.firesteel.machine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.Expression;
import dev.firesteel.air.Trace;
import dev.firesteel.examples.Instance;
import dev.firesteel.field.Ext;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.TableLayout;
import dev.firesteel.protocol.VerificationException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Sums of multiplicities that wrap modulo p: the check against them, and what they could do without it. */
class MultiplicitiesTest {
    private static final Parallel PARALLEL = new Parallel(1);
    /** p = 127·2^24 + 1: that often a row of {@link #lookups} sends, so that 127 of them and one more make p. */
    private static final int BULK = 1 << 24;

    private static final int LOG_ROWS = 7;

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    record Lookup(Expression bulk, Expression single, Expression value) {}

    /**
     * A table that looks its value up in a preprocessed one of 0 … 3: once, or 2^24 times at once, both switched by booleans. Small tables with many
     * lookups behave as tall ones with few.
     *
     * @param bound what is declared as the bound of the many
     */
    private static Machine lookups(int bound) {
        return Machine.of(
                "lookups",
                List.of(
                        new TestChips.Named("caller", b -> {
                            Lookup c = b.main(Lookup.class);
                            b.assertBoolean("bulk is boolean", c.bulk());
                            b.assertBoolean("single is boolean", c.single());
                            b.send(TestChips.NARROW_BUS, c.bulk().times(BULK), bound, c.value());
                            b.send(TestChips.NARROW_BUS, c.single(), 1, c.value());
                        }),
                        new TestChips.Named("table", b -> {
                            Expression value =
                                    b.preprocessed(TestChips.One.class).cell();
                            Expression count = b.main(TestChips.One.class).cell();
                            b.receive(TestChips.NARROW_BUS, count, 1, value);
                        })));
    }

    /** 127·2^24 + 1 lookups of 5, which is in no row of the table; the table says that nobody looked anything up. */
    private static Instance wrapped() {
        Trace caller = Trace.zeros(1 << LOG_ROWS, 3);
        for (int row = 0; row < 127; row++) {
            caller.set(row, 0, KoalaBear.ONE);
            caller.set(row, 2, KoalaBear.fromCanonical(5));
        }
        caller.set(0, 1, KoalaBear.ONE);
        Trace table = Trace.zeros(4, 1);
        for (int i = 0; i < 4; i++) {
            table.set(i, 0, KoalaBear.fromCanonical(i));
        }
        return new Instance(Arrays.asList(null, table), List.of(caller, Trace.zeros(4, 1)), List.of());
    }

    private static ProvingKey key(int bound) {
        return ProvingKey.setup(
                SecurityPreset.TEST_FAST, lookups(bound), 20, wrapped().preprocessed(), PARALLEL);
    }

    @Test
    void pLookupsOfWhatIsInNoTableCancelWhenTheBoundIsALie() {
        // What a verifier without the check would accept. The bound is the chip's promise: this chip breaks it.
        ProvingKey key = key(1);
        byte[] proof = new Prover(key, PARALLEL).prove(wrapped().main(), List.of());
        assertNull(new Proved(key, wrapped(), proof).rejection(proof));
    }

    @Test
    void pLookupsAreRefusedWhenTheBoundIsTrue() {
        ProvingKey key = key(BULK);
        assertThrows(
                IllegalArgumentException.class,
                () -> new Prover(key, PARALLEL).prove(wrapped().main(), List.of()));
        // Whatever follows the header.
        byte[] proof = new ProofHeader(key.verifyingKey().digest(), new int[] {LOG_ROWS, 2}).before(new byte[4]);
        assertEquals(Rejection.MULTIPLICITIES_CAN_WRAP, new Proved(key, wrapped(), proof).rejection(proof));
        // Half the height, and there are too few for it.
        byte[] lower = new ProofHeader(key.verifyingKey().digest(), new int[] {LOG_ROWS - 1, 2}).before(new byte[4]);
        assertEquals(Rejection.PROOF_TOO_SHORT, new Proved(key, wrapped(), lower).rejection(lower));
    }

    private static TableLayout layout(Machine machine, int... logHeights) {
        return TableLayout.of(machine.chips(), logHeights);
    }

    private static void wraps(TableLayout layout, List<PublicMessage> messages) {
        VerificationException e =
                assertThrows(VerificationException.class, () -> Multiplicities.check(layout, messages));
        assertEquals(Rejection.MULTIPLICITIES_CAN_WRAP, e.reason());
    }

    @Test
    void theBoundIsExact() {
        // One message a row with bound b: 2^h · b against p.
        Machine half = single(1 << 30, false);
        assertDoesNotThrow(() -> Multiplicities.check(layout(half, 0), List.of()));
        wraps(layout(half, 1), List.of());
        Machine most = single(KoalaBear.P - 1, false);
        assertDoesNotThrow(() -> Multiplicities.check(layout(most, 0), List.of()));
        wraps(layout(single(KoalaBear.P, false), 0), List.of());
        wraps(layout(single(Integer.MAX_VALUE, false), 24), List.of());
        // A table without rows sends nothing.
        assertDoesNotThrow(() -> Multiplicities.check(layout(single(KoalaBear.P, false), -1), List.of()));
    }

    @Test
    void publicMessagesCountByTheirAbsoluteValue() {
        Machine most = single(KoalaBear.P - 2, false);
        PublicMessage sent = message(KoalaBear.ONE);
        PublicMessage received = message(KoalaBear.NEG_ONE);
        assertDoesNotThrow(() -> Multiplicities.check(layout(most, 0), List.of(sent)));
        assertDoesNotThrow(() -> Multiplicities.check(layout(most, 0), List.of(received)));
        wraps(layout(most, 0), List.of(sent, received));
        PublicMessage many = message(KoalaBear.fromCanonical(KoalaBear.P / 2));
        assertDoesNotThrow(() -> Multiplicities.check(layout(most, -1), List.of(many, many)));
        wraps(layout(most, -1), Collections.nCopies(3, many));
    }

    @Test
    void messagesOfPreprocessedFieldsAloneAreExempt() {
        assertDoesNotThrow(() -> Multiplicities.check(layout(single(KoalaBear.P, true), 20), List.of()));
        // A constant times a main cell is a main cell; a product with a preprocessed one as well.
        Machine mixed = Machine.of("mixed", List.of(new TestChips.Named("mixed", b -> {
            Expression fixed = b.preprocessed(TestChips.One.class).cell();
            Expression cell = b.main(TestChips.One.class).cell();
            b.send(TestChips.NARROW_BUS, cell, KoalaBear.P, fixed.times(cell).plus(fixed));
        })));
        wraps(layout(mixed, 0), List.of());
    }

    @Test
    void globalMessagesAreCountedWhateverTheirFieldsAre() {
        Machine machine = Machine.of("global", List.of(new TestChips.Named("boundary", b -> {
            b.boundary();
            Expression fixed = b.preprocessed(TestChips.One.class).cell();
            Expression cell = b.main(TestChips.One.class).cell();
            b.send(TestChips.GLOBAL_BUS, cell, 1 << 20, fixed);
            b.receive(TestChips.GLOBAL_BUS, cell, 3, cell);
            b.receive(TestChips.NARROW_BUS, cell, 5, cell);
        })));
        assertEquals((1L << 24) + (3 << 4), Multiplicities.global(layout(machine, 4)));
        assertEquals(0, Multiplicities.global(layout(machine, -1)));
        assertDoesNotThrow(() -> Multiplicities.check(layout(machine, 10), List.of()));
        wraps(layout(machine, 11), List.of());
    }

    /** What the caller has the count for: two proofs, each within its bound, together send a message p times that nobody receives. */
    @Test
    void pSendsOverTwoProofsAreNoneUnlessTheCallerAddsUpTheCounts() throws VerificationException {
        Machine machine = Machine.of("bulk", List.of(new TestChips.Named("bulk", b -> {
            b.boundary();
            Lookup c = b.main(Lookup.class);
            b.assertBoolean("bulk is boolean", c.bulk());
            b.assertBoolean("single is boolean", c.single());
            b.send(TestChips.GLOBAL_BUS, c.bulk().times(BULK), BULK, c.value());
            b.send(TestChips.GLOBAL_BUS, c.single(), 1, c.value());
        })));
        ProvingKey key =
                ProvingKey.setup(SecurityPreset.TEST_FAST, machine, 6, Collections.singletonList(null), PARALLEL);
        Prover prover = new Prover(key, PARALLEL);
        GlobalChallenge challenge = new GlobalChallenge(Ext.ofLong(1234567), Ext.ofLong(7654321));
        Ext sum = Ext.ZERO;
        long count = 0;
        for (int rows : new int[] {64, 63}) {
            Trace trace = Trace.zeros(64, 3);
            for (int row = 0; row < 64; row++) {
                trace.set(row, 0, row < rows ? KoalaBear.ONE : KoalaBear.ZERO);
                trace.set(row, 2, KoalaBear.fromCanonical(5));
            }
            trace.set(0, 1, rows == 64 ? KoalaBear.ONE : KoalaBear.ZERO);
            byte[] proof = prover.prove(List.of(trace), List.of(), prover.commitBoundary(List.of(trace)), challenge);
            GlobalStatement statement =
                    Verifier.allowingInsecure(key.verifyingKey()).verify(List.of(), challenge, proof);
            assertFalse(statement.globalSum().isZero());
            sum = sum.plus(statement.globalSum());
            count += statement.multiplicities();
            assertTrue(statement.multiplicities() < KoalaBear.P);
        }
        assertTrue(sum.isZero(), "p is 0");
        assertTrue(count >= KoalaBear.P);
    }

    private static PublicMessage message(int multiplicity) {
        return new PublicMessage(TestChips.NARROW_BUS, multiplicity, List.of(0));
    }

    private static Machine single(int bound, boolean preprocessed) {
        return Machine.of("single", List.of(new TestChips.Named("single", b -> {
            Expression fixed = b.preprocessed(TestChips.One.class).cell();
            Expression cell = b.main(TestChips.One.class).cell();
            b.send(TestChips.NARROW_BUS, cell, bound, preprocessed ? fixed : cell);
        })));
    }

    @Test
    void overManyMessagesTheSumDoesNotOverflow() {
        Machine many = Machine.of("many", List.of(new TestChips.Named("many", b -> {
            Expression cell = b.main(TestChips.One.class).cell();
            for (int i = 0; i < 1 << 10; i++) {
                b.send(TestChips.NARROW_BUS, cell, Integer.MAX_VALUE, cell);
            }
        })));
        // 2^10 · 2^31 · 2^24 is 2 times 2^64: a sum checked at the end alone would be small.
        wraps(layout(many, 24), List.of());
        assertTrue((1L << 10) * (1L << 31) * (1L << 24) < KoalaBear.P, "it does overflow");
    }
}
