package dev.firesteel.functions;

import dev.firesteel.air.Expression;

/** Expressions of bits. */
public final class Bits {
    private Bits() {}

    /** a ⊕ b for booleans: one factor that does not depend on a, so that it is shared where b is. */
    public static Expression xor(Expression a, Expression b) {
        return b.plus(a.times(Expression.constant(1).minus(b.plus(b))));
    }

    /** The number whose bits are {@code bits[from]}, the lowest, to {@code bits[to − 1]}. */
    public static Expression number(Expression[] bits, int from, int to) {
        Expression number = bits[to - 1];
        for (int bit = to - 2; bit >= from; bit--) {
            number = number.plus(number).plus(bits[bit]);
        }
        return number;
    }

    /** x ⊕ y ⊕ z for booleans, of degree 3 in cells. */
    static Expression xor(Expression x, Expression y, Expression z) {
        return xor(x, xor(y, z));
    }
}
