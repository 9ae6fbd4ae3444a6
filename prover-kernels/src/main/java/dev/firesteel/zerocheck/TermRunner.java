package dev.firesteel.zerocheck;

import dev.firesteel.field.Ext5;
import dev.firesteel.field.FieldKernels;
import dev.firesteel.poly.Memory;
import java.util.Arrays;

/**
 * One thread's memory, and the loops that evaluate F in it over a block: all points of a round polynomial lie behind each other in one register,
 * so that the last rounds, of few rows, still fill vectors.
 */
final class TermRunner {
    /** Elements of all registers together: five arrays of so many ints fit a second-level cache of 1.25 MiB and leave a part of it. */
    private static final int MEMORY = 40_000;
    /** The greatest block. */
    private static final int MOST = 1008;
    /** The smallest greatest block: four points of sixteen rows. */
    private static final int LEAST = 80;
    /** Lanes of the widest vectors. */
    private static final int LANES = 16;

    private final FieldKernels kernels;
    private final int[][] memory;
    private final int[][] accumulator = new int[Ext5.DEGREE][MOST];
    private final int[][] product = new int[Ext5.DEGREE][MOST];
    private final int[] difference = new int[MOST];
    private final int[] zeros = new int[MOST];
    private final int[] dot = new int[Ext5.DEGREE];
    private final int[] ints = new int[Ext5.DEGREE];
    /** Σ eq·F per point, five ints each: of all blocks since {@link #clear}. */
    private final int[] sums = new int[Ext5.DEGREE * ZerocheckVerifier.ROUND_VALUES];

    /**
     * Memory for programs.
     *
     * @param registers the most that any program uses
     * @param memory where it is from
     */
    TermRunner(FieldKernels kernels, int registers, Memory memory) {
        this.kernels = kernels;
        this.memory = memory.vector(Math.max(MEMORY, registers * LEAST)).coordinates();
    }

    /** Rows per block for a program. */
    static int rows(int registers, int points) {
        // Odd multiples of a cache line: registers at multiples of a page would share a few sets of the cache.
        int lanes = Math.max(LEAST, Math.min(MOST, MEMORY / Math.max(1, registers)) / LANES * LANES);
        return lanes / points / LANES * LANES;
    }

    void clear() {
        Arrays.fill(sums, 0);
    }

    /** Adds the sum at point number {@code p} to {@code to}. */
    void addTo(int p, int[] to) {
        Ext5.add(to, 0, sums, p * Ext5.DEGREE, to, 0);
    }

    /**
     * Adds Σ eq·F over a block to the sums.
     *
     * @param table what is evaluated
     * @param first whether the linear part is to be added
     * @param points values of X
     * @param from the first of {@code n} rows
     */
    void add(
            TableState table,
            TermProgram.Segment segment,
            boolean first,
            int[] points,
            int from,
            int n,
            int[][] eq,
            int eqFrom) {
        int lanes = (points.length * n + LANES - 1) / LANES * LANES;
        if (first) {
            load(table.linear(), from, table.half(), points, accumulator, 0, n);
        } else {
            for (int[] coordinate : accumulator) {
                Arrays.fill(coordinate, 0, lanes, 0);
            }
        }
        if (table.inBaseField()) {
            runBase(table, segment.code(), points, from, n, lanes);
        } else {
            runExt(table, segment.code(), points, from, n, lanes);
        }
        for (int p = 0; p < points.length; p++) {
            kernels.extDot(accumulator, p * n, eq, eqFrom + from, n, dot, 0, ints, 0);
            Ext5.add(sums, p * Ext5.DEGREE, dot, 0, sums, p * Ext5.DEGREE);
        }
    }

