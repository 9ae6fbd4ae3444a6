package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;

/**
 * The columns with which a row compares two 64-bit numbers, signed or unsigned.
 *
 * @param order at the most significant limb in which the numbers differ 1 when the first is less and −1 when it is greater, 0 at the
 *     others, so all 0 when they are equal
 * @param signA the first number's sign when they are signed, else 0
 * @param signB the second's
 */
record Comparison(@Width(LIMBS) Expression[] order, Expression signA, Expression signB) {
    private static final int TOP = LIMBS - 1;
    private static final int LIMB_BITS = 16;

    /**
     * The columns compare {@code a} with {@code b}, whose limbs must be known to have 16 bits.
     *
     * @param signed 1 in rows that compare signed numbers, else 0, in padding too
     */
    void define(Instruction instruction, Expression signed, Expression[] a, Expression[] b) {
        ConstraintBuilder builder = instruction.builder();
        sign(instruction, "a", signed, signA, a[TOP]);
        sign(instruction, "b", signed, signB, b[TOP]);
        Expression above = Expression.constant(0);
        for (int i = TOP; i >= 0; i--) {
            if (i < TOP) {
                // Otherwise two limbs could be chosen, and their differences mixed.
                builder.assertZeroWhen("order[" + i + "] is the only one", above, order[i]);
            }
            above = above.plus(order[i]);
            // Otherwise numbers that differ here could be taken for equal, or ordered by a lower limb.
            builder.assertZeroWhen(
                    "limb " + i + " is equal when none differs so far",
                    above.times(above).not(),
                    a[i].minus(b[i]));
        }
        // Otherwise a padding row could make the lookup below −1 times, and take back another row's that fails.
        builder.assertZero("the order is −1, 0 or 1", above.times(different().not()));
        // The difference of the chosen limbs, the top ones with their sign: between −2^16 and 2^16 exclusive.
        Expression difference = signA.minus(signB).times(1 << LIMB_BITS).times(order[TOP]);
        for (int i = 0; i < LIMBS; i++) {
            difference = difference.plus(order[i].times(b[i].minus(a[i])));
        }
        // Otherwise the order could be the wrong one, or equal limbs could be said to differ: the difference times the
        // order is positive.
        instruction.range(different(), difference.minus(1), LIMB_BITS);
    }

    private static void sign(Instruction instruction, String name, Expression signed, Expression sign, Expression top) {
        // Otherwise unsigned numbers could be compared as signed ones, or a sign be a fraction.
        instruction
                .builder()
                .assertZeroWhen("sign of " + name + " is boolean, and 0 unless signed", sign, signed.minus(sign));
        // Otherwise a signed number could be compared as an unsigned one, or a positive one as negative.
        instruction.range(signed, top.minus(sign.times(1 << LIMB_BITS - 1)), LIMB_BITS - 1);
    }

    /** Whether the numbers differ. Of degree 2. */
    Expression different() {
        Expression sum = Instruction.sum(order);
        return sum.times(sum);
    }

    /** Whether the first one is less. Of degree 2. */
    Expression less() {
        return different().plus(Instruction.sum(order)).times(Expression.ofInverse(2));
    }

    /** Sets the cells for {@code a} and {@code b}. */
    void fill(Row row, boolean signed, long a, long b) {
        if (a != b) {
            boolean less = signed ? a < b : Long.compareUnsigned(a, b) < 0;
            row.set(order[(63 - Long.numberOfLeadingZeros(a ^ b)) / LIMB_BITS], less ? 1 : -1);
        }
        if (signed) {
            row.set(signA, a < 0);
            row.set(signB, b < 0);
        }
    }
}
