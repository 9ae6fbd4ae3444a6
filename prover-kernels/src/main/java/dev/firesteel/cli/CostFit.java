package dev.firesteel.cli;

import java.util.List;

/**
 * Proving time as a line over the cost metric, by least squares.
 *
 * @param points measurements
 * @param secondsPerCost slope
 * @param seconds at cost 0
 * @param rSquared share of the variance of times that the line explains
 */
record CostFit(int points, double secondsPerCost, double seconds, double rSquared) {
    /** The line through the best times of these measurements; null when fewer than three or all of one cost. */
    static CostFit of(List<RunBenchmark.Report> reports) {
        int n = reports.size();
        double costs = reports.stream()
                .mapToDouble(RunBenchmark.Report::cost)
                .average()
                .orElse(0);
        double times =
                reports.stream().mapToDouble(r -> r.best().seconds()).average().orElse(0);
        double costVariance = 0;
        double timeVariance = 0;
        double both = 0;
        for (RunBenchmark.Report report : reports) {
            double cost = report.cost() - costs;
            double time = report.best().seconds() - times;
            costVariance += cost * cost;
            timeVariance += time * time;
            both += cost * time;
        }
        if (n < 3 || costVariance == 0) {
            return null;
        }
        double slope = both / costVariance;
        return new CostFit(n, slope, times - slope * costs, both * both / (costVariance * timeVariance));
    }
}
