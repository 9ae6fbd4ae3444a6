package dev.firesteel.chips;

import dev.firesteel.air.Expression;

/**
 * The columns with which a row shows that a word's last access was earlier.
 *
 * @param previous clock of the word's access before this one
 * @param gapLow low 16 bits of (this access's clock − previous − 1)
 */
record Access(Expression previous, Expression gapLow) {}
