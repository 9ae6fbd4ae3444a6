package dev.firesteel.jobs.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** Colours, strokes and fonts of every chart. */
final class Theme {
    static final Color INK = new Color(0x22, 0x2B, 0x36);
    static final Color GRID = new Color(0xDD, 0xE1, 0xE6);
    static final Color BAR = new Color(0x3B, 0x6E, 0xA8);
    static final Color WHISKER = new Color(0x8A, 0x2B, 0x1B);
    static final Color OUTLIER = new Color(0xC2, 0x4A, 0x2C);
    static final BasicStroke THIN = new BasicStroke(0.8f);
    static final BasicStroke LINE = new BasicStroke(1.6f);

    /** Twelve colours that stay apart for most colour-blind readers when they are neighbours (after Tol's muted scheme). */
    private static final int[] CATEGORIES = {
        0x332288, 0x88CCEE, 0x117733, 0xDDCC77, 0xCC6677, 0x44AA99, 0xAA4499, 0x999933, 0x882255, 0xBBBBBB, 0x6699CC,
        0xE69F00
    };

    static {
        // The workaround, on by default, draws rotated text by a TextLayout, which asks the platform for a font.
        TextUtils.setUseDrawRotatedStringWorkaround(false);
    }

    private Theme() {}

    static Color category(int index) {
        Color colour = new Color(CATEGORIES[index % CATEGORIES.length]);
        return index < CATEGORIES.length ? colour : colour.darker();
    }

    static FixedFont font(int size) {
        return new FixedFont(Font.PLAIN, size);
    }

    static NumberAxis axis(String label, int size) {
        NumberAxis axis = new NumberAxis(label);
        axis.setNumberFormatOverride(Scale.plain());
        styleAxis(axis, size);
        return axis;
    }

    static void styleAxis(Axis axis, int size) {
        axis.setLabelFont(font(size));
        axis.setTickLabelFont(font(size));
        axis.setLabelPaint(INK);
        axis.setTickLabelPaint(INK);
        axis.setAxisLinePaint(GRID);
        axis.setTickMarkPaint(GRID);
    }

    static void styleGrid(CategoryPlot plot) {
        stylePlot(plot);
        plot.setRangeGridlinePaint(GRID);
        plot.setRangeGridlineStroke(THIN);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    }

    static void styleGrid(XYPlot plot) {
        stylePlot(plot);
        plot.setRangeGridlinePaint(GRID);
        plot.setRangeGridlineStroke(THIN);
        plot.setDomainGridlinePaint(GRID);
        plot.setDomainGridlineStroke(THIN);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    }

    private static void stylePlot(Plot plot) {
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlineVisible(false);
    }

    /** Wraps a plot; the font of titles and legends is set here, since JFreeChart's defaults are the platform's. */
    static JFreeChart chart(String title, String subtitle, Plot plot, boolean legend, int size) {
        JFreeChart chart = new JFreeChart(null, font(size), plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(6, 6, 6, 14));
        chart.setTitle(textTitle(title, new FixedFont(Font.BOLD, size + 2)));
        if (!subtitle.isEmpty()) {
            chart.addSubtitle(textTitle(subtitle, font(size)));
        }
        if (legend) {
            LegendTitle legendTitle = new LegendTitle(plot);
            legendTitle.setItemFont(font(size));
            legendTitle.setItemPaint(INK);
            legendTitle.setPosition(RectangleEdge.BOTTOM);
            legendTitle.setBackgroundPaint(Color.WHITE);
            chart.addLegend(legendTitle);
        }
        return chart;
    }

    private static TextTitle textTitle(String text, Font font) {
        TextTitle title = new TextTitle(text, font);
        title.setPaint(INK);
        title.setHorizontalAlignment(HorizontalAlignment.LEFT);
        title.setTextAlignment(HorizontalAlignment.LEFT);
        title.setPosition(RectangleEdge.TOP);
        title.setPadding(new RectangleInsets(1, 4, 2, 0));
        return title;
    }
}
