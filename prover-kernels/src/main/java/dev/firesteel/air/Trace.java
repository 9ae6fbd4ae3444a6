package dev.firesteel.air;

import java.util.Arrays;

/**
 * The cells of one table, column after column: the cell of column c in row r is {@code data[offset + c·height + r]}, in Montgomery
 * form. This is the order in which columns are stacked for the commitment, so a trace is committed without being moved.
 *
 * @param height 0, or a power of two
 * @param width columns
 * @param data holds the cells, and perhaps those of other tables
 * @param offset index of the first cell
 */
public record Trace(int height, int width, int[] data, int offset) {
    public Trace {
        if (height != 0 && Integer.bitCount(height) != 1) {
            throw new IllegalArgumentException("a height of " + height + " is not a power of two");
        }
        if ((long) offset + (long) height * width > data.length) {
            throw new IllegalArgumentException("the array is too short for " + height + " × " + width + " cells");
        }
    }

    /** A table of zeros. */
    public static Trace zeros(int height, int width) {
        return new Trace(height, width, new int[Math.multiplyExact(height, width)], 0);
    }

    /** The cell of {@code column} in {@code row}. */
    public int get(int row, int column) {
        return data[offset + column * height + row];
    }

    /** Sets the cell of {@code column} in {@code row}, Montgomery form. */
    public void set(int row, int column, int value) {
        data[offset + column * height + row] = value;
    }

    /** A table with the same cells in an array of its own. */
    public Trace copy() {
        return new Trace(height, width, Arrays.copyOfRange(data, offset, offset + height * width), 0);
    }

    /** log2 of the height; −1 for the empty table. */
    public int logHeight() {
        return height == 0 ? -1 : Integer.numberOfTrailingZeros(height);
    }
}
