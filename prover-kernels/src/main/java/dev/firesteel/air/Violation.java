package dev.firesteel.air;

/** Why a trace is wrong. */
public sealed interface Violation {
    /** A constraint that is not zero in a row. */
    record ConstraintViolated(String chip, String constraint, int row) implements Violation {}

    /** A message that was not received as often as it was sent; {@code surplus} is sends minus receives, mod p, canonical. */
    record BusUnbalanced(String bus, String message, int surplus) implements Violation {}
}
