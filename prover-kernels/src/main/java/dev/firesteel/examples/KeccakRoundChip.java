package dev.firesteel.examples;

import dev.firesteel.air.Bus;
import dev.firesteel.air.Chip;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;
import dev.firesteel.functions.Bits;
import dev.firesteel.functions.KeccakF;
import dev.firesteel.functions.KeccakRound;

/**
 * One round of Keccak-f[1600] per row, {@link KeccakRound}. A message packs 30 bits into an element, so that a state is 54 elements and one message.
 */
final class KeccakRoundChip implements Chip {
    /** Bits per element of a message: the most for which different bits are different elements. */
    static final int PACKED = 30;

    static final int STATE_BITS = KeccakRound.STATE_BITS;
    static final int PARITY_BITS = KeccakRound.PARITY_BITS;
    static final int STATE_FIELDS = (STATE_BITS + PACKED - 1) / PACKED;

    /** (permutation, round, state before that round). */
    static final Bus STATE = new Bus(1, "state", 2 + STATE_FIELDS);
    /** (round, whether it is the last, bits that ι flips). */
    static final Bus ROUNDS = new Bus(2, "rounds", 2 + KeccakF.IOTA_BITS);

    record Columns(
            Expression real,
            Expression permutation,
            Expression round,
            Expression last,
            @Width(KeccakF.IOTA_BITS) Expression[] iota,
            @Width(KeccakF.IOTA_BITS) Expression[] flipped,
            @Width(PARITY_BITS) Expression[] c,
            @Width(PARITY_BITS) Expression[] cPrime,
            @Width(STATE_BITS) Expression[] aPrime) {
        KeccakRound bits() {
            return new KeccakRound(iota, flipped, c, cPrime, aPrime);
        }
    }

    @Override
    public String name() {
        return "keccak round";
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        // Otherwise one row could run a round several times, or backwards.
        builder.assertBoolean("real is boolean", c.real());
        // Otherwise padding rows could hold anything here; nobody reads it, but the trace would not follow from the
        // statement.
        builder.assertZeroWhen("padding has no permutation", c.real().not(), c.permutation());
        builder.assertZeroWhen("padding has no round", c.real().not(), c.round());
        builder.assertZeroWhen("padding is not last", c.real().not(), c.last());
        KeccakRound round = c.bits();
        round.theta(builder);
        Expression[] out = round.chi(builder);
        // Otherwise the prover would choose the constants of ι, and after which round a permutation ends.
        builder.send(ROUNDS, c.real(), 1, Cells.join(c.round(), c.last(), c.iota()));
        // Otherwise the round could start from a state that was never reached.
        builder.receive(STATE, c.real(), 1, Cells.join(c.permutation(), c.round(), pack(round.before())));
        // Otherwise the round would lead nowhere. Permutation and round are counted: without them a cycle of states
        // could stand beside the path, and rounds could be left out.
        Expression nextRound = c.round().plus(1).minus(c.last().times(KeccakF.ROUNDS));
        builder.send(STATE, c.real(), 1, Cells.join(c.permutation().plus(c.last()), nextRound, pack(out)));
    }

    private static Expression[] pack(Expression[] bits) {
        Expression[] fields = new Expression[STATE_FIELDS];
        for (int f = 0; f < STATE_FIELDS; f++) {
            fields[f] = Bits.number(bits, f * PACKED, Math.min(bits.length, (f + 1) * PACKED));
        }
        return fields;
    }
}
