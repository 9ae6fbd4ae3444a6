package dev.firesteel.chips;

import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;

/**
 * The columns of a word that is written, without the new value.
 *
 * @param old its limbs before
 * @param access when it was accessed before
 */
record Write(@Width(Buses.LIMBS) Expression[] old, Access access) {}
