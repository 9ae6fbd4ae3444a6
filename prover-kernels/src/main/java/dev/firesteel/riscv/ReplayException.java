package dev.firesteel.riscv;

/** A segment that does not execute to what it says. */
public final class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ReplayError error;
    private final long address;

    ReplayException(ReplayError error, int segment, long address, String found) {
        super("segment " + segment + ": " + error + ": " + found);
        this.error = error;
        this.address = address;
    }

    /** The kind of mismatch. */
    public ReplayError error() {
        return error;
    }

    /** Address of the word concerned, -1 when none is. */
    public long address() {
        return address;
    }
}
