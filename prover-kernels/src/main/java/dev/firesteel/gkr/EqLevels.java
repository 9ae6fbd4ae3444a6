package dev.firesteel.gkr;

import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.KoalaBear;
import java.util.List;

/**
 * The tables of eq(point[0, j), ·) for every number j of variables, in one vector: a sumcheck needs one variable less each round, and tables of
 * different heights need different numbers at once. Entry x of the table over j variables is at 2^j + x.
 */
public final class EqLevels {
    private final ExtVector levels;

    /** The tables over 0, 1, … and all coordinates of {@code point}. */
    public EqLevels(FieldKernels kernels, List<Ext> point) {
        levels = new ExtVector(2 << point.size());
        levels.setBase(1, KoalaBear.ONE);
        int[][] c = levels.coordinates();
        int[] r = new int[Ext5.DEGREE];
        for (int j = 0; j < point.size(); j++) {
            int n = 1 << j;
            point.get(j).copyTo(r, 0);
            kernels.extScale(c, n, r, 0, c, 3 * n, n);
            kernels.extSub(c, n, c, 3 * n, c, 2 * n, n);
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
