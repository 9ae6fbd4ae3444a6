package dev.firesteel.gkr;

import dev.firesteel.air.Arithmetic;
import dev.firesteel.protocol.Points;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.protocol.VerifierChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Verifies that the leaves' fractions add up to a given sum, down to a claim on the leaves.
 *
 * <p>Layer k has 2^k fractions p/q; those at x and x + 2^(k−1) are added to give the one at x of layer k − 1. A layer's claim is
 * reduced to the next by a sumcheck of p0·q1 + p1·q0 + λ·q0·q1 over eq, whose factor is divided out of every round polynomial.
 */
public final class GkrVerifier {
    private GkrVerifier() {}

    /**
     * Reads and checks the layers.
     *
     * @param logLeaves number of variables of the leaves, at least 1
     * @param others the sum of all other fractions; with the leaves' it must give 0
     */
    public static <E> GkrClaim<E> verify(VerifierChannel<E> channel, int logLeaves, E others)
            throws VerificationException {
        Arithmetic<E> f = channel.field();
        List<E> top = channel.read("gkr/top", 4);
        // A zero denominator would let 0/0 stand for anything.
        channel.assertNonZero(Rejection.LOGUP_ZERO_DENOMINATOR, "top 0", top.get(2));
        channel.assertNonZero(Rejection.LOGUP_ZERO_DENOMINATOR, "top 1", top.get(3));
        E numerator = f.add(f.multiply(top.get(0), top.get(3)), f.multiply(top.get(1), top.get(2)));
        E denominator = f.multiply(top.get(2), top.get(3));
        E total = f.add(numerator, f.multiply(others, denominator));
        channel.assertEqual(Rejection.LOGUP_SUM, "root", total, f.constant(0));

        E at = channel.sample("gkr/top point");
        List<E> point = new ArrayList<>(List.of(at));
        E p = Points.line(f, top.get(0), top.get(1), at);
        E q = Points.line(f, top.get(2), top.get(3), at);
        for (int layer = 1; layer < logLeaves; layer++) {
            E lambda = channel.sample("gkr/lambda");
            E claim = f.add(p, f.multiply(lambda, q));
            List<E> next = new ArrayList<>(java.util.Collections.nCopies(layer, claim));
            for (int variable = layer - 1; variable >= 0; variable--) {
                List<E> g = channel.read("gkr/round", 3);
                E sum = Points.line(f, g.get(0), g.get(1), point.get(variable));
                channel.assertEqual(Rejection.GKR_ROUND, "layer " + layer + " variable " + variable, sum, claim);
                E challenge = channel.sample("gkr/round point");
                next.set(variable, challenge);
                claim = Points.interpolate(f, g, challenge);
            }
            List<E> ends = channel.read("gkr/layer", 4);
            E expected = f.add(
                    f.add(f.multiply(ends.get(0), ends.get(3)), f.multiply(ends.get(1), ends.get(2))),
                    f.multiply(lambda, f.multiply(ends.get(2), ends.get(3))));
            channel.assertEqual(Rejection.GKR_LAYER, "layer " + layer, expected, claim);
            E last = channel.sample("gkr/layer point");
            next.add(last);
            p = Points.line(f, ends.get(0), ends.get(1), last);
            q = Points.line(f, ends.get(2), ends.get(3), last);
            point = next;
        }
        return new GkrClaim<>(List.copyOf(point), p, q);
    }
}
