package dev.firesteel.riscv;

/** An ELF file that the machine does not load. The message names the rule, the value found, and what to do. */
public final class ElfException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ElfError error;

    ElfException(ElfError error, String found) {
        super(error + ": " + found + "; " + error.hint());
        this.error = error;
    }

    /** The broken rule. */
    public ElfError error() {
        return error;
    }
}
