package dev.firesteel.examples;

import dev.firesteel.air.Bus;
import dev.firesteel.air.Chip;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;

/**
 * One round of Keccak-f[1600] per row.
 *
 * <p>Committed are the bits of the state after θ (A′), because χ is of degree 3 in them, and the column parities before (C) and after θ
 * (C′). The state before the round is A′[x, y, z] ⊕ C[x − 1, z] ⊕ C[x + 1, z − 1], of degree 3, and the state after it is χ of A′, of degree
 * 3: both are written out where the messages need them and cost no columns. A message packs 30 bits into an element, so that a state is 54
 * elements and one message.
 */
final class KeccakRoundChip implements Chip {
    /** Bits per element of a message: the most for which different bits are different elements. */
    static final int PACKED = 30;

    static final int STATE_BITS = KeccakF.LANES * KeccakF.LANE_BITS;
    static final int PARITY_BITS = 5 * KeccakF.LANE_BITS;
    static final int STATE_FIELDS = (STATE_BITS + PACKED - 1) / PACKED;

    /** (permutation, round, state before that round). */
    static final Bus STATE = new Bus(1, "state", 2 + STATE_FIELDS);
    /** (round, whether it is the last, bits that ι flips). */
    static final Bus ROUNDS = new Bus(2, "rounds", 2 + KeccakF.IOTA_BITS);

    /** Lane (x, y) of aPrime begins at 64(x + 5y), lane x of c and cPrime at 64x, lowest bit first. */
    record Columns(
            Expression real,
            Expression permutation,
            Expression round,
            Expression last,
            @Width(KeccakF.IOTA_BITS) Expression[] iota,
            @Width(KeccakF.IOTA_BITS) Expression[] flipped,
            @Width(PARITY_BITS) Expression[] c,
            @Width(PARITY_BITS) Expression[] cPrime,
            @Width(STATE_BITS) Expression[] aPrime) {}

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
        theta(builder, c);
        Expression[] out = chi(builder, c);
        // Otherwise the prover would choose the constants of ι, and after which round a permutation ends.
        builder.send(ROUNDS, c.real(), 1, Cells.join(c.round(), c.last(), c.iota()));
        // Otherwise the round could start from a state that was never reached.
        builder.receive(STATE, c.real(), 1, Cells.join(c.permutation(), c.round(), pack(before(c))));
        // Otherwise the round would lead nowhere. Permutation and round are counted: without them a cycle of states
        // could stand beside the path, and rounds could be left out.
        Expression nextRound = c.round().plus(1).minus(c.last().times(KeccakF.ROUNDS));
        builder.send(STATE, c.real(), 1, Cells.join(c.permutation().plus(c.last()), nextRound, pack(out)));
    }

    private static void theta(ConstraintBuilder builder, Columns c) {
        for (int i = 0; i < STATE_BITS; i++) {
            // Otherwise ⊕ and ∧, which are polynomials that are right for bits only, would compute something else.
            builder.assertBoolean("aPrime[" + i + "] is boolean", c.aPrime()[i]);
        }
        for (int i = 0; i < PARITY_BITS; i++) {
            // As for aPrime. cPrime is boolean because c is.
            builder.assertBoolean("c[" + i + "] is boolean", c.c()[i]);
            int x = i / KeccakF.LANE_BITS;
            int z = i % KeccakF.LANE_BITS;
            // Otherwise cPrime would not be the parity that θ leaves, given that c is the parity before.
            builder.assertEqual("cPrime[" + i + "]", c.cPrime()[i], Cells.xor(c.c()[i], theta(c, x, z)));
            // Otherwise c could be any bits. θ adds one bit to all five of a column, which changes its parity by that
            // bit, just as cPrime differs from c; so c is the parity before exactly when cPrime is that of A′: when
            // the sum of A′'s five bits less cPrime is 0, 2 or 4.
            Expression sum = c.cPrime()[i].negated();
            for (int y = 0; y < 5; y++) {
                sum = c.aPrime()[64 * KeccakF.lane(x, y) + z].plus(sum);
            }
            builder.assertZero("parity[" + i + "]", sum.times(sum.minus(2)).times(sum.minus(4)));
        }
    }

    /** What θ adds to the bits of column (x, z). */
    private static Expression theta(Columns c, int x, int z) {
        return Cells.xor(parity(c, x + 4, z), parity(c, x + 1, z + 63));
    }

    private static Expression parity(Columns c, int x, int z) {
        return c.c()[64 * (x % 5) + z % 64];
    }

    /** The state before the round, of degree 3. */
    private static Expression[] before(Columns c) {
        Expression[] bits = new Expression[STATE_BITS];
        for (int x = 0; x < 5; x++) {
            for (int z = 0; z < KeccakF.LANE_BITS; z++) {
                Expression added = theta(c, x, z);
                for (int y = 0; y < 5; y++) {
                    int bit = 64 * KeccakF.lane(x, y) + z;
                    bits[bit] = Cells.xor(c.aPrime()[bit], added);
                }
            }
        }
        return bits;
    }

    /** The state after the round, of degree 3. */
    private static Expression[] chi(ConstraintBuilder builder, Columns c) {
        Expression[] bits = new Expression[STATE_BITS];
        for (int bit = 0; bit < STATE_BITS; bit++) {
            int x = bit / 64 % 5;
            int y = bit / 64 / 5;
            int z = bit % 64;
            Expression and = rotated(c, x + 1, y, z).not().times(rotated(c, x + 2, y, z));
            bits[bit] = Cells.xor(and, rotated(c, x, y, z));
        }
        for (int j = 0; j < KeccakF.IOTA_BITS; j++) {
            // Otherwise the bits that ι may flip would be free: flipped ⊕ ι is what χ gave. Flipping a bit of degree 3
            // directly would be of degree 4.
            int bit = (1 << j) - 1;
            builder.assertEqual("flipped[" + j + "]", Cells.xor(c.flipped()[j], c.iota()[j]), bits[bit]);
            bits[bit] = c.flipped()[j];
        }
        return bits;
    }

    /** Bit z of lane (x, y) after ρ and π: where π puts lane (x, y), lane (x + 3y, x) was. */
    private static Expression rotated(Columns c, int x, int y, int z) {
        int from = KeccakF.lane(x + 3 * y, x);
        int rotation = KeccakF.rotation((x + 3 * y) % 5, x % 5);
        return c.aPrime()[64 * from + Math.floorMod(z - rotation, 64)];
    }

    private static Expression[] pack(Expression[] bits) {
        Expression[] fields = new Expression[STATE_FIELDS];
        for (int f = 0; f < STATE_FIELDS; f++) {
            int last = Math.min(bits.length, (f + 1) * PACKED) - 1;
            Expression packed = bits[last];
            for (int bit = last - 1; bit >= f * PACKED; bit--) {
                packed = packed.plus(packed).plus(bits[bit]);
            }
            fields[f] = packed;
        }
        return fields;
    }
}
