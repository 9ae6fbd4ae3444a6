package dev.firesteel.jobs.report.stats;

import java.util.Arrays;

/** Points that a line should not be judged by. */
public final class Outliers {
    private static final double FENCE = 3;

    private Outliers() {}

    /**
     * Marks points beyond Tukey's outer fences (three interquartile ranges outside the quartiles) in x, in y, or in the residual from
     * the least-squares line through the points that are inside in x and y.
     *
     * @return one mark for each point
     */
    public static boolean[] find(double[] x, double[] y) {
        boolean[] outlier = new boolean[x.length];
        mark(x, outlier);
        mark(y, outlier);
        double[] insideX = without(x, outlier);
        double[] insideY = without(y, outlier);
        if (LeastSquares.obstacle(insideX, insideY) != null) {
            return outlier;
        }
        Line line = LeastSquares.fit(insideX, insideY);
        double[] residuals = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            residuals[i] = y[i] - line.intercept() - line.slope() * x[i];
        }
        double[] fences = fences(without(residuals, outlier));
        for (int i = 0; i < x.length; i++) {
            outlier[i] |= residuals[i] < fences[0] || residuals[i] > fences[1];
        }
        return outlier;
    }

    /** The values that are not marked, in order. */
    public static double[] without(double[] values, boolean[] marked) {
        double[] kept = new double[values.length];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (!marked[i]) {
                kept[count++] = values[i];
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private static void mark(double[] values, boolean[] outlier) {
        double[] fences = fences(values);
        for (int i = 0; i < values.length; i++) {
            outlier[i] |= values[i] < fences[0] || values[i] > fences[1];
        }
    }

    private static double[] fences(double[] values) {
        if (values.length == 0) {
            return new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double low = Bootstrap.percentile(sorted, 0.25);
        double high = Bootstrap.percentile(sorted, 0.75);
        double reach = FENCE * (high - low);
        return new double[] {low - reach, high + reach};
    }
}
