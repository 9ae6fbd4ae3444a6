package dev.firesteel.examples;

/** Heights of the tables that grow with the work. */
final class Heights {
    private static final int MOST = 24;

    private Heights() {}

    /** 2^logRows, or 0 for −1; throws {@link IllegalArgumentException} when the operations do not fit. */
    static int of(ExampleMachine machine, int logRows, int operations) {
        if (logRows < -1 || logRows > MOST) {
            throw new IllegalArgumentException(machine.name() + ": no table has 2^" + logRows + " rows");
        }
        int capacity = machine.capacity(logRows);
        if (operations < 0 || operations > capacity) {
            throw new IllegalArgumentException(machine.name() + ": 2^" + logRows + " rows hold 0 to " + capacity + " "
                    + machine.operations() + ", not " + operations);
        }
        return logRows < 0 ? 0 : 1 << logRows;
    }
}
