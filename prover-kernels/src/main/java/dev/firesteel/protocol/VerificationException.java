package dev.firesteel.protocol;

/** A proof is rejected. */
public final class VerificationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Rejection reason;

    public VerificationException(Rejection reason, String where) {
        super(reason + ": " + where);
        this.reason = reason;
    }

    /** The check that failed. */
    public Rejection reason() {
        return reason;
    }
}
