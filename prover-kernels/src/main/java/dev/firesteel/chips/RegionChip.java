package dev.firesteel.chips;

import dev.firesteel.air.Chip;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;

/** The regions of memory that the image does not give, fixed by the key; {@link RegionRows} says which. */
public final class RegionChip implements Chip {
    record Fixed(Expression first, Expression last, Expression kind) {}

    record Count(Expression multiplicity) {}

    @Override
    public String name() {
        return "region";
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Fixed fixed = builder.preprocessed(Fixed.class);
        Count count = builder.main(Count.class);
        // How often is free: any number of words may lie in a region.
        builder.receive(
                Buses.REGION, count.multiplicity(), LookupCounts.MOST, fixed.first(), fixed.last(), fixed.kind());
    }
}
