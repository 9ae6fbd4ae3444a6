package dev.firesteel.jobs.tasks;

import java.io.Serializable;

/** A piece of work, in the terms of {@code attempts}. */
public interface Piece extends Serializable {
    /** A piece that is the whole of a request. */
    int WHOLE = -1;

    /** The request that is worked on; of several that share the work, one. */
    String requestId();

    /** The segment that is worked on, or {@link #WHOLE}. */
    int segmentIndex();
}
