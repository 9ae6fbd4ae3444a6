package dev.firesteel.jobs.report;

import dev.firesteel.jobs.report.chart.Plot;
import dev.firesteel.jobs.report.chart.Scale;
import dev.firesteel.jobs.report.chart.ScatterChart;
import dev.firesteel.jobs.report.document.Block;
import dev.firesteel.schemas.MarginalFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Three plots for each operation: gas to cycles, gas to proving time, cycles to proving time, with their lines. */
final class OpcodePlots {
    private final Map<String, Map<Relation, MarginalFit>> fits;
    private final Map<String, List<MarginalPoint>> points;
    private final String prefix;

    OpcodePlots(List<MarginalFit> fits, List<MarginalPoint> points, String prefix) {
        this.fits = MarginalCsv.byOpcode(fits);
        this.points = points.stream().collect(Collectors.groupingBy(MarginalPoint::opcode));
        this.prefix = prefix;
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        int number = 0;
        for (Map.Entry<String, Map<Relation, MarginalFit>> opcode : fits.entrySet()) {
            number++;
            MarginalFit time = opcode.getValue().get(Relation.GAS_PROVING);
            String summary = opcode.getKey() + ": " + time.quality()
                    + (time.slope() == null
                            ? ""
                            : ", " + Scale.significant(time.slope() * 1e6, 3) + " µs per gas, R² "
                                    + MarginalReport.r2(time));
            List<ScatterChart.Panel> panels = new ArrayList<>();
            for (Relation relation : List.of(Relation.GAS_CYCLES, Relation.GAS_PROVING, Relation.CYCLES_PROVING)) {
                ScatterChart.Panel panel = panel(relation, opcode.getValue().get(relation));
                if (panel != null) {
                    panels.add(panel);
                }
            }
            List<Block> inside = new ArrayList<>();
            if (panels.isEmpty()) {
                inside.add(new Block.Paragraph("Nothing to plot: " + time.note()));
            } else {
                inside.add(new Block.Figure(plot(opcode.getKey(), number, panels)));
            }
            blocks.add(new Block.Fold(summary, inside));
        }
        return blocks;
    }

    private Plot plot(String opcode, int number, List<ScatterChart.Panel> panels) {
        // Names are free text in a CSV file; the number keeps two of them apart that differ only in what is replaced.
        boolean safe = opcode.matches("[A-Za-z0-9_]+");
        String stem = safe ? opcode : opcode.replaceAll("[^A-Za-z0-9_]", "-") + "-" + number;
        return ScatterChart.row(prefix + "opcode-" + stem, opcode + ": gas, cycles and proving time", panels);
    }

    private ScatterChart.Panel panel(Relation relation, MarginalFit fit) {
        List<MarginalPoint> shown = points.getOrDefault(fit.opcode(), List.of()).stream()
                .filter(point -> relation.x(point) != null && relation.y(point) != null)
                .filter(point -> !relation.timed() || point.excluded() == null)
                .toList();
        if (shown.isEmpty()) {
            return null;
        }
        boolean cyclesToTime = relation == Relation.CYCLES_PROVING;
        boolean gasToCycles = relation == Relation.GAS_CYCLES;
        double factor = cyclesToTime ? 1e9 : gasToCycles ? 1 : 1e6;
        String unit = cyclesToTime ? " ns/cycle" : gasToCycles ? " cycles/gas" : " µs/gas";
        String subtitle = fit.slope() == null
                ? "no line"
                : Scale.significant(fit.slope() * factor, 3) + unit + ", R² " + MarginalReport.r2(fit);
        return new ScatterChart.Panel(
                fit.opcode() + ": " + (gasToCycles ? "gas to cycles" : cyclesToTime ? "cycles to time" : "gas to time"),
                subtitle,
                cyclesToTime ? "execution" : "gas used",
                cyclesToTime ? "cycles" : "gas",
                gasToCycles ? "execution" : "proving time",
                gasToCycles ? "cycles" : "s",
                shown.stream().mapToDouble(relation::x).toArray(),
                shown.stream().mapToDouble(relation::y).toArray(),
                null,
                fit.slope() == null ? null : new ScatterChart.Trend(fit.intercept(), fit.slope()));
    }
}
