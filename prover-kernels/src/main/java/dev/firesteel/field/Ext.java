package dev.firesteel.field;

import java.util.Arrays;

/**
 * One element of the extension as an immutable value, for code that handles few of them: verifiers, challenges, claims. Kernels work on
 * arrays ({@link Ext5}, {@link ExtVector}).
 */
public final class Ext {
    /** 0. */
    public static final Ext ZERO = ofBase(KoalaBear.ZERO);
    /** 1. */
    public static final Ext ONE = ofBase(KoalaBear.ONE);

    private final int[] coordinates;

    private Ext(int[] coordinates) {
        this.coordinates = coordinates;
    }

    /** The element with the five coordinates from {@code a[offset]} on, Montgomery form. */
    public static Ext of(int[] a, int offset) {
        return new Ext(Arrays.copyOfRange(a, offset, offset + Ext5.DEGREE));
    }

    /** The base-field element {@code montgomery}. */
    public static Ext ofBase(int montgomery) {
        int[] coordinates = new int[Ext5.DEGREE];
        coordinates[0] = montgomery;
        return new Ext(coordinates);
    }

    /** The integer {@code value} mod p. */
    public static Ext ofLong(long value) {
        return ofBase(KoalaBear.fromCanonical(Math.floorMod(value, (long) KoalaBear.P)));
    }

    /** Element i of a vector. */
    public static Ext of(ExtVector vector, int i) {
        int[] coordinates = new int[Ext5.DEGREE];
        vector.get(i, coordinates, 0);
        return new Ext(coordinates);
    }

    public Ext plus(Ext other) {
        int[] out = new int[Ext5.DEGREE];
        Ext5.add(coordinates, 0, other.coordinates, 0, out, 0);
        return new Ext(out);
    }

    public Ext minus(Ext other) {
        int[] out = new int[Ext5.DEGREE];
        Ext5.sub(coordinates, 0, other.coordinates, 0, out, 0);
        return new Ext(out);
    }

    public Ext times(Ext other) {
        int[] out = new int[Ext5.DEGREE];
        Ext5.mul(coordinates, 0, other.coordinates, 0, out, 0);
        return new Ext(out);
    }

    /** this · c for c in the base field, Montgomery form. */
    public Ext times(int c) {
        int[] out = new int[Ext5.DEGREE];
        Ext5.mulBase(coordinates, 0, c, out, 0);
        return new Ext(out);
    }

    public Ext negated() {
        return ZERO.minus(this);
    }

    /** 1/this; throws {@link ArithmeticException} for zero. */
    public Ext inverse() {
        int[] out = new int[Ext5.DEGREE];
        Ext5.inverse(coordinates, 0, out, 0);
        return new Ext(out);
    }

    public boolean isZero() {
        return Ext5.isZero(coordinates, 0);
    }

    /** Coordinate k, Montgomery form. */
    public int coordinate(int k) {
        return coordinates[k];
    }

    /** Copies the coordinates to {@code out[offset]} on. */
    public void copyTo(int[] out, int offset) {
        System.arraycopy(coordinates, 0, out, offset, Ext5.DEGREE);
    }

    /** A copy of the coordinates. */
    public int[] toArray() {
        return coordinates.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ext ext && Arrays.equals(coordinates, ext.coordinates);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(coordinates);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("(");
        for (int k = 0; k < Ext5.DEGREE; k++) {
            text.append(k == 0 ? "" : ", ").append(KoalaBear.toCanonical(coordinates[k]));
        }
        return text.append(')').toString();
    }
}
