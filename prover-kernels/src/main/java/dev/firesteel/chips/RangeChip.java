package dev.firesteel.chips;

import dev.firesteel.air.Chip;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Trace;
import dev.firesteel.field.KoalaBear;

/** All (value, bits) with value &lt; 2^bits and bits at most 16: value v of b bits is in row 2^b − 1 + v; the last row repeats the first. */
public final class RangeChip implements Chip {
    /** The most bits. */
    static final int MOST_BITS = 16;

    static final int HEIGHT = 1 << MOST_BITS + 1;

    record Fixed(Expression value, Expression bits) {}

    record Count(Expression multiplicity) {}

    @Override
    public String name() {
        return "range";
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Fixed fixed = builder.preprocessed(Fixed.class);
        Count count = builder.main(Count.class);
        // How often is free: what is received is in the key's table whatever it is, and a wrong number unbalances the
        // bus.
        builder.receive(Buses.RANGE, count.multiplicity(), LookupCounts.MOST, fixed.value(), fixed.bits());
    }

    static int row(int value, int bits) {
        return (1 << bits) - 1 + value;
    }

    static Trace trace() {
        Trace trace = Trace.zeros(HEIGHT, 2);
        for (int bits = 0; bits <= MOST_BITS; bits++) {
            for (int value = 0; value < 1 << bits; value++) {
                trace.set(row(value, bits), 0, KoalaBear.fromCanonical(value));
                trace.set(row(value, bits), 1, KoalaBear.fromCanonical(bits));
            }
        }
        return trace;
    }
}
