package dev.firesteel.air;

/**
 * One table of a machine: its columns, what must hold in every row, and the messages that a row sends and receives. Written once;
 * everything else is derived from what {@link #define} tells the builder.
 */
public interface Chip {
    /** The table's name, unique in its machine. */
    String name();

    /** Declares columns, constraints and interactions, in an order that never changes: it is part of the key. */
    void define(ConstraintBuilder builder);
}
