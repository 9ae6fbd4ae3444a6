package dev.firesteel.examples;

import dev.firesteel.air.Chip;
import java.util.List;

/** A machine of a few chips that talk over buses, and a generator of honest traces of any height. */
public interface ExampleMachine {
    /** What commands call it. */
    String name();

    /** The chips. The first has the table that grows with the work; lookup tables have a fixed height. */
    List<Chip> chips();

    /** What one operation is, in the plural. */
    String operations();

    /**
     * The most operations that a table of 2^logRows rows holds: one a row unless a machine says otherwise.
     *
     * @param logRows −1 for the table without rows
     */
    default int capacity(int logRows) {
        return logRows < 0 ? 0 : 1 << logRows;
    }

    /**
     * Traces and statement of {@code operations} operations on pseudo-random input. Rows that are left over are padding.
     *
     * @param logRows log2 of the first table's height, −1 for no rows
     * @param operations at most {@link #capacity}
     * @param seed equal seeds give equal instances
     * @throws IllegalArgumentException when the operations do not fit, or the machine does not have that many
     */
    Instance instance(int logRows, int operations, long seed);

    /** An instance with as many operations as fit. */
    default Instance instance(int logRows, long seed) {
        return instance(logRows, capacity(logRows), seed);
    }
}
