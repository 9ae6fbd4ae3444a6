package dev.firesteel.jobs.report.stats;

/**
 * The arithmetic of the published regression files, rounding included: {@code scipy.stats.linregress} over {@code numpy.cov}.
 *
 * <p>It takes the standard error from {@code (1 − r²)·Syy/Sxx/(n − 2)}, which cancels where r² is near 1; {@link LeastSquares} does
 * not. Files that are compared with published ones need the same rounding, hence the fused multiply-adds in the order of the
 * points: with them every standard error of the published file comes out to the last bit.
 *
 * @param slope y per x
 * @param rSquared square of the correlation
 * @param stdErr standard error of the slope as published; {@code NaN} for fewer than 3 points
 */
public record PublishedFit(double slope, double rSquared, double stdErr) {

    /**
     * Fits as the published tool does. The result depends on the order of the points in its last digits; published files are in
     * the order of fixture names.
     *
     * @throws IllegalArgumentException as {@link LeastSquares#fit}
     */
    public static PublishedFit of(double[] x, double[] y) {
        String obstacle = LeastSquares.obstacle(x, y);
        if (obstacle != null) {
            throw new IllegalArgumentException(obstacle);
        }
        int n = x.length;
        double meanX = mean(x);
        double meanY = mean(y);
        double sxx = 0;
        double sxy = 0;
        double syy = 0;
        for (int i = 0; i < n; i++) {
            double dx = x[i] - meanX;
            double dy = y[i] - meanY;
            sxx = Math.fma(dx, dx, sxx);
            sxy = Math.fma(dx, dy, sxy);
            syy = Math.fma(dy, dy, syy);
        }
        double factor = 1.0 / n;
        sxx *= factor;
        sxy *= factor;
        syy *= factor;
        if (syy == 0) {
            return new PublishedFit(sxy / sxx, Double.NaN, n < 3 ? Double.NaN : 0);
        }
        double r = Math.max(-1, Math.min(1, sxy / Math.sqrt(sxx * syy)));
        double stdErr = n < 3 ? Double.NaN : Math.sqrt((1 - r * r) * syy / sxx / (n - 2));
        return new PublishedFit(sxy / sxx, r * r, stdErr);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
