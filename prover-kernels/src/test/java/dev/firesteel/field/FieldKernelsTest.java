package dev.firesteel.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each kernel of each implementation against the element-wise reference, at all sizes up to several vectors, in and out of place, and nothing
 * written outside the range.
 */
class FieldKernelsTest {

    private static final int[] SIZES = IntStream.concat(IntStream.rangeClosed(0, 70), IntStream.of(127, 128, 129, 1000))
            .toArray();
    private static final int OFF = 3;
    private static final int MARGIN = 5;

    enum Implementation {
        SCALAR,
        VECTOR;

        FieldKernels kernels() {
            try {
                return this == SCALAR ? ScalarKernels.INSTANCE : Kernels.vectorKernels();
            } catch (ReflectiveOperationException e) {
                throw new AssertionError("the vector module must be present in tests", e);
            }
        }
    }

    /** Data of one size: a, b random; x, y extension vectors; c five ints. */
    private static final class Given {
        final int n;
        final int[] a;
        final int[] b;
        final int[][] x;
        final int[][] y;
        final int[] c;

        Given(int n, boolean largest) {
            this.n = n;
            FieldData data = new FieldData(n);
            int length = OFF + n + MARGIN;
            a = largest ? FieldData.largest(length) : data.elements(length);
            b = largest ? FieldData.largest(length) : data.elements(length);
            x = data.coordinates(length);
            y = data.coordinates(length);
            c = largest ? FieldData.largest(7) : data.elements(7);
            if (largest) {
                for (int k = 0; k < Ext5.DEGREE; k++) {
                    Arrays.fill(x[k], KoalaBear.P - 1);
                    Arrays.fill(y[k], k == 1 ? 0 : KoalaBear.P - 1);
                }
            }
        }
    }

    private static void forAll(BiConsumer<Given, String> check) {
        for (int n : SIZES) {
            check.accept(new Given(n, false), "n = " + n);
            check.accept(new Given(n, true), "n = " + n + ", largest");
        }
    }

    private interface BaseOperation {
        int apply(int a, int b);
    }

    private interface BaseKernel {
        void run(int[] a, int aOff, int[] b, int bOff, int[] out, int outOff, int n);
    }

    /** Out of place, and in place of either operand. */
    private static void assertBase(BaseKernel kernel, BaseOperation operation) {
        forAll((g, name) -> {
            int[] expected = new int[OFF + g.n + MARGIN];
            for (int i = 0; i < g.n; i++) {
                expected[1 + i] = operation.apply(g.a[OFF + i], g.b[OFF + i]);
            }
            int[] out = new int[expected.length];
            kernel.run(g.a, OFF, g.b, OFF, out, 1, g.n);
            assertArrayEquals(expected, out, name);
            int[] wanted = g.a.clone();
            System.arraycopy(expected, 1, wanted, OFF, g.n);
            int[] a = g.a.clone();
            kernel.run(a, OFF, g.b, OFF, a, OFF, g.n);
            assertArrayEquals(wanted, a, name);
            int[] wantedB = g.b.clone();
            System.arraycopy(expected, 1, wantedB, OFF, g.n);
            int[] b = g.b.clone();
            kernel.run(g.a, OFF, b, OFF, b, OFF, g.n);
            assertArrayEquals(wantedB, b, name);
        });
    }

    @ParameterizedTest
    @EnumSource
    void addsElementwise(Implementation implementation) {
        assertBase(implementation.kernels()::add, KoalaBear::add);
    }

    @ParameterizedTest
    @EnumSource
    void subtractsElementwise(Implementation implementation) {
        assertBase(implementation.kernels()::sub, KoalaBear::sub);
    }

    @ParameterizedTest
    @EnumSource
    void multipliesElementwise(Implementation implementation) {
        assertBase(implementation.kernels()::mul, KoalaBear::mul);
    }

