package dev.firesteel.jobs.report.document;

import dev.firesteel.jobs.report.chart.Plot;
import java.util.List;

/** A part of a report, in the order in which it is read. */
public sealed interface Block {

    /** A heading below the report's title. */
    record Heading(String text) implements Block {}

    /** Plain text; nothing in it is markup. */
    record Paragraph(String text) implements Block {}

    /**
     * A table. Columns whose cells all look like numbers are set to the right.
     *
     * @param header names, with units
     * @param rows cells, as many as names in each row
     */
    record Table(List<String> header, List<List<String>> rows) implements Block {
        public Table {
            header = List.copyOf(header);
            rows = List.copyOf(rows);
            for (List<String> row : rows) {
                if (row.size() != header.size()) {
                    throw new IllegalArgumentException(row.size() + " cells under " + header.size() + " names: " + row);
                }
            }
        }

        boolean numeric(int column) {
            return !rows.isEmpty()
                    && rows.stream().allMatch(row -> row.get(column).matches("[-+–±0-9.,e%× ()\\[\\]…]*"));
        }
    }

    /** A plot; written to {@code plots/<name>.svg} and shown in place. */
    record Figure(Plot plot) implements Block {}

    /** Parts that a reader opens when wanted. */
    record Fold(String summary, List<Block> blocks) implements Block {
        public Fold {
            blocks = List.copyOf(blocks);
        }
    }
}
