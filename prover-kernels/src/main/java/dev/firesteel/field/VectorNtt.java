package dev.firesteel.field;

import static dev.firesteel.field.VectorLanes.ADD;
import static dev.firesteel.field.VectorLanes.INTS;
import static dev.firesteel.field.VectorLanes.LANES;
import static dev.firesteel.field.VectorLanes.SCALE;
import static dev.firesteel.field.VectorLanes.SUB;

import jdk.incubator.vector.IntVector;

/**
 * The transform's vector loops over one block, whose twiddles are broadcast. Each does the whole vectors of each part of the block and returns how
 * many ints of a part that were; the rest is the caller's.
 */
final class VectorNtt {

    private VectorNtt() {}

    static int radix2(int[] a, int off, int half, int z) throws Throwable {
        int bound = INTS.loopBound(half);
        IntVector w = IntVector.broadcast(INTS, z);
        IntVector wm = IntVector.broadcast(INTS, z * KoalaBear.MU);
        for (int i = off; i < off + bound; i += LANES) {
            IntVector u = IntVector.fromArray(INTS, a, i);
            IntVector x = IntVector.fromArray(INTS, a, i + half);
            IntVector v = (IntVector) SCALE.invokeExact(x, w, wm);
            ((IntVector) ADD.invokeExact(u, v)).intoArray(a, i);
            ((IntVector) SUB.invokeExact(u, v)).intoArray(a, i + half);
        }
        return bound;
    }

    static int inverseRadix2(int[] a, int off, int half, int z) throws Throwable {
        int bound = INTS.loopBound(half);
        IntVector w = IntVector.broadcast(INTS, z);
        IntVector wm = IntVector.broadcast(INTS, z * KoalaBear.MU);
        for (int i = off; i < off + bound; i += LANES) {
            IntVector u = IntVector.fromArray(INTS, a, i);
            IntVector v = IntVector.fromArray(INTS, a, i + half);
            IntVector d = (IntVector) SUB.invokeExact(u, v);
            ((IntVector) ADD.invokeExact(u, v)).intoArray(a, i);
            ((IntVector) SCALE.invokeExact(d, w, wm)).intoArray(a, i + half);
        }
        return bound;
    }

    static int radix4(int[] a, int off, int quarter, int z1, int z2, int z3) throws Throwable {
        int bound = INTS.loopBound(quarter);
        IntVector w1 = IntVector.broadcast(INTS, z1);
        IntVector wm1 = IntVector.broadcast(INTS, z1 * KoalaBear.MU);
        IntVector w2 = IntVector.broadcast(INTS, z2);
        IntVector wm2 = IntVector.broadcast(INTS, z2 * KoalaBear.MU);
        IntVector w3 = IntVector.broadcast(INTS, z3);
        IntVector wm3 = IntVector.broadcast(INTS, z3 * KoalaBear.MU);
        int second = quarter;
        int third = 2 * quarter;
        int fourth = 3 * quarter;
        for (int i = off; i < off + bound; i += LANES) {
            IntVector x0 = IntVector.fromArray(INTS, a, i);
            IntVector x1 = IntVector.fromArray(INTS, a, i + second);
            IntVector x2 = IntVector.fromArray(INTS, a, i + third);
            IntVector x3 = IntVector.fromArray(INTS, a, i + fourth);
            IntVector y2 = (IntVector) SCALE.invokeExact(x2, w1, wm1);
            IntVector y3 = (IntVector) SCALE.invokeExact(x3, w1, wm1);
            IntVector s0 = (IntVector) ADD.invokeExact(x0, y2);
            IntVector s1 = (IntVector) ADD.invokeExact(x1, y3);
            IntVector d0 = (IntVector) SUB.invokeExact(x0, y2);
            IntVector d1 = (IntVector) SUB.invokeExact(x1, y3);
            IntVector t1 = (IntVector) SCALE.invokeExact(s1, w2, wm2);
            IntVector t3 = (IntVector) SCALE.invokeExact(d1, w3, wm3);
            ((IntVector) ADD.invokeExact(s0, t1)).intoArray(a, i);
            ((IntVector) SUB.invokeExact(s0, t1)).intoArray(a, i + second);
            ((IntVector) ADD.invokeExact(d0, t3)).intoArray(a, i + third);
            ((IntVector) SUB.invokeExact(d0, t3)).intoArray(a, i + fourth);
        }
        return bound;
    }
}
