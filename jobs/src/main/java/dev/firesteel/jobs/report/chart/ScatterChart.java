package dev.firesteel.jobs.report.chart;

import java.awt.geom.Ellipse2D;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Points in the plane, with an optional line through them and optional points that stand out. */
public final class ScatterChart {
    private ScatterChart() {}

    /** A straight line {@code y = intercept + slope·x}, in the units of the data. */
    public record Trend(double intercept, double slope) {}

    /**
     * One panel.
     *
     * @param xLabel quantity and unit of x; a word such as "million" is put before the unit where values are large
     * @param x abscissae
     * @param y ordinates, as many
     * @param outlier which points are drawn apart, or {@code null} for none
     * @param trend line to draw over the range of x, or {@code null}
     */
    public record Panel(
            String title,
            String subtitle,
            String xQuantity,
            String xUnit,
            String yQuantity,
            String yUnit,
            double[] x,
            double[] y,
            boolean[] outlier,
            Trend trend) {}

    /** One large panel. */
    public static Plot plot(String name, Panel panel) {
        return new Plot(name, panel.title(), 900, 520, List.of(chart(panel, 12, 5)));
    }

    /** Several small panels side by side, 330 pixels each. */
    public static Plot row(String name, String title, List<Panel> panels) {
        List<JFreeChart> charts =
                panels.stream().map(panel -> chart(panel, 10, 5)).toList();
        return new Plot(name, title, 330 * panels.size(), 250, charts);
    }

    private static JFreeChart chart(Panel panel, int size, double dot) {
        Scale.Prefix xPrefix = Scale.prefixFor(largest(panel.x()));
        Scale.Prefix yPrefix = Scale.prefixFor(largest(panel.y()));
        XYSeries usual = new XYSeries("points", false, true);
        XYSeries apart = new XYSeries("outliers", false, true);
        for (int i = 0; i < panel.x().length; i++) {
            XYSeries series = panel.outlier() != null && panel.outlier()[i] ? apart : usual;
            series.add(panel.x()[i] / xPrefix.divisor(), panel.y()[i] / yPrefix.divisor());
        }
        XYSeries line = new XYSeries("least-squares line", false, true);
        if (panel.trend() != null && panel.x().length > 0) {
            for (double x : new double[] {smallest(panel.x()), largest(panel.x())}) {
                double y = panel.trend().intercept() + panel.trend().slope() * x;
                line.add(x / xPrefix.divisor(), y / yPrefix.divisor());
            }
        }
        XYSeriesCollection data = new XYSeriesCollection();
        data.addSeries(usual);
        data.addSeries(apart);
        data.addSeries(line);
        XYPlot plot = new XYPlot(
                data,
                axis(panel.xQuantity(), xPrefix, panel.xUnit(), size),
                axis(panel.yQuantity(), yPrefix, panel.yUnit(), size),
                renderer(dot));
        Theme.styleGrid(plot);
        return Theme.chart(panel.title(), panel.subtitle(), plot, panel.outlier() != null, size);
    }

    private static XYLineAndShapeRenderer renderer(double dot) {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        Ellipse2D circle = new Ellipse2D.Double(-dot / 2, -dot / 2, dot, dot);
        renderer.setSeriesShape(0, circle);
        renderer.setSeriesPaint(0, Theme.BAR);
        renderer.setSeriesShape(1, circle);
        renderer.setSeriesPaint(1, Theme.OUTLIER);
        renderer.setSeriesLinesVisible(2, true);
        renderer.setSeriesShapesVisible(2, false);
        renderer.setSeriesPaint(2, Theme.INK);
        renderer.setSeriesStroke(2, Theme.LINE);
        renderer.setDefaultLegendTextFont(Theme.font(11));
        return renderer;
    }

    private static NumberAxis axis(String quantity, Scale.Prefix prefix, String unit, int size) {
        NumberAxis axis = Theme.axis(quantity + ", " + prefix.word() + unit, size);
        axis.setAutoRangeIncludesZero(false);
        axis.setAutoRangeStickyZero(false);
        return axis;
    }

    private static double largest(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    private static double smallest(double[] values) {
        double smallest = Double.POSITIVE_INFINITY;
        for (double value : values) {
            smallest = Math.min(smallest, value);
        }
        return smallest;
    }
}
