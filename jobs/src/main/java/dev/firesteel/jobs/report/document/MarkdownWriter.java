package dev.firesteel.jobs.report.document;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a report as GitHub-flavoured Markdown; plots are linked from {@code plots/}. */
public final class MarkdownWriter {
    private final StringBuilder out = new StringBuilder();

    private MarkdownWriter() {}

    /** The text of the file. */
    public static String write(Report report) {
        MarkdownWriter writer = new MarkdownWriter();
        writer.out.append("# ").append(escape(report.title())).append("\n\n");
        writer.table(new Block.Table(
                List.of("", ""),
                report.context().entrySet().stream()
                        .map(entry -> List.of(entry.getKey(), entry.getValue()))
                        .toList()));
        writer.blocks(report.blocks());
        return writer.out.toString();
    }

    private void blocks(List<Block> blocks) {
        for (Block block : blocks) {
            // Sealed, but switch patterns are not in Java 17.
            if (block instanceof Block.Heading heading) {
                out.append("## ").append(escape(heading.text())).append("\n\n");
            } else if (block instanceof Block.Paragraph paragraph) {
                out.append(escape(paragraph.text())).append("\n\n");
            } else if (block instanceof Block.Table table) {
                table(table);
            } else if (block instanceof Block.Figure figure) {
                out.append("![")
                        .append(escape(figure.plot().title()))
                        .append("](plots/")
                        .append(figure.plot().name())
                        .append(".svg)\n\n");
            } else if (block instanceof Block.Fold fold) {
                out.append("### ").append(escape(fold.summary())).append("\n\n");
                blocks(fold.blocks());
            }
        }
    }

    private void table(Block.Table table) {
        line(table.header());
        out.append('|');
        for (int i = 0; i < table.header().size(); i++) {
            out.append(table.numeric(i) ? " ---: |" : " --- |");
        }
        out.append('\n');
        table.rows().forEach(this::line);
        out.append('\n');
    }

    private void line(List<String> cells) {
        out.append(cells.stream().map(MarkdownWriter::escape).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    /** Fixture names hold brackets, underscores, asterisks and pipes: none of them is markup here. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                escaped.append(' ');
            } else if (c == '<') {
                escaped.append("&lt;");
            } else {
                boolean insideWord = c == '_'
                        && i > 0
                        && i + 1 < text.length()
                        && Character.isLetterOrDigit(text.charAt(i - 1))
                        && Character.isLetterOrDigit(text.charAt(i + 1));
                if ("\\`*_[]|".indexOf(c) >= 0 && !insideWord) {
                    escaped.append('\\');
                }
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
