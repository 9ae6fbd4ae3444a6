package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;

/**
 * The columns that say which limb of a word is accessed.
 *
 * @param low bit 1 of the address
 * @param high bit 2 of the address
 */
record LimbChoice(Expression low, Expression high) {
    /** Both are bits. */
    void define(ConstraintBuilder builder) {
        // Otherwise a mixture of limbs could be accessed, and the address could be a multiple of 8 plus anything.
        builder.assertBoolean("address bit 1 is boolean", low);
        builder.assertBoolean("address bit 2 is boolean", high);
    }

    /** The limb's place in the word, in bytes. */
    Expression offset() {
        return low.times(2).plus(high.times(4));
    }

    /** Per limb, 1 if it is the one, else 0; of degree 2. */
    Expression[] selectors() {
        Expression both = low.times(high);
        return new Expression[] {low.not().minus(high).plus(both), low.minus(both), high.minus(both), both};
    }

    /** The one of {@code limbs}; of degree 3 if they are cells. */
    Expression of(Expression[] limbs) {
        Expression[] selectors = selectors();
        Expression sum = Expression.constant(0);
        for (int i = 0; i < LIMBS; i++) {
            sum = sum.plus(selectors[i].times(limbs[i]));
        }
        return sum;
    }

    /** Sets the columns to those of {@code step}. */
    void fill(Row row, Executed step) {
        row.set(low, step.address() >>> 1 & 1);
        row.set(high, step.address() >>> 2 & 1);
    }
}
