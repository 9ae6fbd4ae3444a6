package dev.firesteel.jobs.report;

import dev.firesteel.jobs.report.chart.Plot;
import dev.firesteel.jobs.report.chart.Scale;
import dev.firesteel.jobs.report.chart.ScatterChart;
import dev.firesteel.jobs.report.document.Block;
import dev.firesteel.jobs.report.document.CsvText;
import dev.firesteel.jobs.report.stats.LeastSquares;
import dev.firesteel.jobs.report.stats.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Proving time as a line over what is known before: time = k·x + b for x the cycles, the committed cells, and the cost. Cold proofs are left out. */
final class ProvingFits {
    private final List<Fit> fits = new ArrayList<>();

    /** A quantity that time may depend on. */
    private enum Against {
        CYCLES("cycles", "execution", "cycles"),
        CELLS("cells", "committed", "cells"),
        COST("cost", "cost", "units");

        private final String label;
        private final String quantity;
        private final String unit;

        Against(String label, String quantity, String unit) {
            this.label = label;
            this.quantity = quantity;
            this.unit = unit;
        }

        Long of(ProvedSegment s) {
            return switch (this) {
                case CYCLES -> Long.valueOf(s.cycles());
                case CELLS -> Long.valueOf(s.cells());
                case COST -> s.cost();
            };
        }

        Long of(ProvedRequest r) {
            return switch (this) {
                case CYCLES -> Long.valueOf(r.cycles());
                case CELLS -> null;
                case COST -> Long.valueOf(r.cost());
            };
        }
    }

    /**
     * A line, or why there is none.
     *
     * @param of what its points are: segments or requests
     * @param setting how they were proved
     * @param obstacle null when there is a line
     */
    private record Fit(
            String of, String setting, Against against, double[] x, double[] seconds, Line line, String obstacle) {}

    ProvingFits(List<ProvedSegment> segments, List<ProvedRequest> requests) {
        segments.stream()
                .filter(s -> !s.cold())
                .collect(Collectors.groupingBy(
                        s -> s.setting() + metric(s.costMetric()), TreeMap::new, Collectors.toList()))
                .forEach((setting, rows) -> {
                    for (Against against : Against.values()) {
                        List<ProvedSegment> known =
                                rows.stream().filter(s -> against.of(s) != null).toList();
                        add(
                                "segments",
                                setting,
                                against,
                                known.stream().mapToDouble(against::of).toArray(),
                                known.stream()
                                        .mapToDouble(s -> s.provingMs() / 1e3)
                                        .toArray());
                    }
                });
        requests.stream()
                .filter(r -> !r.cold())
                .collect(Collectors.groupingBy(
                        r -> r.preset() + metric(r.costMetric()), TreeMap::new, Collectors.toList()))
                .forEach((setting, rows) -> {
                    for (Against against : List.of(Against.CYCLES, Against.COST)) {
                        add(
                                "requests",
                                setting,
                                against,
                                rows.stream().mapToDouble(against::of).toArray(),
                                rows.stream()
                                        .mapToDouble(r -> r.provingMs() / 1e3)
                                        .toArray());
                    }
                });
    }

    private static String metric(String name) {
        return name == null ? "" : ", " + name;
    }

    private void add(String of, String setting, Against against, double[] x, double[] seconds) {
        String obstacle = LeastSquares.obstacle(x, seconds);
        fits.add(new Fit(
                of, setting, against, x, seconds, obstacle == null ? LeastSquares.fit(x, seconds) : null, obstacle));
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading("Time against cycles and cost"));
        for (Fit fit : fits) {
            if (fit.line != null && fit.against != Against.CELLS) {
                blocks.add(new Block.Figure(plot(fit)));
            }
        }
        List<List<String>> rows = new ArrayList<>();
        for (Fit fit : fits) {
            rows.add(List.of(
                    fit.of,
                    fit.setting,
                    fit.against.label,
                    Scale.whole(fit.x.length),
                    fit.line == null ? fit.obstacle : Scale.significant(1e9 * fit.line.slope(), 4),
                    fit.line == null ? "–" : Scale.significant(1e9 * fit.line.slopeHalfWidth(0.95), 2),
                    fit.line == null ? "–" : Scale.significant(fit.line.intercept(), 4),
                    fit.line == null ? "–" : Scale.significant(fit.line.rSquared(), 5),
                    fit.line == null ? "–" : Scale.significant(fit.line.rmse(), 3)));
        }
        blocks.add(new Block.Table(
                List.of("points", "proved with", "x", "n", "k, ns per x", "± (95 %)", "b, s", "R²", "RMSE, s"), rows));
        blocks.add(new Block.Paragraph(
                "Least squares, time = k·x + b, over warm proofs. The cost is computed when a run is executed, before anything"
                        + " is proved (docs/cost-metric.md). A request's time is the sum over its segments' provers."));
        return blocks;
    }

    private static Plot plot(Fit fit) {
        String subtitle = fit.setting + ": " + Scale.whole(fit.x.length) + " " + fit.of + "; "
                + Scale.significant(1e9 * fit.line.slope(), 3) + " ns per unit, "
                + Scale.significant(fit.line.intercept(), 3) + " s at 0, R² "
                + Scale.significant(fit.line.rSquared(), 4);
        String name = (fit.of + "-" + fit.against.label + "-" + fit.setting)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        return ScatterChart.plot(
                name,
                new ScatterChart.Panel(
                        "Proving time of " + fit.of + " against " + fit.against.label,
                        subtitle,
                        fit.against.quantity,
                        fit.against.unit,
                        "proving time",
                        "s",
                        fit.x,
                        fit.seconds,
                        null,
                        new ScatterChart.Trend(fit.line.intercept(), fit.line.slope())));
    }

    /** Every line, unrounded. */
    String csv() {
        CsvText csv = new CsvText(List.of(
                "of",
                "setting",
                "x",
                "points",
                "seconds_per_x",
                "slope_std_err",
                "intercept_seconds",
                "r_squared",
                "rmse_seconds",
                "obstacle"));
        for (Fit fit : fits) {
            List<Object> row = new ArrayList<>(List.of(fit.of, fit.setting, fit.against.label, fit.x.length));
            if (fit.line == null) {
                for (int i = 0; i < 5; i++) {
                    row.add(null);
                }
            } else {
                row.addAll(List.of(
                        fit.line.slope(),
                        fit.line.slopeStdErr(),
                        fit.line.intercept(),
                        fit.line.rSquared(),
                        fit.line.rmse()));
            }
            row.add(fit.obstacle);
            csv.row(row);
        }
        return csv.toString();
    }
}
