package dev.firesteel.pcs;

import dev.firesteel.air.Trace;
import dev.firesteel.poly.Memory;
import dev.firesteel.poly.Parallel;
import java.util.Arrays;
import java.util.List;

/**
 * The stacked columns' cells: each is 2^h consecutive ints somewhere. A stacked column that lies within one table is that part of its trace, not moved;
 * those where one table ends and the next begins, or padding does, are copied.
 */
final class StackedColumns {
    /** Rows and columns of a tile are taken in squares of so many: a cache line of ints. */
    private static final int LOG_LINE = 4;

    private static final int LINE = 1 << LOG_LINE;

    /** From one column of a tile to the next; not a power of two, or all would compete for the same cache lines. */
    private static final int PITCH = LINE * LINE + LINE;

    private final int logHeight;
    private final int[][] data;
    private final int[] offsets;

    private StackedColumns(int logHeight, int[][] data, int[] offsets) {
        this.logHeight = logHeight;
        this.data = data;
        this.offsets = offsets;
    }

    /** Columns as they are: column j is {@code data[j]}. */
    static StackedColumns of(int logHeight, int[]... data) {
        return new StackedColumns(logHeight, data, new int[data.length]);
    }

    /** The stacked columns of {@code tables}; the traces must not change while this is used. */
    static StackedColumns of(StackedLayout layout, List<Trace> tables, Memory memory) {
        int height = 1 << layout.logHeight();
        StackedColumns columns =
                new StackedColumns(layout.logHeight(), new int[layout.columns()][], new int[layout.columns()]);
        for (int t = 0; t < tables.size(); t++) {
            long from = layout.offset(t);
            long end = layout.offset(t + 1);
            while (from < end) {
                int j = (int) (from >> layout.logHeight());
                int at = (int) (from & height - 1);
                int count = (int) Math.min(height - at, end - from);
                Trace trace = tables.get(t);
                int source = trace.offset() + (int) (from - layout.offset(t));
                if (count == height) {
                    columns.data[j] = trace.data();
                    columns.offsets[j] = source;
                } else {
                    if (columns.data[j] == null) {
                        columns.data[j] = memory.ints(height);
                        Arrays.fill(columns.data[j], 0, height, 0);
                    }
                    System.arraycopy(trace.data(), source, columns.data[j], at, count);
                }
                from += count;
            }
        }
        return columns;
    }

    int count() {
        return data.length;
    }

    int logHeight() {
        return logHeight;
    }

    /** The array that column j is in. */
    int[] data(int j) {
        return data[j];
    }

    /** Where in it column j begins. */
    int offset(int j) {
        return offsets[j];
    }

    /**
     * Writes the matrix of these columns, row-major, with row x at place rev(x), rev reversing h bits: the order in which they are encoded. With it the
     * highest variable is the lowest bit of an exponent, so that folding a word into its even and odd part binds it.
     */
    void writeBitReversed(int[] out, int outOff, Parallel parallel) {
        int width = data.length;
        if (logHeight < 2 * LOG_LINE) {
            for (int x = 0; x < 1 << logHeight; x++) {
                int row = outOff + reverse(x, logHeight) * width;
                for (int j = 0; j < width; j++) {
                    out[row + j] = data[j][offsets[j] + x];
                }
            }
            return;
        }
        // x = (high 4 bits, middle, low 4 bits) goes to (low reversed, middle reversed, high reversed): for one middle
        // 16 runs of 16 cells become 16 runs of 16 rows.
        int middle = logHeight - 2 * LOG_LINE;
        int[][] scratch = new int[parallel.threads()][];
        parallel.forEach(1 << middle, (m, worker) -> {
            if (scratch[worker] == null) {
                scratch[worker] = new int[LINE * PITCH];
            }
            int row = reverse(m, middle) << LOG_LINE;
            for (int from = 0; from < width; from += LINE) {
                tile(scratch[worker], m, from, Math.min(LINE, width - from), out, outOff + row * width + from);
            }
        });
    }

    private void tile(int[] tile, int m, int from, int count, int[] out, int outOff) {
        int width = data.length;
        for (int c = 0; c < count; c++) {
            int source = offsets[from + c] + (m << LOG_LINE);
            for (int a = 0; a < LINE; a++) {
                int at = source + (a << logHeight - LOG_LINE);
                System.arraycopy(data[from + c], at, tile, c * PITCH + a * LINE, LINE);
            }
        }
        for (int b = 0; b < LINE; b++) {
            int group = outOff + (reverse(b, LOG_LINE) << logHeight - LOG_LINE) * width;
            for (int a = 0; a < LINE; a++) {
                int to = group + reverse(a, LOG_LINE) * width;
                int source = a * LINE + b;
                for (int c = 0; c < count; c++) {
                    out[to + c] = tile[c * PITCH + source];
                }
            }
        }
    }

    /** The lowest {@code bits} bits of x in reverse order. */
    static int reverse(int x, int bits) {
        return bits == 0 ? 0 : Integer.reverse(x) >>> Integer.SIZE - bits;
    }
}
