package dev.firesteel.functions;

import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of eight rounds of SHA-256's compression, and what holds between them. Index 0 is the state before the first of the eight: its registers are
 * A(0), A(−1), A(−2), A(−3) and E likewise ({@link Sha256#a}), and the schedule's next sixteen words are W(0) to W(15).
 *
 * <p>Words that a Σ, σ, Ch or Maj looks at are bits, the others two limbs of 16 bits. Eight rounds share the bits of words that several of them look at;
 * more rounds would share more, in wider rows. A row of zeros satisfies everything.
 *
 * @param constants limbs of the rounds' constants; to be tied to the rounds' numbers by who uses this
 * @param firstA limbs of A(−3)
 * @param firstE limbs of E(−3)
 * @param a bits of A(−2) to A(7)
 * @param e bits of E(−2) to E(7)
 * @param lastA limbs of A(8), <b>not shown to have 16 bits</b>
 * @param lastE limbs of E(8), not shown to have 16 bits
 * @param carriesA for each round two bits of the lower sum's carry plus 1, then two of the upper one's
 * @param carriesE for each round three bits of the lower sum's carry, then three of the upper one's
 * @param firstW limbs of W(0)
 * @param early bits of W(1) to W(8)
 * @param middle limbs of W(9) to W(13)
 * @param late bits of W(14) to W(21)
 * @param lastW limbs of W(22) and W(23), not shown to have 16 bits
 * @param carriesW for each new word of the schedule two bits of the lower sum's carry, then two of the upper one's
 */
public record Sha256Rounds(
        @Width(2 * Sha256Rounds.ROUNDS) Expression[] constants,
        @Width(2) Expression[] firstA,
        @Width(2) Expression[] firstE,
        @Width(32 * (Sha256Rounds.ROUNDS + 2)) Expression[] a,
        @Width(32 * (Sha256Rounds.ROUNDS + 2)) Expression[] e,
        @Width(2) Expression[] lastA,
        @Width(2) Expression[] lastE,
        @Width(4 * Sha256Rounds.ROUNDS) Expression[] carriesA,
        @Width(6 * Sha256Rounds.ROUNDS) Expression[] carriesE,
        @Width(2) Expression[] firstW,
        @Width(32 * Sha256Rounds.ROUNDS) Expression[] early,
        @Width(2 * (13 - Sha256Rounds.ROUNDS)) Expression[] middle,
        @Width(32 * Sha256Rounds.ROUNDS) Expression[] late,
        @Width(4) Expression[] lastW,
        @Width(4 * Sha256Rounds.ROUNDS) Expression[] carriesW) {
    /** Rounds of a row. */
    public static final int ROUNDS = 8;

    private static final Expression ZERO = Expression.constant(0);

    /** A bit of a word, by its place modulo 32. */
    private interface Word {
        Expression bit(int i);
    }

    /**
     * The rounds lead from {@link #stateBefore} and {@link #scheduleBefore} to {@link #stateAfter} and {@link #scheduleAfter}.
     *
     * @param real 1 in rows that are used, 0 in others
     */
    public void define(ConstraintBuilder builder, Expression real) {
        booleans(builder, "a", a);
        booleans(builder, "e", e);
        booleans(builder, "early", early);
        booleans(builder, "late", late);
        booleans(builder, "carriesA", carriesA);
        booleans(builder, "carriesE", carriesE);
        booleans(builder, "carriesW", carriesW);
        for (int t = 0; t < ROUNDS; t++) {
            round(builder, real, t);
            schedule(builder, t);
        }
    }

    private static void booleans(ConstraintBuilder builder, String name, Expression[] bits) {
        for (int i = 0; i < bits.length; i++) {
            // Otherwise ⊕ and ∧, which are polynomials that are right for bits only, would compute something else; a
            // limb could be any number, or a carry one that makes it so.
            builder.assertBoolean(name + "[" + i + "] is boolean", bits[i]);
        }
    }

    private void round(ConstraintBuilder builder, Expression real, int t) {
        Word a0 = bitsA(t);
        Word a1 = bitsA(t - 1);
        Word a2 = bitsA(t - 2);
        Word e0 = bitsE(t);
        Word e1 = bitsE(t - 1);
        Word e2 = bitsE(t - 2);
        Word sigmaA = i -> Bits.xor(a0.bit(i + 2), a0.bit(i + 13), a0.bit(i + 22));
        Word sigmaE = i -> Bits.xor(e0.bit(i + 6), e0.bit(i + 11), e0.bit(i + 25));
        Word choice = i -> e2.bit(i).plus(e0.bit(i).times(e1.bit(i).minus(e2.bit(i))));
        // xy + xz + yz − 2xyz
        Word majority = i -> a1.bit(i).times(a2.bit(i)).plus(a0.bit(i).times(Bits.xor(a1.bit(i), a2.bit(i))));
        Expression[] h = limbsE(t - 3);
        Expression[] d = limbsA(t - 3);
        Expression[] w = limbsW(t);
        Expression[] nextA = limbsA(t + 1);
        Expression[] nextE = limbsE(t + 1);
        Expression carryA = ZERO;
        Expression carryE = ZERO;
        for (int limb = 0; limb < 2; limb++) {
            Expression sumE = d[limb].plus(h[limb])
                    .plus(limb(sigmaE, limb))
                    .plus(limb(choice, limb))
                    .plus(constants[2 * t + limb])
                    .plus(w[limb])
                    .plus(carryE);
            carryE = Bits.number(carriesE, 6 * t + 3 * limb, 6 * t + 3 * limb + 3);
            // Otherwise e could be anything. Six limbs and a carry of at most 5: the sum is below 6·2^16.
            builder.assertEqual("e" + (t + 1) + "[" + limb + "]", nextE[limb].plus(carryE.times(1 << 16)), sumE);
            // a = T1 + T2 and e = d + T1, so a + d = e + T2.
            Expression sumA = nextE[limb]
                    .plus(limb(sigmaA, limb))
                    .plus(limb(majority, limb))
                    .minus(d[limb])
                    .plus(carryA);
            int from = 4 * t + 2 * limb;
            carryA = Bits.number(carriesA, from, from + 2).minus(real);
            // Otherwise a could be anything. Three limbs less one: the carry is −1, 0, 1 or 2.
            builder.assertEqual("a" + (t + 1) + "[" + limb + "]", nextA[limb].plus(carryA.times(1 << 16)), sumA);
        }
    }

    private void schedule(ConstraintBuilder builder, int t) {
        Word x = bitsEarly(t + 1);
        Word y = bitsLate(t + 14);
        Word sigma0 = i -> i + 3 < 32
                ? Bits.xor(x.bit(i + 7), x.bit(i + 18), x.bit(i + 3))
                : Bits.xor(x.bit(i + 7), x.bit(i + 18));
        Word sigma1 = i -> i + 10 < 32
                ? Bits.xor(y.bit(i + 17), y.bit(i + 19), y.bit(i + 10))
                : Bits.xor(y.bit(i + 17), y.bit(i + 19));
        Expression[] first = limbsW(t);
        Expression[] seventh = limbsW(t + 9);
        Expression[] next = limbsW(t + 16);
        Expression carry = ZERO;
        for (int limb = 0; limb < 2; limb++) {
            Expression sum = first[limb]
                    .plus(seventh[limb])
                    .plus(limb(sigma0, limb))
                    .plus(limb(sigma1, limb))
                    .plus(carry);
            int from = 4 * t + 2 * limb;
            carry = Bits.number(carriesW, from, from + 2);
            // Otherwise later rounds could hash another block. Four limbs and a carry of at most 3: below 4·2^16.
            builder.assertEqual("w" + (t + 16) + "[" + limb + "]", next[limb].plus(carry.times(1 << 16)), sum);
        }
    }

    private static Expression limb(Word word, int limb) {
        Expression number = word.bit(16 * limb + 15);
        for (int i = 16 * limb + 14; i >= 16 * limb; i--) {
            number = number.plus(number).plus(word.bit(i));
        }
        return number;
    }

    private static Word word(Expression[] bits, int index) {
        return i -> bits[32 * index + i % 32];
    }

    private Word bitsA(int i) {
        return word(a, i + 2);
    }

    private Word bitsE(int i) {
        return word(e, i + 2);
    }

    private Word bitsEarly(int i) {
        return word(early, i - 1);
    }

    private Word bitsLate(int i) {
        return word(late, i - 14);
    }

    private static Expression[] limbs(Word word) {
        return new Expression[] {limb(word, 0), limb(word, 1)};
    }

    private Expression[] limbsA(int i) {
        return i == -3 ? firstA : i == ROUNDS ? lastA : limbs(bitsA(i));
    }

    private Expression[] limbsE(int i) {
        return i == -3 ? firstE : i == ROUNDS ? lastE : limbs(bitsE(i));
    }

    private Expression[] limbsW(int i) {
        if (i == 0) {
            return firstW;
        }
        if (i <= ROUNDS) {
            return limbs(bitsEarly(i));
        }
        if (i < 14) {
            int at = 2 * (i - ROUNDS - 1);
            return new Expression[] {middle[at], middle[at + 1]};
        }
        int at = 2 * (i - 14 - ROUNDS);
        return i < 14 + ROUNDS ? limbs(bitsLate(i)) : new Expression[] {lastW[at], lastW[at + 1]};
    }

    /** Limbs of a, b, …, h before the rounds. */
    public Expression[] stateBefore() {
        return state(0);
    }

    /** Limbs of a, b, …, h after the rounds; those of a and e are not shown to have 16 bits. */
    public Expression[] stateAfter() {
        return state(ROUNDS);
    }

    private Expression[] state(int at) {
        List<Expression> limbs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            limbs.addAll(List.of(limbsA(at - i)));
        }
        for (int i = 0; i < 4; i++) {
            limbs.addAll(List.of(limbsE(at - i)));
        }
        return limbs.toArray(Expression[]::new);
    }

    /** Limbs of the sixteen words of the schedule that begin with the first round's. */
    public Expression[] scheduleBefore() {
        return schedule(0);
    }

    /** Limbs of the sixteen words that begin with the next round's; those of the last two are not shown to have 16 bits. */
    public Expression[] scheduleAfter() {
        return schedule(ROUNDS);
    }

    private Expression[] schedule(int from) {
        List<Expression> limbs = new ArrayList<>();
        for (int i = from; i < from + Sha256.BLOCK_WORDS; i++) {
            limbs.addAll(List.of(limbsW(i)));
        }
        return limbs.toArray(Expression[]::new);
    }
}
