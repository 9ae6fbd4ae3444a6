package dev.firesteel.examples;

import dev.firesteel.air.Trace;

/**
 * Writes a trace row by row. Cells of a row are a whole column apart, so rows are gathered and written a cache line of each column at a
 * time. Rows after the last one that was advanced past keep what they had.
 */
final class RowBuffer {
    private static final int ROWS = 16;

    private final Trace trace;
    private final int[] cells;
    private int gathered;
    private int written;

    RowBuffer(Trace trace) {
        this.trace = trace;
        this.cells = new int[ROWS * trace.width()];
    }

    /** The cells of all gathered rows; the current row begins at {@link #row}, and all of its cells must be set. */
    int[] cells() {
        return cells;
    }

    /** Index of the current row's first cell. */
    int row() {
        return gathered * trace.width();
    }

    /** Ends the current row. */
    void advance() {
        if (++gathered == ROWS) {
            flush();
        }
    }

    /** Writes what is gathered; call it after the last row. */
    void flush() {
        int[] data = trace.data();
        for (int column = 0; column < trace.width(); column++) {
            int at = trace.offset() + column * trace.height() + written;
            for (int i = 0, from = column; i < gathered; i++, from += trace.width()) {
                data[at + i] = cells[from];
            }
        }
        written += gathered;
        gathered = 0;
    }
}
