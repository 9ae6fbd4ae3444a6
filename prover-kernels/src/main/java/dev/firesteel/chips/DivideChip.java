package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;
import static dev.firesteel.chips.ByteProduct.BYTES;
import static dev.firesteel.chips.ByteProduct.PRODUCT_LIMBS;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.riscv.vm.Opcode;

/**
 * DIV, DIVU, REM, REMU and their W forms.
 *
 * <p>A number here is 64 bits and a sign, and stands for the bits less 2^64 when the sign is set: an unsigned number has sign 0, a signed one that of its
 * top bit, and the W forms' operands are extended to such numbers first. Dividend and divisor a and b being given, the row shows a = b·q + r as
 * integers, where r is 0 or has a's sign, and |r| &lt; |b| unless b = 0, when all bits of q are 1. There is exactly one such q and r: nothing
 * is special in INT_MIN / −1, whose quotient 2^63 has sign 0.
 */
final class DivideChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);
    private static final int WORD_LIMBS = 2;

    /**
     * @param signed whether the operation takes its operands as signed
     * @param remainder whether its result is the remainder
     * @param word whether it is a W form
     * @param first the register of the dividend
     * @param aSign the dividend's sign
     * @param upper the upper limbs of the divisor's register
     * @param b bytes of the divisor
     * @param q bytes of the quotient
     * @param r limbs of the remainder
     * @param room |b| − |r| − 1, unless b is 0
     * @param nonzero whether b is not 0
     * @param inverse of the sum of b's bytes
     * @param extension W forms: bit 31 of the result
     */
    record Columns(
            Expression real,
            Expression signed,
            Expression remainder,
            Expression word,
            Expression clock,
            Expression pc,
            Expression rd,
            Expression rs1,
            Expression rs2,
            Read first,
            Expression aSign,
            @Width(LIMBS - WORD_LIMBS) Expression[] upper,
            Access second,
            @Width(BYTES) Expression[] b,
            Expression bSign,
            @Width(BYTES) Expression[] q,
            Expression qSign,
            @Width(LIMBS) Expression[] r,
            Expression rSign,
            @Width(LIMBS) Expression[] room,
            Expression nonzero,
            Expression inverse,
            Expression extension,
            Write result) {}

    @Override
    public String name() {
        return "divide";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        Instruction instruction = new Instruction(builder, c.real(), c.clock(), c.pc());
        // Otherwise other numbers could add up to the operation, and the row do some of one and some of another.
        instruction.booleans("operation", c.signed(), c.remainder(), c.word());
        instruction.step(instruction.following());
        instruction.fetch(new Instruction.Fetch(Expression.constant(Opcode.DIVU)
                        .plus(c.signed().times(Opcode.DIV - Opcode.DIVU))
                        .plus(c.remainder().times(Opcode.REMU - Opcode.DIVU))
                        .plus(c.word().times(Opcode.DIVUW - Opcode.DIVU)))
                .rd(c.rd())
                .rs1(c.rs1())
                .rs2(c.rs2()));
        Expression[] b = ByteProduct.joined(c.b());
        Expression[] bRegister = {b[0], b[1], c.upper()[0], c.upper()[1]};
        instruction.read(c.rs1(), c.first(), Instruction.FIRST_READ);
        instruction.readAs(c.rs2(), c.second(), bRegister, Instruction.SECOND_READ);
        // Otherwise a limb could be split otherwise than into its bytes, and the product be that of other numbers.
        ByteProduct.check(instruction, c.b());
        Expression[] a = operand(instruction, "a", c, c.first().value(), c.aSign());
        Expression[] bExtended = operand(instruction, "b", c, bRegister, c.bSign());
        for (int i = WORD_LIMBS; i < LIMBS; i++) {
            // Otherwise the divisor's upper half could be any.
            builder.assertEqual("b[" + i + "]", b[i], bExtended[i]);
        }
        equation(instruction, c, a);
        remainder(instruction, c, b);
        divisionByZero(builder, c);
        result(instruction, c);
    }

    /** The limbs of an operand whose register holds {@code limbs}, and its sign. */
    private static Expression[] operand(
            Instruction instruction, String name, Columns c, Expression[] limbs, Expression sign) {
        ConstraintBuilder builder = instruction.builder();
        // Otherwise the sign could be the fraction for which the check below holds whatever the limb.
        builder.assertBoolean(name + "'s sign is boolean", sign);
        // Otherwise an unsigned operand could be taken as negative.
        builder.assertZeroWhen(name + " has no sign", c.signed().not(), sign);
        Expression top = choose(c.word(), limbs[1], limbs[3]);
        // Otherwise a negative operand could be taken as positive, or the other way round.
        instruction.range(c.signed(), top.minus(sign.times(1 << 15)), 15);
        Expression[] extended = limbs.clone();
        for (int i = WORD_LIMBS; i < LIMBS; i++) {
            extended[i] = choose(c.word(), sign.times(0xFFFF), limbs[i]);
        }
        return extended;
    }

    private static Expression choose(Expression condition, Expression yes, Expression no) {
        return condition.times(yes).plus(condition.not().times(no));
    }

    /** a = b·q + r modulo 2^128; both sides are less than 2^128 apart, so they are equal. */
    private static void equation(Instruction instruction, Columns c, Expression[] a) {
        ConstraintBuilder builder = instruction.builder();
        // Otherwise bits that are no bytes could give the same product.
        ByteProduct.check(instruction, c.q());
        // Otherwise a fraction of 2^64 could be taken off the quotient.
        builder.assertBoolean("q's sign is boolean", c.qSign());
        // Otherwise the product of unsigned numbers could be close to −2^128, and the two sides 2^128 apart.
        builder.assertZeroWhen("q has no sign", c.signed().not(), c.qSign());
        Expression[] sums = ByteProduct.limbs(c.b(), c.bSign(), c.q(), c.qSign());
        Expression carry = Expression.constant(0);
        for (int k = 0; k < PRODUCT_LIMBS; k++) {
            boolean extension = k >= LIMBS;
            carry = Limbs.carry(
                    sums[k],
                    extension ? c.rSign().times(0xFFFF) : c.r()[k],
                    carry,
                    extension ? c.aSign().times(0xFFFF) : a[k]);
            // Otherwise any q and r would do, with the fraction modulo p as carry that makes it so.
            instruction.range(instruction.real(), carry, ByteProduct.CARRY_BITS);
        }
    }

    private static void remainder(Instruction instruction, Columns c, Expression[] b) {
        ConstraintBuilder builder = instruction.builder();
        // Otherwise a limb could be a multiple of 2^16 too large, or negative.
        instruction.limbs(c.r());
        // Otherwise it would have to be shown of fractions too that the rest leaves none of them.
        builder.assertBoolean("r's sign is boolean", c.rSign());
        // Otherwise a remainder could have the other sign, and the quotient be 1 further from 0. The limbs have 16
        // bits: only zeros add up to 0. With sign 1 these stand for −2^64, which is no remainder.
        builder.assertZeroWhen("r is 0 or has a's sign", c.aSign().minus(c.rSign()), Instruction.sum(c.r()));
        Expression bFactor = Expression.constant(1).minus(c.bSign().times(2));
        Expression rFactor = Expression.constant(1).minus(c.rSign().times(2));
        Expression carry = Expression.constant(-1);
        for (int i = 0; i < LIMBS; i++) {
            carry = Limbs.carry(
                    bFactor.times(b[i]),
                    Expression.constant(0),
                    carry,
                    rFactor.times(c.r()[i]).plus(c.room()[i]));
            // Otherwise a limb could be a multiple of 2^16 too large, and |b| − |r| − 1 be negative.
            instruction.range(c.nonzero(), c.room()[i], 16);
            if (i < LIMBS - 1) {
                // Otherwise a limb could be any number of 16 bits. What is carried lies from −2 to 1.
                instruction.range(c.nonzero(), carry.plus(2), 2);
            }
        }
        // Otherwise |r| could be |b| or more. With their signs set, |b| and |r| are 2^64 less their bits.
        builder.assertZeroWhen("|r| < |b|", c.nonzero(), carry.plus(c.bSign()).minus(c.rSign()));
    }

    private static void divisionByZero(ConstraintBuilder builder, Columns c) {
        Expression sum = Instruction.sum(c.b());
        // Otherwise division by 0 could be taken as one by another number, with a quotient at will. Bytes add up to 0
        // only if all are 0.
        builder.assertEqual("b is not 0", c.nonzero(), sum.times(c.inverse()));
        // Otherwise any division could be taken as one by 0, with a remainder of any size. Both together make the cell
        // boolean.
        builder.assertZeroWhen("b is 0", c.nonzero().not(), sum);
        // Otherwise a division by 0 could have any quotient. It has only bytes: each of them must be 255.
        builder.assertZeroWhen(
                "quotient by 0",
                c.real().minus(c.nonzero()),
                Expression.constant(0xFF * BYTES).minus(Instruction.sum(c.q())));
    }

    private static void result(Instruction instruction, Columns c) {
        Expression[] quotient = ByteProduct.joined(c.q());
        Expression[] chosen = new Expression[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            chosen[i] = choose(c.remainder(), c.r()[i], quotient[i]);
        }
        // Otherwise the result's upper half could be limbs of any size.
        instruction.builder().assertBoolean("extension is boolean", c.extension());
        // Otherwise it could be extended by the wrong sign.
        instruction.range(c.word(), chosen[1].minus(c.extension().times(1 << 15)), 15);
        for (int i = WORD_LIMBS; i < LIMBS; i++) {
            chosen[i] = choose(c.word(), c.extension().times(0xFFFF), chosen[i]);
        }
        instruction.write(c.rd(), c.result(), chosen);
    }

    /**
     * A division as its row shows it: signs, and bits as far as they are not the register's.
     *
     * @param b the divisor's bits after extension
     */
    record Division(boolean aSign, long b, boolean bSign, long q, boolean qSign, long r, boolean rSign) {

        static Division of(boolean signed, boolean word, long aRegister, long bRegister) {
            long a = extended(signed, word, aRegister);
            long b = extended(signed, word, bRegister);
            if (!signed) {
                long q = b == 0 ? -1 : Long.divideUnsigned(a, b);
                return new Division(false, b, false, q, false, a - b * q, false);
            }
            long q = b == 0 ? -1 : a / b;
            long r = a - b * q;
            // INT_MIN / −1 is 2^63.
            boolean overflow = q < 0 && a < 0 && b < 0;
            return new Division(a < 0, b, b < 0, q, q < 0 && !overflow, r, r < 0);
        }

        private static long extended(boolean signed, boolean word, long register) {
            return !word ? register : signed ? (int) register : Integer.toUnsignedLong((int) register);
        }
    }

    @Override
    public void fill(Executed step, Row row) {
        int operation = step.operation();
        boolean signed =
                switch (operation) {
                    case Opcode.DIV, Opcode.REM, Opcode.DIVW, Opcode.REMW -> true;
                    default -> false;
                };
        fill(step, row, signed, Division.of(signed, operation >= Opcode.DIVW, step.a(), step.b()));
    }

    /** Fills the row with {@code division}, right or wrong. */
    static void fill(Executed step, Row row, boolean signed, Division division) {
        int operation = step.operation();
        boolean word = operation >= Opcode.DIVW;
        boolean remainder =
                switch (operation) {
                    case Opcode.REM, Opcode.REMU, Opcode.REMW, Opcode.REMUW -> true;
                    default -> false;
                };
        row.set(CELLS.real(), true);
        row.set(CELLS.signed(), signed);
        row.set(CELLS.remainder(), remainder);
        row.set(CELLS.word(), word);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rd(), step.rd());
        row.set(CELLS.rs1(), step.rs1());
        row.set(CELLS.rs2(), step.rs2());
        row.first(CELLS.first(), step);
        row.limbs(CELLS.upper(), step.b() >>> 32);
        row.access(CELLS.second(), step.bPrevious(), step.clock() + Instruction.SECOND_READ);
        row.result(CELLS.result(), step);
        row.set(CELLS.aSign(), division.aSign);
        row.bytes(CELLS.b(), division.b);
        row.set(CELLS.bSign(), division.bSign);
        row.bytes(CELLS.q(), division.q);
        row.set(CELLS.qSign(), division.qSign);
        row.limbs(CELLS.r(), division.r);
        row.set(CELLS.rSign(), division.rSign);
        row.set(CELLS.extension(), word && (int) (remainder ? division.r : division.q) < 0);
        if (division.b != 0) {
            long divisor = division.bSign ? -division.b : division.b;
            row.limbs(CELLS.room(), divisor - (division.rSign ? -division.r : division.r) - 1);
            row.set(CELLS.nonzero(), true);
            row.set(CELLS.inverse(), inverse(division.b));
        }
    }

    /** The inverse of the sum of the bytes of {@code value}. */
    private static int inverse(long value) {
        int sum = 0;
        for (int i = 0; i < BYTES; i++) {
            sum += (int) (value >>> 8 * i & 0xFF);
        }
        return KoalaBear.toCanonical(KoalaBear.inverse(KoalaBear.fromCanonical(sum)));
    }
}
