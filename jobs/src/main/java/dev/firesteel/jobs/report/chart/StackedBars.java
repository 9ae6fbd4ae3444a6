package dev.firesteel.jobs.report.chart;

import java.util.List;
import java.util.Map;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.StackedBarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;

/** Horizontal bars that show the parts of a whole, as shares of 100 %. */
public final class StackedBars {
    private static final int ROW_HEIGHT = 26;
    private static final int WIDTH = 900;

    private StackedBars() {}

    /**
     * Draws one bar for each whole.
     *
     * @param parts names of the parts in stacking order
     * @param wholes for each bar's name its parts, in any unit; a part that is missing counts 0
     * @return the plot, or {@code null} if there is nothing to stack
     */
    public static Plot plot(
            String name, String title, String subtitle, List<String> parts, Map<String, Map<String, Long>> wholes) {
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        wholes.forEach((bar, values) -> {
            double total = values.values().stream().mapToLong(Long::longValue).sum();
            for (String part : parts) {
                if (total > 0) {
                    data.addValue(100 * values.getOrDefault(part, 0L) / total, part, bar);
                }
            }
        });
        if (data.getColumnCount() == 0) {
            return null;
        }
        StackedBarRenderer renderer = new StackedBarRenderer();
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setDefaultLegendTextFont(Theme.font(11));
        for (int i = 0; i < parts.size(); i++) {
            renderer.setSeriesPaint(i, Theme.category(i));
        }
        NumberAxis shares = Theme.axis("share, %", 11);
        shares.setRange(0, 100);
        CategoryAxis names = new CategoryAxis();
        Theme.styleAxis(names, 11);
        names.setMaximumCategoryLabelWidthRatio(0.5f);
        names.setCategoryMargin(0.25);
        CategoryPlot plot = new CategoryPlot(data, names, shares, renderer);
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        Theme.styleGrid(plot);
        int legendLines = 1 + parts.size() / 6;
        return new Plot(
                name,
                title,
                WIDTH,
                120 + 20 * legendLines + ROW_HEIGHT * data.getColumnCount(),
                List.of(Theme.chart(title, subtitle, plot, true, 12)));
    }
}
