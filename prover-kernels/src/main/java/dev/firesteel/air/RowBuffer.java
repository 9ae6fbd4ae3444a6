package dev.firesteel.air;

/**
 * Writes a trace row by row. Cells of a row are a whole column apart, so rows are gathered and written a cache line of each column at a
 * time. Rows after the last one that was advanced past keep what they had.
 */
public final class RowBuffer {
    private static final int ROWS = 16;

    private final Trace trace;
    private final int[] cells;
    private int gathered;
    private int written;

    /** Writes {@code trace} from its first row on. */
    public RowBuffer(Trace trace) {
        this(trace, 0);
    }

    /** Writes {@code trace} from row {@code first} on. */
    public RowBuffer(Trace trace, int first) {
        this.trace = trace;
        this.written = first;
        this.cells = new int[ROWS * trace.width()];
    }

    /** The cells of all gathered rows; the current row begins at {@link #row}, and all of its cells must be set. */
    public int[] cells() {
        return cells;
    }

    /** Index of the current row's first cell. */
    public int row() {
        return gathered * trace.width();
    }

    /** Ends the current row. */
    public void advance() {
        if (++gathered == ROWS) {
            flush();
        }
    }

    /** Writes what is gathered; call it after the last row. */
    public void flush() {
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
