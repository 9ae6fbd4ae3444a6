package dev.firesteel.gkr;

import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.poly.Parallel;
import java.util.Arrays;

/**
 * A layer's fractions p/q: the sum that makes the layer above, and the loops of its sumcheck.
 *
 * <p>The lower and upper halves of p and q are the four multilinear polynomials p0, p1, q0, q1; they are folded in place. From {@link #firstRound} on p0's
 * place holds p0 + λ·q0, which turns p0·q1 + p1·q0 + λ·q0·q1 into two products.
 *
 * <p>From some entry on the upper half may be fractions 0/1. They need no products: such an entry is p0 + λ·q0 alone, and stays 0/1 when folded.
 */
final class GkrLayer {
    /** Elements per block: its ten vectors of four bytes times five stay in a second-level cache. */
    private static final int BLOCK = 1024;

    private final FieldKernels kernels;
    private final Parallel parallel;
    private final int[][] q;
    /** The numerators: one coordinate while they are in the base field. From {@link #firstRound} on only the lower half. */
    private int[][] p;
    /** The upper half of the numerators, and where it begins; from {@link #firstRound} on. */
    private int[][] p1;

    private int p1At;
    /** Entries of a half as it was before any fold: where the upper halves begin. */
    private final int upper;
    /** Entries of the upper half before those that are 0/1. */
    private final int filled;

    private GkrLayer(FieldKernels kernels, Parallel parallel, ExtVector p, ExtVector q, int filled) {
        this.kernels = kernels;
        this.parallel = parallel;
        this.p = p.coordinates();
        this.q = q.coordinates();
        this.upper = p.length() / 2;
        this.filled = filled;
    }

    /** The layer of the leaves. That they end in 0/1 is found by looking. */
    static GkrLayer leaves(FieldKernels kernels, Parallel parallel, ExtVector p, ExtVector q) {
        int end = p.length();
        while (end > p.length() / 2 && isZeroOverOne(p, q, end - 1)) {
            end--;
        }
        return new GkrLayer(kernels, parallel, p, q, end - p.length() / 2);
    }

    private static boolean isZeroOverOne(ExtVector p, ExtVector q, int i) {
        int other = 0;
        for (int k = 0; k < Ext5.DEGREE; k++) {
            other |= p.base() && k > 0 ? 0 : p.coordinate(k)[i];
            other |= k == 0 ? q.coordinate(0)[i] ^ KoalaBear.ONE : q.coordinate(k)[i];
        }
        return other == 0;
    }

    /** A thread's memory. */
    static final class Scratch {
        final int[][] a = new int[Ext5.DEGREE][BLOCK];
        final int[][] b = new int[Ext5.DEGREE][BLOCK];
        final int[][] c = new int[Ext5.DEGREE][BLOCK];
        final int[] dot = new int[Ext5.DEGREE];
        final int[] ints = new int[Ext5.DEGREE];
        /** Sums of a round: at 0 or 1, and the leading coefficient. */
        final int[] value = new int[Ext5.DEGREE];

        final int[] leading = new int[Ext5.DEGREE];
    }

    Ext p(int i) {
        return element(p, i);
    }

    /** The first entry of the upper half of p; from {@link #firstRound} on. */
    Ext p1() {
        return element(p1, p1At);
    }

    Ext q(int i) {
        return element(q, i);
    }

    private static Ext element(int[][] a, int i) {
        int[] element = new int[Ext5.DEGREE];
        for (int k = 0; k < Ext5.DEGREE; k++) {
            element[k] = k < a.length ? a[k][i] : 0;
        }
        return Ext.of(element, 0);
    }

    /** The layer above: p0/q0 + p1/q1. */
    GkrLayer sum(Scratch[] scratch) {
        ExtVector sumP = parallel.memory().vector(upper);
        ExtVector sumQ = parallel.memory().vector(upper);
        int[][] op = sumP.coordinates();
        int[][] oq = sumQ.coordinates();
        parallel.forEach(blocks(upper), (task, worker) -> {
            int from = task * BLOCK;
            int n = Math.min(BLOCK, upper - from);
            if (from >= filled) {
                for (int k = 0; k < Ext5.DEGREE; k++) {
                    if (k < p.length) {
                        System.arraycopy(p[k], from, op[k], from, n);
                    } else {
                        Arrays.fill(op[k], from, from + n, 0);
                    }
                    System.arraycopy(q[k], from, oq[k], from, n);
                }
                return;
            }
            int[][] other = scratch[worker].a;
            if (p.length == 1) {
                kernels.mulBaseExt(p[0], from, q, from + upper, op, from, n);
                kernels.mulBaseExt(p[0], from + upper, q, from, other, 0, n);
            } else {
                kernels.extMul(p, from, q, from + upper, op, from, n);
                kernels.extMul(p, from + upper, q, from, other, 0, n);
            }
            kernels.extAdd(op, from, other, 0, op, from, n);
            kernels.extMul(q, from, q, from + upper, oq, from, n);
        });
        return new GkrLayer(kernels, parallel, sumP, sumQ, upper / 2);
    }

