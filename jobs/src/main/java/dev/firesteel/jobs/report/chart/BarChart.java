package dev.firesteel.jobs.report.chart;

import java.awt.Paint;
import java.util.List;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.labels.CategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.category.StatisticalBarRenderer;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.statistics.DefaultStatisticalCategoryDataset;

/** Horizontal bars, one a line, so that a hundred names stay readable; a logarithmic axis where the values need one. */
public final class BarChart {
    private static final int ROW_HEIGHT = 16;
    private static final int WIDTH = 900;
    private static final double LOGARITHMIC_FROM = 50;

    private BarChart() {}

    /**
     * One bar.
     *
     * @param label name; must be unique in a chart
     * @param value positive
     * @param halfWidth half the confidence interval, or NaN for none
     */
    public record Bar(String label, double value, double halfWidth) {}

    /**
     * Draws bars in the order given, the first on top.
     *
     * @param valueLabel what the axis shows, with its unit
     * @return the plot, or {@code null} if no bar has a positive value
     */
    public static Plot plot(String name, String title, String subtitle, String valueLabel, List<Bar> bars) {
        List<Bar> shown = bars.stream().filter(bar -> bar.value() > 0).toList();
        if (shown.isEmpty()) {
            return null;
        }
        double largest = shown.stream().mapToDouble(Bar::value).max().orElseThrow();
        double smallest = shown.stream().mapToDouble(Bar::value).min().orElseThrow();
        boolean logarithmic = largest / smallest > LOGARITHMIC_FROM;
        DefaultStatisticalCategoryDataset data = new DefaultStatisticalCategoryDataset();
        for (Bar bar : shown) {
            // On a logarithmic axis a symmetric whisker is not symmetric, so it is left to the tables.
            boolean whisker = !logarithmic && Double.isFinite(bar.halfWidth());
            double height = logarithmic ? Math.log10(bar.value()) : bar.value();
            data.add(height, whisker ? bar.halfWidth() : Double.NaN, "value", bar.label());
        }
        NumberAxis values = Theme.axis(logarithmic ? valueLabel + " (logarithmic scale)" : valueLabel, 11);
        CategoryAxis names = new CategoryAxis();
        Theme.styleAxis(names, 11);
        names.setLowerMargin(2.0 / (ROW_HEIGHT * shown.size()));
        names.setUpperMargin(2.0 / (ROW_HEIGHT * shown.size()));
        names.setCategoryMargin(0.25);
        names.setMaximumCategoryLabelWidthRatio(0.5f);
        StatisticalBarRenderer renderer = new Renderer();
        if (logarithmic) {
            double low = Math.floor(Math.log10(smallest) - 0.05);
            values.setRange(low, Math.log10(largest) + 0.12 * (Math.log10(largest) - low));
            values.setTickUnit(new NumberTickUnit(1));
            values.setNumberFormatOverride(Scale.powersOfTen());
            renderer.setBase(low);
        } else {
            values.setRange(0, 1.15 * largest);
        }
        CategoryPlot plot = new CategoryPlot(data, names, values, renderer);
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        Theme.styleGrid(plot);
        renderer.setDefaultItemLabelGenerator(new Labels(shown));
        return new Plot(
                name,
                title,
                WIDTH,
                110 + ROW_HEIGHT * shown.size(),
                List.of(Theme.chart(title, subtitle, plot, false, 12)));
    }

    private static final class Renderer extends StatisticalBarRenderer {
        private static final long serialVersionUID = 1L;

        Renderer() {
            setBarPainter(new StandardBarPainter());
            setShadowVisible(false);
            setDrawBarOutline(false);
            setErrorIndicatorPaint(Theme.WHISKER);
            setErrorIndicatorStroke(Theme.THIN);
            setDefaultItemLabelsVisible(true);
            setDefaultItemLabelFont(Theme.font(10));
            setDefaultItemLabelPaint(Theme.INK);
            setIncludeBaseInRange(false);
        }

        @Override
        public Paint getItemPaint(int row, int column) {
            return Theme.BAR;
        }
    }

    private record Labels(List<Bar> bars) implements CategoryItemLabelGenerator {
        @Override
        public String generateLabel(CategoryDataset dataset, int row, int column) {
            return Scale.significant(bars.get(column).value(), 3);
        }

        @Override
        public String generateRowLabel(CategoryDataset dataset, int row) {
            return "";
        }

        @Override
        public String generateColumnLabel(CategoryDataset dataset, int column) {
            return bars.get(column).label();
        }
    }
}
