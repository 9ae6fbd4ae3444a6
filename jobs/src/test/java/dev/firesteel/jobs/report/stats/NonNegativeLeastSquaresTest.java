package dev.firesteel.jobs.report.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NonNegativeLeastSquaresTest {

    @Test
    void findsTheUnconstrainedSolutionWhereItIsPositive() {
        double[][] a = {{1, 0}, {1, 1}, {1, 2}, {1, 3}};
        assertArrayEquals(
                new double[] {4, 2.5}, NonNegativeLeastSquares.solve(a, new double[] {4, 6.5, 9, 11.5}), 1e-12);
    }

    @Test
    void pinsANegativeSlopeToZeroAndRefitsTheRest() {
        double[][] a = {{1, 0}, {1, 1}, {1, 2}};
        assertArrayEquals(new double[] {5, 0}, NonNegativeLeastSquares.solve(a, new double[] {7, 5, 3}), 1e-12);
    }

    @Test
    void meetsTheOptimalityConditionsOnRandomProblems() {
        SplittableRandom random = new SplittableRandom(99);
        int atBound = 0;
        for (int round = 0; round < 400; round++) {
            int n = 1 + random.nextInt(6);
            int m = n + random.nextInt(12);
            double[][] a = new double[m][n];
            double[] b = new double[m];
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    a[i][j] = random.nextDouble() * 2 - 1;
                }
                b[i] = random.nextDouble() * 2 - 1;
            }
            double[] x = NonNegativeLeastSquares.solve(a, b);
            for (int j = 0; j < n; j++) {
                double gradient = 0;
                for (int i = 0; i < m; i++) {
                    double residual = b[i];
                    for (int k = 0; k < n; k++) {
                        residual -= a[i][k] * x[k];
                    }
                    gradient += a[i][j] * residual;
                }
                assertTrue(x[j] >= 0, "x is negative");
                assertTrue(gradient <= 1e-10, "a step into the interior would help: " + gradient);
                assertEquals(0, gradient * x[j], 1e-10, "complementary slackness");
                atBound += x[j] == 0 ? 1 : 0;
            }
        }
        assertTrue(atBound > 200, "the problems hardly touch the bound: " + atBound);
    }

    @Test
    void solvesColumnsOfVeryDifferentSize() {
        double[][] a = {{1, 0, 0}, {1, 2e6, 1e12}, {1, 4e6, 3e12}, {1, 6e6, 2e12}};
        double[] x = {0.6, 3e-6, 2e-12};
        double[] b = new double[4];
        for (int i = 0; i < 4; i++) {
            b[i] = a[i][0] * x[0] + a[i][1] * x[1] + a[i][2] * x[2];
        }
        double[] found = NonNegativeLeastSquares.solve(a, b);
        for (int j = 0; j < 3; j++) {
            assertEquals(x[j], found[j], 1e-10 * x[j]);
        }
    }

    @Test
    void givesADependentColumnNothingAndStillFits() {
        double[][] a = {{1, 2, 0}, {1, 2, 0}, {1, 2, 0}};
        double[] x = NonNegativeLeastSquares.solve(a, new double[] {6, 6, 6});
        assertEquals(6, x[0] + 2 * x[1], 1e-12);
        assertEquals(0, x[2]);
    }

    @Test
    void refusesSizesThatDiffer() {
        assertThrows(
                IllegalArgumentException.class,
                () -> NonNegativeLeastSquares.solve(new double[][] {{1}}, new double[] {1, 2}));
    }
}
