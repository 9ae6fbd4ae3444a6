package dev.firesteel.jobs.report.stats;

import java.util.Arrays;

/**
 * Least squares with non-negative coefficients: minimises {@code ‖A·x − b‖} over {@code x ≥ 0}.
 *
 * <p>The active-set method of Lawson and Hanson, <i>Solving Least Squares Problems</i>, chapter 23. Columns are scaled to length 1
 * first, since an intercept of ones stands beside counts of a million.
 */
public final class NonNegativeLeastSquares {
    private static final double TOLERANCE = 1e-12;

    private final double[][] columns;
    private final double[] scales;
    private final double[] target;

    private NonNegativeLeastSquares(double[][] rows, double[] target) {
        if (rows.length == 0 || rows.length != target.length) {
            throw new IllegalArgumentException(rows.length + " rows and " + target.length + " values");
        }
        this.columns = new double[rows[0].length][rows.length];
        this.scales = new double[columns.length];
        this.target = target;
        for (int j = 0; j < columns.length; j++) {
            for (int i = 0; i < rows.length; i++) {
                columns[j][i] = rows[i][j];
            }
            scales[j] = Math.sqrt(dot(columns[j], columns[j]));
            for (int i = 0; i < rows.length && scales[j] > 0; i++) {
                columns[j][i] /= scales[j];
            }
        }
    }

    /**
     * Solves the problem.
     *
     * @param rows A, one array per row, all of one length
     * @param target b, one value per row
     * @return x; a column of zeros, or one that the chosen columns already span, gets 0
     * @throws IllegalArgumentException if there are no rows or the sizes differ
     */
    public static double[] solve(double[][] rows, double[] target) {
        return new NonNegativeLeastSquares(rows, target).solve();
    }

    private double[] solve() {
        int n = columns.length;
        double[] x = new double[n];
        boolean[] passive = new boolean[n];
        boolean[] refused = new boolean[n];
        double bound = TOLERANCE * Math.max(Math.sqrt(dot(target, target)), Double.MIN_NORMAL);
        // Each step strictly lowers the residual, so it ends; the limit only guards against a cycle made by rounding.
        for (int step = 0; step < 30 * (n + 1); step++) {
            int entering = steepest(x, passive, refused, bound);
            if (entering < 0) {
                break;
            }
            passive[entering] = true;
            double[] candidate = solvePassive(passive);
            if (candidate == null || candidate[entering] <= 0) {
                passive[entering] = false;
                refused[entering] = true;
                continue;
            }
            x = backToFeasible(x, candidate, passive);
            Arrays.fill(refused, false);
        }
        for (int j = 0; j < n; j++) {
            x[j] = scales[j] > 0 ? x[j] / scales[j] : 0;
        }
        return x;
    }

    private int steepest(double[] x, boolean[] passive, boolean[] refused, double bound) {
        double[] residual = residual(x);
        int best = -1;
        double most = bound;
        for (int j = 0; j < columns.length; j++) {
            double gradient = passive[j] || refused[j] ? 0 : dot(columns[j], residual);
            if (gradient > most) {
                most = gradient;
                best = j;
            }
        }
        return best;
    }

    /** Walks from x towards the unconstrained optimum, dropping each column that reaches zero on the way. */
    private double[] backToFeasible(double[] from, double[] candidate, boolean[] passive) {
        double[] x = from;
        double[] goal = candidate;
        while (true) {
            double share = 1;
            for (int j = 0; j < x.length; j++) {
                if (passive[j] && goal[j] <= 0) {
                    share = Math.min(share, x[j] / (x[j] - goal[j]));
                }
            }
            if (share == 1) {
                return goal;
            }
            double[] moved = new double[x.length];
            for (int j = 0; j < x.length; j++) {
                moved[j] = x[j] + share * (goal[j] - x[j]);
                if (passive[j] && (moved[j] <= 0 || goal[j] <= 0 && x[j] / (x[j] - goal[j]) <= share)) {
                    moved[j] = 0;
                    passive[j] = false;
                }
            }
            x = moved;
            goal = solvePassive(passive);
            if (goal == null) {
                return x;
            }
        }
    }

    /** Least squares over the passive columns by modified Gram–Schmidt, orthogonalised twice; null if they are dependent. */
    private double[] solvePassive(boolean[] passive) {
        int n = columns.length;
        int[] chosen = new int[n];
        int k = 0;
        double[][] q = new double[n][];
        double[][] r = new double[n][n];
        double[] rest = target.clone();
        double[] projected = new double[n];
        for (int j = 0; j < n; j++) {
            if (!passive[j]) {
                continue;
            }
            double[] v = columns[j].clone();
            for (int pass = 0; pass < 2; pass++) {
                for (int i = 0; i < k; i++) {
                    double part = dot(q[i], v);
                    r[i][k] += part;
                    addScaled(v, -part, q[i]);
                }
            }
            double length = Math.sqrt(dot(v, v));
            if (length < 1e-10) {
                return null;
            }
            for (int i = 0; i < v.length; i++) {
                v[i] /= length;
            }
            r[k][k] = length;
            q[k] = v;
            projected[k] = dot(v, rest);
            addScaled(rest, -projected[k], v);
            chosen[k++] = j;
        }
        double[] solution = new double[n];
        for (int i = k - 1; i >= 0; i--) {
            double value = projected[i];
            for (int m = i + 1; m < k; m++) {
                value -= r[i][m] * solution[chosen[m]];
            }
            solution[chosen[i]] = value / r[i][i];
        }
        return solution;
    }

    private double[] residual(double[] x) {
        double[] residual = target.clone();
        for (int j = 0; j < columns.length; j++) {
            addScaled(residual, -x[j], columns[j]);
        }
        return residual;
    }

    private static void addScaled(double[] to, double factor, double[] values) {
        for (int i = 0; i < to.length && factor != 0; i++) {
            to[i] += factor * values[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
