package dev.firesteel.zerocheck;

import dev.firesteel.air.Expression.Kind;
import dev.firesteel.air.Tape;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.KoalaBear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The weighted sum of a tape's outputs, multiplied out as far as it is linear: constant + Σ weight·column + Σ weight·(left·right).
 *
 * <p>What is linear in the columns is one column of its own to a sumcheck, so none of it is evaluated row by row each round; what is left are
 * the products ("terms"), with weights that a sweep backwards over the tape finds, as derivatives are. A sum of products that is itself a factor
 * stays as it is written.
 */
final class Terms {
    private static final int NONE = -1;

    private final Tape tape;
    /** Degree of each instruction, as written. */
    private final int[] degree;
    /** For an instruction that is a term its number, else {@link #NONE}. */
    private final int[] term;
    /** For a term the instruction whose constant part was multiplied out, else {@link #NONE}. */
    private final int[] opened;

    private final int[] left;
    private final int[] right;

    /** Finds the terms below all outputs of {@code tape}. */
    Terms(Tape tape) {
        this.tape = tape;
        int length = tape.length();
        degree = new int[length];
        for (int i = 0; i < length; i++) {
            int l = tape.left(i);
            int r = tape.right(i);
            degree[i] = switch (tape.kind(i)) {
                case PREPROCESSED, MAIN -> 1;
                case CONSTANT -> 0;
                case SUM, DIFFERENCE -> Math.max(degree[l], degree[r]);
                case PRODUCT -> degree[l] + degree[r];
            };
        }
        boolean[] reached = new boolean[length];
        for (int o = 0; o < tape.outputCount(); o++) {
            reached[tape.output(o)] = true;
        }
        term = new int[length];
        opened = new int[length];
        Arrays.fill(term, NONE);
        Arrays.fill(opened, NONE);
        List<int[]> found = new ArrayList<>();
        for (int i = length - 1; i >= 0; i--) {
            if (!reached[i] || !BlockProgram.operation(tape, i)) {
                continue;
            }
            int l = tape.left(i);
            int r = tape.right(i);
            if (tape.kind(i) != Kind.PRODUCT || degree[l] == 0 || degree[r] == 0) {
                reached[l] = true;
                reached[r] = true;
                continue;
            }
            term[i] = found.size();
            opened[i] = open(l, r) ? r : open(r, l) ? l : NONE;
            if (opened[i] == NONE) {
                found.add(new int[] {l, r});
            } else {
                int kept = opened[i] == r ? l : r;
                reached[kept] = true;
                found.add(new int[] {kept, variable(opened[i])});
            }
        }
        left = found.stream().mapToInt(t -> t[0]).toArray();
        right = found.stream().mapToInt(t -> t[1]).toArray();
    }

    /** Whether factor·(x ± c) is better written as factor·x ± c·factor: when the latter costs nothing because it is linear. */
    private boolean open(int factor, int sum) {
        return degree[factor] == 1
                && degree[sum] == 1
                && (tape.kind(sum) == Kind.SUM || tape.kind(sum) == Kind.DIFFERENCE)
                && (degree[tape.left(sum)] == 0 || degree[tape.right(sum)] == 0);
    }

    private int variable(int sum) {
        return degree[tape.left(sum)] == 0 ? tape.right(sum) : tape.left(sum);
    }

    Tape tape() {
        return tape;
    }

    /** The greatest degree of a term, 1 when there are none. */
    int degree() {
        int greatest = 1;
        for (int t = 0; t < left.length; t++) {
            greatest = Math.max(greatest, degree[left[t]] + degree[right[t]]);
        }
        return greatest;
    }

    int degree(int instruction) {
        return degree[instruction];
    }

    /** The number of terms. */
    int count() {
        return left.length;
    }

    /** The instruction that computes a term's first factor. */
    int left(int t) {
        return left[t];
    }

    /** The instruction that computes a term's second factor. */
    int right(int t) {
        return right[t];
    }

    /**
     * Weights, five ints each.
     *
     * @param terms of the terms
     * @param cells of the tape's instructions that are cells; meaningless for the others
     * @param constant what is added
     */
    record Weights(int[] terms, int[] cells, int[] constant) {}

    /** The weights that follow from those of the outputs. */
    Weights weights(int[] outputs, int[] constant) {
        int[] w = new int[tape.length() * Ext5.DEGREE];
        int[] terms = new int[count() * Ext5.DEGREE];
        int[] sum = constant.clone();
        int[] product = new int[Ext5.DEGREE];
        for (int o = 0; o < tape.outputCount(); o++) {
            int at = tape.output(o) * Ext5.DEGREE;
            Ext5.add(w, at, outputs, o * Ext5.DEGREE, w, at);
        }
        for (int i = tape.length() - 1; i >= 0; i--) {
            int at = i * Ext5.DEGREE;
            if (Ext5.isZero(w, at)) {
                continue;
            }
            int l = tape.left(i) * Ext5.DEGREE;
            int r = tape.right(i) * Ext5.DEGREE;
            switch (tape.kind(i)) {
                case PREPROCESSED, MAIN -> {}
                case CONSTANT -> {
                    Ext5.mulBase(w, at, tape.left(i), product, 0);
                    Ext5.add(sum, 0, product, 0, sum, 0);
                }
                case SUM -> {
                    Ext5.add(w, l, w, at, w, l);
                    Ext5.add(w, r, w, at, w, r);
                }
                case DIFFERENCE -> {
                    Ext5.add(w, l, w, at, w, l);
                    Ext5.sub(w, r, w, at, w, r);
                }
                case PRODUCT -> product(i, w, terms, product);
            }
        }
        return new Weights(terms, w, sum);
    }

    private void product(int i, int[] w, int[] terms, int[] product) {
        int at = i * Ext5.DEGREE;
        int l = tape.left(i);
        int r = tape.right(i);
        if (term[i] == NONE) {
            int constant = degree[l] == 0 ? l : r;
            int other = (constant == l ? r : l) * Ext5.DEGREE;
            Ext5.mulBase(w, at, tape.left(constant), product, 0);
            Ext5.add(w, other, product, 0, w, other);
            return;
        }
        int to = term[i] * Ext5.DEGREE;
        System.arraycopy(w, at, terms, to, Ext5.DEGREE);
        int sum = opened[i];
        if (sum == NONE) {
            return;
        }
        boolean constantFirst = degree[tape.left(sum)] == 0;
        int c = tape.left(constantFirst ? tape.left(sum) : tape.right(sum));
        if (tape.kind(sum) == Kind.DIFFERENCE) {
            if (constantFirst) {
                Ext5.neg(terms, to, terms, to);
            } else {
                c = KoalaBear.neg(c);
            }
        }
        int factor = (sum == r ? l : r) * Ext5.DEGREE;
        Ext5.mulBase(w, at, c, product, 0);
        Ext5.add(w, factor, product, 0, w, factor);
    }
}
