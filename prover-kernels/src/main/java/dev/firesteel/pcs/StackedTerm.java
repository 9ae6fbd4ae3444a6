package dev.firesteel.pcs;

import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.field.FieldKernels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One stacked column C during the stacking sumcheck.
 *
 * <p>Let 2^level be the height of the lowest table with cells in it. Its weights are W(x) = A(x_high)·eq(r, x_low), x_low being the first {@code level}
 * variables, so as long as high variables are bound Σ_x W(x)·C(x) is Σ A(s)·D(s) over blocks s, with D(s) = Σ eq(r, x_low)·C(s, x_low). If a block is a whole
 * column, D(s) is that column's claim: a stacked column with columns of one height costs nothing here but a few elements. What is left
 * when A has one element is eq(r, x_low)·A·C(x_low), which {@link StackingProver} adds up over columns.
 */
final class StackedTerm {
    /** Lower blocks than this are not worth their calls: such a column is taken cell by cell, level 0. */
    private static final int MIN_LEVEL = 4;

    private final FieldKernels kernels;
    private final int column;
    private final int level;
    private final ExtVector a;
    private final ExtVector d;
    private int variables;

    private StackedTerm(FieldKernels kernels, int column, int level, int variables) {
        this.kernels = kernels;
        this.column = column;
        this.level = level;
        this.variables = variables;
        this.a = new ExtVector(1 << variables);
        this.d = new ExtVector(1 << variables);
    }

    /**
     * Makes the terms of one commitment.
     *
     * @param powers per column of its tables the power of η, times the commitment's share; five ints each
     * @param values per column of its tables the claim
     */
    record Maker(ExtBlocks blocks, Commitment commitment, List<Ext> point, int[] powers, List<Ext> values) {

        StackedTerm[] make() {
            StackedLayout layout = commitment.layout();
            Map<Integer, ExtVector> eqs = new HashMap<>();
            StackedTerm[] terms = new StackedTerm[layout.columns()];
            int t = 0;
            int claims = 0; // of the tables before t
            for (int j = 0; j < terms.length; j++) {
                long start = (long) j << layout.logHeight();
                long end = Math.min(start + (1L << layout.logHeight()), layout.cells());
                while (layout.offset(t + 1) <= start) {
                    claims += width(layout, t++);
                }
                int last = t;
                int level = layout.logHeight();
                for (; last < layout.shapes().size() && layout.offset(last) < end; last++) {
                    if (width(layout, last) > 0) {
                        level = Math.min(level, layout.shapes().get(last).logHeight());
                    }
                }
                level = level < MIN_LEVEL ? 0 : level;
                terms[j] = new StackedTerm(blocks.kernels(), j, level, layout.logHeight() - level);
                int before = claims;
                for (int u = t; u < last; u++) {
                    fill(terms[j], u, before, start, end, eqs);
                    before += width(layout, u);
                }
            }
            return terms;
        }

        private static int width(StackedLayout layout, int t) {
            StackedLayout.Shape shape = layout.shapes().get(t);
            return shape.empty() ? 0 : shape.width();
        }

        /** The cells of table t between {@code start} and {@code end}. */
        private void fill(StackedTerm term, int t, int claims, long start, long end, Map<Integer, ExtVector> eqs) {
            StackedLayout layout = commitment.layout();
            long from = Math.max(start, layout.offset(t));
            long to = Math.min(end, layout.offset(t + 1));
            int log = layout.shapes().get(t).logHeight();
            int level = term.level;
            FieldKernels kernels = blocks.kernels();
            while (from < to) {
                long inTable = from - layout.offset(t);
                int c = claims + (int) (inTable >> log);
                int row = (int) (inTable & (1L << log) - 1);
                int count = (int) Math.min((1L << log) - row, to - from);
                int at = (int) (from - start);
                ExtVector eq =
                        eqs.computeIfAbsent(level * Integer.SIZE + log, k -> blocks.eq(point.subList(level, log)));
                kernels.extScale(
                        eq.coordinates(),
                        row >> level,
                        powers,
                        c * Ext5.DEGREE,
                        term.a.coordinates(),
                        at >> level,
                        count >> level);
                if (level == log) {
                    term.d.set(at >> level, values.get(c).toArray(), 0);
                } else if (term.variables > 0) { // otherwise nothing asks for it
                    sums(term, at, count, eqs);
                }
                from += count;
            }
        }

        /** D on the blocks of {@code count} cells from {@code at} on. */
        private void sums(StackedTerm term, int at, int count, Map<Integer, ExtVector> eqs) {
            StackedColumns columns = commitment.columns();
            int[] data = columns.data(term.column);
            int from = columns.offset(term.column) + at;
            int level = term.level;
            if (level == 0) {
                System.arraycopy(data, from, term.d.coordinate(0), at, count);
                return;
            }
            ExtVector eq = eqs.computeIfAbsent(-level, k -> blocks.eq(point.subList(0, level)));
            int[] sum = new int[Ext5.DEGREE];
            for (int s = 0; s < count >> level; s++) {
                blocks.kernels().dotBaseExt(data, from + (s << level), eq.coordinates(), 0, 1 << level, sum, 0);
                term.d.set((at >> level) + s, sum, 0);
            }
        }
    }

    int column() {
        return column;
    }

    int level() {
        return level;
    }

    /** Whether high variables are left to bind. */
    boolean active() {
        return variables > 0;
    }

    /** Half the blocks that are left. */
    int half() {
        return 1 << variables >> 1;
    }

    /** A when every high variable is bound. */
    Ext weight() {
        return Ext.of(a, 0);
    }

    /**
     * Adds Σ A·D with the highest variable at 0 and at 2 to ten ints.
     *
     * @param scratch two vectors of half of any term's length
     */
    void round(ExtVector[] scratch, int[] sums) {
        int half = 1 << variables - 1;
        int[] two = Ext.ofLong(2).toArray();
        int[] dot = new int[2 * Ext5.DEGREE];
        kernels.extDot(a.coordinates(), 0, d.coordinates(), 0, half, dot, 0, dot, Ext5.DEGREE);
        Ext5.add(sums, 0, dot, 0, sums, 0);
        int[][] aTwo = scratch[0].coordinates();
        int[][] dTwo = scratch[1].coordinates();
        kernels.extFold(a.coordinates(), 0, a.coordinates(), half, two, 0, aTwo, 0, half);
        kernels.extFold(d.coordinates(), 0, d.coordinates(), half, two, 0, dTwo, 0, half);
        kernels.extDot(aTwo, 0, dTwo, 0, half, dot, 0, dot, Ext5.DEGREE);
        Ext5.add(sums, Ext5.DEGREE, dot, 0, sums, Ext5.DEGREE);
    }

    /** Binds the highest variable. */
    void fold(int[] challenge) {
        int half = 1 << --variables;
        kernels.extFold(a.coordinates(), 0, a.coordinates(), half, challenge, 0, a.coordinates(), 0, half);
        kernels.extFold(d.coordinates(), 0, d.coordinates(), half, challenge, 0, d.coordinates(), 0, half);
    }
}
