package dev.firesteel.jobs.report.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.jobs.report.chart.BarChart;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WritersTest {
    private static final String NASTY = "test_a[b|c]*d*<script>&\"'`";

    private final Report report = new Report(
            "Title",
            Map.of("CPU", NASTY),
            List.of(
                    new Block.Table(List.of("name", "value"), List.of(List.of(NASTY, "1.5"), List.of("x", "–"))),
                    new Block.Fold(
                            "more",
                            List.of(new Block.Figure(BarChart.plot(
                                    "bars", "A & B", "", "s", List.of(new BarChart.Bar("<x>", 2, Double.NaN))))))));

    @Test
    void htmlIsSelfContainedAndEscaped() {
        String html = HtmlWriter.write(report);
        assertTrue(html.contains("test_a[b|c]*d*&lt;script&gt;&amp;&quot;&#39;`"));
        assertFalse(html.contains("<script"));
        assertTrue(html.contains("<svg role=\"img\" aria-label=\"A &amp; B\""));
        assertTrue(html.contains("<th class=\"n\">value</th>"), "numbers are set to the right");
        // Namespaces are names, not addresses that are loaded.
        String loaded = html.replaceAll("xmlns(:\\w+)?='[^']*'", "");
        assertFalse(loaded.contains("http"), "an external reference");
        assertFalse(loaded.matches("(?s).*(src|href)=.*"), "an external reference");
    }

    @Test
    void markdownKeepsOddNamesInOneCell() {
        String markdown = MarkdownWriter.write(report);
        assertTrue(markdown.contains("| test_a\\[b\\|c\\]\\*d\\*&lt;script>&\"'\\` | 1.5 |"), markdown);
        assertTrue(markdown.contains("| --- | ---: |"), markdown);
        assertTrue(markdown.contains("![A & B](plots/bars.svg)"), markdown);
    }

    @Test
    void findsPlotsInsideFolds() {
        assertEquals(1, report.plots().size());
    }

    @Test
    void refusesARowOfTheWrongWidth() {
        assertThrows(IllegalArgumentException.class, () -> new Block.Table(List.of("a"), List.of(List.of("1", "2"))));
    }
}
