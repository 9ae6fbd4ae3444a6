package dev.firesteel.chips;

import static dev.firesteel.chips.MultiplyDivideRuns.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.field.KoalaBear;
import dev.firesteel.riscv.vm.Opcode;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Divisions with false results and everything else as consistent as can be. They must be refused by their own constraints and lookups,
 * for no other table can tell: memory would take the false result.
 */
class DivideForgeriesTest {
    private static final ChipRuns.Filled QUOTIENTS = ChipRuns.fill(
                    pairs(MultiplyDivideRuns.DIVIDE, MultiplyDivideRuns.VALUES), 1 << 20)
            .get(0);
    private static final RowMutations DIVIDE = new RowMutations(new DivideChip(), QUOTIENTS);

    private static boolean signed(int operation) {
        return operation == Opcode.DIV
                || operation == Opcode.REM
                || operation == Opcode.DIVW
                || operation == Opcode.REMW;
    }

    private static DivideChip.Division honest(Executed step) {
        int operation = step.operation();
        return DivideChip.Division.of(signed(operation), operation >= Opcode.DIVW, step.a(), step.b());
    }

    private static List<Integer> cells(Executed step, DivideChip.Division division) {
        return fill(new DivideChip().width(), row -> DivideChip.fill(step, row, signed(step.operation()), division));
    }

    private static List<String> refusals(int operation, long a, long b, long q, boolean qSign, long r, boolean rSign) {
        Executed step = step(QUOTIENTS, operation, row(QUOTIENTS, operation, a, b));
        DivideChip.Division right = honest(step);
        return DIVIDE.refusals(
                cells(step, new DivideChip.Division(right.aSign(), right.b(), right.bSign(), q, qSign, r, rSign)));
    }

    @Test
    void quotientsOtherThanTheOne() {
        int forged = 0;
        for (int row = 0; row < rows(QUOTIENTS, Opcode.DIV); row++) {
            Executed step = step(QUOTIENTS, Opcode.DIV, row);
            DivideChip.Division right = honest(step);
            assertEquals(List.of(), DIVIDE.refusals(cells(step, right)));
            for (DivideChip.Division wrong : others(step, right)) {
                forged++;
                assertFalse(
                        DIVIDE.refusals(cells(step, wrong)).isEmpty(),
                        () -> Opcode.name(step.operation()) + " " + step.a() + " " + step.b() + ": " + wrong);
            }
        }
        assertTrue(forged > 100 * rows(QUOTIENTS, Opcode.DIV));
    }

    /** Other quotients and remainders, with all signs, most of them such that a = b·q + r modulo 2^64. */
    private static Set<DivideChip.Division> others(Executed step, DivideChip.Division right) {
        long b = right.b();
        boolean word = step.operation() >= Opcode.DIVW;
        long a = !word ? step.a() : signed(step.operation()) ? (int) step.a() : step.a() & 0xFFFF_FFFFL;
        Set<DivideChip.Division> others = new HashSet<>();
        Set<Long> quotients = new HashSet<>();
        for (long q : new long[] {right.q(), -right.q(), right.q() << 32 >> 32, right.q() & 0xFFFF_FFFFL}) {
            quotients.addAll(List.of(q - 1, q, q + 1, q + (1L << 63), q + (1L << 32)));
        }
        quotients.addAll(List.of(0L, Long.MAX_VALUE));
        if ((b & 1) != 0) {
            long inverse = BigInteger.valueOf(b)
                    .modInverse(BigInteger.ONE.shiftLeft(64))
                    .longValue();
            quotients.addAll(List.of(a * inverse, (a - 1) * inverse, (a + 1) * inverse));
        }
        for (long q : quotients) {
            for (long r : new long[] {a - b * q, right.r(), -right.r(), 0, right.r() & 0xFFFF_FFFFL}) {
                for (int signs = 0; signs < 4; signs++) {
                    others.add(new DivideChip.Division(
                            right.aSign(), b, right.bSign(), q, (signs & 1) != 0, r, (signs & 2) != 0));
                }
            }
        }
        // Signs of operands that are not theirs, with the division as it is and as it would be.
        for (int signs = 0; signs < 16; signs++) {
            boolean aSign = (signs & 1) != 0;
            boolean bSign = (signs & 2) != 0;
            if (aSign != right.aSign() || bSign != right.bSign()) {
                boolean qSign = (signs & 4) != 0;
                boolean rSign = (signs & 8) != 0;
                others.add(new DivideChip.Division(aSign, b, bSign, right.q(), qSign, right.r(), rSign));
                for (boolean signed : new boolean[] {false, true}) {
                    DivideChip.Division other = DivideChip.Division.of(signed, false, a, b);
                    others.add(new DivideChip.Division(aSign, b, bSign, other.q(), qSign, other.r(), rSign));
                }
            }
        }
        // The sign of a quotient by 0 makes no difference.
        others.removeIf(other -> other.q() == right.q()
                && other.r() == right.r()
                && other.aSign() == right.aSign()
                && other.bSign() == right.bSign()
                && other.rSign() == right.rSign()
                && (other.qSign() == right.qSign() || b == 0 && signed(step.operation())));
        return others;
    }

