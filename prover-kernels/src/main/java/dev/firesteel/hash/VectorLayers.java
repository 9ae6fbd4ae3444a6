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
        DoubleVector sum0 = DoubleVector.zero(DOUBLES);
        DoubleVector sum1 = DoubleVector.zero(DOUBLES);
        DoubleVector sum2 = DoubleVector.zero(DOUBLES);
        DoubleVector sum3 = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < STATE; i += 4 * LANES) {
            DoubleVector a = DoubleVector.fromArray(DOUBLES, s, i);
            DoubleVector b = DoubleVector.fromArray(DOUBLES, s, i + LANES);
            DoubleVector c = DoubleVector.fromArray(DOUBLES, s, i + 2 * LANES);
            DoubleVector d = DoubleVector.fromArray(DOUBLES, s, i + 3 * LANES);
            DoubleVector ab = a.add(b);
            DoubleVector cd = c.add(d);
            DoubleVector allB = ab.add(cd).add(b);
            DoubleVector allD = ab.add(cd).add(d);
            DoubleVector y0 = allB.add(ab); // 2a + 3b + c + d
            DoubleVector y1 = c.fma(two, allB); // a + 2b + 3c + d
            DoubleVector y2 = allD.add(cd); // a + b + 2c + 3d
            DoubleVector y3 = a.fma(two, allD); // 3a + b + c + 2d
            y0.intoArray(s, i);
            y1.intoArray(s, i + LANES);
            y2.intoArray(s, i + 2 * LANES);
            y3.intoArray(s, i + 3 * LANES);
            sum0 = sum0.add(y0);
            sum1 = sum1.add(y1);
            sum2 = sum2.add(y2);
            sum3 = sum3.add(y3);
        }
        for (int i = 0; i < STATE; i += 4 * LANES) {
            DoubleVector.fromArray(DOUBLES, s, i).add(sum0).intoArray(s, i);
            DoubleVector.fromArray(DOUBLES, s, i + LANES).add(sum1).intoArray(s, i + LANES);
            DoubleVector.fromArray(DOUBLES, s, i + 2 * LANES).add(sum2).intoArray(s, i + 2 * LANES);
            DoubleVector.fromArray(DOUBLES, s, i + 3 * LANES).add(sum3).intoArray(s, i + 3 * LANES);
        }
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
