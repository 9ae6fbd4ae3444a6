package dev.firesteel.chips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.field.KoalaBear;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Format;
import dev.firesteel.riscv.asm.Op;
import dev.firesteel.riscv.asm.Reg;
import dev.firesteel.riscv.oracle.IsaReference;
import dev.firesteel.riscv.vm.Opcode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows that claim a wrong result with everything else made to fit, and the check that refuses each: the only one, unless said otherwise. What
 * other rows of a segment would say to it is left aside, for a cheat would change them too.
 */
class AluForgeriesTest {
    private static final String RANGE = "range";

    /** A row of one instruction, to be changed. */
    private static final class Forgery {
        private final TableMutations table;
        private final int[] cells;

        Forgery(Op op, long a, long b) {
            Assembler asm = new Assembler();
            asm.li(Reg.T1, a);
            if (op.format() == Format.R) {
                asm.li(Reg.T2, b);
                asm.emit(op, Reg.A0, Reg.T1, Reg.T2, 0);
            } else if (op.format() == Format.BRANCH) {
                asm.li(Reg.T2, b);
                asm.emit(op, 0, Reg.T1, Reg.T2, 8);
                asm.nop();
            } else {
                asm.emit(op, Reg.A0, Reg.T1, 0, b);
            }
            asm.halt(0);
            String mnemonic = op.name().toLowerCase(Locale.ROOT);
            int operation = IntStream.range(0, Opcode.COUNT)
                    .filter(o -> Opcode.name(o).equals(mnemonic))
                    .findFirst()
                    .orElseThrow();
            String chip =
                    InstructionChips.ALL.get(InstructionChips.of(operation)).name();
            table = new TableMutations(ChipRuns.fill(asm, 1 << 20).get(0), chip);
            cells = IntStream.range(0, table.height())
                    .mapToObj(table::row)
                    .filter(row -> {
                        List<Integer> fetched = table.judge(row).on(Buses.PROGRAM, 1);
                        return fetched != null && fetched.get(1) == operation;
                    })
                    .reduce((first, last) -> last)
                    .orElseThrow();
            assertEquals(List.of(), table.judge(cells).refusals());
        }

        Forgery set(String column, long value) {
            cells[table.column(column)] = KoalaBear.fromCanonical(Math.floorMod(value, (long) KoalaBear.P));
            return this;
        }

        /** Sets a column to numerator / denominator modulo p. */
        Forgery setFraction(String column, long numerator, long denominator) {
            set(column, numerator);
            int at = table.column(column);
            cells[at] = KoalaBear.mul(cells[at], KoalaBear.inverse(KoalaBear.fromCanonical((int) denominator)));
            return this;
        }

        Forgery expect(String column, long value) {
            assertEquals(Math.floorMod(value, (long) KoalaBear.P), KoalaBear.toCanonical(cells[table.column(column)]));
            return this;
        }

        void refusedBy(String... checks) {
            assertEquals(
                    new TreeSet<>(Set.of(checks)),
                    new TreeSet<>(table.judge(cells).refusals()));
        }
    }

    @Test
    void wrongOrders() {
        String order = "comparison.order";
        new Forgery(Op.SLT, -1, 1)
                .expect(order + "[3]", 1)
                .set(order + "[3]", -1)
                .refusedBy(RANGE);
        new Forgery(Op.SLTU, 7, 7).set(order + "[0]", 1).refusedBy(RANGE);
        new Forgery(Op.SLTU, 7, 7).set(order + "[0]", -1).refusedBy(RANGE);
        // By a lower limb, and as equal.
        new Forgery(Op.SLTU, 0x1_0002, 0x2_0001)
                .expect(order + "[1]", 1)
                .set(order + "[1]", 0)
                .set(order + "[0]", -1)
                .refusedBy("limb 1 is equal when none differs so far");
        new Forgery(Op.SLTU, 0x1_0000, 0x2_0000)
                .set(order + "[1]", 0)
                .refusedBy("limb 1 is equal when none differs so far");
        // By a mixture of limbs.
        new Forgery(Op.SLTU, 0x1_0002, 0x2_0001).set(order + "[0]", -2).refusedBy("order[0] is the only one");
    }

