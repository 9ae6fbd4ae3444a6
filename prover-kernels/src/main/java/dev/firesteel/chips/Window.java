package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;
import java.util.Arrays;

/**
 * The columns of a misaligned access: the word of its first byte and the one behind it, in bytes, and where in them it begins.
 *
 * @param offset entry i is 1 if the address modulo 8 is i + 1; at 0 nothing is misaligned
 * @param bytes of both words before the access; without meaning those of the second word if it is not accessed
 * @param first when the first word was accessed before
 * @param second when the second word was accessed before
 */
record Window(@Width(7) Expression[] offset, @Width(16) Expression[] bytes, Access first, Access second) {
    /** Bytes of a word. */
    static final int WORD = 8;

    /** The address modulo 8. */
    Expression offsetValue() {
        Expression sum = Expression.constant(0);
        for (int at = 1; at < WORD; at++) {
            sum = sum.plus(begins(at).times(at));
        }
        return sum;
    }

    /** 1 if the access begins at byte {@code at} of the first word, else 0. */
    Expression begins(int at) {
        return at == 0 ? Expression.constant(0) : offset[at - 1];
    }

    /** Byte {@code i} behind the first one. */
    Expression accessed(int i) {
        Expression sum = Expression.constant(0);
        for (int at = 1; at < WORD; at++) {
            sum = sum.plus(begins(at).times(bytes[at + i]));
        }
        return sum;
    }

    /**
     * The offset is one of 1 to 7, and the words change from {@link #bytes} to {@code after}. Nothing refuses rows whose address is a multiple of the size
     * (LH at 2): what they do is what an aligned access does, in the aligned ones' table.
     *
     * @param half 1 if the access has 2 bytes
     * @param word 1 if it has 4
     * @param dword 1 if it has 8
     * @param index the first word's address
     * @param after of both words; must be shown to be bytes, unless they are those of {@link #bytes}
     */
    void define(
            Instruction instruction,
            Expression half,
            Expression word,
            Expression dword,
            Expression index,
            Expression[] after) {
        ConstraintBuilder builder = instruction.builder();
        for (int at = 1; at < WORD; at++) {
            // Otherwise bytes of several places could be mixed.
            builder.assertBoolean("offset " + at + " is boolean", begins(at));
        }
        // Otherwise the access could begin at no place, or at several.
        builder.assertEqual("one offset", Instruction.sum(offset), instruction.real());
        // Otherwise an access that stays inside a word could touch the next one, or one that does not could miss it. At
        // most one term is 1.
        Expression crosses = half.times(begins(7))
                .plus(word.times(begins(5).plus(begins(6)).plus(begins(7))))
                .plus(dword);
        access(instruction, instruction.real(), index, first, after, 0);
        // The address is below 2^32, so index + 1 is at most 2^29, and no table opens a word there: an access that
        // leaves memory has nothing to receive.
        access(instruction, crosses, index.plus(1), second, after, 1);
    }

    private void access(
            Instruction instruction,
            Expression active,
            Expression index,
            Access access,
            Expression[] after,
            int which) {
        int from = which * WORD;
        for (int i = from; i < from + WORD; i += 2) {
            // Otherwise a limb would have other decompositions.
            instruction.bytes(active, bytes[i], bytes[i + 1]);
        }
        instruction.access(
                active,
                index,
                access,
                limbs(Arrays.copyOfRange(bytes, from, from + WORD)),
                limbs(Arrays.copyOfRange(after, from, from + WORD)),
                Instruction.MEMORY_ACCESS);
    }

    /** The limbs that bytes make. */
    static Expression[] limbs(Expression[] bytes) {
        Expression[] limbs = new Expression[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            limbs[i] = bytes[2 * i].plus(bytes[2 * i + 1].times(256));
        }
        return limbs;
    }

    /** Sets the columns to those of {@code step}, an access of {@code size} bytes. */
    void fill(Row row, Executed step, int size) {
        int at = (int) step.address() & WORD - 1;
        int now = step.clock() + Instruction.MEMORY_ACCESS;
        row.set(offset[at - 1], true);
        row.bytes(Arrays.copyOf(bytes, WORD), step.wordBefore(0));
        row.access(first, step.wordPrevious(0), now);
        if (at + size > WORD) {
            row.bytes(Arrays.copyOfRange(bytes, WORD, 2 * WORD), step.wordBefore(1));
            row.access(second, step.wordPrevious(1), now);
        }
    }
}
