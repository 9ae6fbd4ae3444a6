package dev.firesteel.field;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The field's operations on vectors, one element per 32-bit lane, as method handles.
 *
 * <p>Why handles: C2 stops inlining ordinary methods into a method whose graph has passed 18,000 nodes, which some forty vector operations reach,
 * and a vector that crosses a call that is not inlined is boxed. Lambda forms are exempt from that limit, and a call through a handle in a static
 * final field is one: {@code (IntVector) MUL.invokeExact(a, b)} is inlined however large the caller already is (measured: 8 multiplications in a
 * row, 0.22 ns per element against 1.06 with direct calls). What is called through a handle must not call plain methods itself: they fall under the
 * limit again (measured: 6 times slower). And handles may nest but twice: C2 counts the nesting as recursion, and stops at the third (measured on 25:
 * 10 times slower).
 *
 * <p>A multiplication splits the lanes into even and odd halves of 64-bit lanes, because the 64-bit product is needed. JDK 24 and later compile
 * {@code LongVector.mul} to vpmuludq when both operands are visibly 32-bit numbers, by {@code and} with 2^32 − 1 or by a logical shift; the
 * {@code and} is needed on constants too, and may never be with a negative constant (JDK-8384963: wrong code). Earlier compilers emit vpmullq, three
 * times slower, so there the quotient is one 32-bit multiplication of all lanes; and they have no unsigned minimum.
 */
public final class VectorLanes {

    /** The one int species of this JVM. */
    public static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    /** The one long species of this JVM; as wide in bits as {@link #INTS}. */
    public static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

    /** The lanes of an int vector. */
    public static final int LANES = INTS.length();

    /** (IntVector a, IntVector b): a + b. */
    public static final MethodHandle ADD = handle("add", IntVector.class, IntVector.class, IntVector.class);

    /** (IntVector a, IntVector b): a − b. */
    public static final MethodHandle SUB = handle("sub", IntVector.class, IntVector.class, IntVector.class);

    /** (IntVector a, IntVector b): a·b. */
    public static final MethodHandle MUL = handle("mul", IntVector.class, IntVector.class, IntVector.class);

    /** (IntVector a, IntVector c, IntVector cm): a·c where every lane of cm is c·{@link KoalaBear#MU} mod 2^32; cheaper than MUL. */
    public static final MethodHandle SCALE =
            handle("scale", IntVector.class, IntVector.class, IntVector.class, IntVector.class);

    /** (IntVector a, IntVector b): the 64-bit products of the even lanes, not reduced. */
    public static final MethodHandle EVEN = handle("even", LongVector.class, IntVector.class, IntVector.class);

    /** (IntVector a, IntVector b): the 64-bit products of the odd lanes, not reduced. */
    public static final MethodHandle ODD = handle("odd", LongVector.class, IntVector.class, IntVector.class);

    /** (LongVector x): unsigned [0, p·2^33) to [0, p·2^32), modulo p·2^32. A sum of four products is in the former range. */
    public static final MethodHandle WRAP = handle("wrap", LongVector.class, LongVector.class);

    /** (LongVector even, LongVector odd): {@link KoalaBear#reduce} of both, interleaved; arguments in [0, p·2^32). */
    public static final MethodHandle REDUCE = handle("reduce", IntVector.class, LongVector.class, LongVector.class);

    /**
     * REDUCE, before JDK 24 without a vector of ints on the way. 17's compiler cannot see through the conversion of one such vector in
     * {@link VectorExt#mul}, calls the library instead and makes objects.
     */
    public static final MethodHandle REDUCE_APART =
            handle("reduceApart", IntVector.class, LongVector.class, LongVector.class);

    /** (LongVector even, LongVector odd): {@link KoalaBear#reduce} of the sum of all lanes, which are in [0, p·2^32), as an int. */
    public static final MethodHandle TOTAL = handle("total", int.class, LongVector.class, LongVector.class);

    /** (IntVector a): the even lanes as 64-bit numbers. */
    public static final MethodHandle LOW = handle("low", LongVector.class, IntVector.class);

