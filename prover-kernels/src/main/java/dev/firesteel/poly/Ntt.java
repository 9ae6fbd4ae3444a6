package dev.firesteel.poly;

import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.Kernels;
import dev.firesteel.field.KoalaBear;

/**
 * The number-theoretic transform of the columns of row-major matrices with n = 2^log rows, on the coset g·H where H is the subgroup of order n.
 *
 * <p>{@link #forward}: row i holds the coefficients of X^i; afterwards row b holds the values at g·ω^rev(b), where ω = {@link
 * KoalaBear#twoAdicGenerator}(log) and rev reverses log bits. So rows 2j and 2j + 1 are the values at x and −x, and 2^k consecutive rows from a multiple
 * of 2^k on are those at all x with the same x^(2^k). {@link #inverse} undoes it. No permutation is ever made.
 *
 * <p>All pairs of a block have the same factor ({@link Twiddles}), so the inner loops run over contiguous memory as long as a block, with the factor
 * broadcast, and a coset costs nothing. A transform larger than the second-level cache is made in two passes over memory (D. H. Bailey, "FFTs in
 * external or hierarchical memory", 1990): the first stages on tiles, some columns of rows that are far from each other, copied to scratch memory and
 * back; the others on blocks of consecutive rows. Inside both the stages go depth first, to stay in the first-level cache.
 */
public final class Ntt {

    /** Ints of a tile: a share of a second-level cache of 1 MiB or more. */
    private static final int TILE = 1 << 16;

    /** Ints that are worked on stage by stage: half of a first-level cache of 32 KiB. */
    private static final int NEAR = 1 << 12;

    /** The fewest columns in a tile: a cache line. */
    private static final int LINE = 16;

    private final int log;
    private final FieldKernels kernels;
    private final Twiddles forward;
    private final int shift;
    /** Made when it is asked for: a code needs none. */
    private volatile Twiddles inverse;

    private final int scale;

    /**
     * A transform of size 2^log on the subgroup itself.
     *
     * @param log in [0, 24]
     */
    public Ntt(int log) {
        this(log, KoalaBear.ONE, Kernels.get());
    }

    /**
     * A transform of size 2^log on the coset of {@code shift}; its tables take 4·2^log bytes, twice that when shift is not 1.
     *
     * @param log in [0, 24]
     * @param shift an element of the field, not zero
     * @throws IllegalArgumentException when there is no subgroup of that order
     * @throws ArithmeticException when shift is zero
     */
    public Ntt(int log, int shift, FieldKernels kernels) {
        KoalaBear.twoAdicGenerator(log);
        this.log = log;
        this.kernels = kernels;
        this.forward = Twiddles.forward(log, shift, kernels);
        KoalaBear.inverse(shift); // zero has none, and is refused here
        this.shift = shift;
        this.scale = KoalaBear.inverse(KoalaBear.fromCanonical(1L << log));
    }

    /** The binary logarithm of the number of rows. */
    public int log() {
        return log;
    }

    /** Coefficients to values, in place: 2^log rows × width columns from {@code matrix[off]} on. */
    public void forward(int[] matrix, int off, int width, Parallel parallel) {
        forward(matrix, off, log, width, 0, matrix, off, parallel);
    }

    /**
     * The part of a forward transform that is left when the last stages have one block each to do: reads 2^rows × width from src, which hold the
     * remainder modulo block {@code block} of stage log − rows, and writes their values to dst.
     */
    void forward(int[] src, int srcOff, int rows, int width, int block, int[] dst, int dstOff, Parallel parallel) {
        int stage = log - rows;
        long size = (long) width << rows;
        if (size <= TILE || rows < 2) {
            if (src != dst || srcOff != dstOff) {
                System.arraycopy(src, srcOff, dst, dstOff, (int) size);
            }
            stages(dst, dstOff, width, stage, block, rows);
            return;
        }
        int high = rows / 2;
        int low = rows - high;
        int[][] scratch = new int[parallel.threads()][];
        int stride = width << low;
        int columns = columns(high, stride);
        parallel.forEach((stride + columns - 1) / columns, (task, worker) -> {
            int[] tile = tile(scratch, worker, high, columns, parallel.memory());
            int from = task * columns;
            int count = Math.min(columns, stride - from);
            copy(src, srcOff + from, stride, tile, 0, count, count, 1 << high);
            stages(tile, 0, count, stage, block, high);
            copy(tile, 0, count, dst, dstOff + from, stride, count, 1 << high);
        });
        // Blocks of consecutive rows are in place, whatever their size: depth first is enough for them.
        parallel.forEach(
                1 << high,
                (task, worker) ->
                        stages(dst, dstOff + task * stride, width, stage + high, (block << high) + task, low));
    }

