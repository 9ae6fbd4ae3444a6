package dev.firesteel.gkr;

import java.util.List;

/**
 * What is left of the sum of fractions: the multilinear extensions of numerators and denominators at one point.
 *
 * @param point coordinate k belongs to bit k of a leaf's index
 * @param numerator claimed value of the numerators
 * @param denominator claimed value of the denominators
 * @param <E> an element of the extension
 */
public record GkrClaim<E>(List<E> point, E numerator, E denominator) {}
