package dev.firesteel.jobs.ingest.ethereum;

/** Bytes that are not the RLP, or the structure in RLP, that they should be. The message says what was found where. */
public final class RlpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RlpException(String message) {
        super(message);
    }
}
