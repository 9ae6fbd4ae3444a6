package dev.firesteel.jobs.spark;

import dev.firesteel.cli.UserException;
import java.util.List;

/** Writes that failed for what the user, and not the program, can mend: a disk that is full, or not to be written. */
final class Unwritable {
    /** As the operating system says it. Where a task of Spark met it, no exception's type tells, only its text. */
    private static final List<String> REASONS =
            List.of("No space left on device", "Disk quota exceeded", "Read-only file system", "Permission denied");

    private Unwritable() {}

    /** {@code e}, or what the user is told of it. */
    static RuntimeException of(String location, String table, RuntimeException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            String text = String.valueOf(t.getMessage());
            for (String reason : REASONS) {
                if (text.contains(reason)) {
                    return new UserException(
                            location + ": cannot write table " + table + " (" + reason
                                    + "); what was committed stays: mend that and run the command again",
                            e);
                }
            }
        }
        return e;
    }
}
