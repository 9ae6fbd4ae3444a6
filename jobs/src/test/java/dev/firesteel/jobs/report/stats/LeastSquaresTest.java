package dev.firesteel.jobs.report.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {

    @Test
    void agreesWithExactArithmeticOnLinesThatAreAlmostPerfect() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 300; round++) {
            int n = 3 + random.nextInt(6);
            List<String> x = new ArrayList<>();
            List<String> y = new ArrayList<>();
            long perGas = 1 + random.nextInt(200);
            for (int i = 0; i < n; i++) {
                long gas = 600_000L + 450_017L * i + random.nextInt(1000);
                x.add(Long.toString(gas));
                y.add(Long.toString(60_000_000L + perGas * gas + random.nextInt(300)));
            }
            ExactRegression exact = ExactRegression.of(x, y);
            Line line = LeastSquares.fit(doubles(x), doubles(y));
            assertClose(exact.slope(), line.slope(), 1e-14);
            assertClose(exact.stdErr(), line.slopeStdErr(), 1e-11);
            assertClose(exact.rmse(), line.rmse(), 1e-11);
            assertClose(exact.rSquared(), line.rSquared(), 1e-15);
            assertClose(exact.intercept(), line.intercept(), 1e-12);
        }
    }

    @Test
    void agreesWithExactArithmeticOnNoisyDecimals() {
        List<String> x = List.of("9480611", "10380611", "11280611", "12180611", "13080611");
        List<String> y = List.of("57.53", "61.061", "64.621", "67.669", "72.002");
        ExactRegression exact = ExactRegression.of(x, y);
        Line line = LeastSquares.fit(doubles(x), doubles(y));
        assertClose(exact.slope(), line.slope(), 1e-13);
        assertClose(exact.rSquared(), line.rSquared(), 1e-13);
        assertClose(exact.stdErr(), line.slopeStdErr(), 1e-12);
    }

    @Test
    void keepsItsDigitsUnderPermutationOfThePoints() {
        double[] x = {1, 2, 3, 4, 5, 6};
        double[] y = {1.1, 3.9, 9.2, 15.8, 25.3, 35.7};
        double[] rx = {6, 4, 1, 5, 3, 2};
        double[] ry = {35.7, 15.8, 1.1, 25.3, 9.2, 3.9};
        assertClose(LeastSquares.fit(x, y).slope(), LeastSquares.fit(rx, ry).slope(), 4e-16);
    }

    @Test
    void leavesTheStandardErrorOfTwoPointsUndefined() {
        Line line = LeastSquares.fit(new double[] {0, 2}, new double[] {1, 7});
        assertEquals(3, line.slope());
        assertEquals(1, line.intercept());
        assertTrue(Double.isNaN(line.slopeStdErr()));
        assertTrue(Double.isNaN(line.slopeHalfWidth(0.95)));
    }

    @Test
    void leavesRSquaredOfAConstantUndefined() {
        Line line = LeastSquares.fit(new double[] {0, 1, 2}, new double[] {4, 4, 4});
        assertEquals(0, line.slope());
        assertTrue(Double.isNaN(line.rSquared()));
    }

    @Test
    void saysWhyThereIsNoLine() {
        assertEquals("no point", LeastSquares.obstacle(new double[0], new double[0]));
        assertEquals("one point only", LeastSquares.obstacle(new double[1], new double[1]));
        assertEquals("x does not vary", LeastSquares.obstacle(new double[] {5, 5}, new double[] {1, 2}));
        assertEquals("point 2 is not finite", LeastSquares.obstacle(new double[] {5, Double.NaN}, new double[] {1, 2}));
        assertNull(LeastSquares.obstacle(new double[] {5, 6}, new double[] {1, 1}));
        assertThrows(IllegalArgumentException.class, () -> LeastSquares.fit(new double[] {5, 5}, new double[] {1, 2}));
    }

    @Test
    void intervalOfTheSlopeIsStudentsT() {
        // Five points: 3 degrees of freedom, t = 3.182446305284263 (tables).
        Line line = new Line(5, 2, 0, 0.9, 0.5, 1);
        assertEquals(3.182446305284263 * 0.5, line.slopeHalfWidth(0.95), 1e-11);
    }

    private static double[] doubles(List<String> values) {
        return values.stream().mapToDouble(Double::parseDouble).toArray();
    }

    private static void assertClose(double expected, double actual, double relative) {
        assertEquals(expected, actual, Math.abs(expected) * relative);
    }
}