    /** A lookup that fails could be undone by a row that makes it −1 times: −1 is a square. */
    @Test
    void lookupsThatAreTakenBack() {
        long root = BigInteger.valueOf(3)
                .modPow(BigInteger.valueOf((KoalaBear.P - 1) / 4), BigInteger.valueOf(KoalaBear.P))
                .longValueExact();
        Forgery padding = new Forgery(Op.BEQ, 1, 1);
        Arrays.fill(padding.cells, KoalaBear.ZERO);
        padding.set("comparison.order[0]", root);
        assertEquals(
                Map.of(new RowJudge.Message(Buses.RANGE, List.of(KoalaBear.P - 1, 16)), KoalaBear.P - 1),
                padding.table.judge(padding.cells).messages());
        padding.refusedBy("the order is −1, 0 or 1", RANGE);
    }

    @Test
    void wrongSigns() {
        String order = "comparison.order[3]";
        new Forgery(Op.SLT, -1, 1).set("comparison.signA", 0).set(order, -1).refusedBy(RANGE);
        new Forgery(Op.SLT, 1, -1).set("comparison.signB", 0).set(order, 1).refusedBy(RANGE);
        new Forgery(Op.SLTI, 1, 0)
                .set("comparison.order[0]", 0)
                .set("comparison.signA", 1)
                .set(order, 1)
                .refusedBy(RANGE);
        new Forgery(Op.SLTU, -1, 1)
                .set("comparison.signA", 1)
                .set(order, 1)
                .refusedBy("sign of a is boolean, and 0 unless signed");
        new Forgery(Op.SLTIU, 1, -1)
                .set("comparison.signB", 1)
                .set(order, -1)
                .refusedBy("sign of b is boolean, and 0 unless signed");
        new Forgery(Op.BLT, 5, 3)
                .setFraction("comparison.signA", -1, 1 << 15)
                .refusedBy("sign of a is boolean, and 0 unless signed");
        // An unsigned comparison as a signed one.
        new Forgery(Op.SLTU, -1, 1)
                .set("signed", 1)
                .set("comparison.signA", 1)
                .set(order, 1)
                .refusedBy("program");
    }

    @Test
    void wrongBranches() {
        for (Op op : List.of(Op.BEQ, Op.BLT, Op.BLTU)) {
            new Forgery(op, 2, 1).expect("taken", 0).set("taken", 1).refusedBy("program");
            new Forgery(op, 2, 1).set("taken", 1).set("holds", 1).refusedBy("holds");
        }
        for (Op op : List.of(Op.BNE, Op.BGE, Op.BGEU)) {
            new Forgery(op, 2, 1).expect("taken", 1).set("taken", 0).refusedBy("program");
            new Forgery(op, 2, 1).set("taken", 0).set("holds", 1).refusedBy("holds");
        }
        // 4 + 2 is the number of BLT, and the next pc lies beyond the target.
        new Forgery(Op.BLT, 2, 1)
                .set("equality", 1)
                .set("signed", 0)
                .set("taken", 2)
                .refusedBy("taken is boolean");
        // 6 + 2 is the number of BLTU.
        new Forgery(Op.BLTU, 2, 1)
                .set("signed", 1)
                .set("unsigned", 0)
                .set("taken", 2)
                .refusedBy("taken is boolean");
        // −4 + 2·6 is the number of BLTU, too.
        new Forgery(Op.BLTU, 2, 1)
                .set("equality", -1)
                .set("signed", 2)
                .set("unsigned", 0)
                .refusedBy("operation[0] is boolean", "operation[1] is boolean");
    }

    @Test
    void wrongBits() {
        // The limbs are the same.
        new Forgery(Op.XOR, 0x0F0F, 0x00FF)
                .set("a[0]", 0x0F + 256)
                .set("a[1]", 0x0F - 1)
                .refusedBy("and");
        new Forgery(Op.OR, 0x0F0F, 0x00FF)
                .set("b[0]", 0xFF - 256)
                .set("b[1]", 1)
                .refusedBy("and");
        new Forgery(Op.AND, 0x0F0F, 0x00FF).set("and[0]", 0).refusedBy("and");
        // With 4 the number is that of XOR, too.
        new Forgery(Op.XOR, 0x0F0F, 0x00FF).set("kind", 4).refusedBy("kind is 0, 1 or 2");
        new Forgery(Op.XOR, 0x0F0F, 0x00FF).set("kind", 1).refusedBy("program");
        new Forgery(Op.ANDI, -1, -1).set("b[4]", 0).set("and[4]", 0).refusedBy("limb 2 of an immediate");
        new Forgery(Op.ORI, 0, 0).set("b[7]", 1).refusedBy("limb 3 of an immediate");
    }

