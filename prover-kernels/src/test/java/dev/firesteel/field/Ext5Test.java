package dev.firesteel.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class Ext5Test {

    private static final BigInteger P = BigInteger.valueOf(KoalaBear.P);
    private static final int D = Ext5.DEGREE;

    @Provide
    Arbitrary<int[]> elements() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(0, KoalaBear.P - 1),
                        Arbitraries.of(0, 1, KoalaBear.ONE, KoalaBear.P - 1, KoalaBear.P / 2, KoalaBear.P / 2 + 1))
                .array(int[].class)
                .ofSize(D);
    }

    /** Schoolbook multiplication modulo X⁵ + X² − 1 on ordinary numbers, written without the class under test. */
    private static BigInteger[] multiply(BigInteger[] a, BigInteger[] b) {
        BigInteger[] c = new BigInteger[2 * D - 1];
        Arrays.fill(c, BigInteger.ZERO);
        for (int i = 0; i < D; i++) {
            for (int j = 0; j < D; j++) {
                c[i + j] = c[i + j].add(a[i].multiply(b[j]));
            }
        }
        for (int k = 2 * D - 2; k >= D; k--) {
            c[k - 5] = c[k - 5].add(c[k]);
            c[k - 3] = c[k - 3].subtract(c[k]);
        }
        BigInteger[] r = new BigInteger[D];
        for (int k = 0; k < D; k++) {
            r[k] = c[k].mod(P);
        }
        return r;
    }

    private static BigInteger[] power(BigInteger[] a, BigInteger exponent) {
        BigInteger[] result = constant(1);
        for (int i = exponent.bitLength() - 1; i >= 0; i--) {
            result = multiply(result, result);
            if (exponent.testBit(i)) {
                result = multiply(result, a);
            }
        }
        return result;
    }

    private static BigInteger[] constant(long c) {
        BigInteger[] a = new BigInteger[D];
        Arrays.fill(a, BigInteger.ZERO);
        a[0] = BigInteger.valueOf(c);
        return a;
    }

    private static BigInteger[] canonical(int[] a) {
        return Arrays.stream(a)
                .mapToObj(c -> BigInteger.valueOf(KoalaBear.toCanonical(c)))
                .toArray(BigInteger[]::new);
    }

    /**
     * Degree 5 is prime, so X⁵ + X² − 1 is irreducible when X^(p⁵) = X modulo it and X^p − X is invertible (Rabin's test). Invertible is shown by
     * (X^p − X)^(p⁵ − 1) = 1.
     */
    @Test
    void thePolynomialIsIrreducible() {
        BigInteger[] x = constant(0);
        x[1] = BigInteger.ONE;
        assertArrayEquals(x, power(x, P.pow(5)));
        BigInteger[] d = power(x, P);
        d[1] = d[1].subtract(BigInteger.ONE).mod(P);
        assertArrayEquals(constant(1), power(d, P.pow(5).subtract(BigInteger.ONE)));
    }

    @Property
    void productsAgreeWithSchoolbookMultiplication(@ForAll("elements") int[] a, @ForAll("elements") int[] b) {
        int[] c = new int[D];
        Ext5.mul(a, 0, b, 0, c, 0);
        assertArrayEquals(multiply(canonical(a), canonical(b)), canonical(c));
        Ext5.square(a, 0, c, 0);
        assertArrayEquals(multiply(canonical(a), canonical(a)), canonical(c));
        int[] x = new int[D];
        x[1] = KoalaBear.ONE;
        int[] byX = new int[D];
        Ext5.mul(a, 0, x, 0, c, 0);
        Ext5.mulX(a, 0, byX, 0);
        assertArrayEquals(c, byX);
    }

    @Test
    void productsOfTheLargestCoordinatesAreRight() {
        int[] a = FieldData.largest(D);
        int[] c = new int[D];
        Ext5.mul(a, 0, a, 0, c, 0);
        assertArrayEquals(multiply(canonical(a), canonical(a)), canonical(c));
    }

    @Property
    void ringAxiomsHold(@ForAll("elements") int[] a, @ForAll("elements") int[] b, @ForAll("elements") int[] c) {
        assertArrayEquals(mul(a, b), mul(b, a));
        assertArrayEquals(mul(mul(a, b), c), mul(a, mul(b, c)));
        assertArrayEquals(mul(a, add(b, c)), add(mul(a, b), mul(a, c)));
        int[] one = new int[D];
        Ext5.setOne(one, 0);
        assertArrayEquals(a, mul(a, one));
        int[] negative = new int[D];
        Ext5.neg(a, 0, negative, 0);
        assertTrue(Ext5.isZero(add(a, negative), 0));
        int[] difference = new int[D];
        Ext5.sub(add(a, b), 0, b, 0, difference, 0);
        assertTrue(Ext5.equal(a, 0, difference, 0));
        int[] byBase = new int[D];
        Ext5.mulBase(a, 0, b[0], byBase, 0);
        int[] base = new int[D];
        Ext5.setBase(b[0], base, 0);
        assertArrayEquals(mul(a, base), byBase);
    }

    private static int[] mul(int[] a, int[] b) {
        int[] r = new int[D];
        Ext5.mul(a, 0, b, 0, r, 0);
        return r;
    }

    private static int[] add(int[] a, int[] b) {
        int[] r = new int[D];
        Ext5.add(a, 0, b, 0, r, 0);
        return r;
    }

    @Property(tries = 100)
    void frobeniusIsThePthPowerAndAnAutomorphism(@ForAll("elements") int[] a, @ForAll("elements") int[] b) {
        int[] expected = new int[D];
        int[] actual = new int[D];
        Ext5.frobenius(a, 0, 0, actual, 0);
        assertArrayEquals(a, actual);
        System.arraycopy(a, 0, expected, 0, D);
        for (int times = 1; times <= 6; times++) {
            Ext5.pow(expected, 0, KoalaBear.P, expected, 0);
            Ext5.frobenius(a, 0, times, actual, 0);
            assertArrayEquals(expected, actual);
        }
        int[] fa = new int[D];
        int[] fb = new int[D];
        Ext5.frobenius(a, 0, 1, fa, 0);
        Ext5.frobenius(b, 0, 1, fb, 0);
        Ext5.frobenius(mul(a, b), 0, 1, actual, 0);
        assertArrayEquals(mul(fa, fb), actual);
    }

    @Property
    void inversesMultiplyToOne(@ForAll("elements") int[] a) {
        if (Ext5.isZero(a, 0)) {
            assertThrows(ArithmeticException.class, () -> Ext5.inverse(a, 0, new int[D], 0));
            return;
        }
        int[] one = new int[D];
        Ext5.setOne(one, 0);
        int[] inverse = new int[D + 2];
        Ext5.inverse(a, 0, inverse, 2);
        assertArrayEquals(one, mul(a, Arrays.copyOfRange(inverse, 2, D + 2)));
    }

    @Test
    void outputsMayOverlapInputsAtOffsets() {
        FieldData data = new FieldData(1);
        int[] memory = data.elements(20);
        int[] a = Arrays.copyOfRange(memory, 3, 3 + D);
        int[] b = Arrays.copyOfRange(memory, 9, 9 + D);
        int[] expected = memory.clone();
        System.arraycopy(mul(a, b), 0, expected, 4, D);
        Ext5.mul(memory, 3, memory, 9, memory, 4);
        assertArrayEquals(expected, memory);
    }

    @Test
    void powersAgreeWithBigInteger() {
        int[] a = new FieldData(2).elements(D);
        int[] r = new int[D];
        for (long e : new long[] {0, 1, 2, 3, 5, 1L << 40, Long.MAX_VALUE, -1}) {
            Ext5.pow(a, 0, e, r, 0);
            BigInteger exponent = new BigInteger(Long.toUnsignedString(e));
            assertArrayEquals(power(canonical(a), exponent), canonical(r));
        }
    }

    @Test
    void vectorsKeepElementsByCoordinate() {
        ExtVector v = new ExtVector(3);
        int[] a = new FieldData(3).elements(D);
        v.set(1, a, 0);
        int[] r = new int[D];
        v.get(1, r, 0);
        assertArrayEquals(a, r);
        assertEquals(a[4], v.coordinate(4)[1]);
        assertEquals(3, v.length());
        v.setBase(1, 9);
        v.get(1, r, 0);
        assertArrayEquals(new int[] {9, 0, 0, 0, 0}, r);
        assertFalse(Ext5.isZero(r, 0));
        v.get(0, r, 0);
        assertTrue(Ext5.isZero(r, 0));
    }
}
