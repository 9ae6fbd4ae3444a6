package dev.firesteel.field;

import static dev.firesteel.field.VectorLanes.ADD;
import static dev.firesteel.field.VectorLanes.EVEN;
import static dev.firesteel.field.VectorLanes.EVEN5;
import static dev.firesteel.field.VectorLanes.INTS;
import static dev.firesteel.field.VectorLanes.LANES;
import static dev.firesteel.field.VectorLanes.LONGS;
import static dev.firesteel.field.VectorLanes.ODD;
import static dev.firesteel.field.VectorLanes.ODD5;
import static dev.firesteel.field.VectorLanes.REDUCE;
import static dev.firesteel.field.VectorLanes.SUB;
import static dev.firesteel.field.VectorLanes.WRAP;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * The extension's vector loops. Each does the whole vectors of its range and returns how many elements that were; the rest is the caller's.
 *
 * <p>The products follow {@link Ext5#mul}: each coordinate is a sum of five products, reduced once.
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
            IntVector b0 = IntVector.fromArray(INTS, b[0], bOff + i);
            IntVector b1 = IntVector.fromArray(INTS, b[1], bOff + i);
            IntVector b2 = IntVector.fromArray(INTS, b[2], bOff + i);
            IntVector b3 = IntVector.fromArray(INTS, b[3], bOff + i);
            IntVector b4 = IntVector.fromArray(INTS, b[4], bOff + i);
            LongVector even0 = (LongVector) EVEN5.invokeExact(a0, b0, a4, b1, a3, b2, a2, b3, a1m4, b4);
            LongVector odd0 = (LongVector) ODD5.invokeExact(a0, b0, a4, b1, a3, b2, a2, b3, a1m4, b4);
            IntVector r0 = (IntVector) REDUCE.invokeExact(even0, odd0);
            r0.intoArray(out[0], outOff + i);
            LongVector even1 = (LongVector) EVEN5.invokeExact(a1, b0, a0, b1, a4, b2, a3, b3, a2, b4);
            LongVector odd1 = (LongVector) ODD5.invokeExact(a1, b0, a0, b1, a4, b2, a3, b3, a2, b4);
            IntVector r1 = (IntVector) REDUCE.invokeExact(even1, odd1);
            r1.intoArray(out[1], outOff + i);
            LongVector even2 = (LongVector) EVEN5.invokeExact(a2, b0, a1m4, b1, a0m3, b2, a4m2, b3, a3m1p4, b4);
            LongVector odd2 = (LongVector) ODD5.invokeExact(a2, b0, a1m4, b1, a0m3, b2, a4m2, b3, a3m1p4, b4);
            IntVector r2 = (IntVector) REDUCE.invokeExact(even2, odd2);
            r2.intoArray(out[2], outOff + i);
            LongVector even3 = (LongVector) EVEN5.invokeExact(a3, b0, a2, b1, a1m4, b2, a0m3, b3, a4m2, b4);
            LongVector odd3 = (LongVector) ODD5.invokeExact(a3, b0, a2, b1, a1m4, b2, a0m3, b3, a4m2, b4);
            IntVector r3 = (IntVector) REDUCE.invokeExact(even3, odd3);
            r3.intoArray(out[3], outOff + i);
            LongVector even4 = (LongVector) EVEN5.invokeExact(a4, b0, a3, b1, a2, b2, a1m4, b3, a0m3, b4);
            LongVector odd4 = (LongVector) ODD5.invokeExact(a4, b0, a3, b1, a2, b2, a1m4, b3, a0m3, b4);
            IntVector r4 = (IntVector) REDUCE.invokeExact(even4, odd4);
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
        for (int i = 0; i < bound; i += LANES) {
            IntVector b0 = IntVector.fromArray(INTS, b[0], bOff + i);
            IntVector b1 = IntVector.fromArray(INTS, b[1], bOff + i);
            IntVector b2 = IntVector.fromArray(INTS, b[2], bOff + i);
            IntVector b3 = IntVector.fromArray(INTS, b[3], bOff + i);
            IntVector b4 = IntVector.fromArray(INTS, b[4], bOff + i);
            LongVector even0 = (LongVector) EVEN5.invokeExact(a0, b0, a4, b1, a3, b2, a2, b3, a1m4, b4);
            LongVector odd0 = (LongVector) ODD5.invokeExact(a0, b0, a4, b1, a3, b2, a2, b3, a1m4, b4);
            IntVector r0 = (IntVector) REDUCE.invokeExact(even0, odd0);
            r0.intoArray(out[0], outOff + i);
            LongVector even1 = (LongVector) EVEN5.invokeExact(a1, b0, a0, b1, a4, b2, a3, b3, a2, b4);
            LongVector odd1 = (LongVector) ODD5.invokeExact(a1, b0, a0, b1, a4, b2, a3, b3, a2, b4);
            IntVector r1 = (IntVector) REDUCE.invokeExact(even1, odd1);
            r1.intoArray(out[1], outOff + i);
            LongVector even2 = (LongVector) EVEN5.invokeExact(a2, b0, a1m4, b1, a0m3, b2, a4m2, b3, a3m1p4, b4);
            LongVector odd2 = (LongVector) ODD5.invokeExact(a2, b0, a1m4, b1, a0m3, b2, a4m2, b3, a3m1p4, b4);
            IntVector r2 = (IntVector) REDUCE.invokeExact(even2, odd2);
            r2.intoArray(out[2], outOff + i);
            LongVector even3 = (LongVector) EVEN5.invokeExact(a3, b0, a2, b1, a1m4, b2, a0m3, b3, a4m2, b4);
            LongVector odd3 = (LongVector) ODD5.invokeExact(a3, b0, a2, b1, a1m4, b2, a0m3, b3, a4m2, b4);
            IntVector r3 = (IntVector) REDUCE.invokeExact(even3, odd3);
            r3.intoArray(out[3], outOff + i);
            LongVector even4 = (LongVector) EVEN5.invokeExact(a4, b0, a3, b1, a2, b2, a1m4, b3, a0m3, b4);
            LongVector odd4 = (LongVector) ODD5.invokeExact(a4, b0, a3, b1, a2, b2, a1m4, b3, a0m3, b4);
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
            LongVector even0 = (LongVector) EVEN5.invokeExact(a0, b0, a4, b1, a3, b2, a2, b3, a1m4, b4);
            LongVector odd0 = (LongVector) ODD5.invokeExact(a0, b0, a4, b1, a3, b2, a2, b3, a1m4, b4);
            IntVector r0 = (IntVector) REDUCE.invokeExact(even0, odd0);
            ((IntVector) ADD.invokeExact(lo0, r0)).intoArray(out[0], outOff + i);
            LongVector even1 = (LongVector) EVEN5.invokeExact(a1, b0, a0, b1, a4, b2, a3, b3, a2, b4);
            LongVector odd1 = (LongVector) ODD5.invokeExact(a1, b0, a0, b1, a4, b2, a3, b3, a2, b4);
            IntVector r1 = (IntVector) REDUCE.invokeExact(even1, odd1);
            ((IntVector) ADD.invokeExact(lo1, r1)).intoArray(out[1], outOff + i);
            LongVector even2 = (LongVector) EVEN5.invokeExact(a2, b0, a1m4, b1, a0m3, b2, a4m2, b3, a3m1p4, b4);
            LongVector odd2 = (LongVector) ODD5.invokeExact(a2, b0, a1m4, b1, a0m3, b2, a4m2, b3, a3m1p4, b4);
            IntVector r2 = (IntVector) REDUCE.invokeExact(even2, odd2);
            ((IntVector) ADD.invokeExact(lo2, r2)).intoArray(out[2], outOff + i);
            LongVector even3 = (LongVector) EVEN5.invokeExact(a3, b0, a2, b1, a1m4, b2, a0m3, b3, a4m2, b4);
            LongVector odd3 = (LongVector) ODD5.invokeExact(a3, b0, a2, b1, a1m4, b2, a0m3, b3, a4m2, b4);
            IntVector r3 = (IntVector) REDUCE.invokeExact(even3, odd3);
            ((IntVector) ADD.invokeExact(lo3, r3)).intoArray(out[3], outOff + i);
            LongVector even4 = (LongVector) EVEN5.invokeExact(a4, b0, a3, b1, a2, b2, a1m4, b3, a0m3, b4);
            LongVector odd4 = (LongVector) ODD5.invokeExact(a4, b0, a3, b1, a2, b2, a1m4, b3, a0m3, b4);
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
        out[outOff + 0] = VectorBase.total((IntVector) REDUCE.invokeExact(even0, odd0));
        out[outOff + 1] = VectorBase.total((IntVector) REDUCE.invokeExact(even1, odd1));
        out[outOff + 2] = VectorBase.total((IntVector) REDUCE.invokeExact(even2, odd2));
        out[outOff + 3] = VectorBase.total((IntVector) REDUCE.invokeExact(even3, odd3));
        out[outOff + 4] = VectorBase.total((IntVector) REDUCE.invokeExact(even4, odd4));
    }
}
