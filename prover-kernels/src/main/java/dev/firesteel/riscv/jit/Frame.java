package dev.firesteel.riscv.jit;

/** What a region counts in one run. One per region and machine. */
final class Frame {
    /** Executions of each block since the counts were last drained. */
    final long[] counts;
    /** In: instructions that may be executed. Out: those that were not. */
    int budget;
    /** Whether {@link #counts} may hold something. */
    boolean dirty;

    Frame(int blocks) {
        this.counts = new long[blocks];
    }
}
