package dev.firesteel.jobs.report;

import dev.firesteel.jobs.report.chart.BarChart;
import dev.firesteel.jobs.report.chart.Plot;
import dev.firesteel.jobs.report.chart.Scale;
import dev.firesteel.jobs.report.document.Block;
import dev.firesteel.schemas.MarginalFit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a reader sees of the regressions of one series: summary, bars, table by quality, scatter, plots per opcode. */
final class MarginalReport {
    private final List<MarginalFit> fits;
    private final List<MarginalPoint> points;
    private final String prefix;

    /**
     * @param fits rows of one series
     * @param points the runs of that series
     * @param prefix put before plot names, so that series do not share files; may be empty
     */
    MarginalReport(List<MarginalFit> fits, List<MarginalPoint> points, String prefix) {
        this.fits = fits;
        this.points = points;
        this.prefix = prefix;
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading("How well the lines fit"));
        blocks.add(summary());
        blocks.add(new Block.Heading("Costs by operation"));
        figure(
                blocks,
                bars(
                        Relation.GAS_PROVING,
                        "time-per-gas",
                        "Proving time per gas",
                        "µs per gas",
                        1e6,
                        MarginalGroup.MIDDLING));
        figure(
                blocks,
                bars(Relation.GAS_CYCLES, "cycles-per-gas", "Cycles per gas", "cycles per gas", 1, MarginalGroup.GOOD));
        figure(
                blocks,
                bars(
                        Relation.CYCLES_PROVING,
                        "time-per-cycle",
                        "Proving time per cycle",
                        "ns per cycle",
                        1e9,
                        Double.NEGATIVE_INFINITY));
        blocks.add(new Block.Heading("Table"));
        blocks.add(new Block.Paragraph(
                "Sorted by R² of the line gas to proving time, best first. ± is half the 95 % confidence interval"
                        + " of the slope (Student t, n − 2 degrees of freedom)."));
        blocks.add(table());
        List<Block> weak = weak();
        if (!weak.isEmpty()) {
            blocks.add(new Block.Heading("Lines that are missing or weakened"));
            blocks.addAll(weak);
        }
        blocks.addAll(new MarginalScatter(points, prefix).blocks());
        blocks.add(new Block.Heading("Plots by operation"));
        blocks.addAll(new OpcodePlots(fits, points, prefix).blocks());
        return blocks;
    }

    private static void figure(List<Block> blocks, Plot plot) {
        if (plot != null) {
            blocks.add(new Block.Figure(plot));
        }
    }

    private Block summary() {
        List<List<String>> rows = new ArrayList<>();
        for (Relation relation : Relation.values()) {
            Map<String, Long> counts = fits.stream()
                    .filter(fit -> MarginalJob.relation(fit) == relation)
                    .collect(Collectors.groupingBy(MarginalFit::quality, Collectors.counting()));
            List<String> row = new ArrayList<>();
            row.add(relation.id() + " (" + relation.unit() + ")");
            for (String quality : List.of("good", "middling", "poor", "none")) {
                row.add(Long.toString(counts.getOrDefault(quality, 0L)));
            }
            rows.add(row);
        }
        return new Block.Table(
                List.of("line", "good (R² ≥ 0.9)", "middling (R² ≥ 0.7)", "poor", "no line or no R²"), rows);
    }

    private Plot bars(Relation relation, String name, String title, String unit, double factor, double leastR2) {
        List<MarginalFit> shown = lines(relation, fit -> fit.rSquared() != null && fit.rSquared() >= leastR2).stream()
                .filter(fit -> fit.slope() > 0)
                .sorted(Comparator.comparing(MarginalFit::slope).reversed())
                .toList();
        long all = lines(relation, fit -> true).size();
        String subtitle = leastR2 > 0
                ? "Lines with R² ≥ " + Scale.significant(leastR2, 2) + ": " + shown.size() + " of " + all
                : shown.size() + " of " + all + " operations, whatever their R²";
        return BarChart.plot(
                prefix + name,
                title,
                subtitle + ". Whiskers, where drawn: 95 % confidence interval",
                unit,
                shown.stream()
                        .map(fit -> new BarChart.Bar(fit.opcode(), fit.slope() * factor, halfWidth(fit) * factor))
                        .toList());
    }

    private Block table() {
        List<List<String>> rows = MarginalCsv.byOpcode(fits).values().stream()
                .sorted(Comparator.comparing(
                        (Map<Relation, MarginalFit> lines) ->
                                lines.get(Relation.GAS_PROVING).rSquared(),
                        Comparator.nullsLast(Comparator.reverseOrder())))
                .map(lines -> {
                    MarginalFit time = lines.get(Relation.GAS_PROVING);
                    MarginalFit cycles = lines.get(Relation.GAS_CYCLES);
                    MarginalFit speed = lines.get(Relation.CYCLES_PROVING);
                    return List.of(
                            time.opcode(),
                            time.quality(),
                            Integer.toString(time.points()),
                            Integer.toString(time.fixtures()),
                            scaled(lines.get(Relation.COUNT_GAS).slope(), 1),
                            estimate(time, 1e6),
                            r2(time),
                            estimate(cycles, 1),
                            r2(cycles),
                            estimate(speed, 1e9),
                            r2(speed));
                })
                .toList();
        return new Block.Table(
                List.of(
                        "operation",
                        "quality",
                        "runs",
                        "fixtures",
                        "gas per operation",
                        "µs per gas",
                        "R²",
                        "cycles per gas",
                        "R²",
                        "ns per cycle",
                        "R²"),
                rows);
    }

    private List<Block> weak() {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        fits.stream()
                .filter(fit -> fit.note() != null)
                .forEach(fit -> byReason.computeIfAbsent(
                                fit.relation() + "\u0001" + fit.status() + "\u0001" + fit.note(),
                                key -> new ArrayList<>())
                        .add(fit.opcode()));
        if (byReason.isEmpty()) {
            return List.of();
        }
        List<List<String>> rows = byReason.entrySet().stream()
                .map(entry -> {
                    String[] key = entry.getKey().split("\u0001");
                    return List.of(key[0], key[1], key[2], String.join(", ", entry.getValue()));
                })
                .toList();
        return List.of(new Block.Table(List.of("line", "status", "why", "operations"), rows));
    }

    private List<MarginalFit> lines(Relation relation, Predicate<MarginalFit> which) {
        return fits.stream()
                .filter(fit -> MarginalJob.relation(fit) == relation)
                .filter(which)
                .toList();
    }

    static double halfWidth(MarginalFit fit) {
        return fit.slopeCiHigh() == null ? Double.NaN : (fit.slopeCiHigh() - fit.slopeCiLow()) / 2;
    }

    private static String estimate(MarginalFit fit, double factor) {
        if (fit.slope() == null) {
            return "–";
        }
        double half = halfWidth(fit);
        String value = scaled(fit.slope(), factor);
        return Double.isNaN(half) ? value : value + " ± " + Scale.significant(half * factor, 2);
    }

    private static String scaled(Double value, double factor) {
        return value == null ? "–" : Scale.significant(value * factor, 4);
    }

    /** R² without rounding 0.99996 up to 1. */
    static String r2(MarginalFit fit) {
        Double r2 = fit.rSquared();
        if (r2 == null) {
            return "–";
        }
        return Objects.equals(r2, 1.0)
                ? "1"
                : java.math.BigDecimal.valueOf(r2)
                        .setScale(5, java.math.RoundingMode.DOWN)
                        .toPlainString();
    }
}
