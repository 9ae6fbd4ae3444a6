package dev.firesteel.field;

/**
 * A vector of {@link Ext5} elements as five arrays: {@code coordinates[k][i]} is coordinate k of element i. What the kernels take is
 * {@link #coordinates()}; this class only makes and reads such arrays.
 */
public final class ExtVector {

    private final int length;
    private final int[][] coordinates;

    /** A vector of {@code length} zeros. */
    public ExtVector(int length) {
        this(length, new int[Ext5.DEGREE][length]);
    }

    /** The vector of the first {@code length} elements of five arrays, which may be longer. */
    public ExtVector(int length, int[][] coordinates) {
        this.length = length;
        this.coordinates = coordinates;
    }

    /** The vector of the first {@code length} elements of an array of the base field, which may be longer. It has one coordinate, and is only read. */
    public static ExtVector ofBase(int length, int[] elements) {
        return new ExtVector(length, new int[][] {elements});
    }

    /** Whether this was made by {@link #ofBase}. */
    public boolean base() {
        return coordinates.length == 1;
    }

    /** The number of elements. */
    public int length() {
        return length;
    }

    /** The five arrays themselves, not a copy. */
    public int[][] coordinates() {
        return coordinates;
    }

    /** The array of coordinate k itself, not a copy. */
    public int[] coordinate(int k) {
        return coordinates[k];
    }

    /** Copies element i to five consecutive ints. */
    public void get(int i, int[] out, int outOff) {
        for (int k = 0; k < Ext5.DEGREE; k++) {
            out[outOff + k] = k < coordinates.length ? coordinates[k][i] : 0;
        }
    }

    /** Sets element i from five consecutive ints. */
    public void set(int i, int[] a, int aOff) {
        for (int k = 0; k < Ext5.DEGREE; k++) {
            coordinates[k][i] = a[aOff + k];
        }
    }

    /** Sets element i to an element of the base field. */
    public void setBase(int i, int c) {
        coordinates[0][i] = c;
        for (int k = 1; k < Ext5.DEGREE; k++) {
            coordinates[k][i] = 0;
        }
    }
}
