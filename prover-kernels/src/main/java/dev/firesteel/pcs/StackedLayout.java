package dev.firesteel.pcs;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the columns of a commitment's tables lie in its stacked matrix of 2^h rows: their cells follow each other, table after table, column after column,
 * and every 2^h cells are a stacked column; zeros fill the last one. As heights are powers of two and do not grow, a column of up to 2^h rows lies in one
 * stacked column at a multiple of its height, and a taller one is a run of whole stacked columns.
 *
 * <p>Both sides derive it from the key and the heights; nothing of it is in a proof.
 */
public final class StackedLayout {

    /** The rule of {@link #logHeightFor} keeps rows at most so wide: eight blocks of the sponge that hashes them. */
    static final int TARGET_COLUMNS = 120;

    /** Bounds on what a verifier is made to do; a prover's arrays end earlier. */
    private static final int MAX_COLUMNS = 1 << 16;

    private static final int MAX_TABLE_COLUMNS = 1 << 20;
    private static final int MAX_LOG_HEIGHT = 30;

    /**
     * A table as a commitment sees it.
     *
     * @param width columns; 0 for a table that has none in this commitment
     * @param logHeight log2 of its height, −1 for a table without rows
     */
    public record Shape(int width, int logHeight) {
        public Shape {
            if (width < 0 || width > MAX_TABLE_COLUMNS || logHeight < -1 || logHeight > MAX_LOG_HEIGHT) {
                throw new IllegalArgumentException(width + " columns of 2^" + logHeight + " rows");
            }
        }

        boolean empty() {
            return width == 0 || logHeight < 0;
        }

        long cells() {
            return empty() ? 0 : (long) width << logHeight;
        }
    }

    private final List<Shape> shapes;
    private final int logHeight;
    private final int columns;
    private final long[] offsets;
    private final int tableColumns;
    private final int maxLogTableHeight;

    private StackedLayout(List<Shape> shapes, int logHeight) {
        this.shapes = List.copyOf(shapes);
        this.logHeight = logHeight;
        this.offsets = new long[shapes.size() + 1];
        int before = MAX_LOG_HEIGHT;
        int highest = 0;
        long claims = 0;
        for (int t = 0; t < shapes.size(); t++) {
            Shape shape = shapes.get(t);
            offsets[t + 1] = offsets[t] + shape.cells();
            if (shape.empty()) {
                continue;
            }
            // Otherwise a column could lie across two stacked columns, at an offset that no eq factor describes.
            if (shape.logHeight > before) {
                throw new IllegalArgumentException("table " + t + " is taller than one before it");
            }
            before = shape.logHeight;
            highest = Math.max(highest, shape.logHeight);
            claims += shape.width;
        }
        long count = (offsets[shapes.size()] + (1L << logHeight) - 1) >> logHeight;
        if (logHeight < 0 || logHeight > MAX_LOG_HEIGHT || count > MAX_COLUMNS || claims > MAX_TABLE_COLUMNS) {
            throw new IllegalArgumentException(
                    claims + " columns stacked to " + count + " columns of 2^" + logHeight + " rows");
        }
        this.columns = (int) count;
        this.tableColumns = (int) claims;
        this.maxLogTableHeight = highest;
    }

    /**
     * The layout with stacked columns of 2^logHeight rows.
     *
     * @param shapes in the order of claims, those that are not empty with heights that do not grow
     * @throws IllegalArgumentException when heights grow, or a number is out of bounds
     */
    public static StackedLayout of(List<Shape> shapes, int logHeight) {
        return new StackedLayout(shapes, logHeight);
    }

    /** The layout whose height follows the rule of {@link #logHeightFor}. */
    public static StackedLayout of(List<Shape> shapes, PcsParameters parameters) {
        long cells = shapes.stream().mapToLong(Shape::cells).sum();
        return new StackedLayout(shapes, logHeightFor(cells, parameters));
    }

    /**
     * The rule: the lowest stacked matrix with at most {@value #TARGET_COLUMNS} columns, but not lower than the final polynomial and not
     * higher than the code allows. A query opens a row of 4 bytes a column, and per layer a leaf and a path; halving the columns saves about as
     * much as the deeper tree and the third of a layer cost where there are some hundred of them. Rows should not be narrower either: a row is hashed by
     * blocks of 15, and a node above it costs as much as a block.
     */
    static int logHeightFor(long cells, PcsParameters parameters) {
        int log = parameters.logFinal();
        while (log < parameters.maxLogStackedHeight() && (cells + (1L << log) - 1) >> log > TARGET_COLUMNS) {
            log++;
        }
        return log;
    }

    /** The tables' shapes. */
    public List<Shape> shapes() {
        return shapes;
    }

    /** log2 of the stacked matrix's rows. */
    public int logHeight() {
        return logHeight;
    }

    /** Columns of the stacked matrix; 0 for a commitment to nothing. */
    public int columns() {
        return columns;
    }

    /** Whether there is nothing to commit to: no root, no part in an opening. */
    public boolean empty() {
        return columns == 0;
    }

    /** Columns of all tables that have rows: the number of claims. */
    int tableColumns() {
        return tableColumns;
    }

    /** Of the tallest table. */
    int maxLogTableHeight() {
        return maxLogTableHeight;
    }

    /** How many cells lie before table t's. */
    long offset(int t) {
        return offsets[t];
    }

    /** Cells of all tables, without padding. */
    long cells() {
        return offsets[shapes.size()];
    }

    /** What the transcript absorbs: it determines the layout. */
    int[] numbers() {
        List<Integer> numbers = new ArrayList<>(List.of(logHeight, columns));
        for (Shape shape : shapes) {
            numbers.add(shape.width);
            numbers.add(shape.logHeight + 1);
        }
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
