package dev.firesteel.air;

import dev.firesteel.field.KoalaBear;

/**
 * A polynomial in the cells of one row, as a node of a directed graph: nodes are shared, never copied. Immutable.
 *
 * <p>There is no cell of a next row: rows talk over buses.
 */
public final class Expression {
    /** What a node is. */
    public enum Kind {
        /** A cell of the table that is fixed in the proving key. */
        PREPROCESSED,
        /** A cell of the table that the prover fills. */
        MAIN,
        /** A base-field constant. */
        CONSTANT,
        /** left + right. */
        SUM,
        /** left − right. */
        DIFFERENCE,
        /** left · right. */
        PRODUCT
    }

    private final Kind kind;
    private final Expression left;
    private final Expression right;
    private final int value;
    private final int degree;

    private Expression(Kind kind, Expression left, Expression right, int value, int degree) {
        this.kind = kind;
        this.left = left;
        this.right = right;
        this.value = value;
        this.degree = degree;
    }

    /** The main cell of column {@code column}. */
    public static Expression main(int column) {
        return new Expression(Kind.MAIN, null, null, column, 1);
    }

    /** The preprocessed cell of column {@code column}. */
    public static Expression preprocessed(int column) {
        return new Expression(Kind.PREPROCESSED, null, null, column, 1);
    }

    /** The constant {@code value} mod p; negative values are allowed. */
    public static Expression constant(long value) {
        return ofMontgomery(KoalaBear.fromCanonical(Math.floorMod(value, (long) KoalaBear.P)));
    }

    /** The constant 1/{@code value}; {@code value} must not be a multiple of p. */
    public static Expression ofInverse(long value) {
        return ofMontgomery(KoalaBear.inverse(constant(value).value));
    }

    /** The constant whose Montgomery form is {@code montgomery}. */
    static Expression ofMontgomery(int montgomery) {
        return new Expression(Kind.CONSTANT, null, null, montgomery, 0);
    }

    /** An operation as it is, without simplification: what a description that was read back holds. */
    static Expression operation(Kind kind, Expression left, Expression right) {
        int degree =
                kind == Kind.PRODUCT ? Math.addExact(left.degree, right.degree) : Math.max(left.degree, right.degree);
        return new Expression(kind, left, right, 0, degree);
    }

    /** this + other. */
    public Expression plus(Expression other) {
        if (isZero()) {
            return other;
        }
        if (other.isZero()) {
            return this;
        }
        return constants(other)
                ? ofMontgomery(KoalaBear.add(value, other.value))
                : new Expression(Kind.SUM, this, other, 0, Math.max(degree, other.degree));
    }

    /** this + value. */
    public Expression plus(long constant) {
        return plus(constant(constant));
    }

    /** this − other. */
    public Expression minus(Expression other) {
        if (other.isZero()) {
            return this;
        }
        return constants(other)
                ? ofMontgomery(KoalaBear.sub(value, other.value))
                : new Expression(Kind.DIFFERENCE, this, other, 0, Math.max(degree, other.degree));
    }

    /** this − value. */
    public Expression minus(long constant) {
        return minus(constant(constant));
    }

    /** this · other. */
    public Expression times(Expression other) {
        if (isOne() || other.isZero()) {
            return other;
        }
        if (other.isOne() || isZero()) {
            return this;
        }
        return constants(other)
                ? ofMontgomery(KoalaBear.mul(value, other.value))
                : new Expression(Kind.PRODUCT, this, other, 0, degree + other.degree);
    }

    /** this · value. */
    public Expression times(long constant) {
        return times(constant(constant));
    }

    /** −this. */
    public Expression negated() {
        return constant(0).minus(this);
    }

    /** 1 − this: the negation of a boolean. */
    public Expression not() {
        return constant(1).minus(this);
    }

    public Kind kind() {
        return kind;
    }

    /** The left operand of a sum, difference or product, else null. */
    public Expression left() {
        return left;
    }

    /** The right operand of a sum, difference or product, else null. */
    public Expression right() {
        return right;
    }

    /** The column of a cell, or the constant in Montgomery form; 0 for operations. */
    public int value() {
        return value;
    }

    /** Total degree in the cells, as the expression is written (cancellation is not looked for). */
    public int degree() {
        return degree;
    }

    private boolean isZero() {
        return kind == Kind.CONSTANT && value == KoalaBear.ZERO;
    }

    private boolean isOne() {
        return kind == Kind.CONSTANT && value == KoalaBear.ONE;
    }

    private boolean constants(Expression other) {
        return kind == Kind.CONSTANT && other.kind == Kind.CONSTANT;
    }
}
