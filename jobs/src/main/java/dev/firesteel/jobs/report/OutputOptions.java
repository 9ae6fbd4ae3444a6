package dev.firesteel.jobs.report;

import dev.firesteel.jobs.report.document.OutputFolder;
import dev.firesteel.jobs.report.document.Report;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of every report about what it writes. */
public final class OutputOptions {
    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description =
                    "Folder for report.md, report.html, CSV files and plots/. Made if missing; files in it are replaced.")
    private Path output;

    @Option(names = "--png", description = "Write the plots as PNG too. Needs a font on this machine; SVG does not.")
    private boolean png;

    @Option(
            names = "--context",
            paramLabel = "NAME=VALUE",
            description = "A fact for the head of the report, such as --context CPU='EPYC 7763'. Repeatable.")
    private Map<String, String> context = new LinkedHashMap<>();

    /** Options that write to {@code folder}, no PNG. */
    public static OutputOptions to(Path folder) {
        OutputOptions options = new OutputOptions();
        options.output = folder;
        return options;
    }

    /** Throws {@link dev.firesteel.cli.UserException} if the folder cannot be written. */
    public void check() {
        OutputFolder.check(output);
    }

    Map<String, String> context() {
        return context;
    }

    /** Writes all and says where. */
    void write(OutputFolder files, Report report, PrintWriter out) {
        String warning = files.add(report, png);
        files.write(output);
        if (warning != null) {
            out.println("warning: " + warning);
        }
        out.println(output.resolve("report.html").toAbsolutePath().normalize() + " and " + (files.size() - 1)
                + " more files");
        out.flush();
    }
}
