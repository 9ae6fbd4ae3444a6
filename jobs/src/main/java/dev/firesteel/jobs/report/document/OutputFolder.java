package dev.firesteel.jobs.report.document;

import dev.firesteel.cli.Messages;
import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.report.chart.Plot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files of one report. They are written beside the folder first and moved when all are there: a new folder appears whole, and in
 * one that exists each file is replaced whole. Files of other names in it are left alone.
 */
public final class OutputFolder {
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    /** Adds a text file; {@code name} is relative to the folder, with {@code /}. */
    public OutputFolder add(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /**
     * Adds {@code report.md}, {@code report.html} and a file for each plot.
     *
     * @param png write the plots as PNG too
     * @return what could not be done, for the user, or {@code null}
     */
    public String add(Report report, boolean png) {
        add("report.md", MarkdownWriter.write(report));
        add("report.html", HtmlWriter.write(report));
        String warning = null;
        for (Plot plot : report.plots()) {
            add("plots/" + plot.name() + ".svg", plot.svg());
            byte[] image = png && warning == null ? plot.png() : null;
            if (image != null) {
                files.put("plots/" + plot.name() + ".png", image);
            } else if (png) {
                warning = "no PNG files: this machine has no font to draw text with;"
                        + " install fontconfig and one font (such as fonts-dejavu-core), or use the SVG files";
            }
        }
        return warning;
    }

    /** Checks that the folder can be written, before the work begins; throws {@link UserException}. */
    public static void check(Path folder) {
        try {
            Path absolute = folder.toAbsolutePath().normalize();
            if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
                throw new UserException(folder + ": is a file; --output wants a folder");
            }
            if (absolute.getParent() == null) {
                throw new UserException(folder + ": is the root of the file system; choose another --output");
            }
            Files.createDirectories(absolute.getParent());
            delete(stage(absolute));
            if (Files.isDirectory(absolute)) {
                Files.delete(Files.createTempFile(absolute, ".probe", ""));
            }
        } catch (IOException e) {
            throw notWritable(folder, e);
        }
    }

    /**
     * Writes the files.
     *
     * @throws UserException if the folder cannot be written; no half-written file is left
     */
    public void write(Path folder) {
        Path target = folder.toAbsolutePath().normalize();
        Path stage = null;
        try {
            Files.createDirectories(target.getParent());
            stage = stage(target);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = stage.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
            if (Files.exists(target)) {
                for (String name : files.keySet()) {
                    Path path = target.resolve(name);
                    Files.createDirectories(path.getParent());
                    Files.move(
                            stage.resolve(name),
                            path,
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
                }
            } else {
                Files.move(stage, target, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw notWritable(folder, e);
        } finally {
            if (stage != null) {
                delete(stage);
            }
        }
    }

    /** Number of files. */
    public int size() {
        return files.size();
    }

    private static UserException notWritable(Path folder, IOException e) {
        String reason = e.getMessage() == null ? "" : ": " + Messages.firstLine(e);
        return new UserException(
                folder + ": cannot be written (" + e.getClass().getSimpleName() + reason + "); choose another --output",
                e);
    }

    /** A folder beside the target, so that moving it is a rename; made with the usual permissions, unlike a temporary one. */
    private static Path stage(Path target) throws IOException {
        return Files.createDirectory(
                target.resolveSibling("." + target.getFileName() + ".tmp-" + java.util.UUID.randomUUID()));
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException leftover) {
            // What is left is a hidden folder with a name of its own; the report itself is complete.
            folder.toFile().deleteOnExit();
        }
    }
}
