package dev.firesteel.schemas;

/**
 * A CHECK constraint of a table.
 *
 * @param name the constraint's name, unique within the table
 * @param expression the boolean SQL expression that every row must satisfy
 */
public record Constraint(String name, String expression) {}
