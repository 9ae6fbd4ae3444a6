package dev.firesteel.poly;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.field.FieldData;
import dev.firesteel.field.KoalaBear;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultilinearTest {

    private static final int D = Ext5.DEGREE;

    /** Π over the variables, straight from the definition. */
    private static int[] eqAt(int[] point, int variables, int index) {
        int[] product = new int[D];
        int[] factor = new int[D];
        int[] one = new int[D];
        Ext5.setOne(product, 0);
        Ext5.setOne(one, 0);
        for (int i = 0; i < variables; i++) {
            boolean bit = (index >> (variables - 1 - i) & 1) != 0;
            if (bit) {
                System.arraycopy(point, i * D, factor, 0, D);
            } else {
                Ext5.sub(one, 0, point, i * D, factor, 0);
            }
            Ext5.mul(product, 0, factor, 0, product, 0);
        }
        return product;
    }

    private static int[] sumOfProducts(ExtVector f, int off, int[] point, int variables) {
        int[] sum = new int[D];
        int[] t = new int[D];
        for (int i = 0; i < 1 << variables; i++) {
            f.get(off + i, t, 0);
            Ext5.mul(t, 0, eqAt(point, variables, i), 0, t, 0);
            Ext5.add(sum, 0, t, 0, sum, 0);
        }
        return sum;
    }

    private static ExtVector embed(int[] f) {
        ExtVector v = new ExtVector(f.length);
        for (int i = 0; i < f.length; i++) {
            v.setBase(i, f[i]);
        }
        return v;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 6, 9})
    void tablesOfEqAreTheDefinition(int variables) {
        int[] point = new FieldData(variables).elements(1 + D * variables);
        ExtVector table = new ExtVector(1 << variables);
        Multilinear.eqExt(point, 1, variables, table);
        int[] shifted = java.util.Arrays.copyOfRange(point, 1, point.length);
        int[] entry = new int[D];
        for (int i = 0; i < 1 << variables; i++) {
            table.get(i, entry, 0);
            assertArrayEquals(eqAt(shifted, variables, i), entry);
        }
        int[] base = new int[1 << variables];
        Multilinear.eq(point, 1, variables, base);
        int[] asExt = new int[D * variables];
        for (int i = 0; i < variables; i++) {
            Ext5.setBase(point[1 + i], asExt, i * D);
        }
        for (int i = 0; i < 1 << variables; i++) {
            assertEquals(eqAt(asExt, variables, i)[0], base[i]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 8, 11})
    void valuesAgreeWithTheSumOverTheCube(int variables) {
        FieldData data = new FieldData(variables);
        int n = 1 << variables;
        int[] point = data.elements(D * variables);
        int[] f = data.elements(2 + n);
        int[] actual = new int[D];
        Multilinear.evaluateBaseAtExt(f, 2, variables, point, 0, actual, 0);
        assertArrayEquals(sumOfProducts(embed(f), 2, point, variables), actual);

        ExtVector g = data.vector(n + 1);
        Multilinear.evaluateExt(g, 1, variables, point, 0, actual, 0);
        assertArrayEquals(sumOfProducts(g, 1, point, variables), actual);

        int[] basePoint = data.elements(variables);
        int[] embedded = new int[D * variables];
        for (int i = 0; i < variables; i++) {
            Ext5.setBase(basePoint[i], embedded, i * D);
        }
        assertEquals(
                sumOfProducts(embed(f), 2, embedded, variables)[0],
                Multilinear.evaluate(f, 2, variables, basePoint, 0));
    }

    @Test
    void onTheCubeThePolynomialIsItsTable() {
        int[] f = new FieldData(1).elements(8);
        for (int i = 0; i < 8; i++) {
            int[] point = {i >> 2 & 1, i >> 1 & 1, i & 1};
            for (int k = 0; k < 3; k++) {
                point[k] *= KoalaBear.ONE;
            }
            assertEquals(f[i], Multilinear.evaluate(f, 0, 3, point, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void foldingAllVariablesGivesTheValue(int threads) {
        try (Parallel parallel = new Parallel(threads)) {
            for (int variables : new int[] {1, 2, 5, 12}) {
                FieldData data = new FieldData(variables);
                int n = 1 << variables;
                int[] point = data.elements(D * variables);
                int[] f = data.elements(n + 3);
                int[] expected = new int[D];
                Multilinear.evaluateBaseAtExt(f, 3, variables, point, 0, expected, 0);
                ExtVector folded = new ExtVector(n / 2);
                Folding.foldBase(f, 3, n / 2, point, 0, folded, parallel);
                for (int i = 1; i < variables; i++) {
                    Folding.fold(folded, n >> (i + 1), point, i * D, parallel);
                }
                int[] actual = new int[D];
                folded.get(0, actual, 0);
                assertArrayEquals(expected, actual);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void fusedFoldsGiveTheTableAndTheSumsOfItsHalves(int threads) {
        try (Parallel parallel = new Parallel(threads)) {
            for (int h : new int[] {2, 4, 6, 64, 1022, 1024, 1026, 5000}) {
                FieldData data = new FieldData(h);
                int[] r = data.elements(D + 1);
                int[] f = data.elements(2 * h);
                ExtVector expected = new ExtVector(h);
                ExtVector actual = new ExtVector(h);
                int[] sums = new int[2 * D];
                Folding.foldBase(f, 0, h, r, 1, expected, parallel);
                Folding.foldBaseAndSum(f, 0, h, r, 1, actual, sums, parallel);
                assertFolded(expected, actual, h, sums);

                ExtVector g = data.vector(2 * h);
                ExtVector again = new ExtVector(2 * h);
                for (int k = 0; k < D; k++) {
                    System.arraycopy(g.coordinate(k), 0, again.coordinate(k), 0, 2 * h);
                }
                Folding.fold(g, h, r, 1, parallel);
                Folding.foldAndSum(again, h, r, 1, sums, parallel);
                assertFolded(g, again, h, sums);
            }
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Folding.foldAndSum(new ExtVector(2), 1, new int[D], 0, new int[2 * D], parallel));
        }
    }

    private static void assertFolded(ExtVector expected, ExtVector actual, int h, int[] sums) {
        int[] wanted = new int[2 * D];
        int[] t = new int[D];
        for (int i = 0; i < h; i++) {
            expected.get(i, t, 0);
            int half = i < h / 2 ? 0 : D;
            Ext5.add(wanted, half, t, 0, wanted, half);
        }
        assertArrayEquals(wanted, sums);
        for (int k = 0; k < D; k++) {
            assertArrayEquals(expected.coordinate(k), actual.coordinate(k));
        }
    }
}
