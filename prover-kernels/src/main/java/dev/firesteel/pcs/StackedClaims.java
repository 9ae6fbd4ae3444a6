package dev.firesteel.pcs;

import java.util.List;

/**
 * What the stacking sumcheck leaves: every stacked column's value at one point.
 *
 * @param point coordinate k belongs to bit k of a stacked row; a commitment of height 2^h uses the first h coordinates
 * @param values per commitment, per stacked column
 */
record StackedClaims<E>(List<E> point, List<List<E>> values) {}
