package dev.firesteel.riscv;

/** Why a run ended abnormally ({@code docs/machine.md}, "Traps"). The trapping instruction is no cycle. */
public enum Trap {
    /** The word is no RV64IM instruction. */
    ILLEGAL_INSTRUCTION,
    /** {@code EBREAK}. */
    BREAKPOINT,
    /** A jump or a taken branch to a target that is not 4-aligned. */
    MISALIGNED_FETCH,
    /** {@code pc} lies outside every executable segment. */
    FETCH_FAULT,
    /** A load touches a guard or does not lie below 2³². */
    LOAD_FAULT,
    /** A store touches a guard or does not lie below 2³². */
    STORE_FAULT,
    /** {@code a7} is no call number. */
    UNKNOWN_ECALL,
    /** OUTPUT with a count outside 1…8. */
    BAD_OUTPUT_COUNT,
    /** A pointer that an accelerator is given is no multiple of 8. */
    MISALIGNED_POINTER,
    /** What a pointer that an accelerator is given points to touches a guard or does not lie below 2³². */
    POINTER_FAULT
}
