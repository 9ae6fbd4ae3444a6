package dev.firesteel.poly;

import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.Kernels;
import dev.firesteel.field.KoalaBear;
import java.util.List;

/**
 * Values of multilinear polynomials and tables of eq(r, x) = Π (r_i·x_i + (1 − r_i)·(1 − x_i)). The first variable is the most significant bit of an
 * index; a point in the extension is 5·variables ints.
 */
public final class Multilinear {

    /** Elements of a table made by one task. */
    private static final int BLOCK = 2048;

    private Multilinear() {}

    /** The 2^variables values of eq(r, ·) for r in the base field, {@code point[off]} and after, written to {@code out[0]} and after. */
    public static void eq(int[] point, int off, int variables, int[] out) {
        FieldKernels kernels = Kernels.get();
        out[0] = KoalaBear.ONE;
        for (int i = 0; i < variables; i++) {
            kernels.eqStep(out, 0, point[off + variables - 1 - i], 1 << i);
        }
    }

    /** The 2^variables values of eq(r, ·) for r in the extension. */
    public static void eqExt(int[] point, int off, int variables, ExtVector out) {
        FieldKernels kernels = Kernels.get();
        out.setBase(0, KoalaBear.ONE);
        for (int i = 0; i < variables; i++) {
            kernels.extEqStep(out.coordinates(), 0, point, off + Ext5.DEGREE * (variables - 1 - i), 1 << i);
        }
    }

    /** The values of eq(point, ·) over all indices, coordinate k of the point belonging to bit k of an index. */
    public static ExtVector eqExt(List<Ext> point) {
        try (Parallel alone = new Parallel(1)) {
            return eqExt(point, alone);
        }
    }

    /** {@link #eqExt(List)} on several threads, in their memory. */
    public static ExtVector eqExt(List<Ext> point, Parallel parallel) {
        FieldKernels kernels = Kernels.get();
        ExtVector table = parallel.memory().vector(1 << point.size());
        table.setBase(0, KoalaBear.ONE);
        int[][] c = table.coordinates();
        for (int k = 0; k < point.size(); k++) {
            int n = 1 << k;
            int[] r = point.get(k).toArray();
            parallel.forEach((n + BLOCK - 1) / BLOCK, (task, worker) -> {
                int from = task * BLOCK;
                int count = Math.min(BLOCK, n);
                kernels.extScale(c, from, r, 0, c, from + n, count);
                kernels.extSub(c, from, c, from + n, c, from, count);
            });
        }
        return table;
    }

    /** The value at a point of the base field of the polynomial with the 2^variables values {@code f[fOff]} and after. */
    public static int evaluate(int[] f, int fOff, int variables, int[] point, int off) {
        int high = variables / 2;
        int low = variables - high;
        int[] eqHigh = new int[1 << high];
        int[] eqLow = new int[1 << low];
        eq(point, off, high, eqHigh);
        eq(point, off + high, low, eqLow);
        int sum = 0;
        for (int i = 0; i < 1 << high; i++) {
            int inner = Kernels.get().dot(eqLow, 0, f, fOff + (i << low), 1 << low);
            sum = KoalaBear.add(sum, KoalaBear.mul(inner, eqHigh[i]));
        }
        return sum;
    }

    /** The value at a point of the extension of a polynomial with values in the base field; five ints to {@code out[outOff]} and after. */
    public static void evaluateBaseAtExt(
            int[] f, int fOff, int variables, int[] point, int off, int[] out, int outOff) {
        int high = variables / 2;
        int low = variables - high;
        ExtVector eqHigh = new ExtVector(1 << high);
        ExtVector eqLow = new ExtVector(1 << low);
        eqExt(point, off, high, eqHigh);
        eqExt(point, off + Ext5.DEGREE * high, low, eqLow);
        int[] sum = new int[Ext5.DEGREE];
        int[] inner = new int[2 * Ext5.DEGREE];
        for (int i = 0; i < 1 << high; i++) {
            Kernels.get().dotBaseExt(f, fOff + (i << low), eqLow.coordinates(), 0, 1 << low, inner, 0);
            addProduct(inner, eqHigh, i, sum);
        }
        System.arraycopy(sum, 0, out, outOff, Ext5.DEGREE);
    }

    /** The value at a point of the extension of a polynomial with values in the extension; five ints to {@code out[outOff]} and after. */
    public static void evaluateExt(ExtVector f, int fOff, int variables, int[] point, int off, int[] out, int outOff) {
        int high = variables / 2;
        int low = variables - high;
        ExtVector eqHigh = new ExtVector(1 << high);
        ExtVector eqLow = new ExtVector(1 << low);
        eqExt(point, off, high, eqHigh);
        eqExt(point, off + Ext5.DEGREE * high, low, eqLow);
        int[] sum = new int[Ext5.DEGREE];
        int[] inner = new int[2 * Ext5.DEGREE];
        for (int i = 0; i < 1 << high; i++) {
            Kernels.get()
                    .extDot(f.coordinates(), fOff + (i << low), eqLow.coordinates(), 0, 1 << low, inner, 0, inner, 5);
            addProduct(inner, eqHigh, i, sum);
        }
        System.arraycopy(sum, 0, out, outOff, Ext5.DEGREE);
    }

    /** sum = sum + inner·eq_i; inner has five more ints, which are overwritten. */
    private static void addProduct(int[] inner, ExtVector eq, int i, int[] sum) {
        eq.get(i, inner, Ext5.DEGREE);
        Ext5.mul(inner, 0, inner, Ext5.DEGREE, inner, 0);
        Ext5.add(sum, 0, inner, 0, sum, 0);
    }
}