    /**
     * The first round: puts p0 + λ·q0 in the place of p0, and sums as {@link #round} does.
     *
     * @param above the layer above, done with: numerators of the base field get the coordinates that they have not had in its place
     */
    void firstRound(int[] lambda, GkrLayer above, int half, int[][] eq, int eqFrom, boolean atOne, Scratch[] scratch) {
        int[] base = p.length == 1 ? p[0] : null;
        if (base == null) {
            p1 = p;
            p1At = upper;
        } else {
            p = new int[][] {base, above.p[0], above.p[1], above.p[2], above.p[3]};
            p1 = above.q;
        }
        sum(half, eq, eqFrom, atOne, scratch, (from, n, a) -> {
            mix(lambda, base, from, n, a);
            mix(lambda, base, from + half, n, a);
        });
    }

    private void mix(int[] lambda, int[] base, int from, int n, int[][] a) {
        kernels.extScale(q, from, lambda, 0, a, 0, n);
        if (base == null) {
            kernels.extAdd(p, from, a, 0, p, from, n);
            return;
        }
        System.arraycopy(base, from + upper, p1[0], from, n);
        kernels.add(base, from, a[0], 0, p[0], from, n);
        for (int k = 1; k < Ext5.DEGREE; k++) {
            System.arraycopy(a[k], 0, p[k], from, n);
            Arrays.fill(p1[k], from, from + n, 0);
        }
    }

    /**
     * Another round: folds all to 2·half entries, and then sums over the pairs at distance {@code half}: the value of the round polynomial at 0, or at 1,
     * and its leading coefficient (of X²), in {@code scratch}.
     */
    void round(int[] r, int half, int[][] eq, int eqFrom, boolean atOne, Scratch[] scratch) {
        sum(half, eq, eqFrom, atOne, scratch, (from, n, a) -> {
            fold(r, from, 2 * half, n);
            fold(r, from + half, 2 * half, n);
        });
    }

    /** What a block's entries, and those {@code half} after them, become before they are summed: in one pass, while they are in the cache. */
    private interface Change {
        void apply(int from, int n, int[][] scratch);
    }

    private void sum(int half, int[][] eq, int eqFrom, boolean atOne, Scratch[] scratch, Change change) {
        for (Scratch s : scratch) {
            Arrays.fill(s.value, 0);
            Arrays.fill(s.leading, 0);
        }
        parallel.forEach(blocks(half), (task, worker) -> {
            int from = task * BLOCK;
            int n = Math.min(BLOCK, half - from);
            change.apply(from, n, scratch[worker].a);
            evaluate(from, half, n, eq, eqFrom + from, atOne, scratch[worker]);
        });
    }

    /** Folds entries [from, from + n) of all four with those {@code half} after them. */
    void fold(int[] r, int from, int half, int n) {
        kernels.extFold(p, from, p, from + half, r, 0, p, from, n);
        kernels.extFold(q, from, q, from + half, r, 0, q, from, n);
        if (from < filled) {
            int at = upper + from;
            int p1From = p1At + from;
            kernels.extFold(p1, p1From, p1, p1From + half, r, 0, p1, p1From, n);
            kernels.extFold(q, at, q, at + half, r, 0, q, at, n);
        }
    }

    private void evaluate(int from, int half, int n, int[][] eq, int eqFrom, boolean atOne, Scratch s) {
        int at = atOne ? from + half : from;
        if (from >= filled) {
            // Both upper entries are 0/1, and the polynomial is linear.
            kernels.extDot(p, at, eq, eqFrom, n, s.dot, 0, s.ints, 0);
            Ext5.add(s.value, 0, s.dot, 0, s.value, 0);
            return;
        }
        kernels.extMul(p, at, q, at + upper, s.a, 0, n);
        kernels.extMul(p1, at + p1At, q, at, s.b, 0, n);
        kernels.extAdd(s.a, 0, s.b, 0, s.a, 0, n);
        kernels.extDot(s.a, 0, eq, eqFrom, n, s.dot, 0, s.ints, 0);
        Ext5.add(s.value, 0, s.dot, 0, s.value, 0);

        int high = from + half;
        kernels.extSub(p, high, p, from, s.a, 0, n);
        kernels.extSub(q, high + upper, q, from + upper, s.b, 0, n);
        kernels.extMul(s.a, 0, s.b, 0, s.a, 0, n);
        kernels.extSub(p1, high + p1At, p1, from + p1At, s.b, 0, n);
        kernels.extSub(q, high, q, from, s.c, 0, n);
        kernels.extMul(s.b, 0, s.c, 0, s.b, 0, n);
        kernels.extAdd(s.a, 0, s.b, 0, s.a, 0, n);
        kernels.extDot(s.a, 0, eq, eqFrom, n, s.dot, 0, s.ints, 0);
        Ext5.add(s.leading, 0, s.dot, 0, s.leading, 0);
    }

    int upper() {
        return upper;
    }

    private static int blocks(int n) {
        return (n + BLOCK - 1) / BLOCK;
    }
}
