package dev.firesteel.riscv;

/** Bytes that are no encoded segment memory. */
public final class SegmentCodecException extends Exception {
    private static final long serialVersionUID = 1L;

    SegmentCodecException(String message) {
        super("segment memory: " + message);
    }
}
