package dev.firesteel.hash;

import static dev.firesteel.hash.VectorResidues.CUBE;
import static dev.firesteel.hash.VectorResidues.DOUBLES;
import static dev.firesteel.hash.VectorResidues.REDUCE;
import static dev.firesteel.hash.VectorResidues.ROUND;
import static dev.firesteel.hash.VectorResidues.SCALE;
import static dev.firesteel.hash.VectorResidues.SHIFTED;

import dev.firesteel.field.KoalaBear;
import dev.firesteel.field.VectorLanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The rounds of {@link Poseidon2#WIDTH_24} on one state per lane of double vectors: element k of all states is the vector at {@code s[k·LANES]}.
 *
 * <p>Elements are as {@link VectorResidues} has them: ordinary numbers of either sign, reduced no further than it takes. In multiples of p they are below
 * 1 when they come in, 0.51 when reduced, 49 after the external layer, 53 in the partial rounds, whose sums are below 800. So S-boxes get less than
 * 2^37, products are below 2^74.
 *
 * <p>The state stays in memory, in small methods: the compiler stops inlining in large ones, and loads and stores are done beside the arithmetic.
 */
final class VectorLayers {
    /** States done at once. */
    static final int LANES = DOUBLES.length();

    /** Doubles of the states of all lanes. */
    static final int STATE = Sponge.WIDTH * LANES;

    private static final VectorSpecies<Integer> INTS = VectorLanes.INTS;
    private static final VectorSpecies<Long> LONGS = VectorLanes.LONGS;

    private static final long ROUND_BITS = Double.doubleToRawLongBits(ROUND);

    /** 2^−32 and 2^32 modulo p. */
    private static final double FROM_MONTGOMERY = KoalaBear.toCanonical(1);

    private static final double TO_MONTGOMERY = KoalaBear.ONE;

    private VectorLayers() {}

    /** The external layer; what comes out is at most 49 times what goes in. */
    static void external(double[] s) {
        DoubleVector two = DoubleVector.broadcast(DOUBLES, 2);
        DoubleVector a0 = DoubleVector.fromArray(DOUBLES, s, 0);
        DoubleVector a1 = DoubleVector.fromArray(DOUBLES, s, LANES);
        DoubleVector a2 = DoubleVector.fromArray(DOUBLES, s, 2 * LANES);
        DoubleVector a3 = DoubleVector.fromArray(DOUBLES, s, 3 * LANES);
        DoubleVector a01 = a0.add(a1);
        DoubleVector a23 = a2.add(a3);
        DoubleVector aAll = a01.add(a23);
        DoubleVector aAll1 = aAll.add(a1);
        DoubleVector aAll3 = aAll.add(a3);
        DoubleVector aw = aAll1.add(a01);
        DoubleVector ax = a2.fma(two, aAll1);
        DoubleVector ay = aAll3.add(a23);
        DoubleVector az = a0.fma(two, aAll3);
        DoubleVector b0 = DoubleVector.fromArray(DOUBLES, s, 4 * LANES);
        DoubleVector b1 = DoubleVector.fromArray(DOUBLES, s, 5 * LANES);
        DoubleVector b2 = DoubleVector.fromArray(DOUBLES, s, 6 * LANES);
        DoubleVector b3 = DoubleVector.fromArray(DOUBLES, s, 7 * LANES);
        DoubleVector b01 = b0.add(b1);
        DoubleVector b23 = b2.add(b3);
        DoubleVector bAll = b01.add(b23);
        DoubleVector bAll1 = bAll.add(b1);
        DoubleVector bAll3 = bAll.add(b3);
        DoubleVector bw = bAll1.add(b01);
        DoubleVector bx = b2.fma(two, bAll1);
        DoubleVector by = bAll3.add(b23);
        DoubleVector bz = b0.fma(two, bAll3);
        DoubleVector c0 = DoubleVector.fromArray(DOUBLES, s, 8 * LANES);
        DoubleVector c1 = DoubleVector.fromArray(DOUBLES, s, 9 * LANES);
        DoubleVector c2 = DoubleVector.fromArray(DOUBLES, s, 10 * LANES);
        DoubleVector c3 = DoubleVector.fromArray(DOUBLES, s, 11 * LANES);
        DoubleVector c01 = c0.add(c1);
        DoubleVector c23 = c2.add(c3);
        DoubleVector cAll = c01.add(c23);
        DoubleVector cAll1 = cAll.add(c1);
        DoubleVector cAll3 = cAll.add(c3);
        DoubleVector cw = cAll1.add(c01);
        DoubleVector cx = c2.fma(two, cAll1);
        DoubleVector cy = cAll3.add(c23);
        DoubleVector cz = c0.fma(two, cAll3);
        DoubleVector d0 = DoubleVector.fromArray(DOUBLES, s, 12 * LANES);
        DoubleVector d1 = DoubleVector.fromArray(DOUBLES, s, 13 * LANES);
        DoubleVector d2 = DoubleVector.fromArray(DOUBLES, s, 14 * LANES);
        DoubleVector d3 = DoubleVector.fromArray(DOUBLES, s, 15 * LANES);
        DoubleVector d01 = d0.add(d1);
        DoubleVector d23 = d2.add(d3);
        DoubleVector dAll = d01.add(d23);
        DoubleVector dAll1 = dAll.add(d1);
        DoubleVector dAll3 = dAll.add(d3);
        DoubleVector dw = dAll1.add(d01);
        DoubleVector dx = d2.fma(two, dAll1);
        DoubleVector dy = dAll3.add(d23);
        DoubleVector dz = d0.fma(two, dAll3);
        DoubleVector e0 = DoubleVector.fromArray(DOUBLES, s, 16 * LANES);
        DoubleVector e1 = DoubleVector.fromArray(DOUBLES, s, 17 * LANES);
        DoubleVector e2 = DoubleVector.fromArray(DOUBLES, s, 18 * LANES);
        DoubleVector e3 = DoubleVector.fromArray(DOUBLES, s, 19 * LANES);
        DoubleVector e01 = e0.add(e1);
        DoubleVector e23 = e2.add(e3);
        DoubleVector eAll = e01.add(e23);
        DoubleVector eAll1 = eAll.add(e1);
        DoubleVector eAll3 = eAll.add(e3);
        DoubleVector ew = eAll1.add(e01);
        DoubleVector ex = e2.fma(two, eAll1);
        DoubleVector ey = eAll3.add(e23);
        DoubleVector ez = e0.fma(two, eAll3);
        DoubleVector f0 = DoubleVector.fromArray(DOUBLES, s, 20 * LANES);
        DoubleVector f1 = DoubleVector.fromArray(DOUBLES, s, 21 * LANES);
        DoubleVector f2 = DoubleVector.fromArray(DOUBLES, s, 22 * LANES);
        DoubleVector f3 = DoubleVector.fromArray(DOUBLES, s, 23 * LANES);
        DoubleVector f01 = f0.add(f1);
        DoubleVector f23 = f2.add(f3);
        DoubleVector fAll = f01.add(f23);
        DoubleVector fAll1 = fAll.add(f1);
        DoubleVector fAll3 = fAll.add(f3);
        DoubleVector fw = fAll1.add(f01);
        DoubleVector fx = f2.fma(two, fAll1);
        DoubleVector fy = fAll3.add(f23);
        DoubleVector fz = f0.fma(two, fAll3);
        DoubleVector w = aw.add(bw).add(cw.add(dw)).add(ew.add(fw));
        DoubleVector x = ax.add(bx).add(cx.add(dx)).add(ex.add(fx));
        DoubleVector y = ay.add(by).add(cy.add(dy)).add(ey.add(fy));
        DoubleVector z = az.add(bz).add(cz.add(dz)).add(ez.add(fz));
        aw.add(w).intoArray(s, 0);
        ax.add(x).intoArray(s, LANES);
        ay.add(y).intoArray(s, 2 * LANES);
        az.add(z).intoArray(s, 3 * LANES);
        bw.add(w).intoArray(s, 4 * LANES);
        bx.add(x).intoArray(s, 5 * LANES);
        by.add(y).intoArray(s, 6 * LANES);
        bz.add(z).intoArray(s, 7 * LANES);
        cw.add(w).intoArray(s, 8 * LANES);
        cx.add(x).intoArray(s, 9 * LANES);
        cy.add(y).intoArray(s, 10 * LANES);
        cz.add(z).intoArray(s, 11 * LANES);
        dw.add(w).intoArray(s, 12 * LANES);
        dx.add(x).intoArray(s, 13 * LANES);
        dy.add(y).intoArray(s, 14 * LANES);
        dz.add(z).intoArray(s, 15 * LANES);
        ew.add(w).intoArray(s, 16 * LANES);
        ex.add(x).intoArray(s, 17 * LANES);
        ey.add(y).intoArray(s, 18 * LANES);
        ez.add(z).intoArray(s, 19 * LANES);
        fw.add(w).intoArray(s, 20 * LANES);
        fx.add(x).intoArray(s, 21 * LANES);
        fy.add(y).intoArray(s, 22 * LANES);
        fz.add(z).intoArray(s, 23 * LANES);
    }

    /** The S-boxes of a full round; {@code constants[from + k]} is added to element k. */
    static void cubes(double[] s, double[] constants, int from) throws Throwable {
        for (int k = 0; k < Sponge.WIDTH; k++) {
            DoubleVector x = DoubleVector.fromArray(DOUBLES, s, k * LANES);
            ((DoubleVector) CUBE.invokeExact(x.add(constants[from + k]))).intoArray(s, k * LANES);
        }
    }

    /** All numbers reduced, below 0.6·p. */
    static void reduced(double[] s) throws Throwable {
        for (int i = 0; i < STATE; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(DOUBLES, s, i);
            ((DoubleVector) REDUCE.invokeExact(x)).intoArray(s, i);
        }
    }

    /**
     * Element k of sixteen states, or of as many as an int vector has lanes: Montgomery form in {@code a[at]} on, ordinary numbers in the states. Those of
     * the even lanes are in one array, those of the odd ones in another.
     */
    static void load(int[] a, int at, double[] even, double[] odd, int k) throws Throwable {
        LongVector bits = LongVector.broadcast(LONGS, ROUND_BITS);
        LongVector x = IntVector.fromArray(INTS, a, at).reinterpretAsLongs();
        DoubleVector e = x.and(0xFFFFFFFFL).or(bits).reinterpretAsDoubles().sub(ROUND);
        DoubleVector o = x.lanewise(VectorOperators.LSHR, 32)
                .or(bits)
                .reinterpretAsDoubles()
                .sub(ROUND);
        ((DoubleVector) SCALE.invokeExact(e, FROM_MONTGOMERY)).intoArray(even, k * LANES);
        ((DoubleVector) SCALE.invokeExact(o, FROM_MONTGOMERY)).intoArray(odd, k * LANES);
    }

    /** The other way. */
    static void store(double[] even, double[] odd, int k, int[] a, int at) throws Throwable {
        DoubleVector e = DoubleVector.fromArray(DOUBLES, even, k * LANES);
        DoubleVector o = DoubleVector.fromArray(DOUBLES, odd, k * LANES);
        e = ((DoubleVector) SCALE.invokeExact(e, TO_MONTGOMERY)).add(ROUND);
        o = ((DoubleVector) SCALE.invokeExact(o, TO_MONTGOMERY)).add(ROUND);
        // The low halves of what was rounded are the numbers, in two's complement.
        LongVector low = e.reinterpretAsLongs().and(0xFFFFFFFFL);
        LongVector high = o.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32);
        IntVector x = low.or(high).reinterpretAsInts();
        x.add(x.lanewise(VectorOperators.ASHR, 31).and(KoalaBear.P)).intoArray(a, at);
    }

    /** All partial rounds. */
    static void partialRounds(double[] s, double[] constants) throws Throwable {
        DoubleVector x0 = DoubleVector.fromArray(DOUBLES, s, 0);
        DoubleVector rest = DoubleVector.zero(DOUBLES);
        for (int i = LANES; i < STATE; i += LANES) {
            rest = rest.add(DoubleVector.fromArray(DOUBLES, s, i));
        }
        for (int r = 0; r < constants.length; r++) {
            DoubleVector cube = (DoubleVector) CUBE.invokeExact(x0.add(constants[r]));
            DoubleVector reduced = (DoubleVector) REDUCE.invokeExact(rest);
            DoubleVector sum = reduced.add(cube);
            x0 = reduced.sub(cube); // sum − 2·cube
            DoubleVector x1 = DoubleVector.fromArray(DOUBLES, s, LANES);
            sum.add(x1).intoArray(s, LANES);
            DoubleVector w0 = x1;
            DoubleVector x2 = DoubleVector.fromArray(DOUBLES, s, 2 * LANES);
            DoubleVector y2 = x2.fma(DoubleVector.broadcast(DOUBLES, 2), sum);
            ((DoubleVector) REDUCE.invokeExact(y2)).intoArray(s, 2 * LANES);
            DoubleVector w1 = x2.mul(2);
            DoubleVector x3 = DoubleVector.fromArray(DOUBLES, s, 3 * LANES);
            DoubleVector v3 = (DoubleVector) SHIFTED.invokeExact(x3, 1);
            sum.sub(v3).intoArray(s, 3 * LANES);
            DoubleVector w2 = v3.neg();
            DoubleVector x4 = DoubleVector.fromArray(DOUBLES, s, 4 * LANES);
            DoubleVector y4 = x4.fma(DoubleVector.broadcast(DOUBLES, 3), sum);
            ((DoubleVector) REDUCE.invokeExact(y4)).intoArray(s, 4 * LANES);
            DoubleVector w3 = x4.mul(3);
            DoubleVector x5 = DoubleVector.fromArray(DOUBLES, s, 5 * LANES);
            DoubleVector y5 = x5.fma(DoubleVector.broadcast(DOUBLES, 4), sum);
            ((DoubleVector) REDUCE.invokeExact(y5)).intoArray(s, 5 * LANES);
            w0 = x5.fma(DoubleVector.broadcast(DOUBLES, 4), w0);
            DoubleVector x6 = DoubleVector.fromArray(DOUBLES, s, 6 * LANES);
            DoubleVector v6 = (DoubleVector) SHIFTED.invokeExact(x6, 1);
            sum.add(v6).intoArray(s, 6 * LANES);
            w1 = w1.add(v6);
            DoubleVector x7 = DoubleVector.fromArray(DOUBLES, s, 7 * LANES);
            DoubleVector y7 = x7.fma(DoubleVector.broadcast(DOUBLES, -3), sum);
            ((DoubleVector) REDUCE.invokeExact(y7)).intoArray(s, 7 * LANES);
            w2 = x7.fma(DoubleVector.broadcast(DOUBLES, -3), w2);
            DoubleVector x8 = DoubleVector.fromArray(DOUBLES, s, 8 * LANES);
            DoubleVector y8 = x8.fma(DoubleVector.broadcast(DOUBLES, -4), sum);
            ((DoubleVector) REDUCE.invokeExact(y8)).intoArray(s, 8 * LANES);
            w3 = x8.fma(DoubleVector.broadcast(DOUBLES, -4), w3);
            DoubleVector x9 = DoubleVector.fromArray(DOUBLES, s, 9 * LANES);
            DoubleVector v9 = (DoubleVector) SHIFTED.invokeExact(x9, 8);
            sum.sub(v9).intoArray(s, 9 * LANES);
            w0 = w0.sub(v9);
            DoubleVector x10 = DoubleVector.fromArray(DOUBLES, s, 10 * LANES);
            DoubleVector v10 = (DoubleVector) SHIFTED.invokeExact(x10, 2);
            sum.sub(v10).intoArray(s, 10 * LANES);
            w1 = w1.sub(v10);
            DoubleVector x11 = DoubleVector.fromArray(DOUBLES, s, 11 * LANES);
            DoubleVector v11 = (DoubleVector) SHIFTED.invokeExact(x11, 3);
            sum.sub(v11).intoArray(s, 11 * LANES);
            w2 = w2.sub(v11);
            DoubleVector x12 = DoubleVector.fromArray(DOUBLES, s, 12 * LANES);
            DoubleVector v12 = (DoubleVector) SHIFTED.invokeExact(x12, 4);
            sum.sub(v12).intoArray(s, 12 * LANES);
            w3 = w3.sub(v12);
            DoubleVector x13 = DoubleVector.fromArray(DOUBLES, s, 13 * LANES);
            DoubleVector v13 = (DoubleVector) SHIFTED.invokeExact(x13, 5);
            sum.sub(v13).intoArray(s, 13 * LANES);
            w0 = w0.sub(v13);
            DoubleVector x14 = DoubleVector.fromArray(DOUBLES, s, 14 * LANES);
            DoubleVector v14 = (DoubleVector) SHIFTED.invokeExact(x14, 6);
            sum.sub(v14).intoArray(s, 14 * LANES);
            w1 = w1.sub(v14);
            DoubleVector x15 = DoubleVector.fromArray(DOUBLES, s, 15 * LANES);
            DoubleVector v15 = (DoubleVector) SHIFTED.invokeExact(x15, 24);
            sum.sub(v15).intoArray(s, 15 * LANES);
            w2 = w2.sub(v15);
            DoubleVector x16 = DoubleVector.fromArray(DOUBLES, s, 16 * LANES);
            DoubleVector v16 = (DoubleVector) SHIFTED.invokeExact(x16, 8);
            sum.add(v16).intoArray(s, 16 * LANES);
            w3 = w3.add(v16);
            DoubleVector x17 = DoubleVector.fromArray(DOUBLES, s, 17 * LANES);
            DoubleVector v17 = (DoubleVector) SHIFTED.invokeExact(x17, 3);
            sum.add(v17).intoArray(s, 17 * LANES);
            w0 = w0.add(v17);
            DoubleVector x18 = DoubleVector.fromArray(DOUBLES, s, 18 * LANES);
            DoubleVector v18 = (DoubleVector) SHIFTED.invokeExact(x18, 4);
            sum.add(v18).intoArray(s, 18 * LANES);
            w1 = w1.add(v18);
            DoubleVector x19 = DoubleVector.fromArray(DOUBLES, s, 19 * LANES);
            DoubleVector v19 = (DoubleVector) SHIFTED.invokeExact(x19, 5);
            sum.add(v19).intoArray(s, 19 * LANES);
            w2 = w2.add(v19);
            DoubleVector x20 = DoubleVector.fromArray(DOUBLES, s, 20 * LANES);
            DoubleVector v20 = (DoubleVector) SHIFTED.invokeExact(x20, 6);
            sum.add(v20).intoArray(s, 20 * LANES);
            w3 = w3.add(v20);
            DoubleVector x21 = DoubleVector.fromArray(DOUBLES, s, 21 * LANES);
            DoubleVector v21 = (DoubleVector) SHIFTED.invokeExact(x21, 7);
            sum.add(v21).intoArray(s, 21 * LANES);
            w0 = w0.add(v21);
            DoubleVector x22 = DoubleVector.fromArray(DOUBLES, s, 22 * LANES);
            DoubleVector v22 = (DoubleVector) SHIFTED.invokeExact(x22, 9);
            sum.add(v22).intoArray(s, 22 * LANES);
            w1 = w1.add(v22);
            DoubleVector x23 = DoubleVector.fromArray(DOUBLES, s, 23 * LANES);
            DoubleVector v23 = (DoubleVector) SHIFTED.invokeExact(x23, 24);
            sum.add(v23).intoArray(s, 23 * LANES);
            w2 = w2.add(v23);
            rest = sum.fma(DoubleVector.broadcast(DOUBLES, 23), w0.add(w1).add(w2.add(w3)));
        }
        x0.intoArray(s, 0);
    }
}
