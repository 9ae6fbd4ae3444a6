package dev.firesteel.jobs.ingest;

import dev.firesteel.cli.Messages;
import dev.firesteel.cli.UserException;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Files of sources, on the local disk or wherever Hadoop can read. Names may hold anything a file name can. */
public final class SourceFiles {
    private SourceFiles() {}

    /** The path that a user wrote: a URI, else a local file if there is one, else one of the default file system. */
    public static Path path(String written) {
        if (written.matches("[a-zA-Z][a-zA-Z0-9+.-]*://.*") || written.startsWith("file:/")) {
            return new Path(written);
        }
        File local = new File(written);
        try {
            // Through a URI, so that "a::b[c].json" is a name and not a scheme or a pattern.
            return local.exists()
                    ? new Path(local.toPath().toAbsolutePath().normalize().toUri())
                    : new Path(written);
        } catch (IllegalArgumentException e) {
            throw new UserException(written + ": not a path (" + e.getMessage() + ")", e);
        }
    }

    /** How {@code path} is shown and recorded: local files without a scheme. */
    public static String display(Path path) {
        String scheme = path.toUri().getScheme();
        return scheme == null || scheme.equals("file") ? path.toUri().getPath() : path.toString();
    }

    /** The status of {@code path}; throws {@link UserException} when there is nothing. */
    public static FileStatus status(Path path, Configuration conf) {
        try {
            return path.getFileSystem(conf).getFileStatus(path);
        } catch (FileNotFoundException e) {
            throw new UserException(display(path) + ": no such file or folder; check the path", e);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** All files below {@code folder} whose name ends in {@code suffix}, hidden ones left out, sorted by path. */
    public static List<FileStatus> below(Path folder, String suffix, Configuration conf) {
        List<FileStatus> found = new ArrayList<>();
        try {
            collect(folder.getFileSystem(conf), folder, suffix, found);
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        found.sort(Comparator.comparing(f -> f.getPath().toString()));
        return found;
    }

    private static void collect(FileSystem fs, Path folder, String suffix, List<FileStatus> found) throws IOException {
        for (FileStatus status : fs.listStatus(folder)) {
            String name = status.getPath().getName();
            if (name.startsWith(".") || name.startsWith("_")) {
                continue;
            }
            if (status.isDirectory()) {
                collect(fs, status.getPath(), suffix, found);
            } else if (name.toLowerCase(Locale.ROOT).endsWith(suffix)) {
                found.add(status);
            }
        }
    }

    /** The whole of a file. */
    public static byte[] read(Path path, Configuration conf) throws IOException {
        try (InputStream in = open(path, conf)) {
            return in.readAllBytes();
        }
    }

    /** The content of a file. Local ones are opened without Hadoop, which cannot read "a::b" there. */
    static InputStream open(Path path, Configuration conf) throws IOException {
        String scheme = path.toUri().getScheme();
        return "file".equals(scheme)
                ? Files.newInputStream(java.nio.file.Path.of(path.toUri().getPath()))
                : path.getFileSystem(conf).open(path);
    }

    static UserException unreadable(Path path, IOException e) {
        return new UserException(display(path) + ": cannot be read (" + Messages.firstLine(e) + ")", e);
    }
}
