package dev.firesteel.field;

/**
 * The degree-5 extension F_p[X] / (X⁵ + X² − 1) of {@link KoalaBear}: scalar reference.
 *
 * <p>An element is {@link #DEGREE} consecutive ints from an offset on, coordinate k being the coefficient of X^k. Outputs may overlap inputs:
 * every method reads all it needs before it writes. Nothing is allocated but in {@link #pow}, {@link #inverse} and {@link #frobenius}.
 *
 * <p>Multiplication by X maps (a0, a1, a2, a3, a4) to (a4, a0, a1 − a4, a2, a3), so a product a·b is Σ b_i·(X^i·a), where the five vectors
 * X^i·a hold but nine different numbers: the coordinates, a1 − a4, a0 − a3, a4 − a2 and a3 − (a1 − a4).
 */
public final class Ext5 {

    /** The degree of the extension. */
    public static final int DEGREE = 5;

    /** p·2^32: what {@link KoalaBear#reduce} takes is below it, and p² is less than half of it. */
    static final long P_SHIFTED = (long) KoalaBear.P << 32;

    /** Row j, from j·25 on: the images of 1, X, X², X³, X⁴ under x ↦ x^(p^j), five coordinates each, for j in [0, 5). */
    private static final int[] FROBENIUS = frobeniusTable();

    private Ext5() {}

    /** out = a + b. */
    public static void add(int[] a, int aOff, int[] b, int bOff, int[] out, int outOff) {
        for (int k = 0; k < DEGREE; k++) {
            out[outOff + k] = KoalaBear.add(a[aOff + k], b[bOff + k]);
        }
    }

    /** out = a − b. */
    public static void sub(int[] a, int aOff, int[] b, int bOff, int[] out, int outOff) {
        for (int k = 0; k < DEGREE; k++) {
            out[outOff + k] = KoalaBear.sub(a[aOff + k], b[bOff + k]);
        }
    }

    /** out = −a. */
    public static void neg(int[] a, int aOff, int[] out, int outOff) {
        for (int k = 0; k < DEGREE; k++) {
            out[outOff + k] = KoalaBear.neg(a[aOff + k]);
        }
    }

    /** out = a·c for c in the base field. */
    public static void mulBase(int[] a, int aOff, int c, int[] out, int outOff) {
        for (int k = 0; k < DEGREE; k++) {
            out[outOff + k] = KoalaBear.mul(a[aOff + k], c);
        }
    }

    /** out = a·b. */
    public static void mul(int[] a, int aOff, int[] b, int bOff, int[] out, int outOff) {
        int a0 = a[aOff];
        int a1 = a[aOff + 1];
        int a2 = a[aOff + 2];
        int a3 = a[aOff + 3];
        int a4 = a[aOff + 4];
        int a1m4 = KoalaBear.sub(a1, a4);
        int a0m3 = KoalaBear.sub(a0, a3);
        int a4m2 = KoalaBear.sub(a4, a2);
        int a3m1p4 = KoalaBear.sub(a3, a1m4);
        int b0 = b[bOff];
        int b1 = b[bOff + 1];
        int b2 = b[bOff + 2];
        int b3 = b[bOff + 3];
        int b4 = b[bOff + 4];
        out[outOff] = dot5(a0, b0, a4, b1, a3, b2, a2, b3, a1m4, b4);
        out[outOff + 1] = dot5(a1, b0, a0, b1, a4, b2, a3, b3, a2, b4);
        out[outOff + 2] = dot5(a2, b0, a1m4, b1, a0m3, b2, a4m2, b3, a3m1p4, b4);
        out[outOff + 3] = dot5(a3, b0, a2, b1, a1m4, b2, a0m3, b3, a4m2, b4);
        out[outOff + 4] = dot5(a4, b0, a3, b1, a2, b2, a1m4, b3, a0m3, b4);
    }

    /** The sum of five products, reduced once: two fit under p·2^32, which is taken off when two more have been added, and again. */
    private static int dot5(int x0, int y0, int x1, int y1, int x2, int y2, int x3, int y3, int x4, int y4) {
        long s = (long) x0 * y0 + (long) x1 * y1;
        s = wrap(s + ((long) x2 * y2 + (long) x3 * y3 - P_SHIFTED));
        s = wrap(s + ((long) x4 * y4 - P_SHIFTED));
        return KoalaBear.reduce(s);
    }

    /** Brings [−p·2^32, p·2^32) to [0, p·2^32). */
    static long wrap(long s) {
        return s + (P_SHIFTED & (s >> 63));
    }

