package dev.firesteel.jobs.results;

/** Why a file could not become a row. The name in the table is {@link #label()}. */
public enum QuarantineClass {
    /** The file has no bytes: its writer was stopped before the first one. */
    EMPTY_FILE,
    /** The bytes are not one JSON document in UTF-8. */
    BROKEN_JSON,
    /** JSON, but not the object that a result is, or one that measured nothing. */
    NOT_A_RESULT,
    /** A known member has a value of another type than the format gives it. */
    WRONG_TYPE,
    /** A number is negative or beyond 64 bits with sign. */
    OUT_OF_RANGE,
    /** The file, a text, a map or the nesting is larger than the bounds of {@link ResultReader}. */
    TOO_LARGE,
    /** A {@code hardware.json}, {@code run-metadata.json} or {@code metadata.json} that cannot be read; its results are kept. */
    SIDECAR;

    /** The value of the column {@code reason_class}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