    @Test
    void remainderOfTheDivisorOrMore() {
        assertEquals(List.of("|r| < |b|"), refusals(Opcode.DIVU, 100, 7, 13, false, 9, false));
        assertEquals(List.of("|r| < |b|"), refusals(Opcode.REMUW, 98, 7, 13, false, 7, false));
        assertEquals(List.of("|r| < |b|"), refusals(Opcode.DIV, -100, 7, -13, true, -9, true));
        assertEquals(List.of("|r| < |b|"), refusals(Opcode.REM, -100, -7, 13, false, -9, true));
        assertEquals(List.of("|r| < |b|"), refusals(Opcode.DIV, 100, -7, -13, true, 9, false));
    }

    @Test
    void remainderWithTheOtherSign() {
        assertEquals(List.of("r is 0 or has a's sign"), refusals(Opcode.DIV, -100, 7, -15, true, 5, false));
        assertEquals(List.of("r is 0 or has a's sign"), refusals(Opcode.REMW, -100, -7, 15, false, 5, false));
        assertEquals(List.of("r is 0 or has a's sign"), refusals(Opcode.REM, 100, -7, -15, true, -5, true));
        assertEquals(List.of("r is 0 or has a's sign"), refusals(Opcode.DIVW, 100, 7, 15, false, -5, true));
    }

    @Test
    void divisionByZero() {
        for (int operation : new int[] {Opcode.DIVU, Opcode.REMU, Opcode.DIVUW, Opcode.DIV, Opcode.REMW}) {
            assertEquals(List.of(), refusals(operation, 100, 0, -1, false, 100, false));
            for (long q : new long[] {0, 1, 0xFFFF_FFFFL, Long.MAX_VALUE, 100}) {
                assertEquals(List.of("quotient by 0"), refusals(operation, 100, 0, q, false, 100, false));
            }
            for (long r : new long[] {0, 99, 101, 100 + (1L << 32), -1}) {
                List<String> refusals = refusals(operation, 100, 0, -1, false, r, false);
                assertFalse(refusals.isEmpty());
                assertTrue(refusals.stream().allMatch(x -> x.startsWith("range[")), refusals::toString);
            }
        }
    }

    @Test
    void divisionAsIfByZero() {
        int row = row(QUOTIENTS, Opcode.DIV, 100, 7);
        Executed step = step(QUOTIENTS, Opcode.DIV, row);
        // 100 = 7·(−1) + 107
        List<Integer> forged = cells(step, new DivideChip.Division(false, 7, false, -1, true, 107, false));
        forged = DIVIDE.plus(forged, "nonzero", -1);
        forged = DIVIDE.plus(forged, "inverse", -DIVIDE.cell(forged, "inverse"));
        assertEquals(List.of("b is 0"), DIVIDE.refusals(forged));
    }

    @Test
    void divisionByZeroAsIfByAnother() {
        int row = row(QUOTIENTS, Opcode.REMU, 100, 0);
        Executed step = step(QUOTIENTS, Opcode.REMU, row);
        List<Integer> forged = cells(step, new DivideChip.Division(false, 0, false, 3, false, 100, false));
        forged = DIVIDE.plus(forged, "nonzero", 1);
        assertTrue(DIVIDE.refusals(forged).contains("b is not 0"));
    }