    private void runBase(TableState table, int[] code, int[] points, int from, int n, int lanes) {
        int[] m = memory[0];
        int[] t = product[0];
        for (int at = 0; at < code.length; at += TermProgram.STRIDE) {
            int out = code[at + 1] * lanes;
            int a = code[at + 2] * lanes;
            int b = code[at + 3] * lanes;
            int c = code[at + 3];
            switch (code[at]) {
                case TermProgram.LOAD -> {
                    int source = code[at + 2];
                    load(table.data(source), table.offset(source) + from, table.half(), points, m, out, n);
                }
                case TermProgram.ADD -> kernels.add(m, a, m, b, m, out, lanes);
                case TermProgram.SUB -> kernels.sub(m, a, m, b, m, out, lanes);
                case TermProgram.MUL -> kernels.mul(m, a, m, b, m, out, lanes);
                case TermProgram.ADD_CONSTANT -> {
                    Arrays.fill(t, 0, lanes, c);
                    kernels.add(m, a, t, 0, m, out, lanes);
                }
                case TermProgram.SUB_FROM_CONSTANT -> {
                    Arrays.fill(t, 0, lanes, c);
                    kernels.sub(t, 0, m, a, m, out, lanes);
                }
                case TermProgram.SCALE -> kernels.scale(m, a, c, m, out, lanes);
                default -> {
                    kernels.mul(m, a, m, b, t, 0, lanes);
                    kernels.axpyBaseExt(t, 0, table.weights(), code[at + 1] * Ext5.DEGREE, accumulator, 0, lanes);
                }
            }
        }
    }

    private void runExt(TableState table, int[] code, int[] points, int from, int n, int lanes) {
        int[][] m = memory;
        for (int at = 0; at < code.length; at += TermProgram.STRIDE) {
            int out = code[at + 1] * lanes;
            int a = code[at + 2] * lanes;
            int b = code[at + 3] * lanes;
            int c = code[at + 3];
            switch (code[at]) {
                case TermProgram.LOAD ->
                    load(table.folded(), table.foldedOffset(code[at + 2]) + from, table.half(), points, m, out, n);
                case TermProgram.ADD -> kernels.extAdd(m, a, m, b, m, out, lanes);
                case TermProgram.SUB -> kernels.extSub(m, a, m, b, m, out, lanes);
                case TermProgram.MUL -> kernels.extMul(m, a, m, b, m, out, lanes);
                case TermProgram.ADD_CONSTANT -> {
                    Arrays.fill(product[0], 0, lanes, c);
                    kernels.add(m[0], a, product[0], 0, m[0], out, lanes);
                    for (int k = 1; k < Ext5.DEGREE; k++) {
                        System.arraycopy(m[k], a, m[k], out, lanes);
                    }
                }
                case TermProgram.SUB_FROM_CONSTANT -> {
                    Arrays.fill(product[0], 0, lanes, c);
                    kernels.sub(product[0], 0, m[0], a, m[0], out, lanes);
                    for (int k = 1; k < Ext5.DEGREE; k++) {
                        kernels.sub(zeros, 0, m[k], a, m[k], out, lanes);
                    }
                }
                case TermProgram.SCALE -> {
                    for (int k = 0; k < Ext5.DEGREE; k++) {
                        kernels.scale(m[k], a, c, m[k], out, lanes);
                    }
                }
                default -> {
                    kernels.extMul(m, a, m, b, product, 0, lanes);
                    kernels.extScale(product, 0, table.weights(), code[at + 1] * Ext5.DEGREE, product, 0, lanes);
                    kernels.extAdd(accumulator, 0, product, 0, accumulator, 0, lanes);
                }
            }
        }
    }

    private void load(int[][] data, int low, int half, int[] points, int[][] out, int outOff, int n) {
        for (int k = 0; k < Ext5.DEGREE; k++) {
            load(data[k], low, half, points, out[k], outOff, n);
        }
    }

    /** low + x·(high − low) for every x of {@code points}, which rise; high is {@code half} after low. */
    private void load(int[] data, int low, int half, int[] points, int[] out, int outOff, int n) {
        int high = low + half;
        int to = outOff;
        int reached = 0;
        for (int x : points) {
            if (x < 2) {
                System.arraycopy(data, x == 0 ? low : high, out, to, n);
            } else {
                boolean again = reached >= 2 && x == reached + 1;
                if (!again) {
                    kernels.sub(data, high, data, low, difference, 0, n);
                }
                int steps = again ? 1 : x - 1;
                for (int s = 0; s < steps; s++) {
                    int[] before = again || s > 0 ? out : data;
                    int beforeAt = again ? to - n : s > 0 ? to : high;
                    kernels.add(before, beforeAt, difference, 0, out, to, n);
                }
                reached = x;
            }
            to += n;
        }
    }
}
