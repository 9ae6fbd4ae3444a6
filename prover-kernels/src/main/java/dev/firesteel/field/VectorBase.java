package dev.firesteel.field;

import static dev.firesteel.field.VectorLanes.ADD;
import static dev.firesteel.field.VectorLanes.EVEN;
import static dev.firesteel.field.VectorLanes.INTS;
import static dev.firesteel.field.VectorLanes.LANES;
import static dev.firesteel.field.VectorLanes.LONGS;
import static dev.firesteel.field.VectorLanes.MUL;
import static dev.firesteel.field.VectorLanes.ODD;
import static dev.firesteel.field.VectorLanes.SCALE;
import static dev.firesteel.field.VectorLanes.SUB;
import static dev.firesteel.field.VectorLanes.TOTAL;
import static dev.firesteel.field.VectorLanes.WRAP;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/** The base field's vector loops. Each does the whole vectors of its range and returns how many elements that were; the rest is the caller's. */
final class VectorBase {

    private VectorBase() {}

    static int add(int[] a, int aOff, int[] b, int bOff, int[] out, int outOff, int n) throws Throwable {
        int bound = INTS.loopBound(n);
        for (int i = 0; i < bound; i += LANES) {
            IntVector x = IntVector.fromArray(INTS, a, aOff + i);
            IntVector y = IntVector.fromArray(INTS, b, bOff + i);
            ((IntVector) ADD.invokeExact(x, y)).intoArray(out, outOff + i);
        }
        return bound;
    }

    static int sub(int[] a, int aOff, int[] b, int bOff, int[] out, int outOff, int n) throws Throwable {
        int bound = INTS.loopBound(n);
        for (int i = 0; i < bound; i += LANES) {
            IntVector x = IntVector.fromArray(INTS, a, aOff + i);
            IntVector y = IntVector.fromArray(INTS, b, bOff + i);
            ((IntVector) SUB.invokeExact(x, y)).intoArray(out, outOff + i);
        }
        return bound;
    }

    static int mul(int[] a, int aOff, int[] b, int bOff, int[] out, int outOff, int n) throws Throwable {
        int bound = INTS.loopBound(n);
        for (int i = 0; i < bound; i += LANES) {
            IntVector x = IntVector.fromArray(INTS, a, aOff + i);
            IntVector y = IntVector.fromArray(INTS, b, bOff + i);
            ((IntVector) MUL.invokeExact(x, y)).intoArray(out, outOff + i);
        }
        return bound;
    }

    static int scale(int[] a, int aOff, int c, int[] out, int outOff, int n) throws Throwable {
        int bound = INTS.loopBound(n);
        IntVector w = IntVector.broadcast(INTS, c);
        IntVector wm = IntVector.broadcast(INTS, c * KoalaBear.MU);
        for (int i = 0; i < bound; i += LANES) {
            IntVector x = IntVector.fromArray(INTS, a, aOff + i);
            ((IntVector) SCALE.invokeExact(x, w, wm)).intoArray(out, outOff + i);
        }
        return bound;
    }

    static int axpy(int[] a, int aOff, int c, int[] out, int outOff, int n) throws Throwable {
        int bound = INTS.loopBound(n);
        IntVector w = IntVector.broadcast(INTS, c);
        IntVector wm = IntVector.broadcast(INTS, c * KoalaBear.MU);
        for (int i = 0; i < bound; i += LANES) {
            IntVector x = IntVector.fromArray(INTS, a, aOff + i);
            IntVector y = IntVector.fromArray(INTS, out, outOff + i);
            IntVector product = (IntVector) SCALE.invokeExact(x, w, wm);
            ((IntVector) ADD.invokeExact(y, product)).intoArray(out, outOff + i);
        }
        return bound;
    }

    static int fold(int[] lo, int loOff, int[] hi, int hiOff, int r, int[] out, int outOff, int n) throws Throwable {
        int bound = INTS.loopBound(n);
        IntVector w = IntVector.broadcast(INTS, r);
        IntVector wm = IntVector.broadcast(INTS, r * KoalaBear.MU);
        for (int i = 0; i < bound; i += LANES) {
            IntVector x = IntVector.fromArray(INTS, lo, loOff + i);
            IntVector y = IntVector.fromArray(INTS, hi, hiOff + i);
            IntVector d = (IntVector) SUB.invokeExact(y, x);
            IntVector product = (IntVector) SCALE.invokeExact(d, w, wm);
            ((IntVector) ADD.invokeExact(x, product)).intoArray(out, outOff + i);
        }
        return bound;
    }

