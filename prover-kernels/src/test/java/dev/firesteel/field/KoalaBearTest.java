package dev.firesteel.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class KoalaBearTest {

    private static final BigInteger P =
            BigInteger.TWO.pow(31).subtract(BigInteger.TWO.pow(24)).add(BigInteger.ONE);
    private static final int MAX = KoalaBear.P - 1;
    private static final int[] EDGES = {
        0, 1, 2, 3, MAX / 2 - 1, MAX / 2, MAX / 2 + 1, MAX - 1, MAX, 1 << 24, (1 << 24) - 1, 1 << 30
    };

    private static int big(BigInteger x) {
        return x.mod(P).intValueExact();
    }

    private static BigInteger big(int x) {
        return BigInteger.valueOf(x);
    }

    @Test
    void constantsAreWhatTheySay() {
        assertEquals(P, big(KoalaBear.P));
        assertTrue(P.isProbablePrime(50));
        assertEquals(P.modInverse(BigInteger.TWO.pow(32)).longValueExact(), Integer.toUnsignedLong(KoalaBear.MU));
        assertEquals(1, KoalaBear.toCanonical(KoalaBear.ONE));
        assertEquals(2, KoalaBear.toCanonical(KoalaBear.TWO));
        assertEquals(MAX, KoalaBear.toCanonical(KoalaBear.NEG_ONE));
        assertEquals(MAX / 2 + 1, KoalaBear.toCanonical(KoalaBear.HALF));
        assertEquals(3, KoalaBear.toCanonical(KoalaBear.GENERATOR));
        assertEquals(KoalaBear.GENERATOR_CANONICAL, KoalaBear.toCanonical(KoalaBear.GENERATOR));
    }

    @Test
    void threeGeneratesTheMultiplicativeGroup() {
        // p − 1 = 2^24·127
        for (long prime : new long[] {2, 127}) {
            assertNotEquals(KoalaBear.ONE, KoalaBear.pow(KoalaBear.GENERATOR, (KoalaBear.P - 1) / prime));
        }
        assertEquals(KoalaBear.ONE, KoalaBear.pow(KoalaBear.GENERATOR, KoalaBear.P - 1));
    }

    @Test
    void twoAdicGeneratorsHaveExactlyTheirOrder() {
        for (int k = 0; k <= KoalaBear.TWO_ADICITY; k++) {
            int g = KoalaBear.twoAdicGenerator(k);
            assertEquals(KoalaBear.ONE, KoalaBear.pow(g, 1L << k));
            if (k > 0) {
                assertEquals(KoalaBear.NEG_ONE, KoalaBear.pow(g, 1L << (k - 1)));
                assertEquals(KoalaBear.twoAdicGenerator(k - 1), KoalaBear.square(g));
            }
        }
        assertEquals(
                BigInteger.valueOf(3).modPow(BigInteger.valueOf(127), P).intValueExact(),
                KoalaBear.toCanonical(KoalaBear.twoAdicGenerator(24)));
        assertThrows(IllegalArgumentException.class, () -> KoalaBear.twoAdicGenerator(25));
        assertThrows(IllegalArgumentException.class, () -> KoalaBear.twoAdicGenerator(-1));
    }

    private static int canonical(int representation) {
        assertTrue(representation >= 0 && representation < KoalaBear.P, "not canonical");
        return KoalaBear.toCanonical(representation);
    }

    private static void assertAgrees(int x, int y) {
        int a = KoalaBear.fromCanonical(x);
        int b = KoalaBear.fromCanonical(y);
        assertEquals(x, canonical(a));
        assertEquals(big(big(x).add(big(y))), canonical(KoalaBear.add(a, b)));
        assertEquals(big(big(x).subtract(big(y))), canonical(KoalaBear.sub(a, b)));
        assertEquals(big(big(x).multiply(big(y))), canonical(KoalaBear.mul(a, b)));
        assertEquals(big(big(x).pow(2)), canonical(KoalaBear.square(a)));
        assertEquals(big(big(x).negate()), canonical(KoalaBear.neg(a)));
        assertEquals(big(big(x).multiply(BigInteger.TWO.modInverse(P))), canonical(KoalaBear.halve(a)));
        assertEquals(big(x).modPow(big(y), P).intValueExact(), canonical(KoalaBear.pow(a, y)));
        if (x != 0) {
            assertEquals(big(x).modInverse(P).intValueExact(), canonical(KoalaBear.inverse(a)));
        }
    }

    @Test
    void edgesAgreeWithBigInteger() {
        for (int x : EDGES) {
            for (int y : EDGES) {
                assertAgrees(x, y);
                // The same numbers as representations: these reach the edges of the reduction.
                assertEquals(
                        big(big(x).multiply(big(y))
                                .multiply(BigInteger.TWO.pow(32).modInverse(P))),
                        KoalaBear.mul(x, y));
            }
        }
    }

    @Property
    void operationsAgreeWithBigInteger(
            @ForAll @IntRange(max = MAX_VALUE) int x, @ForAll @IntRange(max = MAX_VALUE) int y) {
        assertAgrees(x, y);
    }

    private static final int MAX_VALUE = 0x7f000000;

    @Property
    void fromCanonicalTakesAnyLong(@ForAll long x) {
        assertEquals(big(BigInteger.valueOf(x)), KoalaBear.toCanonical(KoalaBear.fromCanonical(x)));
        assertEquals(big(BigInteger.valueOf((int) x)), KoalaBear.toCanonical(KoalaBear.fromCanonical((int) x)));
    }

    @Property
    void ringAxiomsHold(
            @ForAll @IntRange(max = MAX_VALUE) int a,
            @ForAll @IntRange(max = MAX_VALUE) int b,
            @ForAll @IntRange(max = MAX_VALUE) int c) {
        assertEquals(KoalaBear.add(a, b), KoalaBear.add(b, a));
        assertEquals(KoalaBear.mul(a, b), KoalaBear.mul(b, a));
        assertEquals(KoalaBear.add(KoalaBear.add(a, b), c), KoalaBear.add(a, KoalaBear.add(b, c)));
        assertEquals(KoalaBear.mul(KoalaBear.mul(a, b), c), KoalaBear.mul(a, KoalaBear.mul(b, c)));
        assertEquals(KoalaBear.mul(a, KoalaBear.add(b, c)), KoalaBear.add(KoalaBear.mul(a, b), KoalaBear.mul(a, c)));
        assertEquals(a, KoalaBear.add(a, KoalaBear.ZERO));
        assertEquals(a, KoalaBear.mul(a, KoalaBear.ONE));
        assertEquals(0, KoalaBear.add(a, KoalaBear.neg(a)));
    }

    @Test
    void reductionTakesAnythingBelowPTimesTwoTo32() {
        long top = ((long) KoalaBear.P << 32) - 1;
        Random random = new Random(11);
        for (int i = 0; i < 10_000; i++) {
            long x = i < 100 ? top - i : i < 200 ? i - 100 : Long.remainderUnsigned(random.nextLong(), top + 1);
            BigInteger expected = BigInteger.valueOf(x)
                    .multiply(BigInteger.TWO.pow(32).modInverse(P))
                    .mod(P);
            assertEquals(expected.intValueExact(), KoalaBear.reduce(x));
        }
    }

    @Test
    void inverseOfZeroIsAnError() {
        assertThrows(ArithmeticException.class, () -> KoalaBear.inverse(0));
    }

    @Property(tries = 200)
    void batchInverseLeavesZerosAndCountsThem(@ForAll @Size(max = 40) int[] raw, @ForAll long zeroMask) {
        int[] a = new int[raw.length + 3];
        int zeros = 0;
        for (int i = 0; i < raw.length; i++) {
            boolean zero = (zeroMask >> i & 1) != 0;
            a[3 + i] = zero ? 0 : KoalaBear.fromCanonical(raw[i]);
            zeros += a[3 + i] == 0 ? 1 : 0;
        }
        a[0] = 7;
        int[] expected = a.clone();
        for (int i = 3; i < a.length; i++) {
            expected[i] = a[i] == 0 ? 0 : KoalaBear.inverse(a[i]);
        }
        assertEquals(zeros, KoalaBear.batchInverse(a, 3, raw.length, new int[raw.length]));
        assertArrayEquals(expected, a);
    }
}