    @Test
    void wrongSumsOfWords() {
        new Forgery(Op.ADDW, 1, 1).set("sign", 1).refusedBy(RANGE);
        new Forgery(Op.SUBW, 1, 2).expect("sign", 1).set("sign", 0).refusedBy(RANGE);
        new Forgery(Op.ADDIW, -2, 1).set("sign", 0).refusedBy(RANGE);
        new Forgery(Op.ADDW, 1, 1).setFraction("sign", -1, 1 << 15).refusedBy("sign is boolean");
        // 2^16 too large instead of carrying.
        new Forgery(Op.ADDW, 0xFFFF, 1).set("z[0]", 0x1_0000).set("z[1]", 0).refusedBy(RANGE);
        new Forgery(Op.SUBW, 0x1_0000, 1).set("x[0]", -1).set("x[1]", 1).refusedBy(RANGE);
        new Forgery(Op.ADDIW, 1, 1)
                .set("z[0]", 5)
                .set("z[1]", 7)
                .refusedBy("carry[0] is boolean", "carry[1] is boolean");
        new Forgery(Op.ADDW, 1, 1).set("z[1]", 1).refusedBy("carry[1] is boolean");
        // The number is that of ADDW, too.
        new Forgery(Op.ADDW, 0, 0).setFraction("kind", 4, 3).refusedBy("kind is 0, 1 or 2");
    }

    @Test
    void limbsCutElsewhere() {
        for (Op op : List.of(Op.SLL, Op.SLLI, Op.SLLW, Op.SLLIW)) {
            new Forgery(op, 0x1234, 4)
                    .expect("shift.low[0]", 0x234)
                    .set("shift.low[0]", 0x1234)
                    .refusedBy(RANGE);
            new Forgery(op, 0x1234, 4).set("shift.low[0]", 0x234 - 0x1000).refusedBy(RANGE);
            new Forgery(op, 0x1234, 4).set("shift.low[0]", 0x235).refusedBy(RANGE);
            new Forgery(op, 0, 0).set("shift.low[1]", 0x1_0000).refusedBy(RANGE);
        }
        for (Op op : List.of(Op.SRL, Op.SRAI, Op.SRLW, Op.SRAIW)) {
            new Forgery(op, 0x1234, 4)
                    .expect("shift.low[0]", 4)
                    .set("shift.low[0]", 0x14)
                    .refusedBy(RANGE);
            new Forgery(op, 0x1234, 4).set("shift.low[0]", 4 - 0x10).refusedBy(RANGE);
            new Forgery(op, 0x1234, 4).set("shift.low[0]", 5).refusedBy(RANGE);
            new Forgery(op, 0x1_0000, 0).set("shift.low[1]", 1).refusedBy(RANGE);
        }
    }

    @Test
    void wrongAmounts() {
        for (Op op : List.of(Op.SLL, Op.SLLI, Op.SRL, Op.SRAI)) {
            boolean left = op == Op.SLL || op == Op.SLLI;
            new Forgery(op, 0, 5)
                    .set("shift.bits[0]", 0)
                    .set("shift.power", left ? 1 << 4 : 1 << 12)
                    .refusedBy(RANGE);
            new Forgery(op, 0, 5).set("shift.by[0]", 0).set("shift.by[1]", 1).refusedBy(RANGE);
            new Forgery(op, 0, 4).set("shift.power", left ? 1 << 5 : 1 << 11).refusedBy("power");
            new Forgery(op, 0, 2)
                    .set("shift.bits[0]", 2)
                    .set("shift.bits[1]", 0)
                    .set("shift.power", left ? 3 : 0)
                    .refusedBy("bit 0 of the amount is boolean");
            new Forgery(op, 0, 48)
                    .set("shift.by[3]", 0)
                    .set("shift.by[1]", 3)
                    .set("shift.by[0]", -2)
                    .refusedBy("by[0] is boolean", "by[1] is boolean");
        }
        for (Op op : List.of(Op.SLLW, Op.SRLIW, Op.SRAW)) {
            new Forgery(op, 0, 5)
                    .set("shift.wordBy[0]", 0)
                    .set("shift.wordBy[1]", 1)
                    .refusedBy(RANGE);
            new Forgery(op, 0, 5)
                    .set("shift.wordBy[0]", 0)
                    .set("shift.by[0]", 1)
                    .refusedBy("program");
        }
        // 32 is an amount of 64 bits and none of 32.
        new Forgery(Op.SLL, 0, 32)
                .set("shift.by[2]", 0)
                .set("shift.wordBy[0]", 1)
                .refusedBy("program");
        // A garbage bit above the amount, taken for a part of it.
        new Forgery(Op.SLLW, 0, 32 + 5)
                .set("shift.wordBy[0]", 0)
                .set("shift.by[2]", 1)
                .refusedBy("program");
    }