    @Test
    void divisionsOfBytesThatAreNone() {
        for (int row = 0; row < rows(QUOTIENTS, Opcode.DIV); row++) {
            List<Integer> honest = RowMutations.cells(table(QUOTIENTS, Opcode.DIV), row);
            for (String number : List.of("b", "q")) {
                for (int i = 0; i < 8; i += 2) {
                    List<Integer> changed = DIVIDE.plus(honest, number + "[" + i + "]", 1 << 8);
                    changed = DIVIDE.plus(changed, number + "[" + (i + 1) + "]", -1);
                    List<String> refusals = DIVIDE.refusals(changed);
                    assertTrue(refusals.stream().anyMatch(r -> r.startsWith("bytes[")), refusals::toString);
                }
            }
        }
    }

    @Test
    void limbsThatAreNegative() {
        // 100 = 2^40·1 + (100 − 2^40)
        List<Integer> honest =
                RowMutations.cells(table(QUOTIENTS, Opcode.DIV), row(QUOTIENTS, Opcode.REMU, 100, 1L << 40));
        List<Integer> forged = DIVIDE.plus(DIVIDE.plus(honest, "q[0]", 1), "r[2]", -(1 << 8));
        forged = DIVIDE.plus(forged, "room[2]", 1 << 8);
        assertEquals(List.of("range[" + (KoalaBear.P - 256) + ", 16]"), DIVIDE.refusals(forged));

        // 100 = 7·13 + 9: room for 7 − 9 − 1 = −3 = 2^48 − 3 − 2^48
        Executed step = step(QUOTIENTS, Opcode.DIVU, row(QUOTIENTS, Opcode.DIVU, 100, 7));
        forged = cells(step, new DivideChip.Division(false, 7, false, 13, false, 9, false));
        forged = DIVIDE.plus(forged, "room[3]", -(1 << 16));
        assertEquals(List.of("range[" + (KoalaBear.P - 1) + ", 16]"), DIVIDE.refusals(forged));
    }

    @Test
    void divisionsEqualModuloTheField() {
        // 100 = 7·13 + 9: room for 7 − 9 − 1 + p
        Executed step = step(QUOTIENTS, Opcode.DIVU, row(QUOTIENTS, Opcode.DIVU, 100, 7));
        List<Integer> forged = cells(step, new DivideChip.Division(false, 7, false, 13, false, 9, false));
        long room = KoalaBear.P - 3;
        for (int i = 0; i < 4; i++) {
            String limb = "room[" + i + "]";
            forged = DIVIDE.plus(forged, limb, (room >>> 16 * i & 0xFFFF) - DIVIDE.cell(forged, limb));
        }
        onlyRanges(DIVIDE.refusals(forged), 2);

        // 100 + p = 2^40·0 + (100 + p)
        step = step(QUOTIENTS, Opcode.REMU, row(QUOTIENTS, Opcode.REMU, 100, 1L << 40));
        onlyRanges(
                DIVIDE.refusals(cells(
                        step, new DivideChip.Division(false, 1L << 40, false, 0, false, 100L + KoalaBear.P, false))),
                13);
    }

    @Test
    void overflow() {
        long min = Long.MIN_VALUE;
        assertEquals(List.of(), refusals(Opcode.DIV, min, -1, min, false, 0, false));
        assertEquals(List.of("|r| < |b|"), refusals(Opcode.DIV, min, -1, Long.MAX_VALUE, false, -1, true));
        assertFalse(refusals(Opcode.DIV, min, -1, min, true, 0, false).isEmpty());
        assertEquals(List.of(), refusals(Opcode.DIVW, Integer.MIN_VALUE, -1, 1L << 31, false, 0, false));
        assertEquals(
                List.of("|r| < |b|"), refusals(Opcode.REMW, Integer.MIN_VALUE, -1, Integer.MAX_VALUE, false, -1, true));
        assertFalse(refusals(Opcode.DIVW, Integer.MIN_VALUE, -1, Integer.MIN_VALUE, true, 0, false)
                .isEmpty());
    }

