package dev.firesteel.jobs.report.document;

import java.util.List;
import java.util.stream.Collectors;

/** Writes CSV (RFC 4180, line feeds, UTF-8). */
public final class CsvText {
    private final StringBuilder out = new StringBuilder();
    private final int width;

    public CsvText(List<String> header) {
        width = header.size();
        row(header);
    }

    /**
     * Adds a row.
     *
     * @param cells texts, numbers, booleans; {@code null} and NaN are written as nothing
     */
    public CsvText row(List<?> cells) {
        if (cells.size() != width) {
            throw new IllegalArgumentException(cells.size() + " cells where the header has " + width);
        }
        out.append(cells.stream().map(CsvText::cell).collect(Collectors.joining(",")))
                .append('\n');
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private static String cell(Object value) {
        if (value == null || value instanceof Double number && !Double.isFinite(number)) {
            return "";
        }
        String text = value.toString();
        boolean quote = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quote ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
