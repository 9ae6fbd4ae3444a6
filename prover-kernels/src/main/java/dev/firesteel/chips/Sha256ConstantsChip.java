package dev.firesteel.chips;

import dev.firesteel.air.Chip;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Trace;
import dev.firesteel.air.Width;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.functions.Sha256;
import dev.firesteel.functions.Sha256Rounds;

/** The constants of SHA-256's rounds: row r is those of the rounds of a compression's row r. */
final class Sha256ConstantsChip implements Chip {
    /** Rows of a compression. */
    static final int ROWS = Sha256.ROUNDS / Sha256Rounds.ROUNDS;

    record Fixed(
            Expression row,
            Expression last,
            @Width(2 * Sha256Rounds.ROUNDS) Expression[] constants) {}

    record Count(Expression multiplicity) {}

    @Override
    public String name() {
        return "sha-256-constants";
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Fixed fixed = builder.preprocessed(Fixed.class);
        Count count = builder.main(Count.class);
        // How often is free: what is received is in the key's table whatever it is.
        builder.receive(
                Buses.SHA256_ROUND,
                count.multiplicity(),
                LookupCounts.MOST,
                message(fixed.row(), fixed.last(), fixed.constants()));
    }

    /** The message of a row. */
    static Expression[] message(Expression row, Expression last, Expression[] constants) {
        Expression[] message = new Expression[Buses.SHA256_ROUND.width()];
        message[0] = row;
        message[1] = last;
        System.arraycopy(constants, 0, message, 2, constants.length);
        return message;
    }

    static Trace trace() {
        Trace trace = Trace.zeros(ROWS, Buses.SHA256_ROUND.width());
        for (int row = 0; row < ROWS; row++) {
            trace.set(row, 0, KoalaBear.fromCanonical(row));
            trace.set(row, 1, row == ROWS - 1 ? KoalaBear.ONE : KoalaBear.ZERO);
            for (int t = 0; t < Sha256Rounds.ROUNDS; t++) {
                int constant = Sha256.constant(row * Sha256Rounds.ROUNDS + t);
                trace.set(row, 2 + 2 * t, KoalaBear.fromCanonical(constant & 0xFFFF));
                trace.set(row, 3 + 2 * t, KoalaBear.fromCanonical(constant >>> 16));
            }
        }
        return trace;
    }
}
