package dev.firesteel.pcs;

import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.Kernels;
import dev.firesteel.poly.Multilinear;
import dev.firesteel.poly.Parallel;
import java.util.List;

/** Loops of the opening's provers over long vectors: by blocks that stay in a near cache, on all threads. */
final class ExtBlocks {
    /** Elements of a block: 20 KiB of extension elements. */
    private static final int BLOCK = 1024;

    private final FieldKernels kernels = Kernels.get();
    private final Parallel parallel;

    ExtBlocks(Parallel parallel) {
        this.parallel = parallel;
    }

    Parallel parallel() {
        return parallel;
    }

    FieldKernels kernels() {
        return kernels;
    }

    /** From eq over so many variables to eq over one less, in place: both values of the highest variable add up to 1. */
    void dropHighest(ExtVector eq, int half) {
        int[][] c = eq.coordinates();
        parallel.forEach(
                blocks(half),
                (task, worker) -> kernels.extAdd(
                        c,
                        task * BLOCK,
                        c,
                        half + task * BLOCK,
                        c,
                        task * BLOCK,
                        Math.min(BLOCK, half - task * BLOCK)));
    }

    /** eq(point, ·). */
    ExtVector eq(List<Ext> point) {
        return Multilinear.eqExt(point, parallel);
    }

    /** A vector of zeros. */
    ExtVector zeros(int length) {
        return parallel.memory().zeros(length);
    }

    /** Σ a[aOff + i]·b[i], i &lt; n. */
    Ext dot(ExtVector a, int aOff, ExtVector b, int n) {
        int[][] own = new int[parallel.threads()][3 * Ext5.DEGREE];
        parallel.forEach(blocks(n), (task, worker) -> {
            int at = task * BLOCK;
            int[] sum = own[worker];
            int count = Math.min(BLOCK, n - at);
            kernels.extDot(
                    a.coordinates(), aOff + at, b.coordinates(), at, count, sum, Ext5.DEGREE, sum, 2 * Ext5.DEGREE);
            Ext5.add(sum, 0, sum, Ext5.DEGREE, sum, 0);
        });
        return sum(own, 0);
    }

    /** The sum over workers of what each has from {@code off} on. */
    private static Ext sum(int[][] own, int off) {
        int[] total = new int[Ext5.DEGREE];
        for (int[] part : own) {
            Ext5.add(total, 0, part, off, total, 0);
        }
        return Ext.of(total, 0);
    }

    /** out[x] = out[x] + Σ_j Σ_s weights[j·slots + s]·column_j[s·n + x], x &lt; n: {@code slots} blocks of n cells of each of some columns. */
    void accumulate(StackedColumns columns, int[] which, int slots, int[] weights, ExtVector out, int n) {
        parallel.forEach(blocks(n), (task, worker) -> {
            int at = task * BLOCK;
            int count = Math.min(BLOCK, n - at);
            for (int j = 0; j < which.length; j++) {
                int[] data = columns.data(which[j]);
                int from = columns.offset(which[j]) + at;
                for (int s = 0; s < slots; s++) {
                    int weight = (j * slots + s) * Ext5.DEGREE;
                    kernels.axpyBaseExt(data, from + s * n, weights, weight, out.coordinates(), at, count);
                }
            }
        });
    }

    /** Σ_x eq[x]·column_j[x] for every column j. */
    Ext[] evaluate(StackedColumns columns, ExtVector eq) {
        int n = 1 << columns.logHeight();
        int width = columns.count();
        int[][] own = new int[parallel.threads()][(width + 1) * Ext5.DEGREE];
        parallel.forEach(blocks(n), (task, worker) -> {
            int at = task * BLOCK;
            int count = Math.min(BLOCK, n - at);
            int[] sums = own[worker];
            int scratch = width * Ext5.DEGREE;
            for (int j = 0; j < width; j++) {
                int to = j * Ext5.DEGREE;
                kernels.dotBaseExt(columns.data(j), columns.offset(j) + at, eq.coordinates(), at, count, sums, scratch);
                Ext5.add(sums, to, sums, scratch, sums, to);
            }
        });
        Ext[] values = new Ext[width];
        for (int j = 0; j < width; j++) {
            values[j] = sum(own, j * Ext5.DEGREE);
        }
        return values;
    }

    private static int blocks(int n) {
        return (n + BLOCK - 1) / BLOCK;
    }
}
