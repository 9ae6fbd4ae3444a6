package dev.firesteel.protocol;

/** Why a proof is rejected: one reason for each check. Tests assert the reason, not only that there was one. */
public enum Rejection {
    /** It does not begin as a proof of this version does. */
    BAD_HEADER,
    /** The proof was made for another key. */
    OTHER_KEY,
    /** The key's parameters prove nothing, and nobody asked for that. */
    INSECURE_PRESET,
    /** A core proof of a run with another exit code. */
    OTHER_EXIT_CODE,
    /** A core proof of a run with other output. */
    OTHER_OUTPUT,
    /** The challenge of a run was derived from another boundary root than the one that was proved. */
    BOUNDARY_ROOT,
    /** A segment other than the first gives words their first values, or the first does not. */
    FIRST_VALUES,
    /** The segments of a run do not pass memory on to each other. */
    ACROSS_SEGMENTS,
    /** A public message on no bus of the machine, or of another width. */
    BAD_STATEMENT,
    /** The proof ends before everything was read. */
    PROOF_TOO_SHORT,
    /** Something is left of the proof after everything was read. */
    PROOF_TOO_LONG,
    /** A field element that is not in [0, p). */
    ELEMENT_NOT_CANONICAL,
    /** A height that is no power of two, or above the key's bound. */
    BAD_HEIGHT,
    /** Multiplicities could wrap modulo p. */
    MULTIPLICITIES_CAN_WRAP,
    /** A proof of work is missing. */
    GRINDING,
    /** The verifier would have to divide by zero. */
    DIVISION_BY_ZERO,
    /** A denominator of the sum of fractions is zero. */
    LOGUP_ZERO_DENOMINATOR,
    /** The local buses do not balance, or the global ones do not add up to what the proof states. */
    LOGUP_SUM,
    /** A sum of global buses that is not zero, where no table has a row that could send on them. */
    GLOBAL_SUM,
    /** A round of a layer of LogUp-GKR does not add up. */
    GKR_ROUND,
    /** The end of a layer of LogUp-GKR does not match its claims. */
    GKR_LAYER,
    /** A round of the zerocheck does not add up. */
    ZEROCHECK_ROUND,
    /** The column values do not give the zerocheck's final claim. */
    ZEROCHECK_FINAL,
    /** A round of the stacking sumcheck does not add up. */
    STACKING_ROUND,
    /** The stacked columns' values do not give the stacking's final claim. */
    STACKING_FINAL,
    /** A round of the opening does not add up. */
    OPENING_ROUND,
    /** The final polynomial does not give the opening's final claim. */
    OPENING_FINAL,
    /** A Merkle path does not lead to its root. */
    MERKLE_PATH,
    /** A queried value does not follow from the layer before. */
    QUERY_FOLD,
    /** A queried value is not the final polynomial's. */
    QUERY_FINAL
}
