package dev.firesteel.chips;

import dev.firesteel.air.RowBuffer;
import dev.firesteel.air.Trace;
import dev.firesteel.poly.Parallel;
import java.util.Arrays;

/** Fills the tables of instruction chips. */
final class TableFiller {
    /** Rows of a task. */
    private static final int BLOCK = 1 << 12;

    private TableFiller() {}

    /** The table of {@code chip}: a row for every entry of {@code log}, zeros up to the next power of two. */
    static Trace fill(InstructionChip chip, StepLog log, Parallel parallel) {
        int rows = log.size();
        Trace trace = Trace.zeros(height(rows), chip.width());
        parallel.forEach((rows + BLOCK - 1) / BLOCK, (block, worker) -> {
            RowBuffer buffer = new RowBuffer(trace, block * BLOCK);
            Row row = new Row(buffer);
            Executed step = log.view();
            for (int i = block * BLOCK; i < Math.min(rows, (block + 1) * BLOCK); i++) {
                Arrays.fill(buffer.cells(), buffer.row(), buffer.row() + chip.width(), 0);
                chip.fill(step.to(i), row);
                buffer.advance();
            }
            buffer.flush();
        });
        return trace;
    }

    /** The height of a table with {@code rows} rows: 0, or the least power of two. */
    static int height(int rows) {
        return rows == 0 ? 0 : Integer.highestOneBit(2 * rows - 1);
    }
}