    @Test
    void wrongSignsOfShifts() {
        new Forgery(Op.SLLW, 0x4000_0000, 1).expect("sign", 1).set("sign", 0).refusedBy(RANGE);
        new Forgery(Op.SLLIW, 0x4000_0000, 0).set("sign", 1).refusedBy(RANGE);
        new Forgery(Op.SLL, -1, 1).set("sign", 1).refusedBy("sign is boolean, and 0 unless a word's");

        String byLimbs = "a logical shift by limbs has no sign";
        String byBits = "a logical shift by bits has no sign";
        new Forgery(Op.SRL, -1, 4).set("sign", 1).refusedBy(byLimbs, byBits);
        new Forgery(Op.SRLI, -1, 0).set("sign", 1).refusedBy(byLimbs);
        new Forgery(Op.SRLW, -1, 4).set("sign", 1).refusedBy(byBits);
        new Forgery(Op.SRLIW, -1, 16).set("sign", 1).refusedBy(byLimbs);
        new Forgery(Op.SRLW, -1, 20).set("sign", 1).refusedBy(byBits, byLimbs);
        new Forgery(Op.SRLW, -1, 0).expect("sign", 1).set("sign", 0).refusedBy(RANGE);
        new Forgery(Op.SRLIW, 1, 0).set("sign", 1).refusedBy(RANGE);
        for (int amount : new int[] {0, 3, 16, 21, 31}) {
            for (Op op : List.of(Op.SRA, Op.SRAI, Op.SRAW, Op.SRAIW)) {
                new Forgery(op, -9, amount).expect("sign", 1).set("sign", 0).refusedBy(RANGE);
                new Forgery(op, 9, amount).expect("sign", 0).set("sign", 1).refusedBy(RANGE);
            }
            // The sign of the other half.
            new Forgery(Op.SRAW, 0x8000_0000_0000_0000L, amount)
                    .expect("sign", 0)
                    .set("sign", 1)
                    .refusedBy(RANGE);
            new Forgery(Op.SRAW, 0x8000_0000L, amount)
                    .expect("sign", 1)
                    .set("sign", 0)
                    .refusedBy(RANGE);
        }
        new Forgery(Op.SRA, 1, 63).setFraction("sign", -1, 1 << 15).refusedBy("sign is boolean");
    }

    /** Checks a row that nothing refuses against the reference: whatever its cells are, what it says is right. */
    private static void assertRight(TableMutations.Judgement row) {
        List<Integer> fetched = row.on(Buses.PROGRAM, 1);
        List<Integer> from = row.on(Buses.STATE, -1);
        List<Integer> to = row.on(Buses.STATE, 1);
        Op op = Op.valueOf(Opcode.name(fetched.get(1)).toUpperCase(Locale.ROOT));
        int clock = from.get(0);
        long a = value(row, clock + Instruction.FIRST_READ);
        long b = op.format() == Format.R || op.format() == Format.BRANCH
                ? value(row, clock + Instruction.SECOND_READ)
                : (long) (short) (int) fetched.get(5);
        long next = from.get(1) + 1;
        if (op.format() == Format.BRANCH) {
            next = IsaReference.taken(op, a, b) ? fetched.get(9) : next;
        } else {
            assertEquals(
                    IsaReference.compute(op, a, b), value(row, clock + Instruction.RESULT), op + " " + a + " " + b);
        }
        assertEquals(next, (long) to.get(1), op + " " + a + " " + b);
        assertEquals(clock + Buses.CLOCKS_PER_STEP, to.get(0));
    }

    /** The limbs of the register that was accessed at {@code clock}. */
    private static List<Integer> limbs(TableMutations.Judgement row, int clock) {
        return row.sent().stream()
                .filter(m -> m.bus() == Buses.MEMORY && m.fields().get(5) == clock)
                .findFirst()
                .orElseThrow()
                .fields()
                .subList(1, 1 + Buses.LIMBS);
    }

