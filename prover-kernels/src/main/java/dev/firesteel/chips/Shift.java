package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;

/**
 * The columns with which a row shifts by an amount: by whole limbs, and by up to 15 bits, for which every limb of the first operand is cut
 * into a low and a high part. A shift to the left by k bits cuts at bit 16 − k, one to the right at bit k.
 *
 * @param by whether it is a shift of 64 bits, by so many limbs and a few bits
 * @param wordBy whether it is a shift of 32 bits, by so many limbs and a few bits
 * @param bits of the amount modulo 16
 * @param power 2^k for a shift to the left, 2^(16 − k) for one to the right: what a low part is multiplied with, to stand in the upper
 *     bits of a limb
 * @param low the first operand's limbs' low parts
 */
record Shift(
        @Width(LIMBS) Expression[] by,
        @Width(WORD_LIMBS) Expression[] wordBy,
        @Width(AMOUNT_BITS) Expression[] bits,
        Expression power,
        @Width(LIMBS) Expression[] low) {
    static final int WORD_LIMBS = 2;
    static final int AMOUNT_BITS = 4;
    static final int LIMB_BITS = 16;

    /** Whether the row is an instruction. That this is boolean is asserted by {@link Instruction}. */
    Expression real() {
        return Instruction.sum(by).plus(word());
    }

    /** Whether only the lower 32 bits are shifted. */
    Expression word() {
        return Instruction.sum(wordBy);
    }

    /** The amount modulo 16. */
    private Expression few() {
        Expression sum = Expression.constant(0);
        for (int i = 0; i < AMOUNT_BITS; i++) {
            sum = sum.plus(bits[i].times(1 << i));
        }
        return sum;
    }

    /**
     * The columns shift by the lower 6 bits, for words 5 bits, of {@code second}.
     *
     * @param second the second operand's first limb, known to have 16 bits
     */
    void amount(Instruction instruction, Expression second) {
        ConstraintBuilder builder = instruction.builder();
        instruction.booleans("by", by);
        instruction.booleans("word by", wordBy);
        Expression amount = few();
        for (int i = 0; i < AMOUNT_BITS; i++) {
            // Otherwise the shift could be by a fraction of a bit.
            builder.assertBoolean("bit " + i + " of the amount is boolean", bits[i]);
        }
        for (int i = 1; i < LIMBS; i++) {
            amount = amount.plus(by[i].times(i * LIMB_BITS));
        }
        amount = amount.plus(wordBy[1].times(LIMB_BITS));
        // Otherwise the shift could be by another amount. Above the amount's 6 bits there are 10, above 5 there are 11.
        instruction.range(
                instruction.real(),
                second.minus(amount).times(word().plus(1)).times(Expression.ofInverse(1 << 6)),
                word().plus(10));
    }

    /** The power is that of a shift to the left; it may be 0 in padding. */
    void powerToTheLeft(ConstraintBuilder builder) {
        // 2^(8·bit) is on the left as its inverse, (256 − 255·bit) / 256, for the degree's sake.
        // Otherwise bits could be moved to anywhere else.
        builder.assertEqual(
                "power",
                power.times(Expression.constant(256).minus(bits[3].times(255))),
                bits[0].plus(real())
                        .times(bits[1].times(3).plus(1))
                        .times(bits[2].times(15).plus(1))
                        .times(256));
    }

    /** The power is that of a shift to the right; it may be 0 in padding. */
    void powerToTheRight(ConstraintBuilder builder) {
        // Three inverses, each times its power; 2^(8·bit) is on the left instead, for the degree's sake.
        // Otherwise bits could be moved to anywhere else.
        builder.assertEqual(
                "power",
                power.times(bits[3].times(255).plus(1)),
                real().times(2)
                        .minus(bits[0])
                        .times(Expression.constant(4).minus(bits[1].times(3)))
                        .times(Expression.constant(16).minus(bits[2].times(15)))
                        .times(1 << 9));
    }

    /**
     * Cuts the limbs of the first operand, each of 16 bits: a = low + high·2^16 / power.
     *
     * @param left whether it is a shift to the left
     * @return the high parts, of degree 2; shown to have 16 − (bits of the low part) bits
     */
    Expression[] cut(Instruction instruction, boolean left, Expression[] a) {
        Expression few = few();
        Expression rest = Expression.constant(LIMB_BITS).minus(few);
        Expression[] high = new Expression[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            high[i] = a[i].minus(low[i]).times(power).times(Expression.ofInverse(1 << LIMB_BITS));
            // Otherwise a limb could be cut elsewhere, into parts that overlap when they are put together again. With
            // exactly these bits low + high·2^16 / power is below 2^16, so it is the limb and not one that is the same
            // modulo p.
            instruction.range(instruction.real(), low[i], left ? rest : few);
            instruction.range(instruction.real(), high[i], left ? few : rest);
        }
        return high;
    }

    /** The low part of limb {@code i} in the upper bits of a limb. */
    Expression raised(int i) {
        return low[i].times(power);
    }

    /** Sets the cells for a shift of {@code a} by the lower bits of {@code b}. */
    void fill(Row row, boolean word, boolean left, long a, long b) {
        int amount = (int) b & (word ? 31 : 63);
        int few = amount % LIMB_BITS;
        int lowBits = left ? LIMB_BITS - few : few;
        row.set((word ? wordBy : by)[amount / LIMB_BITS], true);
        for (int i = 0; i < AMOUNT_BITS; i++) {
            row.set(bits[i], few >>> i & 1);
        }
        row.set(power, 1 << LIMB_BITS - lowBits);
        for (int i = 0; i < LIMBS; i++) {
            row.set(low[i], a >>> LIMB_BITS * i & (1 << lowBits) - 1);
        }
    }
}
