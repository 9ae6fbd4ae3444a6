package dev.firesteel.jobs.report.document;

import dev.firesteel.cli.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A CSV file with a header, read whole (RFC 4180: quoted cells may hold commas, doubled quotes and line ends; UTF-8 with or without
 * a byte order mark). Every complaint names file, line, and what to do.
 */
public final class CsvFile {
    private final Path path;
    private final List<Row> rows;
    private final Set<String> columns;

    private CsvFile(Path path, Set<String> columns, List<Row> rows) {
        this.path = path;
        this.columns = columns;
        this.rows = List.copyOf(rows);
    }

    /** Names of the columns in the file's order. */
    public Set<String> columns() {
        return columns;
    }

    /** Rows in the file's order, at least one. */
    public List<Row> rows() {
        return rows;
    }

    /**
     * Reads a file.
     *
     * @param path where it is
     * @param required names that the header must have, in any order; others are allowed
     * @throws UserException if it cannot be read, is not UTF-8, is empty, misses a column, or a row has another number of cells
     */
    public static CsvFile read(Path path, List<String> required) {
        List<List<String>> records = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        parse(path, text(path), records, lines);
        if (records.isEmpty()) {
            throw new UserException(
                    path + ": the file is empty; it needs a header line: " + String.join(",", required));
        }
        List<String> header = records.get(0).stream().map(String::strip).toList();
        for (String name : required) {
            if (!header.contains(name)) {
                throw new UserException(path + ":1: column '" + name + "' is missing; the header must have "
                        + String.join(",", required) + " and is " + String.join(",", header));
            }
        }
        if (Set.copyOf(header).size() != header.size()) {
            throw new UserException(path + ":1: two columns have one name; the header is " + String.join(",", header));
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < records.size(); i++) {
            List<String> cells = records.get(i);
            if (cells.size() != header.size()) {
                throw new UserException(path + ":" + lines.get(i) + ": " + cells.size() + " cells where the header has "
                        + header.size() + "; put cells that hold a comma into double quotes");
            }
            Map<String, String> byName = new LinkedHashMap<>();
            for (int j = 0; j < cells.size(); j++) {
                byName.put(header.get(j), cells.get(j));
            }
            rows.add(new Row(path, lines.get(i), byName));
        }
        if (rows.isEmpty()) {
            throw new UserException(path + ": there is a header but no row; nothing to report on");
        }
        return new CsvFile(path, new java.util.LinkedHashSet<>(header), rows);
    }

    @Override
    public String toString() {
        return path + " (" + rows.size() + " rows)";
    }

    private static String text(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new UserException(path + ": no such file; give the path of a CSV file");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UserException(path + ": not UTF-8 text; is it a CSV file?", e);
        } catch (IOException e) {
            throw new UserException(path + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static void parse(Path path, String text, List<List<String>> records, List<Integer> lines) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        int line = 1;
        int start = 1;
        for (int i = 0; i <= text.length(); i++) {
            // One line end more than there is, so that the last row needs none.
            char c = i < text.length() ? text.charAt(i) : '\n';
            if (quoted) {
                if (i == text.length()) {
                    throw new UserException(path + ":" + start + ": a double quote is opened and never closed");
                }
                if (c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else if (c == '"') {
                    quoted = false;
                } else {
                    cell.append(c);
                }
            } else if (c == '"' && cell.isEmpty() && !wasQuoted) {
                quoted = true;
                wasQuoted = true;
            } else if (c == ',') {
                cells.add(cell.toString());
                cell.setLength(0);
                wasQuoted = false;
            } else if (c == '\n') {
                boolean blank = cells.isEmpty() && cell.isEmpty() && !wasQuoted;
                if (!blank) {
                    cells.add(cell.toString());
                    records.add(List.copyOf(cells));
                    lines.add(start);
                }
                cells.clear();
                cell.setLength(0);
                wasQuoted = false;
                start = line + 1;
            } else if (c != '\r' || i + 1 < text.length() && text.charAt(i + 1) != '\n') {
                cell.append(c);
            }
            line += c == '\n' ? 1 : 0;
        }
    }

    /**
     * One row.
     *
     * @param line line of the file where it starts, from 1
     */
    public record Row(Path path, int line, Map<String, String> cells) {

        /** The cell's text, empty if the file has no such column. */
        public String text(String column) {
            return cells.getOrDefault(column, "").strip();
        }

        /** The cell's text; throws {@link UserException} if it is empty. */
        public String required(String column) {
            String text = text(column);
            if (text.isEmpty()) {
                throw wrong(column, "is empty", "fill it in");
            }
            return text;
        }

        /** A whole number of at least 0, or {@code null} if the cell is empty or absent. */
        public Long whole(String column) {
            String text = text(column);
            if (text.isEmpty()) {
                return null;
            }
            try {
                // Tools that go through floating point write 300000.0; anything with a true fraction is refused.
                long value = new java.math.BigDecimal(text).longValueExact();
                if (value < 0) {
                    throw wrong(column, "is '" + text + "'", "write a whole number of at least 0");
                }
                return value;
            } catch (NumberFormatException | ArithmeticException e) {
                throw wrong(column, "is '" + text + "'", "write a whole number of at least 0");
            }
        }

        /** A finite number of at least 0, or {@code null} if the cell is empty or absent. */
        public Double number(String column) {
            String text = text(column);
            if (text.isEmpty()) {
                return null;
            }
            try {
                double value = Double.parseDouble(text);
                if (value >= 0 && Double.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // The complaint below says it for all of them.
            }
            throw wrong(column, "is '" + text + "'", "write a number of at least 0 such as 57.53, or leave it empty");
        }

        /** A complaint about this row. */
        public UserException wrong(String column, String what, String todo) {
            return new UserException(path + ":" + line + ": column '" + column + "' " + what + "; " + todo);
        }
    }
}
