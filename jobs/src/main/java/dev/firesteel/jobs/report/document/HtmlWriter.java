package dev.firesteel.jobs.report.document;

import java.util.List;

/** Writes a report as one HTML file: style and plots are inside, nothing is loaded from elsewhere and no script runs. */
public final class HtmlWriter {
    private static final String STYLE = """
            body{font:15px/1.5 Helvetica,Arial,'Liberation Sans','DejaVu Sans',sans-serif;color:#222b36;max-width:1080px;margin:2em auto;padding:0 1em}
            h1{font-size:1.7em}h2{font-size:1.3em;margin-top:2em;border-bottom:1px solid #dde1e6}
            .scroll{overflow-x:auto}table{border-collapse:collapse;font-size:13px;margin:1em 0}
            th,td{padding:.25em .7em;text-align:left;border-bottom:1px solid #dde1e6;vertical-align:top}
            th{background:#f3f5f7}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
            table.context td:first-child{font-weight:bold;white-space:nowrap}
            figure{margin:1.5em 0}svg{max-width:100%;height:auto}
            details{margin:.3em 0}summary{cursor:pointer}
            """;

    private final StringBuilder out = new StringBuilder();

    private HtmlWriter() {}

    /** The text of the file. */
    public static String write(Report report) {
        HtmlWriter writer = new HtmlWriter();
        writer.out
                .append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
                .append(escape(report.title()))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(escape(report.title()))
                .append("</h1>\n<table class=\"context\">\n");
        report.context()
                .forEach((name, value) -> writer.out
                        .append("<tr><td>")
                        .append(escape(name))
                        .append("</td><td>")
                        .append(escape(value))
                        .append("</td></tr>\n"));
        writer.out.append("</table>\n");
        writer.blocks(report.blocks());
        return writer.out.append("</body>\n</html>\n").toString();
    }

    private void blocks(List<Block> blocks) {
        for (Block block : blocks) {
            // Sealed, but switch patterns are not in Java 17.
            if (block instanceof Block.Heading heading) {
                out.append("<h2>").append(escape(heading.text())).append("</h2>\n");
            } else if (block instanceof Block.Paragraph paragraph) {
                out.append("<p>").append(escape(paragraph.text())).append("</p>\n");
            } else if (block instanceof Block.Table table) {
                table(table);
            } else if (block instanceof Block.Figure figure) {
                out.append("<figure>").append(figure.plot().svg()).append("</figure>\n");
            } else if (block instanceof Block.Fold fold) {
                out.append("<details><summary>").append(escape(fold.summary())).append("</summary>\n");
                blocks(fold.blocks());
                out.append("</details>\n");
            }
        }
    }

    private void table(Block.Table table) {
        out.append("<div class=\"scroll\"><table>\n<tr>");
        for (int i = 0; i < table.header().size(); i++) {
            cell("th", table.numeric(i), table.header().get(i));
        }
        out.append("</tr>\n");
        for (List<String> row : table.rows()) {
            out.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                cell("td", table.numeric(i), row.get(i));
            }
            out.append("</tr>\n");
        }
        out.append("</table></div>\n");
    }

    private void cell(String tag, boolean numeric, String text) {
        out.append('<').append(tag).append(numeric ? " class=\"n\">" : ">").append(escape(text));
        out.append("</").append(tag).append('>');
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