    @Test
    void wordsThatAreExtendedOtherwise() {
        long a = 0x8000_0007L;
        int row = row(QUOTIENTS, Opcode.DIVUW, a, 1);
        Executed step = step(QUOTIENTS, Opcode.DIVUW, row);
        List<Integer> honest = cells(step, honest(step));
        assertEquals(List.of(), DIVIDE.refusals(honest));
        assertEquals(List.of("range[32768, 15]"), DIVIDE.refusals(DIVIDE.plus(honest, "extension", -1)));

        // The divisor's whole register: 2^40 instead of 0.
        step = step(QUOTIENTS, Opcode.DIVUW, row(QUOTIENTS, Opcode.DIVUW, 100, 1L << 40));
        List<Integer> whole = cells(step, new DivideChip.Division(false, 1L << 40, false, 0, false, 100, false));
        assertEquals(List.of("b[2]"), DIVIDE.refusals(whole));

        // The dividend taken as unsigned by DIVW.
        step = step(QUOTIENTS, Opcode.DIVW, row(QUOTIENTS, Opcode.DIVW, a, 7));
        List<Integer> unsigned = cells(step, new DivideChip.Division(false, 7, false, a / 7, false, a % 7, false));
        assertEquals(List.of("range[32768, 15]"), DIVIDE.refusals(unsigned));

        // And as signed by DIVUW.
        step = step(QUOTIENTS, Opcode.REMUW, row(QUOTIENTS, Opcode.REMUW, a, 7));
        int negative = (int) a;
        List<Integer> signed =
                cells(step, new DivideChip.Division(true, 7, false, negative / 7, true, negative % 7, true));
        assertEquals(Set.of("a has no sign", "q has no sign"), Set.copyOf(DIVIDE.refusals(signed)));
    }

    @Test
    void operationsOfOtherFlags() {
        for (int operation = Opcode.DIV; operation <= Opcode.REMUW; operation++) {
            if (operation == Opcode.MULW) {
                continue;
            }
            List<Integer> honest = RowMutations.cells(table(QUOTIENTS, Opcode.DIV), row(QUOTIENTS, operation, 98, 7));
            for (int flags = 1; flags < 8; flags++) {
                List<Integer> changed = honest;
                for (String flag : List.of("signed", "remainder", "word")) {
                    int bit = 1 << List.of("signed", "remainder", "word").indexOf(flag);
                    changed = (flags & bit) == 0
                            ? changed
                            : DIVIDE.plus(changed, flag, 1 - 2 * DIVIDE.cell(changed, flag));
                }
                assertEquals(
                        1,
                        DIVIDE.refusals(changed).stream()
                                .filter(r -> r.startsWith("program["))
                                .count());
            }
        }
    }

    @Test
    void fractionsOfSigns() {
        long unit = KoalaBear.toCanonical(KoalaBear.inverse(KoalaBear.fromCanonical(1 << 15)));
        List<Integer> honest = RowMutations.cells(table(QUOTIENTS, Opcode.DIV), row(QUOTIENTS, Opcode.DIVW, 98, 7));
        assertEquals(List.of("extension is boolean"), DIVIDE.refusals(DIVIDE.plus(honest, "extension", -unit)));
        // Any quotient times 0 is 0.
        honest = RowMutations.cells(table(QUOTIENTS, Opcode.DIV), row(QUOTIENTS, Opcode.DIV, 98, 0));
        assertEquals(List.of("q's sign is boolean"), DIVIDE.refusals(DIVIDE.plus(honest, "qSign", -unit)));
        // The quotient is 0: only comparing needs the divisor's sign.
        honest = RowMutations.cells(table(QUOTIENTS, Opcode.DIV), row(QUOTIENTS, Opcode.REM, 0, 7));
        assertTrue(DIVIDE.refusals(DIVIDE.plus(honest, "bSign", -unit)).contains("b's sign is boolean"));
    }

    @Test
    void accessesInTheFuture() {
        laterAccesses(DIVIDE, table(QUOTIENTS, Opcode.DIV), "first.access", "second", "result.access");
    }
}
