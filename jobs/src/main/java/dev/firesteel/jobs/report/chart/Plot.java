package dev.firesteel.jobs.report.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;

/**
 * A drawing of one or more charts side by side.
 *
 * @param name file stem and id prefix: letters, digits, {@code -} and {@code _} only
 * @param title what it shows, also its text for readers who do not see it
 * @param width of the whole drawing, pixels
 * @param height pixels
 * @param panels charts from left to right, all of one width
 */
public record Plot(String name, String title, int width, int height, List<JFreeChart> panels) {

    public Plot {
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("plot name: " + name);
        }
        panels = List.copyOf(panels);
    }

    /** An {@code <svg>} element. The same data give the same text on every machine; no installed font is needed. */
    public String svg() {
        SvgCanvas canvas = new SvgCanvas(width, height, name + "-");
        draw(canvas);
        String element = canvas.element();
        String label = title.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
        return element.replaceFirst(
                "<svg ", "<svg role=\"img\" aria-label=\"" + Matcher.quoteReplacement(label) + "\" ");
    }

    /**
     * The same drawing as a PNG image, at twice the size.
     *
     * @return the file's bytes, or {@code null} where the machine has no font to draw text with (a JDK without fontconfig or with no
     *     font installed fails at the first text)
     */
    public byte[] png() {
        BufferedImage image = new BufferedImage(width * 2, height * 2, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.scale(2, 2);
            draw(graphics);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (InternalError | LinkageError | RuntimeException noFont) {
            // FontManagerFactory wraps "Fontconfig head is null" in an InternalError; a missing libfreetype is a
            // LinkageError, and
            // every later attempt a NoClassDefFoundError or a NullPointerException inside the JDK's font code.
            if (isAboutFonts(noFont)) {
                return null;
            }
            throw noFont;
        } catch (IOException impossible) {
            throw new IllegalStateException("writing to memory", impossible);
        } finally {
            graphics.dispose();
        }
    }

    private static boolean isAboutFonts(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            for (StackTraceElement element : t.getStackTrace()) {
                if (element.getClassName().startsWith("sun.font.")
                        || element.getClassName().startsWith("sun.awt.FontConfiguration")) {
                    return true;
                }
            }
        }
        return false;
    }

    private void draw(Graphics2D graphics) {
        double each = (double) width / panels.size();
        for (int i = 0; i < panels.size(); i++) {
            panels.get(i).draw(graphics, new Rectangle2D.Double(i * each, 0, each, height));
        }
    }
}
