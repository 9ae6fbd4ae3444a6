package dev.firesteel.chips;

import static dev.firesteel.chips.MultiplyDivideRuns.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.field.KoalaBear;
import dev.firesteel.riscv.vm.Opcode;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Multiplications with false results and everything else as consistent as can be. They must be refused by their own constraints and lookups,
 * for no other table can tell: memory would take the false result.
 */
class MultiplyForgeriesTest {
    private static final ChipRuns.Filled PRODUCTS = ChipRuns.fill(
                    pairs(MultiplyDivideRuns.MULTIPLY, MultiplyDivideRuns.VALUES), 1 << 20)
            .get(0);
    private static final RowMutations MULTIPLY = new RowMutations(new MultiplyChip(), PRODUCTS);

    private static List<Integer> product(Executed step, boolean sign, boolean bSign, long low, long high) {
        MultiplyChip chip = new MultiplyChip();
        List<Integer> honest = fill(chip.width(), row -> chip.fill(step, row));
        List<Integer> forged = fill(chip.width(), row -> {
            chip.fill(step, row);
            MultiplyChip.product(row, low, high);
        });
        forged = MULTIPLY.plus(forged, "sign", (sign ? 1 : 0) - MULTIPLY.cell(honest, "sign"));
        return MULTIPLY.plus(forged, "bSign", (bSign ? 1 : 0) - MULTIPLY.cell(honest, "bSign"));
    }

    @Test
    void productsWithOtherSigns() {
        int forged = 0;
        for (int row = 0; row < rows(PRODUCTS, Opcode.MUL); row++) {
            Executed step = step(PRODUCTS, Opcode.MUL, row);
            List<Integer> honest = RowMutations.cells(table(PRODUCTS, Opcode.MUL), row);
            for (int signs = 0; signs < 4; signs++) {
                boolean sign = (signs & 1) != 0;
                boolean bSign = (signs & 2) != 0;
                long high = MultiplyChip.high(step.a(), sign, step.b(), bSign);
                List<Integer> changed = product(step, sign, bSign, step.a() * step.b(), high);
                if (!changed.equals(honest)) {
                    forged++;
                    assertFalse(MULTIPLY.refusals(changed).isEmpty(), () -> step.operation() + " " + changed);
                } else {
                    assertEquals(List.of(), MULTIPLY.refusals(changed));
                }
            }
        }
        assertEquals(3 * rows(PRODUCTS, Opcode.MUL), forged);
    }

    @Test
    void productsWithTheSignOfAnotherOperation() {
        long a = -100;
        long b = -7;
        int mulh = row(PRODUCTS, Opcode.MULH, a, b);
        Executed step = step(PRODUCTS, Opcode.MULH, mulh);
        long unsigned = MultiplyChip.high(a, false, b, false);
        assertEquals(
                2,
                MULTIPLY.refusals(product(step, false, false, a * b, unsigned)).size());
        step = step(PRODUCTS, Opcode.MULHSU, row(PRODUCTS, Opcode.MULHSU, 100, b));
        List<String> wrongOperand =
                MULTIPLY.refusals(product(step, false, true, 100 * b, MultiplyChip.high(100, false, b, true)));
        assertEquals(List.of("b has no sign"), wrongOperand);
        step = step(PRODUCTS, Opcode.MULHU, row(PRODUCTS, Opcode.MULHU, a, b));
        List<String> signed = MULTIPLY.refusals(product(step, true, true, a * b, MultiplyChip.high(a, true, b, true)));
        assertEquals(List.of("no sign", "b has no sign"), signed);
        step = step(PRODUCTS, Opcode.MULW, row(PRODUCTS, Opcode.MULW, 0x8000_0007L, 1));
        List<String> extended = MULTIPLY.refusals(product(step, false, false, 0x8000_0007L, 0));
        assertEquals(List.of("range[32768, 15]"), extended);
    }

    @Test
    void productsThatCarryOtherwise() {
        long fraction = KoalaBear.toCanonical(KoalaBear.inverse(KoalaBear.fromCanonical(1 << 16)));
        for (int row = 0; row < rows(PRODUCTS, Opcode.MUL); row++) {
            List<Integer> honest = RowMutations.cells(table(PRODUCTS, Opcode.MUL), row);
            for (int k = 0; k < 8; k++) {
                for (long change : new long[] {1, -1, 1 << 8, 1 << 16, -(1 << 16), 5 << 16, 1 << 30}) {
                    String limb = "product[" + k + "]";
                    List<Integer> changed = MULTIPLY.plus(honest, limb, change);
                    assertFalse(MULTIPLY.refusals(changed).isEmpty());
                    if (k < 7) {
                        // The same number modulo p of what is carried from the next limb on.
                        List<Integer> balanced =
                                MULTIPLY.plus(changed, "product[" + (k + 1) + "]", -change * fraction % KoalaBear.P);
                        assertFalse(MULTIPLY.refusals(balanced).isEmpty());
                    }
                }
            }
        }
    }

    @Test
    void productsOfBytesThatAreNone() {
        for (int row = 0; row < rows(PRODUCTS, Opcode.MUL); row++) {
            List<Integer> honest = RowMutations.cells(table(PRODUCTS, Opcode.MUL), row);
            for (String operand : List.of("a", "b")) {
                for (int i = 0; i < 8; i += 2) {
                    // The same limb, so the same registers.
                    List<Integer> changed = MULTIPLY.plus(honest, operand + "[" + i + "]", 1 << 8);
                    changed = MULTIPLY.plus(changed, operand + "[" + (i + 1) + "]", -1);
                    List<String> refusals = MULTIPLY.refusals(changed);
                    assertTrue(refusals.stream().anyMatch(r -> r.startsWith("bytes[")), refusals::toString);
                }
            }
        }
    }

    @Test
    void productsEqualModuloTheField() {
        Executed step = step(PRODUCTS, Opcode.MUL, row(PRODUCTS, Opcode.MUL, 100, 98));
        onlyRanges(MULTIPLY.refusals(product(step, false, false, 9800L + KoalaBear.P, 0)), 13);
        step = step(PRODUCTS, Opcode.MULHU, row(PRODUCTS, Opcode.MULHU, 100, 98));
        // 2^64·p is 0 too.
        onlyRanges(MULTIPLY.refusals(product(step, false, false, 9800, KoalaBear.P)), 13);
    }

    @Test
    void fractionsOfSigns() {
        long unit = KoalaBear.toCanonical(KoalaBear.inverse(KoalaBear.fromCanonical(1 << 15)));
        // 7·0 = 0, extended by anything: the product does not depend on the sign.
        for (int operation : new int[] {Opcode.MULW, Opcode.MULH}) {
            List<Integer> honest = RowMutations.cells(table(PRODUCTS, Opcode.MUL), row(PRODUCTS, operation, 7, 0));
            assertEquals(List.of("sign is boolean"), MULTIPLY.refusals(MULTIPLY.plus(honest, "sign", -unit)));
        }
        List<Integer> honest = RowMutations.cells(table(PRODUCTS, Opcode.MUL), row(PRODUCTS, Opcode.MULH, 0, 7));
        assertEquals(List.of("b's sign is boolean"), MULTIPLY.refusals(MULTIPLY.plus(honest, "bSign", -unit)));
    }

    @Test
    void accessesInTheFuture() {
        laterAccesses(MULTIPLY, table(PRODUCTS, Opcode.MUL), "first", "second", "result.access");
    }
}
