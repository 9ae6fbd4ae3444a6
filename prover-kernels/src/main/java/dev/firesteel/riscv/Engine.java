package dev.firesteel.riscv;

/** Who executes the guest's instructions. The choice never changes a result, a segment or a count. */
public enum Engine {
    /** The fastest engine of this build that can do what the options ask. */
    AUTO,
    /** The switch interpreter. */
    INTERPRETER,
    /** The translator to Java byte code. */
    TRANSLATOR
}
