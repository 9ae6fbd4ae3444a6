package dev.firesteel.air;

import java.util.List;

/**
 * One message per row on a bus.
 *
 * @param bus the bus
 * @param multiplicity how often the message is sent; negative multiplicity is a receive. Zero in padding rows
 * @param fields the message, {@link Bus#width} of them
 * @param multiplicityBound the greatest absolute value that the multiplicity takes in any row of an honest trace. Summed over all
 *     interactions times heights it must stay below p, or sums of multiplicities could wrap and a forged message cancel
 */
public record Interaction(Bus bus, Expression multiplicity, List<Expression> fields, int multiplicityBound) {
    public Interaction {
        fields = List.copyOf(fields);
        if (fields.size() != bus.width()) {
            throw new IllegalArgumentException(
                    "bus " + bus.name() + " has messages of " + bus.width() + " fields, not " + fields.size());
        }
        if (multiplicityBound < 1) {
            throw new IllegalArgumentException("bus " + bus.name() + ": a multiplicity bound of " + multiplicityBound
                    + " lets no message through");
        }
    }
}
