package dev.firesteel.poly;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firesteel.field.FieldData;
import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.Kernels;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.field.ScalarKernels;
import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NttTest {

    private static final Parallel ONE = new Parallel(1);
    private static final Parallel THREE = new Parallel(3);
    private static final int OFF = 5;

    @AfterAll
    static void close() {
        ONE.close();
        THREE.close();
    }

    private static int reverse(int i, int bits) {
        return bits == 0 ? 0 : Integer.reverse(i) >>> (32 - bits);
    }

    /** The definition, by Horner's rule: row b of the result is the value at shift·ω^rev(b). */
    private static int[] evaluate(int[] m, int log, int width, int shift) {
        int n = 1 << log;
        int[] out = new int[n * width];
        for (int b = 0; b < n; b++) {
            int x = KoalaBear.mul(shift, KoalaBear.pow(KoalaBear.twoAdicGenerator(log), reverse(b, log)));
            for (int c = 0; c < width; c++) {
                int sum = 0;
                for (int i = n - 1; i >= 0; i--) {
                    sum = KoalaBear.add(KoalaBear.mul(sum, x), m[i * width + c]);
                }
                out[b * width + c] = sum;
            }
        }
        return out;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void smallTransformsAreTheDefinition(int log) {
        for (FieldKernels kernels : new FieldKernels[] {ScalarKernels.INSTANCE, Kernels.get()}) {
            for (int width : new int[] {0, 1, 2, 5, 16, 33}) {
                for (int shift : new int[] {KoalaBear.ONE, KoalaBear.GENERATOR, KoalaBear.fromCanonical(123456789)}) {
                    int[] coefficients = new FieldData(log).elements(width << log);
                    int[] expected = new int[OFF + (width << log) + 3];
                    System.arraycopy(evaluate(coefficients, log, width, shift), 0, expected, OFF, width << log);
                    int[] m = new int[expected.length];
                    System.arraycopy(coefficients, 0, m, OFF, coefficients.length);
                    Ntt ntt = new Ntt(log, shift, kernels);
                    ntt.forward(m, OFF, width, ONE);
                    assertArrayEquals(expected, m, kernels.name() + ", width " + width);
                    ntt.inverse(m, OFF, width, ONE);
                    assertArrayEquals(coefficients, Arrays.copyOfRange(m, OFF, OFF + coefficients.length));
                }
            }
        }
    }

    @Test
    void aTransformOfSizeFourIsTheOneComputedByHand() {
        BigInteger p = BigInteger.valueOf(KoalaBear.P);
        BigInteger i = BigInteger.valueOf(3).modPow(p.subtract(BigInteger.ONE).shiftRight(2), p);
        int[] m = {10, 20, 30, 40};
        long[] points = {1, KoalaBear.P - 1, i.longValue(), p.subtract(i).longValue()};
        for (int k = 0; k < 4; k++) {
            m[k] = KoalaBear.fromCanonical(m[k]);
        }
        new Ntt(2).forward(m, 0, 1, ONE);
        for (int k = 0; k < 4; k++) {
            BigInteger x = BigInteger.valueOf(points[k]);
            BigInteger value = BigInteger.valueOf(40).multiply(x).add(BigInteger.valueOf(30));
            value = value.multiply(x).add(BigInteger.valueOf(20)).multiply(x).add(BigInteger.valueOf(10));
            assertEquals(value.mod(p).intValueExact(), KoalaBear.toCanonical(m[k]));
        }
    }

    /** Large enough for two passes, with tiles that end in the middle of a row and tiles that are cut. */
    @ParameterizedTest
    @CsvSource({"17, 1", "13, 17", "12, 33", "10, 129", "11, 64", "6, 2000", "3, 10001", "2, 20000", "16, 3"})
    void largeTransformsAgreeWithTheDefinitionAndInvert(int log, int width) {
        int n = 1 << log;
        int[] coefficients = new FieldData(log + width).elements(width << log);
        int shift = KoalaBear.fromCanonical(5);
        Ntt ntt = new Ntt(log, shift, Kernels.get());
        int[] m = Arrays.copyOf(coefficients, coefficients.length);
        ntt.forward(m, 0, width, THREE);
        for (int b : new int[] {0, 1, n / 2, n - 1, n / 3}) {
            int x = KoalaBear.mul(shift, KoalaBear.pow(KoalaBear.twoAdicGenerator(log), reverse(b, log)));
            for (int c : new int[] {0, width / 2, width - 1}) {
                int sum = 0;
                for (int i = n - 1; i >= 0; i--) {
                    sum = KoalaBear.add(KoalaBear.mul(sum, x), coefficients[i * width + c]);
                }
                assertEquals(sum, m[b * width + c], "row " + b + ", column " + c);
            }
        }
        int[] alone = coefficients.clone();
        ntt.forward(alone, 0, width, ONE);
        assertArrayEquals(alone, m, "threads change the result");
        ntt.inverse(m, 0, width, THREE);
        assertArrayEquals(coefficients, m);
    }

    @Test
    void transformsAreLinear() {
        int log = 10;
        int width = 70;
        FieldData data = new FieldData(3);
        int[] a = data.elements(width << log);
        int[] b = data.elements(width << log);
        int c = data.element();
        int[] combined = a.clone();
        Kernels.get().axpy(b, 0, c, combined, 0, combined.length);
        Ntt ntt = new Ntt(log);
        ntt.forward(a, 0, width, THREE);
        ntt.forward(b, 0, width, THREE);
        ntt.forward(combined, 0, width, THREE);
        Kernels.get().axpy(b, 0, c, a, 0, a.length);
        assertArrayEquals(a, combined);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 3", "0, 3, 2", "3, 0, 4", "4, 1, 17", "5, 3, 1", "10, 1, 64", "9, 2, 50", "12, 1, 40"})
    void encodingIsTheTransformOfTheExtendedMatrix(int logRows, int logBlowup, int width) {
        for (int shift : new int[] {KoalaBear.ONE, KoalaBear.GENERATOR}) {
            int[] coefficients = new FieldData(width).elements(width << logRows);
            int[] expected = Arrays.copyOf(coefficients, width << (logRows + logBlowup));
            new Ntt(logRows + logBlowup, shift, ScalarKernels.INSTANCE).forward(expected, 0, width, ONE);
            int[] source = coefficients.clone();
            int[] out = new int[expected.length + 2];
            ReedSolomon code = new ReedSolomon(logRows, logBlowup, shift, Kernels.get());
            code.encode(source, 0, width, out, 1, THREE);
            assertArrayEquals(expected, Arrays.copyOfRange(out, 1, 1 + expected.length));
            assertArrayEquals(coefficients, source);
            assertEquals(0, out[0] | out[out.length - 1]);
            int last = expected.length - coefficients.length;
            int[] inPlace = new int[expected.length];
            System.arraycopy(coefficients, 0, inPlace, last, coefficients.length);
            code.encode(inPlace, last, width, inPlace, 0, THREE);
            assertArrayEquals(expected, inPlace);
        }
    }

    @Test
    void sizesOutsideTheFieldAreErrors() {
        assertThrows(IllegalArgumentException.class, () -> new Ntt(25));
        assertThrows(IllegalArgumentException.class, () -> new Ntt(-1));
        assertThrows(IllegalArgumentException.class, () -> new ReedSolomon(24, 1));
        assertThrows(IllegalArgumentException.class, () -> new ReedSolomon(-1, 2));
        assertThrows(ArithmeticException.class, () -> new Ntt(3, 0, ScalarKernels.INSTANCE));
    }
}
