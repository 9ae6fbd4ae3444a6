package dev.firesteel.cli;

/**
 * What a user did or gave cannot be used. The message is one line: it names the file, row or option, says what was
 * wrong and what to do. Commands print it without a stack trace and end with {@link #EXIT_CODE}.
 */
public class UserException extends RuntimeException {
    /** Exit status of a command that refused its input. Usage errors end with 2, internal errors with 1. */
    public static final int EXIT_CODE = 3;

    private static final long serialVersionUID = 1L;

    public UserException(String message) {
        super(message);
    }

    public UserException(String message, Throwable cause) {
        super(message, cause);
    }
}
