package dev.firesteel.jobs.report.chart;

import java.awt.Paint;
import java.util.List;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.category.StatisticalBarRenderer;
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
        double decade = Math.floor(Math.log10(smallest) - 0.05);
        DefaultStatisticalCategoryDataset data = new DefaultStatisticalCategoryDataset();
        for (Bar bar : shown) {
            // On a logarithmic axis a symmetric whisker is not symmetric, so it is left to the tables.
            boolean whisker = !logarithmic && Double.isFinite(bar.halfWidth());
            double height = logarithmic ? Math.log10(bar.value()) - decade : bar.value();
            // The value stands with the name: beside the bar it would lie on the whisker.
            data.add(
                    height,
                    whisker ? bar.halfWidth() : Double.NaN,
                    "value",
                    bar.label() + ": " + Scale.significant(bar.value(), 3));
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
            values.setRange(0, 1.02 * (Math.log10(largest) - decade));
            values.setTickUnit(new NumberTickUnit(1));
            values.setNumberFormatOverride(Scale.powersOfTen(decade));
        } else {
            values.setRange(0, 1.15 * largest);
        }
        CategoryPlot plot = new CategoryPlot(data, names, values, renderer);
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        Theme.styleGrid(plot);
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
            setIncludeBaseInRange(false);
        }

        @Override
        public Paint getItemPaint(int row, int column) {
            return Theme.BAR;
        }
    }
}
