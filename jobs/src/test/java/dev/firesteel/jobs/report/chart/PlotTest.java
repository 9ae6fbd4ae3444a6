package dev.firesteel.jobs.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class PlotTest {

    @Test
    void barsAreXmlWithEveryNameOnItsOwnLine() throws Exception {
        List<BarChart.Bar> bars = new ArrayList<>();
        for (int i = 0; i < 105; i++) {
            bars.add(new BarChart.Bar("operation_with_a_long_name_" + i, 200 - i, 10));
        }
        Document svg = parse(BarChart.plot("bars", "Title", "subtitle", "ns per gas", bars));
        Map<String, Double> y = new LinkedHashMap<>();
        NodeList texts = svg.getElementsByTagName("text");
        for (int i = 0; i < texts.getLength(); i++) {
            String text = texts.item(i).getTextContent();
            if (text.startsWith("operation_")) {
                y.put(
                        text.split(" ")[0],
                        Double.parseDouble(
                                texts.item(i).getAttributes().getNamedItem("y").getNodeValue()));
            }
        }
        assertEquals(105, y.size(), "names that are drawn whole");
        double last = Double.NEGATIVE_INFINITY;
        for (double baseline : y.values()) {
            assertTrue(baseline - last >= 12, "lines of 11 pixel text overlap: " + last + ", " + baseline);
            last = baseline;
        }
    }

    @Test
    void barsOverManyDecadesGetALogarithmicAxisThatSaysSo() throws Exception {
        String svg = BarChart.plot(
                        "bars",
                        "Title",
                        "",
                        "µs per gas",
                        List.of(new BarChart.Bar("a", 400, 1), new BarChart.Bar("b", 0.08, 1)))
                .svg();
        assertTrue(svg.contains("µs per gas (logarithmic scale)"));
        assertTrue(svg.contains(">0.01<") && svg.contains(">100<"), "decades as ticks");
    }

    @Test
    void barsWithoutAPositiveValueAreNoPlot() {
        assertNull(BarChart.plot("b", "t", "", "s", List.of(new BarChart.Bar("a", 0, 1))));
        assertNull(StackedBars.plot("b", "t", "", List.of("p"), Map.of("x", Map.of("p", 0L))));
    }

    @Test
    void theSameDataGiveTheSameTextAndIdsOfTwoPlotsDiffer() throws Exception {
        assertEquals(scatter("one").svg(), scatter("one").svg());
        assertEquals(scatter("one").svg(), scatter("two").svg().replace("two-", "one-"));
        Set<String> ids = new HashSet<>();
        for (Plot plot : List.of(scatter("one"), scatter("two"))) {
            NodeList clips = parse(plot).getElementsByTagName("clipPath");
            assertTrue(clips.getLength() > 0);
            for (int i = 0; i < clips.getLength(); i++) {
                assertTrue(
                        ids.add(clips.item(i).getAttributes().getNamedItem("id").getNodeValue()));
            }
        }
    }

    @Test
    void largeAxesNameTheirUnitAndItsPrefix() {
        String svg = scatter("one").svg();
        assertTrue(svg.contains(">execution, million cycles<"), "x axis");
        assertTrue(svg.contains(">proving time, s<"), "y axis");
    }

    @Test
    void stackedBarsNameEveryPartInTheLegend() {
        String svg = StackedBars.plot(
                        "mix", "Mix", "", List.of("alu", "memory"), Map.of("guest", Map.of("alu", 30L, "memory", 10L)))
                .svg();
        assertTrue(svg.contains(">alu<") && svg.contains(">memory<") && svg.contains(">share, %<"));
    }

    @Test
    void refusesANameThatIsNoFileStem() {
        assertThrows(IllegalArgumentException.class, () -> new Plot("a/b", "t", 1, 1, List.of()));
    }

    @Test
    void drawsWithoutAnyInstalledFontTheSameAsWithThem(@TempDir Path folder) throws Exception {
        // A JVM of its own, whose fontconfig finds nothing and whose JDK has no font cache: as on a fresh server.
        Path conf = Files.writeString(
                folder.resolve("fonts.conf"),
                "<?xml version=\"1.0\"?><fontconfig><cachedir>" + folder + "</cachedir></fontconfig>");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Duser.home=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                FontlessMain.class.getName());
        builder.environment().put("FONTCONFIG_FILE", conf.toString());
        Path out = folder.resolve("out.txt");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        String text = Files.readString(out);
        assertEquals(0, process.exitValue(), text);
        assertTrue(text.contains(FontlessMain.svg()), "the SVG differs");
        assertFalse(text.contains("Exception"), text);
    }

    static Plot scatter(String name) {
        return ScatterChart.row(
                name,
                "Scatter",
                List.of(new ScatterChart.Panel(
                        "Title",
                        "subtitle",
                        "execution",
                        "cycles",
                        "proving time",
                        "s",
                        new double[] {1e6, 2e6, 3e6},
                        new double[] {1, 2, 4},
                        null,
                        new ScatterChart.Trend(0, 1e-6))));
    }

    private static Document parse(Plot plot) throws Exception {
        byte[] bytes = plot.svg().getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    }

    /** What the fontless JVM runs. */
    static final class FontlessMain {
        private FontlessMain() {}

        public static void main(String[] args) throws IOException {
            System.out.write(svg().getBytes(StandardCharsets.UTF_8));
            scatter("png").png();
        }

        static String svg() {
            return scatter("one").svg()
                    + BarChart.plot("b", "t", "s", "u", List.of(new BarChart.Bar("a", 400, 1)))
                            .svg()
                    + StackedBars.plot("m", "t", "s", List.of("p", "q"), Map.of("x", Map.of("p", 1L, "q", 2L)))
                            .svg();
        }
    }
}
