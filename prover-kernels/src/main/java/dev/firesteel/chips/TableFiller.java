package dev.firesteel.chips;

import dev.firesteel.air.RowBuffer;
import dev.firesteel.air.Trace;
import dev.firesteel.poly.Parallel;
import java.util.Arrays;
import java.util.List;

/** Fills the tables of instruction chips and of accelerators. */
final class TableFiller {
    /** Rows of a task. */
    private static final int BLOCK = 1 << 12;
    /** Calls of a task: their rows are wide. */
    private static final int CALLS = 8;

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

    /** The rows of a table one after the other. */
    static final class Rows {
        private final RowBuffer buffer;
        private final int width;
        private final Row row;
        private boolean begun;

        private Rows(Trace trace, int first) {
            buffer = new RowBuffer(trace, first);
            width = trace.width();
            row = new Row(buffer);
        }

        /** The next row, zeros, to be set before the call after this. */
        Row next() {
            if (begun) {
                buffer.advance();
            }
            begun = true;
            Arrays.fill(buffer.cells(), buffer.row(), buffer.row() + width, 0);
            return row;
        }

        private void end() {
            buffer.advance();
            buffer.flush();
        }
    }

    /** The table of {@code chip}: its rows for every one of {@code calls}, zeros up to the next power of two. */
    static Trace fill(AcceleratorChip chip, List<AcceleratorCall> calls, Parallel parallel) {
        Trace trace = Trace.zeros(height(calls.size() * chip.rowsPerCall()), chip.width());
        parallel.forEach((calls.size() + CALLS - 1) / CALLS, (block, worker) -> {
            int first = block * CALLS;
            Rows rows = new Rows(trace, first * chip.rowsPerCall());
            for (AcceleratorCall call : calls.subList(first, Math.min(calls.size(), first + CALLS))) {
                chip.fill(call, rows);
            }
            rows.end();
        });
        return trace;
    }

    /** The height of a table with {@code rows} rows: 0, or the least power of two. */
    static int height(int rows) {
        return rows == 0 ? 0 : Integer.highestOneBit(2 * rows - 1);
    }
}
