package dev.firesteel.gkr;

import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.Kernels;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.protocol.Points;
import dev.firesteel.protocol.ProverChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Proves what {@link GkrVerifier} verifies. */
public final class GkrProver {
    private final FieldKernels kernels = Kernels.get();
    private final ProverChannel channel;
    private final Parallel parallel;
    private final GkrLayer.Scratch[] scratch;

    private GkrProver(ProverChannel channel, Parallel parallel) {
        this.channel = channel;
        this.parallel = parallel;
        this.scratch = new GkrLayer.Scratch[parallel.threads()];
        for (int worker = 0; worker < scratch.length; worker++) {
            scratch[worker] = new GkrLayer.Scratch();
        }
    }

    /** {@link #prove(ProverChannel, ExtVector, ExtVector, Parallel)} on the caller's thread alone. */
    public static GkrClaim<Ext> prove(ProverChannel channel, ExtVector p, ExtVector q) {
        try (Parallel parallel = new Parallel(1)) {
            return prove(channel, p, q, parallel);
        }
    }

    /**
     * Proves the sum of the fractions {@code p[i]/q[i]}. The proof does not depend on the number of threads. Numerators that are a {@link ExtVector#ofBase vector of
     * the base field}, and fractions 0/1 at the end, cost less.
     *
     * @param p numerators, 2^n of them, n ≥ 1; overwritten
     * @param q denominators, as many, none zero; overwritten
     * @return the claim on p and q that is left
     */
    public static GkrClaim<Ext> prove(ProverChannel channel, ExtVector p, ExtVector q, Parallel parallel) {
        return new GkrProver(channel, parallel).run(p, q);
    }

    /**
     * The sum of the fractions {@code p[i]/q[i]}, which {@link #prove} would prove.
     *
     * @param p numerators, 2^n of them, n ≥ 1
     * @param q denominators, as many, none zero
     */
    public static Ext sum(ExtVector p, ExtVector q, Parallel parallel) {
        GkrProver prover = new GkrProver(null, parallel);
        GkrLayer layer = GkrLayer.leaves(prover.kernels, parallel, p, q);
        while (layer.upper() >= 2) {
            layer = layer.sum(prover.scratch);
        }
        Ext low = layer.p(0).times(layer.q(0).inverse());
        return low.plus(layer.p(1).times(layer.q(1).inverse()));
    }

    private GkrClaim<Ext> run(ExtVector p, ExtVector q) {
        List<GkrLayer> layers = new ArrayList<>();
        layers.add(GkrLayer.leaves(kernels, parallel, p, q));
        while (layers.get(layers.size() - 1).upper() >= 2) {
            layers.add(layers.get(layers.size() - 1).sum(scratch));
        }
        Collections.reverse(layers);
        GkrLayer top = layers.get(0);
        List<Ext> ends = List.of(top.p(0), top.p(1), top.q(0), top.q(1));
        channel.write("gkr/top", ends);
        Ext at = channel.sample("gkr/top point");
        List<Ext> point = new ArrayList<>(List.of(at));
        EqLevels eq = new EqLevels(kernels, parallel, Math.max(0, layers.size() - 2));
        for (int layer = 1; layer < layers.size(); layer++) {
            Ext lambda = channel.sample("gkr/lambda");
            Ext claim = line(ends.get(0), ends.get(1), at).plus(lambda.times(line(ends.get(2), ends.get(3), at)));
            List<Ext> next = new ArrayList<>(Collections.nCopies(layer, lambda));
            eq.set(point.subList(0, layer - 1));
            ends = layer(layers.get(layer), layers.get(layer - 1), point, lambda, claim, eq, next);
            layers.set(layer - 1, null);
            channel.write("gkr/layer", ends);
            at = channel.sample("gkr/layer point");
            next.add(at);
            point = next;
        }
        return new GkrClaim<>(
                List.copyOf(point), line(ends.get(0), ends.get(1), at), line(ends.get(2), ends.get(3), at));
    }

    private static Ext line(Ext low, Ext high, Ext at) {
        return Points.line(ExtArithmetic.INSTANCE, low, high, at);
    }

    /** The sumcheck of one layer; fills {@code next} with its challenges and returns p0, p1, q0, q1 there. */
    private List<Ext> layer(
            GkrLayer layer, GkrLayer above, List<Ext> point, Ext lambda, Ext sum, EqLevels eq, List<Ext> next) {
        Ext claim = sum;
        int[] bound = null;
        for (int variable = point.size() - 1; variable >= 0; variable--) {
            Ext coordinate = point.get(variable);
            // eq's factor is divided out: (1 − r)·g(0) + r·g(1) is the claim, so g(1) follows from g(0), or from r = 0
            // that
            // g(0) is the claim.
            boolean atOne = coordinate.isZero();
            int half = 1 << variable;
            int from = eq.offset(variable);
            if (bound == null) {
                layer.firstRound(lambda.toArray(), above, half, eq.coordinates(), from, atOne, scratch);
            } else {
                layer.round(bound, half, eq.coordinates(), from, atOne, scratch);
            }
            int[] value = new int[Ext5.DEGREE];
            int[] leading = new int[Ext5.DEGREE];
            for (GkrLayer.Scratch s : scratch) {
                Ext5.add(value, 0, s.value, 0, value, 0);
                Ext5.add(leading, 0, s.leading, 0, leading, 0);
            }
            Ext known = Ext.of(value, 0);
            Ext g0 = atOne ? claim : known;
            Ext g1 = atOne
                    ? known
                    : claim.minus(Ext.ONE.minus(coordinate).times(g0)).times(coordinate.inverse());
            Ext halfSum = g1.plus(Ext.of(leading, 0));
            List<Ext> g = List.of(g0, g1, halfSum.plus(halfSum).minus(g0));
            channel.write("gkr/round", g);
            Ext challenge = channel.sample("gkr/round point");
            next.set(variable, challenge);
            claim = Points.interpolate(ExtArithmetic.INSTANCE, g, challenge);
            bound = challenge.toArray();
        }
        layer.fold(bound, 0, 1, 1);
        Ext p0 = layer.p(0).minus(lambda.times(layer.q(0)));
        return List.of(p0, layer.p1(), layer.q(0), layer.q(layer.upper()));
    }
}
