package dev.firesteel.jobs.report.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Row resampling. Every resample has a seed of its own, made from the run's seed, a label and its number: the numbers do not
 * depend on which task draws it, or in which order.
 */
public final class Bootstrap {
    private Bootstrap() {}

    /**
     * The rows of one resample: as many as there are, drawn with replacement.
     *
     * @param rows number of rows, at least 1
     * @param seed the run's seed
     * @param label what is resampled (an operation's name), so that two of them do not share draws
     * @param resample number of the resample, from 0
     * @return {@code rows} indices in [0, rows), in the order drawn
     */
    public static int[] indices(int rows, long seed, String label, int resample) {
        // SplittableRandom scrambles its seed; the multiplication keeps neighbouring numbers from giving shifted
        // sequences.
        long mixed = seed ^ (0x9E3779B97F4A7C15L * (resample + 1L)) ^ ((long) label.hashCode() << 32);
        SplittableRandom random = new SplittableRandom(mixed).split();
        int[] indices = new int[rows];
        for (int i = 0; i < rows; i++) {
            indices[i] = random.nextInt(rows);
        }
        return indices;
    }

    /**
     * The two-sided percentile interval.
     *
     * @param values one value per resample, in any order, at least one
     * @param level coverage in (0, 1)
     * @return lower and upper bound
     */
    public static double[] interval(double[] values, double level) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double tail = (1 - level) / 2;
        return new double[] {percentile(sorted, tail), percentile(sorted, 1 - tail)};
    }

    /**
     * One-sided p-value of "the coefficient is not positive": the share of resamples at zero, never below 1/(B + 1).
     *
     * @param values non-negative estimates, one per resample
     */
    public static double pValueOfZero(double[] values) {
        int zeros = 0;
        for (double value : values) {
            if (value <= 0) {
                zeros++;
            }
        }
        return (zeros + 1.0) / (values.length + 1.0);
    }

    /**
     * Percentile with linear interpolation between the neighbouring order statistics (type 7 of Hyndman and Fan).
     *
     * @param sorted ascending values, at least one
     * @param share in [0, 1]
     */
    public static double percentile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
