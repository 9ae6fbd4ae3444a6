package dev.firesteel.pcs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.Transcript;
import dev.firesteel.poly.Folding;
import dev.firesteel.poly.Parallel;
import dev.firesteel.poly.ReedSolomon;
import dev.firesteel.protocol.ExtArithmetic;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What binds variables of a multilinear folds its word, and leaves hold what the word's values determine. */
class FoldingTest {
    private static final int LOG = 6;

    private final Transcript transcript = new Transcript("folding test");
    private final List<Ext> values = transcript.sample("values", 1 << LOG);

    /** Σ_x values_x·X^rev(x) at every place. */
    private static Ext[] word(List<Ext> values, int logBlowup) {
        int log = Integer.numberOfTrailingZeros(values.size());
        Ext[] word = new Ext[values.size() << logBlowup];
        for (int p = 0; p < word.length; p++) {
            int x = QueryVerifier.element(log + logBlowup, p);
            word[p] = Ext.ZERO;
            for (int i = 0; i < values.size(); i++) {
                int exponent = StackedColumns.reverse(i, log);
                word[p] = word[p].plus(values.get(i).times(KoalaBear.pow(x, exponent)));
            }
            assertEquals(word[p], QueryVerifier.evaluate(values, x));
        }
        return word;
    }

    private static List<Ext> list(ExtVector vector, int n) {
        return java.util.stream.IntStream.range(0, n)
                .mapToObj(i -> Ext.of(vector, i))
                .toList();
    }

    @Test
    void foldingAWordIsBindingTheHighestVariable() {
        Ext r = transcript.sample("r");
        ExtVector f = vector(values);
        Folding.fold(f, 1 << LOG - 1, r.toArray(), 0, Opening.TWO);
        Ext[] expected = word(list(f, 1 << LOG - 1), 1);
        Ext[] word = word(values, 1);
        for (int p = 0; p < expected.length; p++) {
            int x = QueryVerifier.element(LOG + 1, 2 * p);
            assertEquals(KoalaBear.neg(x), QueryVerifier.element(LOG + 1, 2 * p + 1));
            assertEquals(KoalaBear.square(x), QueryVerifier.element(LOG, p));
            Ext even = word[2 * p].plus(word[2 * p + 1]).times(KoalaBear.HALF);
            Ext odd = word[2 * p].minus(word[2 * p + 1]).times(KoalaBear.mul(KoalaBear.HALF, KoalaBear.inverse(x)));
            assertEquals(expected[p], Ext.ONE.minus(r).times(even).plus(r.times(odd)));
        }
    }

    @Test
    void aLeafHoldsThePartsOfItsValuesAndFoldsByEq() {
        int variables = 3;
        int parts = 1 << variables;
        List<Ext> challenges = transcript.sample("r", variables);
        int size = Ext5.DEGREE << LOG;
        int[] leaves = new int[2 * size];
        StackedColumns.of(LOG, vector(values).coordinates()).writeBitReversed(leaves, size, new Parallel(1));
        new ReedSolomon(LOG - variables, 1).encode(leaves, size, Ext5.DEGREE * parts, leaves, 0, Opening.TWO);
        Ext[] word = word(values, 1);
        ExtVector f = vector(values);
        for (int k = 0; k < variables; k++) {
            Folding.fold(f, 1 << LOG - 1 - k, challenges.get(k).toArray(), 0, Opening.TWO);
        }
        Ext[] folded = word(list(f, 1 << LOG - variables), 1);
        List<Ext> weights = OpeningRounds.eqTable(ExtArithmetic.INSTANCE, challenges);
        for (int p = 0; p < word.length; p++) {
            Ext value = Ext.ZERO;
            Ext sum = Ext.ZERO;
            for (int t = 0; t < parts; t++) {
                Ext part = Ext.of(leaves, ((p >> variables) * parts + t) * Ext5.DEGREE);
                int power = KoalaBear.pow(QueryVerifier.element(LOG + 1, p), t);
                value = value.plus(part.times(power));
                sum = sum.plus(weights.get(t).times(part));
            }
            assertEquals(word[p], value);
            assertEquals(folded[p >> variables], sum);
        }
    }

    private static ExtVector vector(List<Ext> values) {
        ExtVector vector = new ExtVector(values.size());
        for (int i = 0; i < values.size(); i++) {
            vector.set(i, values.get(i).toArray(), 0);
        }
        return vector;
    }
}
