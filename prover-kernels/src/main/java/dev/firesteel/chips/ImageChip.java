package dev.firesteel.chips;

import dev.firesteel.air.Chip;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;

/** The words of the program's image, fixed by the key. */
public final class ImageChip implements Chip {
    record Fixed(Expression address, @Width(Buses.LIMBS) Expression[] limbs) {}

    record Count(Expression multiplicity) {}

    @Override
    public String name() {
        return "image";
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Fixed fixed = builder.preprocessed(Fixed.class);
        Count count = builder.main(Count.class);
        // How often is free: that a word is opened once is for the first and last values' order to show.
        builder.receive(
                Buses.IMAGE,
                count.multiplicity(),
                LookupCounts.MOST,
                fixed.address(),
                fixed.limbs()[0],
                fixed.limbs()[1],
                fixed.limbs()[2],
                fixed.limbs()[3]);
    }
}
