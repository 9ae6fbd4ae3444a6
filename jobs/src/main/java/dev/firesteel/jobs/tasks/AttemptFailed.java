package dev.firesteel.jobs.tasks;

/** A failed attempt that Spark shall repeat. */
public final class AttemptFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // a record of Serializable components
    private final Failure failure;

    @SuppressWarnings("serial")
    private final Measures measures;

    public AttemptFailed(String requestId, Failure failure, Measures measures, Throwable cause) {
        super("request '" + requestId + "': " + failure.message(), cause);
        this.failure = failure;
        this.measures = measures;
    }

    Failure failure() {
        return failure;
    }

    Measures measures() {
        return measures;
    }
}
