package dev.firesteel.riscv.vm;

/** Hears of each 8-byte word when a segment touches it first. */
public interface TouchListener {
    /** Hears nothing. */
    TouchListener NONE = (address, value, stamp) -> {};

    /**
     * A word is touched for the first time in this segment, before it is read or written.
     *
     * @param address a multiple of 8
     * @param value its value
     * @param stamp 1 + the index of the segment that touched it last, 0 for none
     */
    void touched(long address, long value, int stamp);
}
