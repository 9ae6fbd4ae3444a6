package dev.firesteel.field;

/**
 * The KoalaBear prime field, p = 2^31 − 2^24 + 1, on {@code int}.
 *
 * <p>An element x is held as x·2^32 mod p, canonical in [0, p): two representations are equal exactly when the elements are. Every method takes
 * and returns that form unless it says "canonical". No method checks its arguments: an {@code int} outside [0, p) gives a meaningless result.
 *
 * <p>Reduction is Montgomery's (P. L. Montgomery, "Modular multiplication without trial division", 1985) in the variant that subtracts:
 * with q = x·p^{-1} mod 2^32 the difference x − q·p is a multiple of 2^32 whose quotient lies in (−p, p).
 */
public final class KoalaBear {

    /** The modulus, 2^31 − 2^24 + 1. */
    public static final int P = 0x7f000001;

    /** p^{-1} mod 2^32. */
    public static final int MU = 0x81000001;

    /** The largest k for which 2^k divides p − 1. */
    public static final int TWO_ADICITY = 24;

    /** The generator 3 of the multiplicative group, as an ordinary number. */
    public static final int GENERATOR_CANONICAL = 3;

    /** 2^32 mod p: the factor of the Montgomery form, and the form of 1. */
    private static final int R = (int) ((1L << 32) % P);

    /** 2^64 mod p: multiplying by it enters the Montgomery form. */
    private static final int R2 = (int) ((long) R * R % P);

    /** The form of 0. */
    public static final int ZERO = 0;

    /** The form of 1. */
    public static final int ONE = R;

    /** The form of 2. */
    public static final int TWO = add(ONE, ONE);

    /** The form of −1. */
    public static final int NEG_ONE = P - ONE;

    /** The form of 1/2. */
    public static final int HALF = halve(ONE);

    /** The form of the generator 3 of the multiplicative group. */
    public static final int GENERATOR = add(TWO, ONE);

    private static final int[] TWO_ADIC_GENERATORS = twoAdicGenerators();

    private KoalaBear() {}

    /** The element of an ordinary number, which may be negative or at least p. */
    public static int fromCanonical(long value) {
        return mul((int) Math.floorMod(value, (long) P), R2);
    }

    /** The element of an ordinary number, which may be negative or at least p. */
    public static int fromCanonical(int value) {
        // Traces are filled by this: a division would be most of the time.
        return value >= 0 && value < P ? mul(value, R2) : fromCanonical((long) value);
    }

    /** The ordinary number in [0, p) that an element stands for. */
    public static int toCanonical(int a) {
        return reduce(a);
    }

    /** a + b. */
    public static int add(int a, int b) {
        int s = a + b - P;
        return s + (P & (s >> 31));
    }

    /** a − b. */
    public static int sub(int a, int b) {
        int d = a - b;
        return d + (P & (d >> 31));
    }

    /** −a. */
    public static int neg(int a) {
        return sub(0, a);
    }

    /** a / 2. */
    public static int halve(int a) {
        return (a + (P & -(a & 1))) >>> 1;
    }

    /** a·b. */
    public static int mul(int a, int b) {
        return reduce((long) a * b);
    }

    /** a². */
    public static int square(int a) {
        return reduce((long) a * a);
    }

    /**
     * x / 2^32 mod p: what makes one element of a product, or of a sum of two products, of representations.
     *
     * @param x in [0, p·2^32)
     */
    public static int reduce(long x) {
        int q = (int) x * MU;
        int d = (int) ((x - (q & 0xFFFFFFFFL) * P) >> 32);
        return d + (P & (d >> 31));
    }

    /**
     * a^exponent, with 0^0 = 1.
     *
     * @param exponent an unsigned 64-bit number
     */
    public static int pow(int a, long exponent) {
        int result = ONE;
        int base = a;
        for (long e = exponent; e != 0; e >>>= 1) {
            if ((e & 1) != 0) {
                result = mul(result, base);
            }
            base = square(base);
        }
        return result;
    }

    /**
     * 1 / a = a^(p − 2).
     *
     * @throws ArithmeticException when a is zero
     */
    public static int inverse(int a) {
        if (a == 0) {
            throw new ArithmeticException("inverse of zero");
        }
        return pow(a, P - 2);
    }

    /**
     * A generator of the subgroup of order 2^log. They are a tower: the square of the one for log is the one for log − 1.
     *
     * @param log in [0, 24]
     * @throws IllegalArgumentException when no such subgroup exists
     */
    public static int twoAdicGenerator(int log) {
        if (log < 0 || log > TWO_ADICITY) {
            throw new IllegalArgumentException("no subgroup of order 2^" + log);
        }
        return TWO_ADIC_GENERATORS[log];
    }

    private static int[] twoAdicGenerators() {
        int[] generators = new int[TWO_ADICITY + 1];
        generators[TWO_ADICITY] = pow(GENERATOR, (P - 1) >>> TWO_ADICITY);
        for (int k = TWO_ADICITY; k > 0; k--) {
            generators[k - 1] = square(generators[k]);
        }
        return generators;
    }

    /**
     * Inverts {@code length} elements in place, from {@code offset} on, with one inversion and 3·length multiplications (P. L. Montgomery,
     * "Speeding the Pollard and elliptic curve methods of factorization", 1987, section 10.3.1).
     *
     * <p>A zero stays zero and does not disturb the others; the caller who may not have any compares the result with 0.
     *
     * @param scratch at least {@code length} ints, overwritten
     * @return how many elements were zero
     */
    public static int batchInverse(int[] a, int offset, int length, int[] scratch) {
        int zeros = 0;
        int product = ONE;
        for (int i = 0; i < length; i++) {
            int x = a[offset + i];
            scratch[i] = product;
            if (x == 0) {
                zeros++;
            } else {
                product = mul(product, x);
            }
        }
        int inverse = inverse(product);
        for (int i = length - 1; i >= 0; i--) {
            int x = a[offset + i];
            if (x != 0) {
                a[offset + i] = mul(inverse, scratch[i]);
                inverse = mul(inverse, x);
            }
        }
        return zeros;
    }
}
