package dev.firesteel.chips;

import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;

/**
 * The columns of a word that is read.
 *
 * @param value its limbs, which stay as they are
 * @param access when it was accessed before
 */
record Read(@Width(Buses.LIMBS) Expression[] value, Access access) {}