    private static boolean areLimbs(List<Integer> limbs) {
        return limbs.stream().allMatch(limb -> limb < 1 << 16);
    }

    private static long value(TableMutations.Judgement row, int clock) {
        List<Integer> limbs = limbs(row, clock);
        assertTrue(areLimbs(limbs), limbs::toString);
        long value = 0;
        for (int i = 0; i < Buses.LIMBS; i++) {
            value |= (long) limbs.get(i) << 16 * i;
        }
        return value;
    }

    /** Rows of a table crossed with each other: some cells of one, the others of another one. */
    @ParameterizedTest
    @ValueSource(strings = {"less-than", "branch", "bitwise", "add-sub-word", "shift-left", "shift-right"})
    void crossedRowsAreRefusedOrRight(String chip) {
        SplittableRandom random = new SplittableRandom(31);
        TableMutations table = new TableMutations(AluMutationsTest.everyOperation(), chip);
        int accepted = 0;
        for (int round = 0; round < 20_000; round++) {
            int[] cells = table.row(random.nextInt(table.height()));
            int[] other = table.row(random.nextInt(table.height()));
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                int first = random.nextInt(cells.length);
                int last = Math.min(cells.length, first + 1 + random.nextInt(4));
                System.arraycopy(other, first, cells, first, last - first);
            }
            accepted += accepted(table, cells);
        }
        assertTrue(accepted > 100, "only " + accepted + " were accepted");
    }

    /** 1 when {@code cells} are a real row on registers that hold limbs of 16 bits, and nothing refuses it; then it must be right. */
    private static int accepted(TableMutations table, int[] cells) {
        TableMutations.Judgement judgement = table.judge(cells);
        if (!judgement.refusals().isEmpty() || judgement.on(Buses.PROGRAM, 1) == null) {
            return 0;
        }
        int clock = judgement.on(Buses.STATE, -1).get(0);
        if (!judgement.sent().stream()
                .filter(m -> m.bus() == Buses.MEMORY && m.fields().get(5) != clock + Instruction.RESULT)
                .allMatch(m -> areLimbs(m.fields().subList(1, 1 + Buses.LIMBS)))) {
            return 0;
        }
        assertRight(judgement);
        return 1;
    }

    /** Two cells that say how the result comes about, changed together, of a row of every operation. */
    @ParameterizedTest
    @ValueSource(strings = {"less-than", "branch", "add-sub-word", "shift-left", "shift-right"})
    void pairsOfChangedCellsAreRefusedOrRight(String chip) {
        TableMutations table = new TableMutations(AluMutationsTest.everyOperation(), chip);
        List<Integer> columns = new ArrayList<>();
        for (String name : table.chip().mainColumns()) {
            if (!name.matches("clock|pc|rd|rs1|rs2|target|.*(previous|gapLow|result.*|value.*|unused.*)")) {
                columns.add(table.column(name));
            }
        }
        Set<Integer> seen = new TreeSet<>();
        int accepted = 0;
        for (int row = 0; row < table.height(); row++) {
            int[] cells = table.row(row);
            List<Integer> fetched = table.judge(cells).on(Buses.PROGRAM, 1);
            // From the third operands on: with those before nearly everything is 0.
            if (row * AluMutationsTest.OPERAND_PAIRS < 2 * table.height()
                    || fetched == null
                    || !seen.add(fetched.get(1))) {
                continue;
            }
            for (int first : columns) {
                for (int second : columns) {
                    if (first < second) {
                        accepted += pair(table, cells, first, second);
                    }
                }
            }
        }
        assertEquals(AluMutationsTest.operations(chip).size(), seen.size());
        assertTrue(accepted >= seen.size());
    }

    private static int pair(TableMutations table, int[] honest, int first, int second) {
        int accepted = 0;
        int[] cells = honest.clone();
        for (int x : values(honest[first])) {
            for (int y : values(honest[second])) {
                cells[first] = x;
                cells[second] = y;
                accepted += accepted(table, cells);
            }
        }
        return accepted;
    }

    private static int[] values(int old) {
        int one = KoalaBear.ONE;
        return new int[] {old, KoalaBear.ZERO, one, KoalaBear.neg(one), KoalaBear.add(old, one), KoalaBear.sub(old, one)
        };
    }
}
