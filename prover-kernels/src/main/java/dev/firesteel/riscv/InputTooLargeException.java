package dev.firesteel.riscv;

/** The input does not fit in the input region. */
public final class InputTooLargeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Names the size found and the most that fits. */
    public InputTooLargeException(long bytes) {
        super("input of " + bytes + " bytes is too large; the input region holds at most "
                + AddressSpace.MAX_INPUT_BYTES + " bytes");
    }
}
