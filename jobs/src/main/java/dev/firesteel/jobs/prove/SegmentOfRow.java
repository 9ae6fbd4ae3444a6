package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.execute.SegmentRows;
import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.SegmentCodecException;
import java.util.Iterator;
import org.apache.spark.sql.Row;

/** The segment that a task was sent. */
final class SegmentOfRow {
    private SegmentOfRow() {}

    /** The segment of the one row of {@code rows}. */
    static Segment of(SegmentPiece piece, Iterator<Row> rows) throws SegmentCodecException, Failures.BadRowException {
        Row row = one(piece + " in table segments", rows);
        try {
            return SegmentRows.fromRow(
                    RowCodec.of("segments", dev.firesteel.schemas.Segment.class).fromRow(row));
        } catch (RuntimeException e) {
            // Whatever was put into the row: arrays that are too short, names that nobody knows.
            throw new Failures.BadRowException(piece + ": no segment: " + e.getMessage());
        }
    }

    /** The one row of {@code rows}. */
    static Row one(String what, Iterator<Row> rows) throws Failures.BadRowException {
        if (!rows.hasNext()) {
            throw new Failures.BadRowException("there is no " + what);
        }
        Row row = rows.next();
        if (rows.hasNext()) {
            throw new Failures.BadRowException("there are several rows of " + what);
        }
        return row;
    }
}
