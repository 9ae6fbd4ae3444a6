package dev.firesteel.jobs.report.stats;

import java.util.Arrays;

/** Percentiles of a sample, interpolated between the neighbouring values. */
public final class Percentile {
    private Percentile() {}

    /**
     * The value below which a share of the sample lies: that at position share·(n − 1) of the sorted values.
     *
     * @param values in any order
     * @param share from 0 (the least) to 1 (the greatest)
     * @return NaN when there are no values
     */
    public static double of(double[] values, double share) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return Bootstrap.percentile(sorted, share);
    }
}
