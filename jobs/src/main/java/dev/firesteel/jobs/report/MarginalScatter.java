package dev.firesteel.jobs.report;

import dev.firesteel.jobs.report.chart.Plot;
import dev.firesteel.jobs.report.chart.Scale;
import dev.firesteel.jobs.report.chart.ScatterChart;
import dev.firesteel.jobs.report.document.Block;
import dev.firesteel.jobs.report.stats.LeastSquares;
import dev.firesteel.jobs.report.stats.Line;
import dev.firesteel.jobs.report.stats.Outliers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Cycles against proving time over all operations: how well cycles alone predict the time, with and without outliers. */
final class MarginalScatter {
    private final List<MarginalPoint> measured;
    private final String prefix;

    MarginalScatter(List<MarginalPoint> points, String prefix) {
        this.measured = points.stream()
                .filter(point -> point.cycles() != null && point.provingSeconds() != null && point.excluded() == null)
                .sorted(Comparator.comparing(MarginalPoint::opcode).thenComparing(MarginalPoint::name))
                .toList();
        this.prefix = prefix;
    }

    List<Block> blocks() {
        double[] x = measured.stream().mapToDouble(MarginalPoint::cycles).toArray();
        double[] y =
                measured.stream().mapToDouble(MarginalPoint::provingSeconds).toArray();
        if (LeastSquares.obstacle(x, y) != null) {
            return List.of();
        }
        boolean[] outlier = Outliers.find(x, y);
        double[] insideX = Outliers.without(x, outlier);
        double[] insideY = Outliers.without(y, outlier);
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading("Cycles against proving time"));
        blocks.add(new Block.Figure(plot("scatter-all", "All runs", x, y, outlier)));
        int out = x.length - insideX.length;
        if (out == 0) {
            blocks.add(new Block.Paragraph("No run lies outside the outer fences, so there is no second plot."));
            return blocks;
        }
        if (LeastSquares.obstacle(insideX, insideY) == null) {
            blocks.add(new Block.Figure(plot("scatter-inside", "Without outliers", insideX, insideY, null)));
        }
        blocks.add(
                new Block.Paragraph(
                        "Outliers lie more than three interquartile ranges outside the quartiles in cycles, in time, or"
                                + " in their distance from the line through the others. They are left out of the second plot only."));
        blocks.add(outlierTable(outlier));
        return blocks;
    }

    private Plot plot(String name, String title, double[] x, double[] y, boolean[] outlier) {
        Line line = LeastSquares.fit(x, y);
        String subtitle =
                Scale.whole(x.length) + " runs; " + Scale.significant(line.slope() * 1e9, 3) + " ns per cycle, R² "
                        + Scale.significant(line.rSquared(), 3) + ", RMSE " + Scale.significant(line.rmse(), 3) + " s";
        return ScatterChart.plot(
                prefix + name,
                new ScatterChart.Panel(
                        "Cycles against proving time: " + title.toLowerCase(java.util.Locale.ROOT),
                        subtitle,
                        "execution",
                        "cycles",
                        "proving time",
                        "s",
                        x,
                        y,
                        outlier,
                        new ScatterChart.Trend(line.intercept(), line.slope())));
    }

    private Block outlierTable(boolean[] outlier) {
        Map<String, List<MarginalPoint>> byOpcode = new TreeMap<>();
        for (int i = 0; i < outlier.length; i++) {
            if (outlier[i]) {
                byOpcode.computeIfAbsent(measured.get(i).opcode(), opcode -> new ArrayList<>())
                        .add(measured.get(i));
            }
        }
        List<List<String>> rows = new ArrayList<>();
        byOpcode.forEach((opcode, points) -> rows.add(List.of(
                opcode,
                Integer.toString(points.size()),
                Scale.whole(
                        points.stream().mapToLong(MarginalPoint::cycles).max().orElseThrow()),
                Scale.significant(
                        points.stream()
                                .mapToDouble(MarginalPoint::provingSeconds)
                                .max()
                                .orElseThrow(),
                        4))));
        return new Block.Table(List.of("operation", "outlying runs", "most cycles", "longest proving, s"), rows);
    }
}
