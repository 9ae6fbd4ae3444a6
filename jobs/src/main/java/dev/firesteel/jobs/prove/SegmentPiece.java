package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.tasks.Piece;

/**
 * A segment that a task works on.
 *
 * @param cycles of the segment
 * @param touchedWords of the segment; of its whole execution for the first, which opens and closes all memory
 */
record SegmentPiece(Target target, int segmentIndex, long cycles, long touchedWords) implements Piece {
    @Override
    public String requestId() {
        return target.requestId();
    }

    @Override
    public String toString() {
        return "segment " + segmentIndex + " of '" + requestId() + "'";
    }
}
