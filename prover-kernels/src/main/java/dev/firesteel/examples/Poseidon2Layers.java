package dev.firesteel.examples;

import dev.firesteel.air.Expression;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.Poseidon2;

/** The linear layers of Poseidon2, on expressions and on elements. */
final class Poseidon2Layers {
    private Poseidon2Layers() {}

    /** The external matrix circ(2·M4, M4, …): M4 on each four, then each four gets the sum of all fours. */
    static Expression[] external(Expression[] state) {
        int width = state.length;
        Expression[] mixed = new Expression[width];
        for (int i = 0; i < width; i += 4) {
            for (int k = 0; k < 4; k++) {
                // A row of M4 is 2, 3, 1, 1, rotated: the sum of all four, and a + 2b of the element and the next.
                Expression all = state[i].plus(state[i + 1]).plus(state[i + 2].plus(state[i + 3]));
                Expression next = state[i + (k + 1) % 4];
                mixed[i + k] = all.plus(state[i + k].plus(next)).plus(next);
            }
        }
        Expression[] out = new Expression[width];
        for (int k = 0; k < 4; k++) {
            Expression sum = mixed[k];
            for (int i = k + 4; i < width; i += 4) {
                sum = sum.plus(mixed[i]);
            }
            for (int i = k; i < width; i += 4) {
                out[i] = mixed[i].plus(sum);
            }
        }
        return out;
    }

    /** The internal matrix: all ones, plus the diagonal. */
    static Expression[] internal(Poseidon2 parameters, Expression[] state) {
        Expression sum = state[0];
        for (int i = 1; i < state.length; i++) {
            sum = sum.plus(state[i]);
        }
        Expression[] out = new Expression[state.length];
        for (int i = 0; i < state.length; i++) {
            out[i] = sum.plus(state[i].times(KoalaBear.toCanonical(parameters.diagonal(i))));
        }
        return out;
    }

    /** The external matrix, in place. */
    static void external(int[] state) {
        int[] sums = new int[4];
        for (int i = 0; i < state.length; i += 4) {
            int a = state[i];
            int b = state[i + 1];
            int c = state[i + 2];
            int d = state[i + 3];
            int all = KoalaBear.add(KoalaBear.add(a, b), KoalaBear.add(c, d));
            state[i] = KoalaBear.add(KoalaBear.add(all, a), KoalaBear.add(b, b));
            state[i + 1] = KoalaBear.add(KoalaBear.add(all, b), KoalaBear.add(c, c));
            state[i + 2] = KoalaBear.add(KoalaBear.add(all, c), KoalaBear.add(d, d));
            state[i + 3] = KoalaBear.add(KoalaBear.add(all, d), KoalaBear.add(a, a));
            for (int k = 0; k < 4; k++) {
                sums[k] = KoalaBear.add(sums[k], state[i + k]);
            }
        }
        for (int i = 0; i < state.length; i++) {
            state[i] = KoalaBear.add(state[i], sums[i % 4]);
        }
    }

    /** The internal matrix, in place. */
    static void internal(Poseidon2 parameters, int[] state) {
        int sum = 0;
        for (int element : state) {
            sum = KoalaBear.add(sum, element);
        }
        for (int i = 0; i < state.length; i++) {
            state[i] = KoalaBear.add(sum, KoalaBear.mul(state[i], parameters.diagonal(i)));
        }
    }
}
