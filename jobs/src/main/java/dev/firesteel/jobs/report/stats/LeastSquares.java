package dev.firesteel.jobs.report.stats;

/**
 * Ordinary least squares of one variable on another.
 *
 * <p>The sums are centred and the residuals are computed before they are squared. The short cut {@code (1 − r²)·Syy} loses every
 * digit that r² shares with 1: on the published marginal data it is wrong by up to 9·10⁻⁵ of the standard error.
 */
public final class LeastSquares {
    private LeastSquares() {}

    /**
     * Fits {@code y = a + b·x}.
     *
     * @param x abscissae, in any order
     * @param y ordinates, as many
     * @return the line
     * @throws IllegalArgumentException if the arrays differ in length, a value is not finite, there are fewer than two points, or
     *     all x are equal; {@link #obstacle} says so beforehand in words for a reader
     */
    public static Line fit(double[] x, double[] y) {
        String obstacle = obstacle(x, y);
        if (obstacle != null) {
            throw new IllegalArgumentException(obstacle);
        }
        int n = x.length;
        // Shifting by the first point is exact for counts, gas and cycles below 2^53; shifting by the mean first is
        // not.
        double[] dx = centred(x);
        double[] dy = centred(y);
        double sxx = dot(dx, dx);
        double syy = dot(dy, dy);
        double slope = dot(dx, dy) / sxx;

        double[] residuals = residuals(dx, dy, slope);
        // The slope is rounded, and on a near-perfect line that rounding is as large as the residuals: fit them once
        // more.
        double correction = dot(dx, residuals) / sxx;
        residuals = residuals(dx, residuals, correction);
        slope += correction;

        double sse = dot(residuals, residuals);
        double rSquared = syy == 0 ? Double.NaN : Math.max(0, 1 - sse / syy);
        double stdErr = n < 3 ? Double.NaN : Math.sqrt(sse / (n - 2) / sxx);
        double intercept = Math.fma(-slope, mean(x), mean(y));
        return new Line(n, slope, intercept, rSquared, stdErr, Math.sqrt(sse / n));
    }

    /**
     * Why no line can be fitted.
     *
     * @return a reason for a reader, or {@code null} if {@link #fit} will succeed
     */
    public static String obstacle(double[] x, double[] y) {
        if (x.length != y.length) {
            return "x has " + x.length + " values and y has " + y.length;
        }
        for (int i = 0; i < x.length; i++) {
            if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
                return "point " + (i + 1) + " is not finite";
            }
        }
        if (x.length == 0) {
            return "no point";
        }
        if (x.length == 1) {
            return "one point only";
        }
        for (double value : x) {
            if (value != x[0]) {
                return null;
            }
        }
        return "x does not vary";
    }

    private static double[] centred(double[] values) {
        double[] shifted = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            shifted[i] = values[i] - values[0];
        }
        double mean = mean(shifted);
        for (int i = 0; i < values.length; i++) {
            shifted[i] -= mean;
        }
        return shifted;
    }

    private static double[] residuals(double[] dx, double[] dy, double slope) {
        double[] residuals = new double[dx.length];
        for (int i = 0; i < dx.length; i++) {
            residuals[i] = Math.fma(-slope, dx[i], dy[i]);
        }
        double mean = mean(residuals);
        for (int i = 0; i < dx.length; i++) {
            residuals[i] -= mean;
        }
        return residuals;
    }

    private static double mean(double[] values) {
        double sum = 0;
        double lost = 0;
        for (double value : values) {
            // Neumaier's compensated sum: the order of the points then does not show in the digits that are printed.
            double next = sum + value;
            lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
            sum = next;
        }
        return (sum + lost) / values.length;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        double lost = 0;
        for (int i = 0; i < a.length; i++) {
            double product = a[i] * b[i];
            double next = sum + product;
            lost += Math.fma(a[i], b[i], -product);
            lost += Math.abs(sum) >= Math.abs(product) ? (sum - next) + product : (product - next) + sum;
            sum = next;
        }
        return sum + lost;
    }
}