    /** The sum of the first loopBound(n) elements, not reduced. */
    static long sum(int[] a, int aOff, int n) {
        int bound = INTS.loopBound(n);
        LongVector s = LongVector.zero(LONGS);
        for (int i = 0; i < bound; i += LANES) {
            LongVector x = IntVector.fromArray(INTS, a, aOff + i).reinterpretAsLongs();
            s = s.add(x.and(0xFFFFFFFFL)).add(x.lanewise(VectorOperators.LSHR, 32));
        }
        return s.reduceLanes(VectorOperators.ADD);
    }

    /** The inner product of the first loopBound(n) elements, reduced. */
    static int dot(int[] a, int aOff, int[] b, int bOff, int n) throws Throwable {
        int bound = INTS.loopBound(n);
        LongVector even = LongVector.zero(LONGS);
        LongVector odd = LongVector.zero(LONGS);
        int i = 0;
        for (; i < bound - LANES; i += 2 * LANES) {
            IntVector x = IntVector.fromArray(INTS, a, aOff + i);
            IntVector y = IntVector.fromArray(INTS, b, bOff + i);
            IntVector u = IntVector.fromArray(INTS, a, aOff + i + LANES);
            IntVector v = IntVector.fromArray(INTS, b, bOff + i + LANES);
            LongVector e = even.add((LongVector) EVEN.invokeExact(x, y)).add((LongVector) EVEN.invokeExact(u, v));
            LongVector o = odd.add((LongVector) ODD.invokeExact(x, y)).add((LongVector) ODD.invokeExact(u, v));
            even = (LongVector) WRAP.invokeExact(e);
            odd = (LongVector) WRAP.invokeExact(o);
        }
        if (i < bound) {
            IntVector x = IntVector.fromArray(INTS, a, aOff + i);
            IntVector y = IntVector.fromArray(INTS, b, bOff + i);
            LongVector e = even.add((LongVector) EVEN.invokeExact(x, y));
            LongVector o = odd.add((LongVector) ODD.invokeExact(x, y));
            even = (LongVector) WRAP.invokeExact(e);
            odd = (LongVector) WRAP.invokeExact(o);
        }
        return (int) TOTAL.invokeExact(even, odd);
    }

    /**
     * Montgomery's trick with one chain per lane: lane l has the elements at l, l + LANES, …. It inverts the first loopBound(n) elements, which
     * must be at least one vector.
     *
     * @param scratch at least n ints
     * @return how many of them were zero
     */
    static int batchInverse(int[] a, int aOff, int n, int[] scratch) throws Throwable {
        int bound = INTS.loopBound(n);
        IntVector one = IntVector.broadcast(INTS, KoalaBear.ONE);
        IntVector product = one;
        int zeros = 0;
        for (int i = 0; i < bound; i += LANES) {
            IntVector x = IntVector.fromArray(INTS, a, aOff + i);
            product.intoArray(scratch, i);
            var isZero = x.eq(0);
            zeros += isZero.trueCount();
            product = (IntVector) MUL.invokeExact(product, x.blend(one, isZero));
        }
        product = invertLanes(product, a, aOff, scratch, bound);
        for (int i = bound - LANES; i >= 0; i -= LANES) {
            IntVector x = IntVector.fromArray(INTS, a, aOff + i);
            var isZero = x.eq(0);
            IntVector before = IntVector.fromArray(INTS, scratch, i);
            IntVector inverse = (IntVector) MUL.invokeExact(product, before);
            inverse.blend(0, isZero).intoArray(a, aOff + i);
            product = (IntVector) MUL.invokeExact(product, x.blend(one, isZero));
        }
        return zeros;
    }

    /** Inverts each lane of a vector without zeros. The last vector of a serves as memory; the first of scratch, which is all ones, too. */
    private static IntVector invertLanes(IntVector v, int[] a, int aOff, int[] scratch, int bound) {
        int at = aOff + bound - LANES;
        IntVector last = IntVector.fromArray(INTS, a, at);
        v.intoArray(a, at);
        KoalaBear.batchInverse(a, at, LANES, scratch);
        IntVector result = IntVector.fromArray(INTS, a, at);
        last.intoArray(a, at);
        IntVector.broadcast(INTS, KoalaBear.ONE).intoArray(scratch, 0);
        return result;
    }
}