    /** (IntVector a): the odd lanes as 64-bit numbers. */
    public static final MethodHandle HIGH = handle("high", LongVector.class, IntVector.class);

    /** (LongVector x0, y0, …, x4, y4): Σ x·y in [0, p·2^32); arguments from LOW, or all from HIGH. */
    public static final MethodHandle SUM5 = handle(
            "sum5", LongVector.class, Collections.nCopies(10, LongVector.class).toArray(Class<?>[]::new));

    /** Unsigned minimum, null before JDK 24. */
    private static final VectorOperators.Binary UMIN = unsignedMinimum();

    private static final boolean JDK24 = UMIN != null;

    private static final long MASK = 0xFFFFFFFFL;

    private VectorLanes() {}

    private static MethodHandle handle(String name, Class<?> result, Class<?>... arguments) {
        try {
            return MethodHandles.lookup().findStatic(VectorLanes.class, name, MethodType.methodType(result, arguments));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no such lane operation: " + name, e);
        }
    }

    private static VectorOperators.Binary unsignedMinimum() {
        try {
            return (VectorOperators.Binary)
                    VectorOperators.class.getField("UMIN").get(null);
        } catch (NoSuchFieldException e) {
            return null;
        } catch (IllegalAccessException e) {
            throw new LinkageError("VectorOperators.UMIN", e);
        }
    }

    /** Whether the quotients are computed as on JDK 24 and later. */
    static boolean unsignedOperations() {
        return JDK24;
    }

    private static IntVector add(IntVector a, IntVector b) {
        IntVector s = a.add(b);
        IntVector d = s.sub(KoalaBear.P);
        return JDK24 ? s.lanewise(UMIN, d) : d.add(d.lanewise(ASHR, 31).and(KoalaBear.P));
    }

    private static IntVector sub(IntVector a, IntVector b) {
        IntVector d = a.sub(b);
        return JDK24
                ? d.lanewise(UMIN, d.add(KoalaBear.P))
                : d.add(d.lanewise(ASHR, 31).and(KoalaBear.P));
    }

    private static LongVector even(IntVector a, IntVector b) {
        LongVector m = LongVector.broadcast(LONGS, MASK);
        return a.reinterpretAsLongs().and(m).mul(b.reinterpretAsLongs().and(m));
    }

    private static LongVector odd(IntVector a, IntVector b) {
        return a.reinterpretAsLongs()
                .lanewise(LSHR, 32)
                .mul(b.reinterpretAsLongs().lanewise(LSHR, 32));
    }

    private static LongVector wrap(LongVector x) {
        LongVector y = x.sub(Ext5.P_SHIFTED);
        return JDK24 ? x.lanewise(UMIN, y) : y.add(y.lanewise(ASHR, 63).and(Ext5.P_SHIFTED));
    }

    private static IntVector mul(IntVector a, IntVector b) throws Throwable {
        LongVector even = (LongVector) EVEN.invokeExact(a, b);
        LongVector odd = (LongVector) ODD.invokeExact(a, b);
        return (IntVector) REDUCE.invokeExact(even, odd);
    }

    private static LongVector low(IntVector a) {
        return a.reinterpretAsLongs().and(LongVector.broadcast(LONGS, MASK));
    }

    private static LongVector high(IntVector a) {
        return a.reinterpretAsLongs().lanewise(LSHR, 32);
    }

    private static LongVector sum5(
            LongVector x0,
            LongVector y0,
            LongVector x1,
            LongVector y1,
            LongVector x2,
            LongVector y2,
            LongVector x3,
            LongVector y3,
            LongVector x4,
            LongVector y4)
            throws Throwable {
        LongVector s01 = x0.mul(y0).add(x1.mul(y1));
        LongVector s23 = x2.mul(y2).add(x3.mul(y3));
        LongVector four = (LongVector) WRAP.invokeExact(s01.add(s23));
        return (LongVector) WRAP.invokeExact(four.add(x4.mul(y4)));
    }

