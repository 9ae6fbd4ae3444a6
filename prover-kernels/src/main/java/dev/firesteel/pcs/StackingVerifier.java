package dev.firesteel.pcs;

import dev.firesteel.air.Arithmetic;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.protocol.Points;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.protocol.VerifierChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reduces the claims on all columns of all tables to one claim per stacked column, all at one point.
 *
 * <p>With c numbering the columns of all commitments, Σ_c η^c·v_c = Σ_j Σ_x W_j(x)·C_j(x) over the stacked columns C_j, where W_j is, on the cells of
 * column c, η^c·eq(r, row): a polynomial that the verifier evaluates by itself, at a cost per table and stacked column but not per column of a table. The
 * sum over x is a sumcheck. A commitment with fewer variables than the highest counts as one that does not depend on the others, divided by
 * two for each of them: its sum over all of them is then the same.
 */
final class StackingVerifier<E> {
    /** Values of a round polynomial, a product of two of degree 1. */
    static final int ROUND_VALUES = 3;

    private final VerifierChannel<E> channel;
    private final Arithmetic<E> f;
    private final List<StackedLayout> layouts;
    private final PcsClaims<E> claims;
    private final E one;

    private StackingVerifier(VerifierChannel<E> channel, List<StackedLayout> layouts, PcsClaims<E> claims) {
        this.channel = channel;
        this.f = channel.field();
        this.layouts = layouts;
        this.claims = claims;
        this.one = f.constant(KoalaBear.ONE);
    }

    /** Reads and checks the rounds and the stacked columns' values. At least one layout is not empty. */
    static <E> StackedClaims<E> verify(VerifierChannel<E> channel, List<StackedLayout> layouts, PcsClaims<E> claims)
            throws VerificationException {
        return new StackingVerifier<>(channel, layouts, claims).run();
    }

    private StackedClaims<E> run() throws VerificationException {
        // Sampled after the values: two sets of values would have to agree in a random combination.
        E eta = channel.sample("stacking/eta");
        E claim = combine(eta);
        int height = FoldSchedule.maxLogHeight(layouts);
        List<E> point = new ArrayList<>(Collections.nCopies(height, claim));
        for (int variable = height - 1; variable >= 0; variable--) {
            List<E> g = channel.read("stacking/round", ROUND_VALUES);
            // Without this a round's polynomial would have nothing to do with the claim before it.
            channel.assertEqual(Rejection.STACKING_ROUND, "variable " + variable, f.add(g.get(0), g.get(1)), claim);
            E challenge = channel.sample("stacking/round point");
            point.set(variable, challenge);
            claim = Points.interpolate(f, g, challenge);
        }
        List<List<E>> values = new ArrayList<>();
        for (StackedLayout layout : layouts) {
            values.add(layout.empty() ? List.of() : channel.read("stacking/columns", layout.columns()));
        }
        // Without this the values that are opened would have nothing to do with the values that are claimed.
        channel.assertEqual(Rejection.STACKING_FINAL, "stacked columns", weigh(eta, point, values), claim);
        return new StackedClaims<>(List.copyOf(point), values);
    }

    /** Σ_c η^c·v_c, by Horner's rule. */
    private E combine(E eta) {
        E sum = f.constant(KoalaBear.ZERO);
        for (int i = layouts.size() - 1; i >= 0; i--) {
            List<List<E>> tables = claims.values().get(i);
            for (int t = tables.size() - 1; t >= 0; t--) {
                for (int c = tables.get(t).size() - 1; c >= 0; c--) {
                    sum = f.add(f.multiply(sum, eta), tables.get(t).get(c));
                }
            }
        }
        return sum;
    }

    /** Σ_j W_j(point)·values_j over all commitments. */
    private E weigh(E eta, List<E> point, List<List<E>> values) {
        E total = f.constant(KoalaBear.ZERO);
        E power = one;
        for (int i = 0; i < layouts.size(); i++) {
            StackedLayout layout = layouts.get(i);
            if (layout.empty()) {
                continue;
            }
            int halvings = point.size() - layout.logHeight();
            E share = f.constant(KoalaBear.pow(KoalaBear.HALF, halvings));
            List<E> at = point.subList(0, layout.logHeight());
            for (int t = 0; t < layout.shapes().size(); t++) {
                if (layout.shapes().get(t).empty()) {
                    continue;
                }
                int low = Math.min(layout.shapes().get(t).logHeight(), layout.logHeight());
                E rows = f.multiply(share, Points.eq(f, claims.point().subList(0, low), at.subList(0, low)));
                List<E> sum = new ArrayList<>(List.of(f.constant(KoalaBear.ZERO), power));
                if (layout.shapes().get(t).logHeight() > layout.logHeight()) {
                    tall(layout, t, eta, values.get(i), sum);
                } else {
                    slots(layout, t, eta, at, values.get(i), sum);
                }
                total = f.add(total, f.multiply(rows, sum.get(0)));
                power = sum.get(1);
            }
        }
        return total;
    }

    /** A table whose columns are whole runs of stacked columns; {@code sum} is the sum so far and the next column's power of η. */
    private void tall(StackedLayout layout, int t, E eta, List<E> values, List<E> sum) {
        StackedLayout.Shape shape = layout.shapes().get(t);
        List<E> blocks = OpeningRounds.eqTable(f, claims.point().subList(layout.logHeight(), shape.logHeight()));
        int j = (int) (layout.offset(t) >> layout.logHeight());
        E total = sum.get(0);
        E power = sum.get(1);
        for (int c = 0; c < shape.width(); c++) {
            E column = f.constant(KoalaBear.ZERO);
            for (E block : blocks) {
                column = f.add(column, f.multiply(block, values.get(j++)));
            }
            total = f.add(total, f.multiply(power, column));
            power = f.multiply(power, eta);
        }
        sum.set(0, total);
        sum.set(1, power);
    }

    /**
     * A table whose columns are slots of stacked columns. Slots [s, s + 2^k) with 2^k dividing s hold consecutive columns, so that their part of Σ η^c·eq(z,
     * slot) is a product of k factors; every range of slots is cut into such ones.
     */
    private void slots(StackedLayout layout, int t, E eta, List<E> point, List<E> values, List<E> sum) {
        StackedLayout.Shape shape = layout.shapes().get(t);
        List<E> high = point.subList(shape.logHeight(), layout.logHeight());
        List<E> powers = new ArrayList<>();
        List<E> full = new ArrayList<>(List.of(one));
        E square = eta;
        for (E z : high) {
            powers.add(square);
            full.add(f.multiply(full.get(full.size() - 1), Points.line(f, one, square, z)));
            square = f.multiply(square, square);
        }
        powers.add(square);
        long slot = layout.offset(t) >> shape.logHeight();
        long end = slot + shape.width();
        while (slot < end) {
            int j = (int) (slot >> high.size());
            long inColumn = slot & (1L << high.size()) - 1;
            int log = Math.min(
                    inColumn == 0 ? high.size() : Long.numberOfTrailingZeros(inColumn),
                    Long.SIZE - 1 - Long.numberOfLeadingZeros(end - slot));
            E weight = Points.eqIndex(f, high.subList(log, high.size()), inColumn >> log);
            weight = f.multiply(f.multiply(weight, full.get(log)), sum.get(1));
            sum.set(0, f.add(sum.get(0), f.multiply(weight, values.get(j))));
            sum.set(1, f.multiply(sum.get(1), powers.get(log)));
            slot += 1L << log;
        }
    }
}
