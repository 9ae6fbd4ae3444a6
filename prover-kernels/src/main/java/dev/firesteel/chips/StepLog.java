package dev.firesteel.chips;

import java.util.Arrays;

/** The executed instructions of one table, in the order of their execution. */
final class StepLog {
    private static final int FIRST_CAPACITY = 64;

    private final ProgramRows program;
    private long[] data = new long[FIRST_CAPACITY * Executed.STRIDE];
    private Executed last;
    private int size;

    StepLog(ProgramRows program) {
        this.program = program;
        this.last = new Executed(data, program);
    }

    /** A new entry, all zeros, to be filled before the next call. */
    Executed add() {
        if ((size + 1) * Executed.STRIDE > data.length) {
            data = Arrays.copyOf(data, Math.multiplyExact(data.length, 2));
            last = new Executed(data, program);
        }
        return last.to(size++);
    }

    int size() {
        return size;
    }

    /** A view of its own on the entries, at the first one. */
    Executed view() {
        return new Executed(data, program);
    }
}
