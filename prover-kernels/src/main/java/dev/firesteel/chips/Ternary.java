package dev.firesteel.chips;

import dev.firesteel.air.Expression;

/** A choice of three in one cell: 0, 1 or 2. Whether it is 1, or 2, is of degree 2 in the cell. */
final class Ternary {
    private Ternary() {}

    /** {@code cell} is 0, 1 or 2. */
    static void define(Instruction instruction, String name, Expression cell) {
        // Otherwise a row could mix what is to be chosen from.
        instruction
                .builder()
                .assertZero(name + " is 0, 1 or 2", cell.times(cell.minus(1)).times(cell.minus(2)));
    }

    /** Whether {@code cell} is 1. */
    static Expression isOne(Expression cell) {
        return cell.times(Expression.constant(2).minus(cell));
    }

    /** Whether {@code cell} is 2. */
    static Expression isTwo(Expression cell) {
        return cell.times(cell.minus(1)).times(Expression.ofInverse(2));
    }
}
