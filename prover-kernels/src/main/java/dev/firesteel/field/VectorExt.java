package dev.firesteel.field;

import static dev.firesteel.field.VectorLanes.ADD;
import static dev.firesteel.field.VectorLanes.EVEN;
import static dev.firesteel.field.VectorLanes.HIGH;
import static dev.firesteel.field.VectorLanes.INTS;
import static dev.firesteel.field.VectorLanes.LANES;
import static dev.firesteel.field.VectorLanes.LONGS;
import static dev.firesteel.field.VectorLanes.LOW;
import static dev.firesteel.field.VectorLanes.ODD;
import static dev.firesteel.field.VectorLanes.REDUCE;
import static dev.firesteel.field.VectorLanes.REDUCE_APART;
import static dev.firesteel.field.VectorLanes.SUB;
import static dev.firesteel.field.VectorLanes.SUM5;
import static dev.firesteel.field.VectorLanes.TOTAL;
import static dev.firesteel.field.VectorLanes.WRAP;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * The extension's vector loops. Each does the whole vectors of its range and returns how many elements that were; the rest is the caller's.
 *
 * <p>The products follow {@link Ext5#mul}: each coordinate is a sum of five products, reduced once. The halves of each vector are split once, by name,
 * which leaves the compiler a fifth of the vector operations to inline.
 */
final class VectorExt {

    private VectorExt() {}

    static int mul(int[][] a, int aOff, int[][] b, int bOff, int[][] out, int outOff, int n) throws Throwable {
        int bound = INTS.loopBound(n);
        for (int i = 0; i < bound; i += LANES) {
            IntVector a0 = IntVector.fromArray(INTS, a[0], aOff + i);
            IntVector a1 = IntVector.fromArray(INTS, a[1], aOff + i);
            IntVector a2 = IntVector.fromArray(INTS, a[2], aOff + i);
            IntVector a3 = IntVector.fromArray(INTS, a[3], aOff + i);
            IntVector a4 = IntVector.fromArray(INTS, a[4], aOff + i);
            IntVector a1m4 = (IntVector) SUB.invokeExact(a1, a4);
            IntVector a0m3 = (IntVector) SUB.invokeExact(a0, a3);
            IntVector a4m2 = (IntVector) SUB.invokeExact(a4, a2);
            IntVector a3m1p4 = (IntVector) SUB.invokeExact(a3, a1m4);
            LongVector a0l = (LongVector) LOW.invokeExact(a0);
            LongVector a0h = (LongVector) HIGH.invokeExact(a0);
            LongVector a1l = (LongVector) LOW.invokeExact(a1);
            LongVector a1h = (LongVector) HIGH.invokeExact(a1);
            LongVector a2l = (LongVector) LOW.invokeExact(a2);
            LongVector a2h = (LongVector) HIGH.invokeExact(a2);
            LongVector a3l = (LongVector) LOW.invokeExact(a3);
            LongVector a3h = (LongVector) HIGH.invokeExact(a3);
            LongVector a4l = (LongVector) LOW.invokeExact(a4);
            LongVector a4h = (LongVector) HIGH.invokeExact(a4);
            LongVector a1m4l = (LongVector) LOW.invokeExact(a1m4);
            LongVector a1m4h = (LongVector) HIGH.invokeExact(a1m4);
            LongVector a0m3l = (LongVector) LOW.invokeExact(a0m3);
            LongVector a0m3h = (LongVector) HIGH.invokeExact(a0m3);
            LongVector a4m2l = (LongVector) LOW.invokeExact(a4m2);
            LongVector a4m2h = (LongVector) HIGH.invokeExact(a4m2);
            LongVector a3m1p4l = (LongVector) LOW.invokeExact(a3m1p4);
            LongVector a3m1p4h = (LongVector) HIGH.invokeExact(a3m1p4);
            IntVector b0 = IntVector.fromArray(INTS, b[0], bOff + i);
            IntVector b1 = IntVector.fromArray(INTS, b[1], bOff + i);
            IntVector b2 = IntVector.fromArray(INTS, b[2], bOff + i);
            IntVector b3 = IntVector.fromArray(INTS, b[3], bOff + i);
            IntVector b4 = IntVector.fromArray(INTS, b[4], bOff + i);
            LongVector b0l = (LongVector) LOW.invokeExact(b0);
            LongVector b0h = (LongVector) HIGH.invokeExact(b0);
            LongVector b1l = (LongVector) LOW.invokeExact(b1);
            LongVector b1h = (LongVector) HIGH.invokeExact(b1);
            LongVector b2l = (LongVector) LOW.invokeExact(b2);
            LongVector b2h = (LongVector) HIGH.invokeExact(b2);
            LongVector b3l = (LongVector) LOW.invokeExact(b3);
            LongVector b3h = (LongVector) HIGH.invokeExact(b3);
            LongVector b4l = (LongVector) LOW.invokeExact(b4);
            LongVector b4h = (LongVector) HIGH.invokeExact(b4);
            LongVector even0 = (LongVector) SUM5.invokeExact(a0l, b0l, a4l, b1l, a3l, b2l, a2l, b3l, a1m4l, b4l);
            LongVector odd0 = (LongVector) SUM5.invokeExact(a0h, b0h, a4h, b1h, a3h, b2h, a2h, b3h, a1m4h, b4h);
            IntVector r0 = (IntVector) REDUCE_APART.invokeExact(even0, odd0);
            r0.intoArray(out[0], outOff + i);
            LongVector even1 = (LongVector) SUM5.invokeExact(a1l, b0l, a0l, b1l, a4l, b2l, a3l, b3l, a2l, b4l);
            LongVector odd1 = (LongVector) SUM5.invokeExact(a1h, b0h, a0h, b1h, a4h, b2h, a3h, b3h, a2h, b4h);
            IntVector r1 = (IntVector) REDUCE_APART.invokeExact(even1, odd1);
            r1.intoArray(out[1], outOff + i);
            LongVector even2 =
                    (LongVector) SUM5.invokeExact(a2l, b0l, a1m4l, b1l, a0m3l, b2l, a4m2l, b3l, a3m1p4l, b4l);
            LongVector odd2 = (LongVector) SUM5.invokeExact(a2h, b0h, a1m4h, b1h, a0m3h, b2h, a4m2h, b3h, a3m1p4h, b4h);
            IntVector r2 = (IntVector) REDUCE_APART.invokeExact(even2, odd2);
            r2.intoArray(out[2], outOff + i);
            LongVector even3 = (LongVector) SUM5.invokeExact(a3l, b0l, a2l, b1l, a1m4l, b2l, a0m3l, b3l, a4m2l, b4l);
            LongVector odd3 = (LongVector) SUM5.invokeExact(a3h, b0h, a2h, b1h, a1m4h, b2h, a0m3h, b3h, a4m2h, b4h);
            IntVector r3 = (IntVector) REDUCE_APART.invokeExact(even3, odd3);
            r3.intoArray(out[3], outOff + i);
            LongVector even4 = (LongVector) SUM5.invokeExact(a4l, b0l, a3l, b1l, a2l, b2l, a1m4l, b3l, a0m3l, b4l);
            LongVector odd4 = (LongVector) SUM5.invokeExact(a4h, b0h, a3h, b1h, a2h, b2h, a1m4h, b3h, a0m3h, b4h);
            IntVector r4 = (IntVector) REDUCE_APART.invokeExact(even4, odd4);
            r4.intoArray(out[4], outOff + i);
        }
        return bound;
    }

    static int scale(int[][] b, int bOff, int[] c, int cOff, int[][] out, int outOff, int n) throws Throwable {
        int bound = INTS.loopBound(n);
        IntVector a0 = IntVector.broadcast(INTS, c[cOff + 0]);
        IntVector a1 = IntVector.broadcast(INTS, c[cOff + 1]);
        IntVector a2 = IntVector.broadcast(INTS, c[cOff + 2]);
        IntVector a3 = IntVector.broadcast(INTS, c[cOff + 3]);
        IntVector a4 = IntVector.broadcast(INTS, c[cOff + 4]);
        IntVector a1m4 = (IntVector) SUB.invokeExact(a1, a4);
        IntVector a0m3 = (IntVector) SUB.invokeExact(a0, a3);
        IntVector a4m2 = (IntVector) SUB.invokeExact(a4, a2);
        IntVector a3m1p4 = (IntVector) SUB.invokeExact(a3, a1m4);
        LongVector a0l = (LongVector) LOW.invokeExact(a0);
        LongVector a0h = (LongVector) HIGH.invokeExact(a0);
        LongVector a1l = (LongVector) LOW.invokeExact(a1);
        LongVector a1h = (LongVector) HIGH.invokeExact(a1);
        LongVector a2l = (LongVector) LOW.invokeExact(a2);
        LongVector a2h = (LongVector) HIGH.invokeExact(a2);
        LongVector a3l = (LongVector) LOW.invokeExact(a3);
        LongVector a3h = (LongVector) HIGH.invokeExact(a3);
        LongVector a4l = (LongVector) LOW.invokeExact(a4);
        LongVector a4h = (LongVector) HIGH.invokeExact(a4);
        LongVector a1m4l = (LongVector) LOW.invokeExact(a1m4);
        LongVector a1m4h = (LongVector) HIGH.invokeExact(a1m4);
        LongVector a0m3l = (LongVector) LOW.invokeExact(a0m3);
        LongVector a0m3h = (LongVector) HIGH.invokeExact(a0m3);
        LongVector a4m2l = (LongVector) LOW.invokeExact(a4m2);
        LongVector a4m2h = (LongVector) HIGH.invokeExact(a4m2);
        LongVector a3m1p4l = (LongVector) LOW.invokeExact(a3m1p4);
        LongVector a3m1p4h = (LongVector) HIGH.invokeExact(a3m1p4);
        for (int i = 0; i < bound; i += LANES) {
            IntVector b0 = IntVector.fromArray(INTS, b[0], bOff + i);
            IntVector b1 = IntVector.fromArray(INTS, b[1], bOff + i);
            IntVector b2 = IntVector.fromArray(INTS, b[2], bOff + i);
            IntVector b3 = IntVector.fromArray(INTS, b[3], bOff + i);
            IntVector b4 = IntVector.fromArray(INTS, b[4], bOff + i);
            LongVector b0l = (LongVector) LOW.invokeExact(b0);
            LongVector b0h = (LongVector) HIGH.invokeExact(b0);
            LongVector b1l = (LongVector) LOW.invokeExact(b1);
            LongVector b1h = (LongVector) HIGH.invokeExact(b1);
            LongVector b2l = (LongVector) LOW.invokeExact(b2);
            LongVector b2h = (LongVector) HIGH.invokeExact(b2);
            LongVector b3l = (LongVector) LOW.invokeExact(b3);
            LongVector b3h = (LongVector) HIGH.invokeExact(b3);
            LongVector b4l = (LongVector) LOW.invokeExact(b4);
            LongVector b4h = (LongVector) HIGH.invokeExact(b4);
            LongVector even0 = (LongVector) SUM5.invokeExact(a0l, b0l, a4l, b1l, a3l, b2l, a2l, b3l, a1m4l, b4l);
            LongVector odd0 = (LongVector) SUM5.invokeExact(a0h, b0h, a4h, b1h, a3h, b2h, a2h, b3h, a1m4h, b4h);
            IntVector r0 = (IntVector) REDUCE.invokeExact(even0, odd0);
            r0.intoArray(out[0], outOff + i);
            LongVector even1 = (LongVector) SUM5.invokeExact(a1l, b0l, a0l, b1l, a4l, b2l, a3l, b3l, a2l, b4l);
            LongVector odd1 = (LongVector) SUM5.invokeExact(a1h, b0h, a0h, b1h, a4h, b2h, a3h, b3h, a2h, b4h);
            IntVector r1 = (IntVector) REDUCE.invokeExact(even1, odd1);
            r1.intoArray(out[1], outOff + i);
            LongVector even2 =
                    (LongVector) SUM5.invokeExact(a2l, b0l, a1m4l, b1l, a0m3l, b2l, a4m2l, b3l, a3m1p4l, b4l);
            LongVector odd2 = (LongVector) SUM5.invokeExact(a2h, b0h, a1m4h, b1h, a0m3h, b2h, a4m2h, b3h, a3m1p4h, b4h);
            IntVector r2 = (IntVector) REDUCE.invokeExact(even2, odd2);
            r2.intoArray(out[2], outOff + i);
            LongVector even3 = (LongVector) SUM5.invokeExact(a3l, b0l, a2l, b1l, a1m4l, b2l, a0m3l, b3l, a4m2l, b4l);
            LongVector odd3 = (LongVector) SUM5.invokeExact(a3h, b0h, a2h, b1h, a1m4h, b2h, a0m3h, b3h, a4m2h, b4h);
            IntVector r3 = (IntVector) REDUCE.invokeExact(even3, odd3);
            r3.intoArray(out[3], outOff + i);
            LongVector even4 = (LongVector) SUM5.invokeExact(a4l, b0l, a3l, b1l, a2l, b2l, a1m4l, b3l, a0m3l, b4l);
            LongVector odd4 = (LongVector) SUM5.invokeExact(a4h, b0h, a3h, b1h, a2h, b2h, a1m4h, b3h, a0m3h, b4h);
            IntVector r4 = (IntVector) REDUCE.invokeExact(even4, odd4);
            r4.intoArray(out[4], outOff + i);
        }
        return bound;
    }

    static int fold(int[][] lo, int loOff, int[][] hi, int hiOff, int[] c, int cOff, int[][] out, int outOff, int n)
            throws Throwable {
        int bound = INTS.loopBound(n);
        IntVector a0 = IntVector.broadcast(INTS, c[cOff + 0]);
        IntVector a1 = IntVector.broadcast(INTS, c[cOff + 1]);
        IntVector a2 = IntVector.broadcast(INTS, c[cOff + 2]);
        IntVector a3 = IntVector.broadcast(INTS, c[cOff + 3]);
        IntVector a4 = IntVector.broadcast(INTS, c[cOff + 4]);
        IntVector a1m4 = (IntVector) SUB.invokeExact(a1, a4);
        IntVector a0m3 = (IntVector) SUB.invokeExact(a0, a3);
        IntVector a4m2 = (IntVector) SUB.invokeExact(a4, a2);
        IntVector a3m1p4 = (IntVector) SUB.invokeExact(a3, a1m4);
        LongVector a0l = (LongVector) LOW.invokeExact(a0);
        LongVector a0h = (LongVector) HIGH.invokeExact(a0);
        LongVector a1l = (LongVector) LOW.invokeExact(a1);
        LongVector a1h = (LongVector) HIGH.invokeExact(a1);
        LongVector a2l = (LongVector) LOW.invokeExact(a2);
        LongVector a2h = (LongVector) HIGH.invokeExact(a2);
        LongVector a3l = (LongVector) LOW.invokeExact(a3);
        LongVector a3h = (LongVector) HIGH.invokeExact(a3);
        LongVector a4l = (LongVector) LOW.invokeExact(a4);
        LongVector a4h = (LongVector) HIGH.invokeExact(a4);
        LongVector a1m4l = (LongVector) LOW.invokeExact(a1m4);
        LongVector a1m4h = (LongVector) HIGH.invokeExact(a1m4);
        LongVector a0m3l = (LongVector) LOW.invokeExact(a0m3);
        LongVector a0m3h = (LongVector) HIGH.invokeExact(a0m3);
        LongVector a4m2l = (LongVector) LOW.invokeExact(a4m2);
        LongVector a4m2h = (LongVector) HIGH.invokeExact(a4m2);
        LongVector a3m1p4l = (LongVector) LOW.invokeExact(a3m1p4);
        LongVector a3m1p4h = (LongVector) HIGH.invokeExact(a3m1p4);
        for (int i = 0; i < bound; i += LANES) {
            IntVector lo0 = IntVector.fromArray(INTS, lo[0], loOff + i);
            IntVector lo1 = IntVector.fromArray(INTS, lo[1], loOff + i);
            IntVector lo2 = IntVector.fromArray(INTS, lo[2], loOff + i);
            IntVector lo3 = IntVector.fromArray(INTS, lo[3], loOff + i);
            IntVector lo4 = IntVector.fromArray(INTS, lo[4], loOff + i);
            IntVector hi0 = IntVector.fromArray(INTS, hi[0], hiOff + i);
            IntVector hi1 = IntVector.fromArray(INTS, hi[1], hiOff + i);
            IntVector hi2 = IntVector.fromArray(INTS, hi[2], hiOff + i);
            IntVector hi3 = IntVector.fromArray(INTS, hi[3], hiOff + i);
            IntVector hi4 = IntVector.fromArray(INTS, hi[4], hiOff + i);
            IntVector b0 = (IntVector) SUB.invokeExact(hi0, lo0);
            IntVector b1 = (IntVector) SUB.invokeExact(hi1, lo1);
            IntVector b2 = (IntVector) SUB.invokeExact(hi2, lo2);
            IntVector b3 = (IntVector) SUB.invokeExact(hi3, lo3);
            IntVector b4 = (IntVector) SUB.invokeExact(hi4, lo4);
            LongVector b0l = (LongVector) LOW.invokeExact(b0);
            LongVector b0h = (LongVector) HIGH.invokeExact(b0);
            LongVector b1l = (LongVector) LOW.invokeExact(b1);
            LongVector b1h = (LongVector) HIGH.invokeExact(b1);
            LongVector b2l = (LongVector) LOW.invokeExact(b2);
            LongVector b2h = (LongVector) HIGH.invokeExact(b2);
            LongVector b3l = (LongVector) LOW.invokeExact(b3);
            LongVector b3h = (LongVector) HIGH.invokeExact(b3);
            LongVector b4l = (LongVector) LOW.invokeExact(b4);
            LongVector b4h = (LongVector) HIGH.invokeExact(b4);
            LongVector even0 = (LongVector) SUM5.invokeExact(a0l, b0l, a4l, b1l, a3l, b2l, a2l, b3l, a1m4l, b4l);
            LongVector odd0 = (LongVector) SUM5.invokeExact(a0h, b0h, a4h, b1h, a3h, b2h, a2h, b3h, a1m4h, b4h);
            IntVector r0 = (IntVector) REDUCE.invokeExact(even0, odd0);
            ((IntVector) ADD.invokeExact(lo0, r0)).intoArray(out[0], outOff + i);
            LongVector even1 = (LongVector) SUM5.invokeExact(a1l, b0l, a0l, b1l, a4l, b2l, a3l, b3l, a2l, b4l);
            LongVector odd1 = (LongVector) SUM5.invokeExact(a1h, b0h, a0h, b1h, a4h, b2h, a3h, b3h, a2h, b4h);
            IntVector r1 = (IntVector) REDUCE.invokeExact(even1, odd1);
            ((IntVector) ADD.invokeExact(lo1, r1)).intoArray(out[1], outOff + i);
            LongVector even2 =
                    (LongVector) SUM5.invokeExact(a2l, b0l, a1m4l, b1l, a0m3l, b2l, a4m2l, b3l, a3m1p4l, b4l);
            LongVector odd2 = (LongVector) SUM5.invokeExact(a2h, b0h, a1m4h, b1h, a0m3h, b2h, a4m2h, b3h, a3m1p4h, b4h);
            IntVector r2 = (IntVector) REDUCE.invokeExact(even2, odd2);
            ((IntVector) ADD.invokeExact(lo2, r2)).intoArray(out[2], outOff + i);
            LongVector even3 = (LongVector) SUM5.invokeExact(a3l, b0l, a2l, b1l, a1m4l, b2l, a0m3l, b3l, a4m2l, b4l);
            LongVector odd3 = (LongVector) SUM5.invokeExact(a3h, b0h, a2h, b1h, a1m4h, b2h, a0m3h, b3h, a4m2h, b4h);
            IntVector r3 = (IntVector) REDUCE.invokeExact(even3, odd3);
            ((IntVector) ADD.invokeExact(lo3, r3)).intoArray(out[3], outOff + i);
            LongVector even4 = (LongVector) SUM5.invokeExact(a4l, b0l, a3l, b1l, a2l, b2l, a1m4l, b3l, a0m3l, b4l);
            LongVector odd4 = (LongVector) SUM5.invokeExact(a4h, b0h, a3h, b1h, a2h, b2h, a1m4h, b3h, a0m3h, b4h);
            IntVector r4 = (IntVector) REDUCE.invokeExact(even4, odd4);
            ((IntVector) ADD.invokeExact(lo4, r4)).intoArray(out[4], outOff + i);
        }
        return bound;
    }

    /** The inner product of the first loopBound(n) elements, written to {@code out[outOff]} and after. */
    static void dotBase(int[] a, int aOff, int[][] b, int bOff, int n, int[] out, int outOff) throws Throwable {
        int bound = INTS.loopBound(n);
        LongVector even0 = LongVector.zero(LONGS);
        LongVector odd0 = LongVector.zero(LONGS);
        LongVector even1 = LongVector.zero(LONGS);
        LongVector odd1 = LongVector.zero(LONGS);
        LongVector even2 = LongVector.zero(LONGS);
        LongVector odd2 = LongVector.zero(LONGS);
        LongVector even3 = LongVector.zero(LONGS);
        LongVector odd3 = LongVector.zero(LONGS);
        LongVector even4 = LongVector.zero(LONGS);
        LongVector odd4 = LongVector.zero(LONGS);
        for (int i = 0; i < bound; i += LANES) {
            IntVector x = IntVector.fromArray(INTS, a, aOff + i);
            IntVector y0 = IntVector.fromArray(INTS, b[0], bOff + i);
            even0 = (LongVector) WRAP.invokeExact(even0.add((LongVector) EVEN.invokeExact(x, y0)));
            odd0 = (LongVector) WRAP.invokeExact(odd0.add((LongVector) ODD.invokeExact(x, y0)));
            IntVector y1 = IntVector.fromArray(INTS, b[1], bOff + i);
            even1 = (LongVector) WRAP.invokeExact(even1.add((LongVector) EVEN.invokeExact(x, y1)));
            odd1 = (LongVector) WRAP.invokeExact(odd1.add((LongVector) ODD.invokeExact(x, y1)));
            IntVector y2 = IntVector.fromArray(INTS, b[2], bOff + i);
            even2 = (LongVector) WRAP.invokeExact(even2.add((LongVector) EVEN.invokeExact(x, y2)));
            odd2 = (LongVector) WRAP.invokeExact(odd2.add((LongVector) ODD.invokeExact(x, y2)));
            IntVector y3 = IntVector.fromArray(INTS, b[3], bOff + i);
            even3 = (LongVector) WRAP.invokeExact(even3.add((LongVector) EVEN.invokeExact(x, y3)));
            odd3 = (LongVector) WRAP.invokeExact(odd3.add((LongVector) ODD.invokeExact(x, y3)));
            IntVector y4 = IntVector.fromArray(INTS, b[4], bOff + i);
            even4 = (LongVector) WRAP.invokeExact(even4.add((LongVector) EVEN.invokeExact(x, y4)));
            odd4 = (LongVector) WRAP.invokeExact(odd4.add((LongVector) ODD.invokeExact(x, y4)));
        }
        out[outOff + 0] = (int) TOTAL.invokeExact(even0, odd0);
        out[outOff + 1] = (int) TOTAL.invokeExact(even1, odd1);
        out[outOff + 2] = (int) TOTAL.invokeExact(even2, odd2);
        out[outOff + 3] = (int) TOTAL.invokeExact(even3, odd3);
        out[outOff + 4] = (int) TOTAL.invokeExact(even4, odd4);
    }
}
