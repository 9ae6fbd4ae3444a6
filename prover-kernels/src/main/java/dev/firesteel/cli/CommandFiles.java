package dev.firesteel.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Reads and writes files as commands do: whole, with one-line reasons. */
final class CommandFiles {
    private CommandFiles() {}

    /**
     * Reads a whole file.
     *
     * @throws UserException when it is missing, a directory, unreadable or larger than a Java array
     */
    static byte[] read(Path file, String what) {
        if (!Files.exists(file)) {
            throw new UserException(file + ": no such file; check the path of the " + what);
        }
        if (Files.isDirectory(file)) {
            throw new UserException(file + ": is a directory; give the " + what + " file");
        }
        if (!Files.isReadable(file)) {
            throw new UserException(file + ": cannot be read; check its permissions");
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UserException(file + ": cannot be read (" + reason(e) + "); check the disk", e);
        } catch (OutOfMemoryError e) {
            throw new UserException(file + ": does not fit in memory; give the JVM a larger heap (-Xmx)", e);
        }
    }

    /**
     * Refuses a path at which nothing can be written, before work is put into what would be written there.
     *
     * @param file may be null: nothing to write
     */
    static void requireWritable(Path file) {
        if (file == null) {
            return;
        }
        if (Files.isDirectory(file)) {
            throw new UserException(file + ": is a directory; give a file to write");
        }
        Path folder = folder(file);
        if (!Files.isDirectory(folder)) {
            throw new UserException(file + ": cannot be written, there is no folder " + folder + "; create it");
        }
        if (!Files.isWritable(folder)) {
            throw new UserException(file + ": cannot be written to " + folder + "; check its permissions");
        }
    }

    /** Writes a file so that it is there whole or not at all. */
    static void write(Path file, byte[] bytes) {
        try {
            Path temporary = Files.createTempFile(folder(file), "." + file.getFileName(), ".part");
            try {
                Files.write(temporary, bytes);
                move(temporary, file);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new UserException(
                    file + ": cannot be written (" + reason(e) + "); check free space and permissions", e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Path folder(Path file) {
        return file.toAbsolutePath().getParent();
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