    @ParameterizedTest
    @EnumSource
    void scalesByAConstant(Implementation implementation) {
        FieldKernels k = implementation.kernels();
        for (int c : new FieldData(5).elements(20)) {
            assertBase(
                    (a, aOff, b, bOff, out, outOff, n) -> {
                        System.arraycopy(b, bOff, out, outOff, n); // so that in place means in place of b, too
                        k.scale(out, outOff, c, out, outOff, n);
                    },
                    (a, b) -> KoalaBear.mul(c, b));
        }
    }

    @ParameterizedTest
    @EnumSource
    void addsAMultiple(Implementation implementation) {
        FieldKernels k = implementation.kernels();
        for (int c : new FieldData(6).elements(20)) {
            forAll((g, name) -> {
                int[] expected = g.b.clone();
                for (int i = OFF; i < OFF + g.n; i++) {
                    expected[i] = KoalaBear.add(g.b[i], KoalaBear.mul(c, g.a[i]));
                }
                int[] out = g.b.clone();
                k.axpy(g.a, OFF, c, out, OFF, g.n);
                assertArrayEquals(expected, out, name);
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void foldsBaseElements(Implementation implementation) {
        FieldKernels k = implementation.kernels();
        int r = new FieldData(7).elements(1)[0];
        assertBase(
                (a, aOff, b, bOff, out, outOff, n) -> k.fold(a, aOff, b, bOff, r, out, outOff, n),
                (a, b) -> KoalaBear.add(a, KoalaBear.mul(r, KoalaBear.sub(b, a))));
    }

    @ParameterizedTest
    @EnumSource
    void sumsAndInnerProducts(Implementation implementation) {
        FieldKernels k = implementation.kernels();
        forAll((g, name) -> {
            int sum = 0;
            int dot = 0;
            int[] dotExt = new int[Ext5.DEGREE + 2];
            int[] extSum = new int[Ext5.DEGREE];
            int[] extDot = new int[Ext5.DEGREE];
            int[] t = new int[2 * Ext5.DEGREE];
            for (int i = OFF; i < OFF + g.n; i++) {
                sum = KoalaBear.add(sum, g.a[i]);
                dot = KoalaBear.add(dot, KoalaBear.mul(g.a[i], g.b[i]));
                gather(g.x, i, t, 0);
                Ext5.add(extSum, 0, t, 0, extSum, 0);
                gather(g.y, i, t, Ext5.DEGREE);
                Ext5.mul(t, 0, t, Ext5.DEGREE, t, 0);
                Ext5.add(extDot, 0, t, 0, extDot, 0);
                gather(g.x, i, t, 0);
                Ext5.mulBase(t, 0, g.a[i], t, 0);
                Ext5.add(dotExt, 1, t, 0, dotExt, 1);
            }
            assertEquals(sum, k.sum(g.a, OFF, g.n), name);
            assertEquals(dot, k.dot(g.a, OFF, g.b, OFF, g.n), name);
            int[] out = new int[dotExt.length];
            k.dotBaseExt(g.a, OFF, g.x, OFF, g.n, out, 1);
            assertArrayEquals(dotExt, out, name);
            int[] five = new int[Ext5.DEGREE];
            k.extSum(g.x, OFF, g.n, five, 0);
            assertArrayEquals(extSum, five, name);
            k.extDot(g.x, OFF, g.y, OFF, g.n, five, 0, t, 0);
            assertArrayEquals(extDot, five, name);
        });
    }

    private static void gather(int[][] x, int i, int[] out, int off) {
        for (int k = 0; k < Ext5.DEGREE; k++) {
            out[off + k] = x[k][i];
        }
    }

    private interface ExtOperation {
        void apply(int[] x, int[] y, int base, int[] c, int[] out);
    }

    private interface ExtKernel {
        void run(Given g, int[][] x, int[][] y, int[][] out, int outOff);
    }

    private static void assertExt(ExtKernel kernel, ExtOperation operation) {
        forAll((g, name) -> {
            int[][] expected = new int[Ext5.DEGREE][OFF + g.n + MARGIN];
            int[] x = new int[Ext5.DEGREE];
            int[] y = new int[Ext5.DEGREE];
            int[] r = new int[Ext5.DEGREE];
            for (int i = OFF; i < OFF + g.n; i++) {
                gather(g.x, i, x, 0);
                gather(g.y, i, y, 0);
                operation.apply(x, y, g.a[i], g.c, r);
                for (int k = 0; k < Ext5.DEGREE; k++) {
                    expected[k][i] = r[k];
                }
            }
            int[][] out = new int[Ext5.DEGREE][OFF + g.n + MARGIN];
            kernel.run(g, g.x, g.y, out, OFF);
            for (int k = 0; k < Ext5.DEGREE; k++) {
                assertArrayEquals(expected[k], out[k], name);
            }
            int[][] inPlace = Arrays.stream(g.x).map(int[]::clone).toArray(int[][]::new);
            kernel.run(g, inPlace, g.y, inPlace, OFF);
            for (int k = 0; k < Ext5.DEGREE; k++) {
                System.arraycopy(g.x[k], 0, expected[k], 0, OFF);
                System.arraycopy(g.x[k], OFF + g.n, expected[k], OFF + g.n, MARGIN);
                assertArrayEquals(expected[k], inPlace[k], name);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void multipliesExtensionVectors(Implementation implementation) {
        FieldKernels k = implementation.kernels();
        assertExt(
                (g, x, y, out, o) -> k.extMul(x, OFF, y, OFF, out, o, g.n),
                (x, y, a, c, out) -> Ext5.mul(x, 0, y, 0, out, 0));
        assertExt(
                (g, x, y, out, o) -> k.extAdd(x, OFF, y, OFF, out, o, g.n),
                (x, y, a, c, out) -> Ext5.add(x, 0, y, 0, out, 0));
        assertExt(
                (g, x, y, out, o) -> k.extSub(x, OFF, y, OFF, out, o, g.n),
                (x, y, a, c, out) -> Ext5.sub(x, 0, y, 0, out, 0));
        assertExt(
                (g, x, y, out, o) -> k.mulBaseExt(g.a, OFF, x, OFF, out, o, g.n),
                (x, y, a, c, out) -> Ext5.mulBase(x, 0, a, out, 0));
    }

    @ParameterizedTest
    @EnumSource
    void scalesAndFoldsExtensionVectors(Implementation implementation) {
        FieldKernels k = implementation.kernels();
        assertExt(
                (g, x, y, out, o) -> k.extScale(x, OFF, g.c, 2, out, o, g.n),
                (x, y, a, c, out) -> Ext5.mul(x, 0, c, 2, out, 0));
        assertExt((g, x, y, out, o) -> k.extFold(x, OFF, y, OFF, g.c, 1, out, o, g.n), (x, y, a, c, out) -> {
            Ext5.sub(y, 0, x, 0, out, 0);
            Ext5.mul(out, 0, c, 1, out, 0);
            Ext5.add(out, 0, x, 0, out, 0);
        });
    }

    @ParameterizedTest
    @EnumSource
    void combinesBaseVectorsWithExtensionConstants(Implementation implementation) {
        FieldKernels k = implementation.kernels();
        forAll((g, name) -> {
            ExtVector fold = new ExtVector(g.n);
            k.foldBaseExt(g.a, OFF, g.b, OFF, g.c, 1, fold.coordinates(), 0, g.n);
            ExtVector sum = new ExtVector(g.n);
            k.axpyBaseExt(g.a, OFF, g.c, 2, sum.coordinates(), 0, g.n);
            k.axpyBaseExt(g.b, OFF, g.c, 1, sum.coordinates(), 0, g.n);
            int[] actual = new int[Ext5.DEGREE];
            int[] expected = new int[Ext5.DEGREE];
            int[] t = new int[Ext5.DEGREE];
            for (int i = 0; i < g.n; i++) {
                fold.get(i, actual, 0);
                Ext5.mulBase(g.c, 1, KoalaBear.sub(g.b[OFF + i], g.a[OFF + i]), expected, 0);
                expected[0] = KoalaBear.add(expected[0], g.a[OFF + i]);
                assertArrayEquals(expected, actual, name);
                sum.get(i, actual, 0);
                Ext5.mulBase(g.c, 2, g.a[OFF + i], expected, 0);
                Ext5.mulBase(g.c, 1, g.b[OFF + i], t, 0);
                Ext5.add(expected, 0, t, 0, expected, 0);
                assertArrayEquals(expected, actual, name);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void transformStepsAreTheirDefinition(Implementation implementation) {
        FieldKernels k = implementation.kernels();
        for (int half = 0; half <= 40; half++) {
            for (int blocks = 1; blocks <= 3; blocks++) {
                FieldData data = new FieldData(half);
                int[] twiddles = data.elements(20);
                int[] a = data.elements(OFF + 4 * half * blocks + MARGIN);
                int[] expected = a.clone();
                int[] inverse = a.clone();
                for (int j = 0; j < blocks; j++) {
                    for (int i = OFF + 2 * half * j; i < OFF + 2 * half * j + half; i++) {
                        int z = twiddles[1 + j];
                        int v = KoalaBear.mul(z, a[i + half]);
                        expected[i] = KoalaBear.add(a[i], v);
                        expected[i + half] = KoalaBear.sub(a[i], v);
                        inverse[i] = KoalaBear.add(a[i], a[i + half]);
                        inverse[i + half] = KoalaBear.mul(z, KoalaBear.sub(a[i], a[i + half]));
                    }
                }
                int[] actual = a.clone();
                k.butterflies(actual, OFF, blocks, half, twiddles, 1);
                assertArrayEquals(expected, actual, half + " × " + blocks);
                actual = a.clone();
                k.inverseButterflies(actual, OFF, blocks, half, twiddles, 1);
                assertArrayEquals(inverse, actual, half + " × " + blocks);

                expected = a.clone();
                ScalarKernels.INSTANCE.butterflies(expected, OFF, blocks, 2 * half, twiddles, 1);
                ScalarKernels.INSTANCE.butterflies(expected, OFF, 2 * blocks, half, twiddles, 7);
                k.butterflies4(a, OFF, blocks, half, twiddles, 1, 7);
                assertArrayEquals(expected, a, half + " × " + blocks);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void eqStepSplitsEachEntry(Implementation implementation) {
        FieldKernels k = implementation.kernels();
        for (int n : new int[] {1, 2, 4, 16, 64}) {
            FieldData data = new FieldData(n);
            int[] table = data.elements(2 * n);
            int r = data.element();
            int[] before = table.clone();
            k.eqStep(table, 0, r, n);
            for (int i = 0; i < n; i++) {
                assertEquals(KoalaBear.mul(r, before[i]), table[n + i]);
                assertEquals(KoalaBear.mul(KoalaBear.sub(KoalaBear.ONE, r), before[i]), table[i]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void invertsBatchesAndLeavesZeros(Implementation implementation) {
        FieldKernels k = implementation.kernels();
        forAll((g, name) -> {
            int[] expected = g.a.clone();
            int zeros = 0;
            for (int i = OFF; i < OFF + g.n; i++) {
                zeros += g.a[i] == 0 ? 1 : 0;
                expected[i] = g.a[i] == 0 ? 0 : KoalaBear.inverse(g.a[i]);
            }
            int[] a = g.a.clone();
            assertEquals(zeros, k.batchInverse(a, OFF, g.n, new int[g.n]), name);
            assertArrayEquals(expected, a, name);
        });
    }

    @Test
    void longSumsDoNotOverflow() throws ReflectiveOperationException {
        int n = (1 << 20) + 7;
        int[] largest = FieldData.largest(n);
        int expectedSum = KoalaBear.sub(0, n % KoalaBear.P); // n·(p − 1) as plain numbers
        int square = KoalaBear.square(KoalaBear.P - 1);
        int expectedDot = KoalaBear.mul(square, KoalaBear.fromCanonical(n));
        for (FieldKernels k : new FieldKernels[] {ScalarKernels.INSTANCE, Kernels.vectorKernels()}) {
            assertEquals(expectedSum, k.sum(largest, 0, n));
            assertEquals(expectedDot, k.dot(largest, 0, largest, 0, n));
        }
    }
}
