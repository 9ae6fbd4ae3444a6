package dev.firesteel.jobs.report.chart;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.ViewBox;

/** An SVG drawing surface that measures text with {@link FixedFont} and never asks the platform for a font. */
final class SvgCanvas extends ForwardingGraphics {
    private final SVGGraphics2D svg;
    private final double width;
    private final double height;

    SvgCanvas(double width, double height, String idPrefix) {
        this(new SVGGraphics2D(width, height), width, height);
        // Several drawings share one HTML page: ids of clip paths must differ there, and the default prefix is the
        // clock's.
        svg.setDefsKeyPrefix(idPrefix);
        svg.setFont(new FixedFont(Font.PLAIN, 12));
        svg.setFontFunction(family -> FixedFont.FAMILY);
        svg.setGeomDoubleConverter(SvgCanvas::decimals);
    }

    private SvgCanvas(SVGGraphics2D svg, double width, double height) {
        super(svg);
        this.svg = svg;
        this.width = width;
        this.height = height;
    }

    String element() {
        return svg.getSVGElement(null, true, new ViewBox(0, 0, (int) width, (int) height), null, null);
    }

    @Override
    public FontMetrics getFontMetrics(Font font) {
        FixedFont fixed =
                font instanceof FixedFont known ? known : new FixedFont(font.getStyle(), Math.max(1, font.getSize()));
        return fixed.metrics();
    }

    @Override
    public Graphics create() {
        return new SvgCanvas((SVGGraphics2D) svg.create(), width, height);
    }

    /** Two decimals at most: a hundredth of a pixel is not seen, and 300 plots share a page. */
    private static String decimals(double value) {
        long hundredths = Math.round(value * 100);
        long rest = Math.abs(hundredths) % 100;
        String whole = (hundredths < 0 ? "-" : "") + Math.abs(hundredths) / 100;
        if (rest == 0) {
            return whole;
        }
        return whole + (rest < 10 ? ".0" + rest : rest % 10 == 0 ? "." + rest / 10 : "." + rest);
    }
}
