package dev.firesteel.chips;

import dev.firesteel.air.Chip;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Trace;
import dev.firesteel.air.Width;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.functions.KeccakF;

/** The bits that ι flips in each round: row r is round r. The last rows repeat the first ones, so that no row is anything but a round. */
final class KeccakConstantsChip implements Chip {
    private static final int HEIGHT = 32;

    record Fixed(Expression round, @Width(KeccakF.IOTA_BITS) Expression[] iota) {}

    record Count(Expression multiplicity) {}

    @Override
    public String name() {
        return "keccak-constants";
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Fixed fixed = builder.preprocessed(Fixed.class);
        Count count = builder.main(Count.class);
        Expression[] message = new Expression[Buses.KECCAK_ROUND.width()];
        message[0] = fixed.round();
        System.arraycopy(fixed.iota(), 0, message, 1, KeccakF.IOTA_BITS);
        // How often is free: what is received is in the key's table whatever it is.
        builder.receive(Buses.KECCAK_ROUND, count.multiplicity(), LookupCounts.MOST, message);
    }

    static Trace trace() {
        Trace trace = Trace.zeros(HEIGHT, 1 + KeccakF.IOTA_BITS);
        for (int row = 0; row < HEIGHT; row++) {
            int round = row % KeccakF.ROUNDS;
            trace.set(row, 0, KoalaBear.fromCanonical(round));
            for (int j = 0; j < KeccakF.IOTA_BITS; j++) {
                trace.set(row, 1 + j, KeccakF.iota(round, j) ? KoalaBear.ONE : KoalaBear.ZERO);
            }
        }
        return trace;
    }
}
