package dev.firesteel.gkr;

import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.poly.Parallel;
import java.util.List;

/**
 * The tables of eq(point[0, j), ·) for every number j of variables, in one vector: a sumcheck needs one variable less each round, and tables of
 * different heights need different numbers at once. Entry x of the table over j variables is at 2^j + x.
 */
public final class EqLevels {
    private static final int BLOCK = 4096;

    private final FieldKernels kernels;
    private final Parallel parallel;
    private final ExtVector levels;

    /** Memory for tables over up to {@code variables} variables. */
    public EqLevels(FieldKernels kernels, Parallel parallel, int variables) {
        this.kernels = kernels;
        this.parallel = parallel;
        this.levels = parallel.memory().vector(2 << variables);
    }

    /** The tables over 0, 1, … and all coordinates of {@code point}. */
    public EqLevels(FieldKernels kernels, Parallel parallel, List<Ext> point) {
        this(kernels, parallel, point.size());
        set(point);
    }

    /** Makes the tables of another point, of no more coordinates than there is memory for. */
    public void set(List<Ext> point) {
        levels.setBase(1, KoalaBear.ONE);
        int[][] c = levels.coordinates();
        int[] r = new int[Ext5.DEGREE];
        for (int j = 0; j < point.size(); j++) {
            int n = 1 << j;
            point.get(j).copyTo(r, 0);
            parallel.forEach((n + BLOCK - 1) / BLOCK, (task, worker) -> {
                int from = n + task * BLOCK;
                int count = Math.min(BLOCK, n);
                kernels.extScale(c, from, r, 0, c, from + 2 * n, count);
                kernels.extSub(c, from, c, from + 2 * n, c, from + n, count);
            });
        }
    }

    /** The vector that holds all tables. */
    public int[][] coordinates() {
        return levels.coordinates();
    }

    /** Where the table over {@code variables} variables begins. */
    public int offset(int variables) {
        return 1 << variables;
    }
}
