package dev.firesteel.chips;

import dev.firesteel.air.Expression;

/** Arithmetic on 16-bit limbs. */
final class Limbs {
    private static final Expression SHIFT = Expression.ofInverse(1 << 16);

    private Limbs() {}

    /** What a + b + carry − sum leaves for the next limb: (a + b + carry − sum) / 2^16. */
    static Expression carry(Expression a, Expression b, Expression carry, Expression sum) {
        return a.plus(b).plus(carry).minus(sum).times(SHIFT);
    }
}
