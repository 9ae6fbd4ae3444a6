package dev.firesteel.functions;

import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;

/**
 * The columns of one round of Keccak-f[1600], and what holds between them.
 *
 * <p>Committed are the bits of the state after θ (A′), because χ is of degree 3 in them, and the column parities before (C) and after θ (C′). The state
 * before the round is A′[x, y, z] ⊕ C[x − 1, z] ⊕ C[x + 1, z − 1], of degree 3, and the state after it is χ of A′, of degree 3: both are written out where
 * messages need them and cost no columns.
 *
 * <p>Lane (x, y) of aPrime begins at 64(x + 5y), lane x of c and cPrime at 64x, lowest bit first. A row of zeros satisfies everything.
 *
 * @param iota which of the bits 2^j − 1 of lane (0, 0) the round's constant flips; to be tied to the round's number by who uses this
 * @param flipped the bits 2^j − 1 of lane (0, 0) after the round
 * @param c parities before the round
 * @param cPrime parities after θ
 * @param aPrime the state after θ
 */
public record KeccakRound(
        @Width(KeccakF.IOTA_BITS) Expression[] iota,
        @Width(KeccakF.IOTA_BITS) Expression[] flipped,
        @Width(KeccakRound.PARITY_BITS) Expression[] c,
        @Width(KeccakRound.PARITY_BITS) Expression[] cPrime,
        @Width(KeccakRound.STATE_BITS) Expression[] aPrime) {
    /** Bits of a state. */
    public static final int STATE_BITS = KeccakF.LANES * KeccakF.LANE_BITS;
    /** Columns of a state: its bits with the same x and z. */
    public static final int PARITY_BITS = 5 * KeccakF.LANE_BITS;

    /** c, cPrime and aPrime are those of the same state. */
    public void theta(ConstraintBuilder builder) {
        for (int i = 0; i < STATE_BITS; i++) {
            // Otherwise ⊕ and ∧, which are polynomials that are right for bits only, would compute something else.
            builder.assertBoolean("aPrime[" + i + "] is boolean", aPrime[i]);
        }
        for (int i = 0; i < PARITY_BITS; i++) {
            // As for aPrime. cPrime is boolean because c is.
            builder.assertBoolean("c[" + i + "] is boolean", c[i]);
            int x = i / KeccakF.LANE_BITS;
            int z = i % KeccakF.LANE_BITS;
            // Otherwise cPrime would not be the parity that θ leaves, given that c is the parity before.
            builder.assertEqual("cPrime[" + i + "]", cPrime[i], Bits.xor(c[i], added(x, z)));
            // Otherwise c could be any bits. θ adds one bit to all five of a column, which changes its parity by that
            // bit, just as cPrime differs from c; so c is the parity before exactly when cPrime is that of A′: when
            // the sum of A′'s five bits less cPrime is 0, 2 or 4.
            Expression sum = cPrime[i].negated();
            for (int y = 0; y < 5; y++) {
                sum = aPrime[64 * KeccakF.lane(x, y) + z].plus(sum);
            }
            builder.assertZero("parity[" + i + "]", sum.times(sum.minus(2)).times(sum.minus(4)));
        }
    }

    /** What θ adds to the bits of column (x, z). */
    private Expression added(int x, int z) {
        return Bits.xor(parity(x + 4, z), parity(x + 1, z + 63));
    }

    private Expression parity(int x, int z) {
        return c[64 * (x % 5) + z % 64];
    }

    /** The bits of the state before the round, of degree 3. */
    public Expression[] before() {
        Expression[] bits = new Expression[STATE_BITS];
        for (int x = 0; x < 5; x++) {
            for (int z = 0; z < KeccakF.LANE_BITS; z++) {
                Expression added = added(x, z);
                for (int y = 0; y < 5; y++) {
                    int bit = 64 * KeccakF.lane(x, y) + z;
                    bits[bit] = Bits.xor(aPrime[bit], added);
                }
            }
        }
        return bits;
    }

    /** The bits of the state after the round, of degree 3. */
    public Expression[] chi(ConstraintBuilder builder) {
        Expression[] bits = new Expression[STATE_BITS];
        for (int bit = 0; bit < STATE_BITS; bit++) {
            int x = bit / 64 % 5;
            int y = bit / 64 / 5;
            int z = bit % 64;
            Expression and = rotated(x + 1, y, z).not().times(rotated(x + 2, y, z));
            bits[bit] = Bits.xor(and, rotated(x, y, z));
        }
        for (int j = 0; j < KeccakF.IOTA_BITS; j++) {
            // Otherwise the bits that ι may flip would be free: flipped ⊕ ι is what χ gave. Flipping a bit of degree 3
            // directly would be of degree 4.
            int bit = (1 << j) - 1;
            builder.assertEqual("flipped[" + j + "]", Bits.xor(flipped[j], iota[j]), bits[bit]);
            bits[bit] = flipped[j];
        }
        return bits;
    }

    /** Bit z of lane (x, y) after ρ and π: where π puts lane (x, y), lane (x + 3y, x) was. */
    private Expression rotated(int x, int y, int z) {
        int from = KeccakF.lane(x + 3 * y, x);
        int rotation = KeccakF.rotation((x + 3 * y) % 5, x % 5);
        return aPrime[64 * from + Math.floorMod(z - rotation, 64)];
    }
}
