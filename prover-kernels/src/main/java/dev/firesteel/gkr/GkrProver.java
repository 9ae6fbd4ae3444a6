package dev.firesteel.gkr;

import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.Kernels;
import dev.firesteel.protocol.ProverChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Proves what {@link GkrVerifier} verifies. */
public final class GkrProver {
    /** Elements per block: eleven extension blocks of this size stay in a second-level cache. */
    private static final int BLOCK = 1024;

    private final FieldKernels kernels = Kernels.get();
    private final ProverChannel channel;

    private GkrProver(ProverChannel channel) {
        this.channel = channel;
    }

    /**
     * Proves the sum of the fractions {@code p[i]/q[i]}.
     *
     * @param p numerators, 2^n of them, n ≥ 1; overwritten
     * @param q denominators, as many, none zero; overwritten
     * @return the claim on p and q that is left
     */
    public static GkrClaim<Ext> prove(ProverChannel channel, ExtVector p, ExtVector q) {
        return new GkrProver(channel).run(p, q);
    }

    private record Layer(ExtVector p, ExtVector q) {}

    private GkrClaim<Ext> run(ExtVector p, ExtVector q) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer(p, q));
        for (int half = p.length() / 2; half >= 2; half /= 2) {
            layers.add(sum(layers.get(layers.size() - 1), half));
        }
        Collections.reverse(layers);
        Layer top = layers.get(0);
        List<Ext> ends = List.of(Ext.of(top.p, 0), Ext.of(top.p, 1), Ext.of(top.q, 0), Ext.of(top.q, 1));
        channel.write("gkr/top", ends);
        Ext at = channel.sample("gkr/top point");
        List<Ext> point = new ArrayList<>(List.of(at));
        for (int layer = 1; layer < layers.size(); layer++) {
            Ext lambda = channel.sample("gkr/lambda");
            List<Ext> next = new ArrayList<>(Collections.nCopies(layer, lambda));
            ends = layer(layers.get(layer), point, lambda, next);
            layers.set(layer, null);
            channel.write("gkr/layer", ends);
            at = channel.sample("gkr/layer point");
            next.add(at);
            point = next;
        }
        return new GkrClaim<>(
                List.copyOf(point), line(ends.get(0), ends.get(1), at), line(ends.get(2), ends.get(3), at));
    }

    private static Ext line(Ext low, Ext high, Ext at) {
        return low.plus(at.times(high.minus(low)));
    }

    private Layer sum(Layer below, int half) {
        ExtVector p = new ExtVector(half);
        ExtVector q = new ExtVector(half);
        ExtVector other = new ExtVector(Math.min(half, BLOCK));
        for (int from = 0; from < half; from += BLOCK) {
            int n = Math.min(BLOCK, half - from);
            int[][] bp = below.p.coordinates();
            int[][] bq = below.q.coordinates();
            kernels.extMul(bp, from, bq, from + half, p.coordinates(), from, n);
            kernels.extMul(bp, from + half, bq, from, other.coordinates(), 0, n);
            kernels.extAdd(p.coordinates(), from, other.coordinates(), 0, p.coordinates(), from, n);
            kernels.extMul(bq, from, bq, from + half, q.coordinates(), from, n);
        }
        return new Layer(p, q);
    }

    /** The sumcheck of one layer; fills {@code next} with its challenges and returns p0, p1, q0, q1 there. */
    private List<Ext> layer(Layer layer, List<Ext> point, Ext lambda, List<Ext> next) {
        int variables = point.size();
        int size = 1 << variables;
        // Four vectors of the layer's halves, folded in place; entry i of the upper ones is at i + size.
        int[][] p = layer.p.coordinates();
        int[][] q = layer.q.coordinates();
        int[][] eq = eqTable(kernels, point.subList(0, variables - 1)).coordinates();
        Scratch scratch = new Scratch();
        for (int variable = variables - 1; variable >= 0; variable--) {
            int half = 1 << variable;
            channel.write("gkr/round", round(p, q, eq, size, half, lambda, scratch));
            Ext challenge = channel.sample("gkr/round point");
            next.set(variable, challenge);
            int[] r = challenge.toArray();
            for (int base = 0; base <= size; base += size) {
                kernels.extFold(p, base, p, base + half, r, 0, p, base, half);
                kernels.extFold(q, base, q, base + half, r, 0, q, base, half);
            }
            if (variable > 0) {
                // The table over one variable less: eq at both values of a variable adds up to 1.
                kernels.extAdd(eq, 0, eq, half / 2, eq, 0, half / 2);
            }
        }
        return List.of(Ext.of(layer.p, 0), Ext.of(layer.p, size), Ext.of(layer.q, 0), Ext.of(layer.q, size));
    }

    private static final class Scratch {
        final int[][] a = new int[Ext5.DEGREE][BLOCK];
        final int[][] b = new int[Ext5.DEGREE][BLOCK];
        final int[][] p0 = new int[Ext5.DEGREE][BLOCK];
        final int[][] p1 = new int[Ext5.DEGREE][BLOCK];
        final int[][] q0 = new int[Ext5.DEGREE][BLOCK];
        final int[][] q1 = new int[Ext5.DEGREE][BLOCK];
        final int[] dot = new int[Ext5.DEGREE];
        final int[] ints = new int[Ext5.DEGREE];
    }

    /** Σ_x eq(x)·(q1(x, X)·(p0 + λ q0)(x, X) + p1(x, X)·q0(x, X)) at X = 0, 1, 2. */
    private List<Ext> round(int[][] p, int[][] q, int[][] eq, int upper, int half, Ext lambda, Scratch s) {
        Ext[] g = {Ext.ZERO, Ext.ZERO, Ext.ZERO};
        int[] l = lambda.toArray();
        for (int from = 0; from < half; from += BLOCK) {
            int n = Math.min(BLOCK, half - from);
            for (int x = 0; x < 3; x++) {
                at(x, p, from, half, s.p0, n);
                at(x, p, from + upper, half, s.p1, n);
                at(x, q, from, half, s.q0, n);
                at(x, q, from + upper, half, s.q1, n);
                kernels.extScale(s.q0, 0, l, 0, s.a, 0, n);
                kernels.extAdd(s.a, 0, s.p0, 0, s.a, 0, n);
                kernels.extMul(s.a, 0, s.q1, 0, s.a, 0, n);
                kernels.extMul(s.p1, 0, s.q0, 0, s.b, 0, n);
                kernels.extAdd(s.a, 0, s.b, 0, s.a, 0, n);
                kernels.extDot(s.a, 0, eq, from, n, s.dot, 0, s.ints, 0);
                g[x] = g[x].plus(Ext.of(s.dot, 0));
            }
        }
        return List.of(g);
    }

    /** out = low, high, or 2·high − low for x = 0, 1, 2. */
    private void at(int x, int[][] a, int from, int half, int[][] out, int n) {
        for (int k = 0; k < Ext5.DEGREE; k++) {
            if (x < 2) {
                System.arraycopy(a[k], from + x * half, out[k], 0, n);
            } else {
                kernels.sub(a[k], from + half, a[k], from, out[k], 0, n);
                kernels.add(out[k], 0, a[k], from + half, out[k], 0, n);
            }
        }
    }

    /** eq(point, ·) over all indices; entry i belongs to the bits of i. */
    public static ExtVector eqTable(FieldKernels kernels, List<Ext> point) {
        ExtVector table = new ExtVector(1 << point.size());
        table.setBase(0, dev.firesteel.field.KoalaBear.ONE);
        for (int k = 0; k < point.size(); k++) {
            kernels.extEqStep(table.coordinates(), 0, point.get(k).toArray(), 0, 1 << k);
        }
        return table;
    }
}
