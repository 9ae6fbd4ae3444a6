package dev.firesteel.riscv;

/** What a replay found wrong with a segment. */
public enum ReplayError {
    /** An instruction touches a word that the segment does not list. */
    WORD_NOT_LISTED,
    /** The segment lists a word that no instruction touches. */
    WORD_NOT_TOUCHED,
    /** A word that no segment touched before is not what the image says, or lies in a guard. */
    WRONG_INITIAL_VALUE,
    /** The run ends before, or not at, the segment's last cycle. */
    WRONG_END,
    /** The end {@code pc} differs. */
    WRONG_PC,
    /** An end register differs. */
    WRONG_REGISTER,
    /** The output differs. */
    WRONG_OUTPUT,
    /** A family count or the number of misaligned accesses differs. */
    WRONG_COUNT
}
