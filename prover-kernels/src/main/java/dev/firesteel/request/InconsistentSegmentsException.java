package dev.firesteel.request;

/** Segments that do not follow one from another: they are not those of one run. */
public final class InconsistentSegmentsException extends Exception {
    private static final long serialVersionUID = 1L;

    InconsistentSegmentsException(String message) {
        super(message);
    }
}
