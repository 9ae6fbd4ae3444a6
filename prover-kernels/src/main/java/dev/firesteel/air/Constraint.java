package dev.firesteel.air;

/**
 * A polynomial that must be zero in every row, padding rows included.
 *
 * @param name unique in its chip
 * @param expression what must be zero
 */
public record Constraint(String name, Expression expression) {}
