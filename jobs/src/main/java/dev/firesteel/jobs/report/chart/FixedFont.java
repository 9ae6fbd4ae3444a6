package dev.firesteel.jobs.report.chart;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.geom.Rectangle2D;
import java.util.Locale;

/**
 * A font that knows its own measures. The JDK's fonts ask fontconfig for theirs, and on a machine without an installed font that is
 * an {@link InternalError}, even when only SVG text is written; besides, layouts would differ from machine to machine.
 *
 * <p>The widths are Helvetica's, widened by 12 % so that a viewer's wider substitute (DejaVu Sans) still fits.
 */
final class FixedFont extends Font {
    private static final long serialVersionUID = 1L;

    static final String FAMILY = "Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif";

    private static final double WIDENING = 1.12;
    private static final double OTHER = 0.6;
    private static final double ASCENT = 0.93;
    private static final double DESCENT = 0.24;

    /** Helvetica's advance widths of the characters 32 to 126, in thousandths of the size (Adobe font metrics). */
    private static final int[] WIDTHS = {
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
                556,
        556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556,
                833,
        722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500,
                556,
        556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500,
                334,
        260, 334, 584
    };

    FixedFont(int style, int size) {
        // Not "SansSerif": JFreeChart's setters ignore a font that equals its default, which would then stay in place.
        super("Helvetica", style, size);
    }

    /** Width of a text in user units. */
    double widthOf(CharSequence text) {
        double width = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            width += c >= 32 && c < 127 ? WIDTHS[c - 32] / 1000.0 : OTHER;
        }
        return width * size * WIDENING;
    }

    Rectangle2D boundsOf(CharSequence text) {
        return new Rectangle2D.Double(0, -ASCENT * size, widthOf(text), (ASCENT + DESCENT) * size);
    }

    FontMetrics metrics() {
        return new Metrics(this);
    }

    @Override
    public String getFamily() {
        return FAMILY;
    }

    @Override
    public String getFamily(Locale locale) {
        return FAMILY;
    }

    @Override
    public LineMetrics getLineMetrics(String text, FontRenderContext context) {
        return new Lines(text.length(), size);
    }

    @Override
    public Rectangle2D getStringBounds(String text, FontRenderContext context) {
        return boundsOf(text);
    }

    private static final class Metrics extends FontMetrics {
        private static final long serialVersionUID = 1L;

        Metrics(FixedFont font) {
            super(font);
        }

        private FixedFont fixed() {
            return (FixedFont) font;
        }

        @Override
        public int getAscent() {
            return (int) Math.round(ASCENT * font.getSize());
        }

        @Override
        public int getDescent() {
            return (int) Math.round(DESCENT * font.getSize());
        }

        @Override
        public int charWidth(char c) {
            return stringWidth(String.valueOf(c));
        }

        @Override
        public int charsWidth(char[] data, int offset, int length) {
            return stringWidth(new String(data, offset, length));
        }

        @Override
        public int stringWidth(String text) {
            return (int) Math.ceil(fixed().widthOf(text));
        }

        @Override
        public Rectangle2D getStringBounds(String text, Graphics graphics) {
            return fixed().boundsOf(text);
        }

        @Override
        public LineMetrics getLineMetrics(String text, Graphics graphics) {
            return new Lines(text.length(), font.getSize());
        }
    }

    private static final class Lines extends LineMetrics {
        private final int characters;
        private final int size;

        Lines(int characters, int size) {
            this.characters = characters;
            this.size = size;
        }

        @Override
        public int getNumChars() {
            return characters;
        }

        @Override
        public float getAscent() {
            return (float) (ASCENT * size);
        }

        @Override
        public float getDescent() {
            return (float) (DESCENT * size);
        }

        @Override
        public float getLeading() {
            return 0;
        }

        @Override
        public float getHeight() {
            return getAscent() + getDescent();
        }

        @Override
        public int getBaselineIndex() {
            return Font.ROMAN_BASELINE;
        }

        @Override
        public float[] getBaselineOffsets() {
            return new float[] {0, -0.4f * size, -0.8f * size};
        }

        @Override
        public float getStrikethroughOffset() {
            return -0.3f * size;
        }

        @Override
        public float getStrikethroughThickness() {
            return 0.05f * size;
        }

        @Override
        public float getUnderlineOffset() {
            return 0.1f * size;
        }

        @Override
        public float getUnderlineThickness() {
            return 0.05f * size;
        }
    }
}