    /** out = a². */
    public static void square(int[] a, int aOff, int[] out, int outOff) {
        mul(a, aOff, a, aOff, out, outOff);
    }

    /** out = X·a. */
    public static void mulX(int[] a, int aOff, int[] out, int outOff) {
        int a4 = a[aOff + 4];
        int a1m4 = KoalaBear.sub(a[aOff + 1], a4);
        int a0 = a[aOff];
        int a2 = a[aOff + 2];
        int a3 = a[aOff + 3];
        out[outOff] = a4;
        out[outOff + 1] = a0;
        out[outOff + 2] = a1m4;
        out[outOff + 3] = a2;
        out[outOff + 4] = a3;
    }

    /** out = 1. */
    public static void setOne(int[] out, int outOff) {
        setBase(KoalaBear.ONE, out, outOff);
    }

    /** out = c, an element of the base field. */
    public static void setBase(int c, int[] out, int outOff) {
        out[outOff] = c;
        for (int k = 1; k < DEGREE; k++) {
            out[outOff + k] = 0;
        }
    }

    /** Whether a is zero. */
    public static boolean isZero(int[] a, int aOff) {
        int any = 0;
        for (int k = 0; k < DEGREE; k++) {
            any |= a[aOff + k];
        }
        return any == 0;
    }

    /** Whether a = b. */
    public static boolean equal(int[] a, int aOff, int[] b, int bOff) {
        int any = 0;
        for (int k = 0; k < DEGREE; k++) {
            any |= a[aOff + k] ^ b[bOff + k];
        }
        return any == 0;
    }

    /**
     * out = a^exponent, with 0^0 = 1.
     *
     * @param exponent an unsigned 64-bit number
     */
    public static void pow(int[] a, int aOff, long exponent, int[] out, int outOff) {
        int[] base = new int[DEGREE];
        System.arraycopy(a, aOff, base, 0, DEGREE);
        int[] result = new int[DEGREE];
        setOne(result, 0);
        for (long e = exponent; e != 0; e >>>= 1) {
            if ((e & 1) != 0) {
                mul(result, 0, base, 0, result, 0);
            }
            square(base, 0, base, 0);
        }
        System.arraycopy(result, 0, out, outOff, DEGREE);
    }

    /**
     * out = a^(p^times), the Frobenius map applied {@code times} times.
     *
     * @param times any number not negative; what counts is its residue modulo 5
     */
    public static void frobenius(int[] a, int aOff, int times, int[] out, int outOff) {
        int row = times % DEGREE * DEGREE * DEGREE;
        int[] result = new int[DEGREE];
        for (int i = 0; i < DEGREE; i++) {
            for (int k = 0; k < DEGREE; k++) {
                int term = KoalaBear.mul(a[aOff + i], FROBENIUS[row + i * DEGREE + k]);
                result[k] = KoalaBear.add(result[k], term);
            }
        }
        System.arraycopy(result, 0, out, outOff, DEGREE);
    }

    /**
     * out = 1 / a. With N(a) = a^(1 + p + p² + p³ + p⁴), which lies in the base field, it is a^(p + p² + p³ + p⁴) / N(a) (T. Itoh, S. Tsujii,
     * "A fast algorithm for computing multiplicative inverses", 1988).
     *
     * @throws ArithmeticException when a is zero
     */
    public static void inverse(int[] a, int aOff, int[] out, int outOff) {
        if (isZero(a, aOff)) {
            throw new ArithmeticException("inverse of zero");
        }
        int[] c = new int[DEGREE];
        int[] t = new int[DEGREE];
        frobenius(a, aOff, 1, c, 0);
        frobenius(a, aOff, 2, t, 0);
        mul(c, 0, t, 0, c, 0); // a^(p + p²)
        frobenius(c, 0, 2, t, 0);
        mul(c, 0, t, 0, c, 0); // a^(p + p² + p³ + p⁴)
        mul(a, aOff, c, 0, t, 0); // N(a)
        mulBase(c, 0, KoalaBear.inverse(t[0]), out, outOff);
    }

    private static int[] frobeniusTable() {
        int size = DEGREE * DEGREE;
        int[] table = new int[DEGREE * size];
        int[] x = new int[DEGREE];
        x[1] = KoalaBear.ONE;
        for (int j = 0; j < DEGREE; j++) {
            setOne(table, j * size);
            for (int i = 1; i < DEGREE; i++) {
                int at = j * size + i * DEGREE;
                mul(table, at - DEGREE, x, 0, table, at);
            }
            pow(x, 0, KoalaBear.P, x, 0);
        }
        return table;
    }
}
