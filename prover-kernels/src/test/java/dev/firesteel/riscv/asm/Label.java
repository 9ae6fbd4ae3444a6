package dev.firesteel.riscv.asm;

/** A place in the text, bound once; it may be used before it is bound. */
public final class Label {
    private long address = -1;

    Label() {}

    void bind(long at) {
        if (address >= 0) {
            throw new IllegalStateException("label bound twice");
        }
        address = at;
    }

    /** The address it was bound to. */
    public long address() {
        if (address < 0) {
            throw new IllegalStateException("label never bound");
        }
        return address;
    }
}
