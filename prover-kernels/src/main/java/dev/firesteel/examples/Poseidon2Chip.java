package dev.firesteel.examples;

import dev.firesteel.air.Bus;
import dev.firesteel.air.Chip;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.Poseidon2;

/**
 * One permutation of Poseidon2 per row.
 *
 * <p>An S-box's input is linear in the S-boxes' outputs before it, so x³ is of degree 3 in committed cells if every S-box's output is
 * committed, and nothing else has to be but the input: width + 8·width + partial rounds. The last full round's outputs need no columns:
 * they go into the message as they are, of degree 3. That leaves 8·width + partial rounds.
 */
final class Poseidon2Chip implements Chip {
    private static final int HALF = Poseidon2.FULL_ROUNDS / 2;

    private final Poseidon2 parameters;
    private final Bus state;

    Poseidon2Chip(Poseidon2 parameters) {
        this.parameters = parameters;
        this.state = new Bus(1, "state", 1 + parameters.width());
    }

    /** (number of the permutation, state before it). */
    Bus state() {
        return state;
    }

    /** The number of columns: real, index, input, and the S-boxes' outputs round by round, but for the last round's. */
    int columns() {
        return 2 + 2 * HALF * parameters.width() + parameters.partialRounds();
    }

    private interface Columns {
        Expression real();

        Expression index();

        Expression[] input();

        Expression[] first();

        Expression[] partial();

        Expression[] last();
    }

    record Columns16(
            Expression real,
            Expression index,
            @Width(16) Expression[] input,
            @Width(4 * 16) Expression[] first,
            @Width(20) Expression[] partial,
            @Width(3 * 16) Expression[] last)
            implements Columns {}

    record Columns24(
            Expression real,
            Expression index,
            @Width(24) Expression[] input,
            @Width(4 * 24) Expression[] first,
            @Width(23) Expression[] partial,
            @Width(3 * 24) Expression[] last)
            implements Columns {}

    @Override
    public String name() {
        return "poseidon2 width " + parameters.width();
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = parameters.width() == 16 ? builder.main(Columns16.class) : builder.main(Columns24.class);
        // Otherwise one row could run a permutation several times, or backwards.
        builder.assertBoolean("real is boolean", c.real());
        // Otherwise padding rows could hold any number here; nobody reads it, but the trace would not follow from the
        // statement.
        builder.assertZeroWhen("padding has no index", c.real().not(), c.index());
        Expression[] s = Poseidon2Layers.external(c.input());
        for (int round = 0; round < HALF; round++) {
            s = fullRound(builder, round, s, c.first(), round * s.length);
        }
        for (int round = 0; round < parameters.partialRounds(); round++) {
            // Otherwise the round's S-box could give anything.
            builder.assertEqual(
                    "partial round " + round,
                    c.partial()[round],
                    Cells.cube(s[0].plus(KoalaBear.toCanonical(parameters.internalConstant(round)))));
            s[0] = c.partial()[round];
            s = Poseidon2Layers.internal(parameters, s);
        }
        for (int round = HALF; round < 2 * HALF - 1; round++) {
            s = fullRound(builder, round, s, c.last(), (round - HALF) * s.length);
        }
        for (int i = 0; i < s.length; i++) {
            s[i] = sBox(2 * HALF - 1, i, s[i]);
        }
        // Otherwise the row could start from a state that was never reached.
        builder.receive(state, c.real(), 1, Cells.join(c.index(), c.input()));
        // Otherwise the permutation would lead nowhere. It is counted: without it a cycle of states could stand beside
        // the path.
        builder.send(state, c.real(), 1, Cells.join(c.index().plus(1), Poseidon2Layers.external(s)));
    }

    private Expression[] fullRound(
            ConstraintBuilder builder, int round, Expression[] s, Expression[] outputs, int from) {
        Expression[] next = new Expression[s.length];
        for (int i = 0; i < s.length; i++) {
            next[i] = outputs[from + i];
            // Otherwise this S-box could give anything.
            builder.assertEqual("round " + round + " element " + i, next[i], sBox(round, i, s[i]));
        }
        return Poseidon2Layers.external(next);
    }

    private Expression sBox(int round, int i, Expression input) {
        return Cells.cube(input.plus(KoalaBear.toCanonical(parameters.externalConstant(round, i))));
    }
}
