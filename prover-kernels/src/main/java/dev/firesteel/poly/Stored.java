package dev.firesteel.poly;

import java.io.IOException;

/**
 * Where the arrays of something large are kept: it passes each of them once, in an order that its shape alone decides. The same walk writes and reads,
 * so that the two cannot differ.
 */
@FunctionalInterface
public interface Stored {
    /**
     * Keeps {@code array[from]} to {@code array[from + count - 1]}, or puts there what is kept.
     *
     * @throws IOException when that fails, or there is less than asked for
     */
    void ints(int[] array, int from, int count) throws IOException;
}