    private Twiddles inverse() {
        if (inverse == null) {
            inverse = Twiddles.inverse(log, shift, kernels);
        }
        return inverse;
    }

    /** Values to coefficients, in place: 2^log rows × width columns from {@code matrix[off]} on. */
    public void inverse(int[] matrix, int off, int width, Parallel parallel) {
        long size = (long) width << log;
        if (size <= TILE || log < 2) {
            inverseStages(matrix, off, width, 0, 0, log);
            kernels.scale(matrix, off, scale, matrix, off, (int) size);
            return;
        }
        int high = log / 2;
        int low = log - high;
        int[][] scratch = new int[parallel.threads()][];
        int stride = width << low;
        int columns = columns(high, stride);
        parallel.forEach(
                1 << high, (task, worker) -> inverseStages(matrix, off + task * stride, width, high, task, low));
        parallel.forEach((stride + columns - 1) / columns, (task, worker) -> {
            int[] tile = tile(scratch, worker, high, columns, parallel.memory());
            int from = task * columns;
            int count = Math.min(columns, stride - from);
            copy(matrix, off + from, stride, tile, 0, count, count, 1 << high);
            inverseStages(tile, 0, count, 0, 0, high);
            kernels.scale(tile, 0, scale, tile, 0, count << high);
            copy(tile, 0, count, matrix, off + from, stride, count, 1 << high);
        });
    }

    /** The columns of a tile of 2^rows rows: a multiple of a cache line, for the places where that is possible. */
    private static int columns(int rows, int stride) {
        return Math.min(stride, Math.max(LINE, TILE >> rows));
    }

    private static int[] tile(int[][] scratch, int worker, int rows, int columns, Memory memory) {
        if (scratch[worker] == null) {
            scratch[worker] = memory.ints(columns << rows);
        }
        return scratch[worker];
    }

    private static void copy(
            int[] from, int fromOff, int fromStride, int[] to, int toOff, int toStride, int count, int rows) {
        for (int i = 0; i < rows; i++) {
            System.arraycopy(from, fromOff + i * fromStride, to, toOff + i * toStride, count);
        }
    }

    /** {@code left} stages from {@code stage} on, of the one block that has 2^left rows × width columns from {@code a[off]} on. */
    private void stages(int[] a, int off, int width, int stage, int block, int left) {
        int[] z = forward.table();
        if (left >= 2 && (long) width << left > NEAR) {
            int quarter = width << (left - 2);
            kernels.butterflies4(a, off, 1, quarter, z, forward.at(stage, block), forward.at(stage + 1, 2 * block));
            for (int c = 0; c < 4; c++) {
                stages(a, off + c * quarter, width, stage + 2, 4 * block + c, left - 2);
            }
            return;
        }
        int t = left & 1; // an odd stage comes first, where the loops are longest
        if (t == 1) {
            kernels.butterflies(a, off, 1, width << (left - 1), z, forward.at(stage, block));
        }
        for (; t < left; t += 2) {
            int first = forward.at(stage + t, block << t);
            int second = forward.at(stage + t + 1, block << (t + 1));
            kernels.butterflies4(a, off, 1 << t, width << (left - t - 2), z, first, second);
        }
    }

    /** Undoes {@link #stages}, without the division by 2^left. */
    private void inverseStages(int[] a, int off, int width, int stage, int block, int left) {
        Twiddles inverse = inverse();
        int[] z = inverse.table();
        if (left >= 1 && (long) width << left > NEAR) {
            int half = width << (left - 1);
            inverseStages(a, off, width, stage + 1, 2 * block, left - 1);
            inverseStages(a, off + half, width, stage + 1, 2 * block + 1, left - 1);
            kernels.inverseButterflies(a, off, 1, half, z, inverse.at(stage, block));
            return;
        }
        for (int t = left - 1; t >= 0; t--) {
            kernels.inverseButterflies(a, off, 1 << t, width << (left - t - 1), z, inverse.at(stage + t, block << t));
        }
    }
}
