package dev.firesteel.poly;

import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.Kernels;

/**
 * Binding the first variable of a multilinear polynomial, and in the same pass over memory the sums that the next round of a sumcheck sends.
 *
 * <p>With f the table of length 2h, binding X_1 = r gives the table f_i + r·(f_(h+i) − f_i) of length h. The next round's message for Σ f is the pair
 * (sum of its lower half, sum of its upper half): the values at 0 and 1 of a polynomial of degree 1.
 */
public final class Folding {

    /** Elements folded before they are summed: ten arrays of this length stay in a first-level cache. */
    private static final int BLOCK = 512;

    private Folding() {}

    /** Binds the first variable of the polynomial f[0, 2h) to r, in place: f[0, h) is the result. */
    public static void fold(ExtVector f, int h, int[] r, int rOff, Parallel parallel) {
        FieldKernels kernels = Kernels.get();
        int[][] c = f.coordinates();
        parallel.forEach(blocks(h), (task, worker) -> {
            int at = task * BLOCK;
            kernels.extFold(c, at, c, h + at, r, rOff, c, at, Math.min(BLOCK, h - at));
        });
    }

    /** Binds the first variable of a polynomial with base-field values f[off, off + 2h) to r of the extension: out[0, h) is the result. */
    public static void foldBase(int[] f, int off, int h, int[] r, int rOff, ExtVector out, Parallel parallel) {
        FieldKernels kernels = Kernels.get();
        parallel.forEach(blocks(h), (task, worker) -> {
            int at = task * BLOCK;
            int n = Math.min(BLOCK, h - at);
            kernels.foldBaseExt(f, off + at, f, off + h + at, r, rOff, out.coordinates(), at, n);
        });
    }

    /**
     * {@link #fold}, and the sums of the halves of the result: ten ints, that of the lower half first, to {@code sums[0]} and after.
     *
     * @param h even
     * @throws IllegalArgumentException when h is odd: a result of length one has no halves
     */
    public static void foldAndSum(ExtVector f, int h, int[] r, int rOff, int[] sums, Parallel parallel) {
        FieldKernels kernels = Kernels.get();
        int[][] c = f.coordinates();
        sumHalves(h, sums, parallel, (at, n, out) -> {
            kernels.extFold(c, at, c, h + at, r, rOff, c, at, n);
            kernels.extSum(c, at, n, out, 0);
        });
    }

    /** {@link #foldBase}, and the sums of the halves of the result as {@link #foldAndSum} gives them. */
    public static void foldBaseAndSum(
            int[] f, int off, int h, int[] r, int rOff, ExtVector out, int[] sums, Parallel parallel) {
        FieldKernels kernels = Kernels.get();
        int[][] c = out.coordinates();
        sumHalves(h, sums, parallel, (at, n, part) -> {
            kernels.foldBaseExt(f, off + at, f, off + h + at, r, rOff, c, at, n);
            kernels.extSum(c, at, n, part, 0);
        });
    }

    /** Makes elements [at, at + n) and gives their sum. */
    private interface Part {
        void run(int at, int n, int[] sum);
    }

    private static void sumHalves(int h, int[] sums, Parallel parallel, Part part) {
        if ((h & 1) != 0) {
            throw new IllegalArgumentException("no halves of " + h);
        }
        int half = h / 2;
        int blocks = blocks(half);
        int[][] partial = new int[parallel.threads()][3 * Ext5.DEGREE];
        parallel.forEach(2 * blocks, (task, worker) -> {
            int upper = task / blocks;
            int at = task % blocks * BLOCK;
            int[] own = partial[worker];
            part.run(upper * half + at, Math.min(BLOCK, half - at), own);
            int to = Ext5.DEGREE * (1 + upper);
            Ext5.add(own, to, own, 0, own, to);
        });
        Ext5.setBase(0, sums, 0);
        Ext5.setBase(0, sums, Ext5.DEGREE);
        for (int[] own : partial) {
            Ext5.add(sums, 0, own, Ext5.DEGREE, sums, 0);
            Ext5.add(sums, Ext5.DEGREE, own, 2 * Ext5.DEGREE, sums, Ext5.DEGREE);
        }
    }

    private static int blocks(int n) {
        return (n + BLOCK - 1) / BLOCK;
    }
}
