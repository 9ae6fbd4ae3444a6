package dev.firesteel.jobs.report;

import dev.firesteel.jobs.report.chart.BarChart;
import dev.firesteel.jobs.report.chart.Plot;
import dev.firesteel.jobs.report.chart.Scale;
import dev.firesteel.jobs.report.document.Block;
import dev.firesteel.jobs.report.document.CsvText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What a reader sees of a cost model. */
final class CostModelReport {
    private final List<CostModel.Problem> problems;
    private final CostModel.Problem joint;
    private final Map<String, List<CostModel.Estimate>> estimates;
    private final List<CostModel.Ratio> ratios;
    private final Double anchor;

    /**
     * @param joint system of the glue operations, or {@code null}
     * @param anchor gas per second, or {@code null} for no proposals
     */
    CostModelReport(
            List<CostModel.Problem> problems,
            CostModel.Problem joint,
            Map<String, List<CostModel.Estimate>> estimates,
            List<CostModel.Ratio> ratios,
            Double anchor) {
        this.problems = problems.stream()
                .sorted(Comparator.comparing((CostModel.Problem problem) -> quality(problem))
                        .reversed())
                .toList();
        this.joint = joint;
        this.estimates = estimates;
        this.ratios = ratios;
        this.anchor = anchor;
    }

    private static double quality(CostModel.Problem problem) {
        double r2 = problem.rSquared(problem.solve());
        return Double.isNaN(r2) ? Double.NEGATIVE_INFINITY : r2;
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                new Block.Paragraph(
                        "Run time is fitted as start + count × (base + Σ coefficient × parameter) with coefficients that"
                                + " are not negative. Intervals (95 %) and p-values come from resampling the runs; p is the share of resamples in"
                                + " which a coefficient is zero. Adjusted: without the significant glue operations, never below zero."));
        Plot plot = BarChart.plot(
                "seconds-per-operation",
                "Run time per operation, without glue",
                "Base cost; parameters come on top",
                "µs per operation",
                problems.stream()
                        .map(problem -> new BarChart.Bar(
                                problem.label(),
                                1e6
                                        * adjusted(
                                                problem,
                                                estimates.get(problem.label()).get(1)),
                                Double.NaN))
                        .sorted(Comparator.comparing(BarChart.Bar::value).reversed())
                        .toList());
        if (plot != null) {
            blocks.add(new Block.Figure(plot));
        }
        blocks.add(new Block.Heading("Operations"));
        blocks.add(table(problems));
        if (joint != null) {
            blocks.add(new Block.Heading("Glue operations, fitted together"));
            blocks.add(table(List.of(joint)));
        }
        return blocks;
    }

    private Block table(List<CostModel.Problem> of) {
        List<List<String>> rows = new ArrayList<>();
        for (CostModel.Problem problem : of) {
            for (CostModel.Estimate estimate : estimates.get(problem.label())) {
                double seconds = adjusted(problem, estimate);
                rows.add(List.of(
                        problem.label(),
                        Integer.toString(problem.rows().length),
                        Scale.significant(problem.rSquared(problem.solve()), 4),
                        estimate.term(),
                        Scale.significant(1e6 * estimate.seconds(), 4),
                        Scale.significant(1e6 * estimate.low(), 3) + " … "
                                + Scale.significant(1e6 * estimate.high(), 3),
                        Scale.significant(estimate.pValue(), 2),
                        isStart(estimate) ? "–" : Scale.significant(1e6 * seconds, 4),
                        anchor == null || isStart(estimate) ? "–" : Scale.significant(anchor * seconds, 4)));
            }
        }
        return new Block.Table(
                List.of(
                        "operation",
                        "runs",
                        "R²",
                        "term",
                        "µs",
                        "95 % interval, µs",
                        "p",
                        "adjusted, µs",
                        "gas proposal"),
                rows);
    }

    /** One line for each coefficient, in seconds. */
    String csv() {
        CsvText csv = new CsvText(List.of(
                "operation",
                "runs",
                "r2",
                "term",
                "seconds",
                "ci95_low",
                "ci95_high",
                "p_value",
                "significant",
                "adjusted_seconds",
                "gas_proposal"));
        List<CostModel.Problem> all = new ArrayList<>(problems);
        if (joint != null) {
            all.add(joint);
        }
        for (CostModel.Problem problem : all) {
            for (CostModel.Estimate estimate : estimates.get(problem.label())) {
                Double seconds = isStart(estimate) ? null : Double.valueOf(adjusted(problem, estimate));
                csv.row(Arrays.asList(
                        problem.label(),
                        problem.rows().length,
                        problem.rSquared(problem.solve()),
                        estimate.term(),
                        estimate.seconds(),
                        estimate.low(),
                        estimate.high(),
                        estimate.pValue(),
                        estimate.significant(),
                        seconds,
                        seconds == null || anchor == null ? null : anchor * seconds));
            }
        }
        return csv.toString();
    }

    private static boolean isStart(CostModel.Estimate estimate) {
        return estimate.term().startsWith(CostModel.START);
    }

    /** Glue comes with each operation, whatever its parameters: it is taken off the base cost only. */
    private double adjusted(CostModel.Problem problem, CostModel.Estimate estimate) {
        boolean base = joint != null && estimate.term().equals(CostModel.COUNT);
        return base
                ? CostModel.adjusted(problem.label(), estimate.seconds(), ratios, estimates.get(joint.label()))
                : estimate.seconds();
    }
}
