package dev.firesteel.cli;

import java.nio.file.Path;

/** Something that the user gave cannot be used; the message is one line. */
final class BadInputException extends Exception {
    private static final long serialVersionUID = 1L;

    /** {@code FILE: reason; hint}. */
    BadInputException(Path file, String reasonAndHint, Throwable cause) {
        super(file + ": " + reasonAndHint, cause);
    }

    /** A reason that has no file. */
    BadInputException(String reasonAndHint, Throwable cause) {
        super(reasonAndHint, cause);
    }
}
