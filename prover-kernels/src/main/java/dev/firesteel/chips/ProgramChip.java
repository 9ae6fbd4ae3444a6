package dev.firesteel.chips;

import dev.firesteel.air.Chip;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;

/** The program, fixed by the key; {@link ProgramRows} says what is in its rows. */
public final class ProgramChip implements Chip {
    record Fixed(@Width(ProgramRows.FIELDS) Expression[] fields) {}

    record Count(Expression multiplicity) {}

    @Override
    public String name() {
        return "program";
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Fixed fixed = builder.preprocessed(Fixed.class);
        Count count = builder.main(Count.class);
        // How often is free: what is received is in the key's table whatever it is, and a wrong number unbalances the
        // bus.
        builder.receive(Buses.PROGRAM, count.multiplicity(), LookupCounts.MOST, fixed.fields());
    }
}
