package dev.firesteel.chips;

import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;

/**
 * The columns of a word that is read and written at once.
 *
 * @param word before, and when it was accessed before
 * @param after its limbs afterwards
 */
record ChangedWord(Write word, @Width(Buses.LIMBS) Expression[] after) {
    /** The limbs of {@code words} before, one word's after the other's. */
    static Expression[] before(ChangedWord[] words) {
        return limbs(words, true);
    }

    /** The limbs of {@code words} afterwards. */
    static Expression[] after(ChangedWord[] words) {
        return limbs(words, false);
    }

    private static Expression[] limbs(ChangedWord[] words, boolean before) {
        Expression[] limbs = new Expression[Buses.LIMBS * words.length];
        for (int i = 0; i < words.length; i++) {
            System.arraycopy(before ? words[i].word.old() : words[i].after, 0, limbs, Buses.LIMBS * i, Buses.LIMBS);
        }
        return limbs;
    }

    /** Word {@code i} from the address {@code first} on changes, at the end of the instruction that {@code row} serves. */
    void define(Instruction row, Expression first, int i) {
        row.access(row.real(), first.plus(i), word.access(), word.old(), after, Instruction.RESULT);
    }

    /** Sets the columns to those of word {@code i} of the state of {@code call}. */
    void fill(Row row, AcceleratorCall call, int i) {
        row.limbs(word.old(), call.before()[i]);
        row.access(word.access(), call.statePrevious()[i], call.clock() + Instruction.RESULT);
        row.limbs(after, call.after()[i]);
    }
}
