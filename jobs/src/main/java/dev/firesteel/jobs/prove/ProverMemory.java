package dev.firesteel.jobs.prove;

/**
 * What a task takes of the heap, estimated before it starts: scaled from one run, not measured for each shape; docs/operations.md, "Memory". Tables have power-of-two heights, and so the estimate has steps.
 */
final class ProverMemory {
    /** The keys of a program, the lookup tables of a segment, and what folding them takes. */
    private static final long BASE_BYTES = 600L << 20;
    /** Rows of instruction tables, their lookups, their encoded columns and the layers of both sumchecks. */
    private static final long BYTES_PER_ROW = 6400;
    /** Rows of the boundary tables. */
    private static final long BYTES_PER_WORD = 1200;

    /** Committing takes the keys, the steps and the boundary alone. */
    private static final long COMMIT_BASE_BYTES = 300L << 20;

    private static final long COMMIT_BYTES_PER_ROW = 400;

    private ProverMemory() {}

    /** To prove it, bytes. */
    static long toProve(SegmentPiece piece) {
        return toProve(piece.cycles(), piece.touchedWords());
    }

    /** To prove a segment of so many cycles and touched words, bytes. */
    static long toProve(long cycles, long touchedWords) {
        return BASE_BYTES + BYTES_PER_ROW * padded(cycles) + BYTES_PER_WORD * padded(touchedWords);
    }

    /** To commit its boundary, bytes. */
    static long toCommit(SegmentPiece piece) {
        return COMMIT_BASE_BYTES
                + COMMIT_BYTES_PER_ROW * piece.cycles()
                + BYTES_PER_WORD * padded(piece.touchedWords());
    }

    private static long padded(long rows) {
        return rows <= 1 ? 1 : Long.highestOneBit(rows - 1) << 1;
    }
}