    private static IntVector reduce(LongVector even, LongVector odd) {
        LongVector m = LongVector.broadcast(LONGS, MASK);
        LongVector p = LongVector.broadcast(LONGS, KoalaBear.P).and(m);
        LongVector evenMultiple;
        LongVector oddMultiple;
        if (JDK24) {
            LongVector mu = LongVector.broadcast(LONGS, KoalaBear.MU & MASK).and(m);
            evenMultiple = even.and(m).mul(mu).and(m).mul(p);
            oddMultiple = odd.and(m).mul(mu).and(m).mul(p);
        } else {
            IntVector low = even.and(m).or(odd.lanewise(LSHL, 32)).reinterpretAsInts();
            LongVector q = low.mul(KoalaBear.MU).reinterpretAsLongs();
            evenMultiple = q.and(m).mul(p);
            oddMultiple = q.lanewise(LSHR, 32).mul(p);
        }
        // The low halves of the differences are zero, the high ones are the results.
        LongVector high = even.sub(evenMultiple).lanewise(LSHR, 32);
        IntVector d = high.or(odd.sub(oddMultiple)).reinterpretAsInts();
        return JDK24
                ? d.lanewise(UMIN, d.add(KoalaBear.P))
                : d.add(d.lanewise(ASHR, 31).and(KoalaBear.P));
    }

    private static IntVector reduceApart(LongVector even, LongVector odd) throws Throwable {
        if (JDK24) {
            return (IntVector) REDUCE.invokeExact(even, odd);
        }
        LongVector m = LongVector.broadcast(LONGS, MASK);
        LongVector p = LongVector.broadcast(LONGS, KoalaBear.P).and(m);
        // x·MU mod 2^32, MU being 2^31 + 2^24 + 1.
        LongVector evenQ = even.add(even.lanewise(LSHL, 24)).add(even.lanewise(LSHL, 31));
        LongVector oddQ = odd.add(odd.lanewise(LSHL, 24)).add(odd.lanewise(LSHL, 31));
        LongVector high = even.sub(evenQ.and(m).mul(p)).lanewise(LSHR, 32);
        IntVector d = high.or(odd.sub(oddQ.and(m).mul(p))).reinterpretAsInts();
        return d.add(d.lanewise(ASHR, 31).and(KoalaBear.P));
    }

    private static int total(LongVector even, LongVector odd) {
        LongVector m = LongVector.broadcast(LONGS, MASK);
        long high = even.lanewise(LSHR, 32).add(odd.lanewise(LSHR, 32)).reduceLanes(VectorOperators.ADD);
        long low = even.and(m).add(odd.and(m)).reduceLanes(VectorOperators.ADD);
        return KoalaBear.add((int) (high % KoalaBear.P), KoalaBear.reduce(low));
    }

    private static IntVector scale(IntVector a, IntVector c, IntVector cm) {
        LongVector m = LongVector.broadcast(LONGS, MASK);
        LongVector p = LongVector.broadcast(LONGS, KoalaBear.P).and(m);
        LongVector cLow = c.reinterpretAsLongs().and(m); // c is the same in all lanes: its odd ones need no shift
        LongVector aEven = a.reinterpretAsLongs().and(m);
        LongVector aOdd = a.reinterpretAsLongs().lanewise(LSHR, 32);
        LongVector evenMultiple;
        LongVector oddMultiple;
        if (JDK24) {
            LongVector cmLow = cm.reinterpretAsLongs().and(m);
            evenMultiple = aEven.mul(cmLow).and(m).mul(p);
            oddMultiple = aOdd.mul(cmLow).and(m).mul(p);
        } else {
            LongVector q = a.mul(cm).reinterpretAsLongs();
            evenMultiple = q.and(m).mul(p);
            oddMultiple = q.lanewise(LSHR, 32).mul(p);
        }
        LongVector high = aEven.mul(cLow).sub(evenMultiple).lanewise(LSHR, 32);
        IntVector d = high.or(aOdd.mul(cLow).sub(oddMultiple)).reinterpretAsInts();
        return JDK24
                ? d.lanewise(UMIN, d.add(KoalaBear.P))
                : d.add(d.lanewise(ASHR, 31).and(KoalaBear.P));
    }
}
