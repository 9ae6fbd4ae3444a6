package dev.firesteel.jobs.results;

/** A stranger's file that cannot become a row: it goes to quarantine with this class and message. */
final class BadResultException extends Exception {
    private static final long serialVersionUID = 1L;

    private final QuarantineClass kind;

    BadResultException(QuarantineClass kind, String message) {
        super(message);
        this.kind = kind;
    }

    QuarantineClass kind() {
        return kind;
    }

    /** No stack trace: thousands may be made, and each names a file, not a line of code. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
