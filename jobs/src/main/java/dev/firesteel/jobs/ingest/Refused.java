package dev.firesteel.jobs.ingest;

import dev.firesteel.cli.Messages;

/**
 * A row of a source cannot be used; the row goes to the quarantine and the others go on.
 *
 * <p>The message is one line that says what was found.
 */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reasonClass;

    Refused(String reasonClass, String reason) {
        super(Messages.firstLine(reason));
        this.reasonClass = reasonClass;
    }

    /** The short class of the reason, as in {@code quarantine.reason_class}; docs/witness.md lists them. */
    String reasonClass() {
        return reasonClass;
    }
}
