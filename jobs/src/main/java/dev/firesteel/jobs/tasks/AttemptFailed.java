package dev.firesteel.jobs.tasks;

/** A failed attempt that Spark shall repeat. */
public final class AttemptFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // a record of Serializable components
    private final Failure failure;

    public AttemptFailed(String requestId, Failure failure, Throwable cause) {
        super("request '" + requestId + "': " + failure.message(), cause);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
