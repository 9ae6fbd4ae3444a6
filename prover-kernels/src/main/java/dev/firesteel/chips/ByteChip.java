package dev.firesteel.chips;

import dev.firesteel.air.Chip;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Trace;
import dev.firesteel.field.KoalaBear;

/** All pairs of bytes with their conjunction: (a, b) is in row 256·a + b. */
public final class ByteChip implements Chip {
    static final int HEIGHT = 1 << 16;

    record Fixed(Expression a, Expression b, Expression and) {}

    record Counts(Expression pairs, Expression ands) {}

    @Override
    public String name() {
        return "byte";
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Fixed fixed = builder.preprocessed(Fixed.class);
        Counts counts = builder.main(Counts.class);
        // How often is free: what is received is in the key's table whatever it is, and a wrong number unbalances the
        // bus.
        builder.receive(Buses.BYTES, counts.pairs(), LookupCounts.MOST, fixed.a(), fixed.b());
        builder.receive(Buses.AND, counts.ands(), LookupCounts.MOST, fixed.a(), fixed.b(), fixed.and());
    }

    static int row(int a, int b) {
        return a << 8 | b;
    }

    static Trace trace() {
        Trace trace = Trace.zeros(HEIGHT, 3);
        for (int row = 0; row < HEIGHT; row++) {
            trace.set(row, 0, KoalaBear.fromCanonical(row >> 8));
            trace.set(row, 1, KoalaBear.fromCanonical(row & 0xFF));
            trace.set(row, 2, KoalaBear.fromCanonical(row >> 8 & row & 0xFF));
        }
        return trace;
    }
}
