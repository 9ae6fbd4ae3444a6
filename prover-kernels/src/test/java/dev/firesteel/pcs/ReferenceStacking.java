package dev.firesteel.pcs;

import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.protocol.Points;
import dev.firesteel.protocol.ProverChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The stacking sumcheck straight from its definition: all weights and all cells in the extension. It can also lie in the columns' values. */
final class ReferenceStacking {
    private final List<List<Ext[]>> weights = new ArrayList<>();
    private final List<List<Ext[]>> cells = new ArrayList<>();

    private ReferenceStacking() {}

    /**
     * Proves.
     *
     * @param consistent whether to change the first value so that the verifier's check of the values holds although a claim is false
     */
    static StackedClaims<Ext> prove(
            ProverChannel channel,
            List<StackedLayout> layouts,
            List<List<Trace>> tables,
            PcsClaims<Ext> claims,
            boolean consistent) {
        return new ReferenceStacking().run(channel, layouts, tables, claims, consistent);
    }

    private StackedClaims<Ext> run(
            ProverChannel channel,
            List<StackedLayout> layouts,
            List<List<Trace>> tables,
            PcsClaims<Ext> claims,
            boolean consistent) {
        Ext power = Ext.ONE;
        Ext eta = channel.sample("stacking/eta");
        Ext claim = Ext.ZERO;
        int height = FoldSchedule.maxLogHeight(layouts);
        for (int i = 0; i < layouts.size(); i++) {
            int h = layouts.get(i).logHeight();
            List<Ext[]> w = new ArrayList<>();
            List<Ext[]> c = new ArrayList<>();
            int halvings = layouts.get(i).empty() ? 0 : height - h;
            for (int j = 0; j < layouts.get(i).columns(); j++) {
                w.add(Collections.nCopies(1 << h, Ext.ZERO).toArray(new Ext[0]));
                c.add(Collections.nCopies(1 << h, Ext.ZERO).toArray(new Ext[0]));
            }
            int at = 0;
            for (int t = 0; t < tables.get(i).size(); t++) {
                Trace trace = tables.get(i).get(t);
                for (int column = 0; trace != null && column < trace.width(); column++) {
                    claim = claim.plus(power.times(claims.values().get(i).get(t).get(column)));
                    for (int row = 0; row < trace.height(); row++) {
                        List<Ext> point = claims.point().subList(0, trace.logHeight());
                        Ext eq = Points.eqIndex(ExtArithmetic.INSTANCE, point, row);
                        int share = KoalaBear.pow(KoalaBear.HALF, halvings);
                        w.get(at >> h)[at & (1 << h) - 1] = power.times(eq).times(share);
                        c.get(at >> h)[at & (1 << h) - 1] = Ext.ofBase(trace.get(row, column));
                        at++;
                    }
                    power = power.times(eta);
                }
            }
            weights.add(w);
            cells.add(c);
        }
        List<Ext> point = new ArrayList<>(Collections.nCopies(height, Ext.ZERO));
        for (int variable = height - 1; variable >= 0; variable--) {
            List<Ext> g = round(layouts, variable, claim);
            channel.write("stacking/round", g);
            Ext r = channel.sample("stacking/round point");
            point.set(variable, r);
            claim = Points.interpolate(ExtArithmetic.INSTANCE, g, r);
            fold(layouts, variable, r);
        }
        return values(channel, layouts, point, claim, consistent);
    }

    private List<Ext> round(List<StackedLayout> layouts, int variable, Ext claim) {
        Ext[] sums = {Ext.ZERO, Ext.ZERO};
        for (int i = 0; i < layouts.size(); i++) {
            int n = Math.min(1 << variable, 1 << layouts.get(i).logHeight());
            boolean takesPart = layouts.get(i).logHeight() > variable;
            // Spread over the variables that the commitment does not have: each half has half of the sum.
            int share = takesPart
                    ? KoalaBear.ONE
                    : KoalaBear.pow(KoalaBear.TWO, variable - layouts.get(i).logHeight());
            for (int j = 0; j < weights.get(i).size(); j++) {
                for (int k = 0; k < sums.length; k++) {
                    for (int x = 0; x < n; x++) {
                        Ext w = takesPart
                                ? at(weights.get(i).get(j), x, n, 2 * k)
                                : weights.get(i).get(j)[x];
                        Ext c = takesPart
                                ? at(cells.get(i).get(j), x, n, 2 * k)
                                : cells.get(i).get(j)[x];
                        sums[k] = sums[k].plus(w.times(c).times(share));
                    }
                }
            }
        }
        return List.of(sums[0], claim.minus(sums[0]), sums[1]);
    }

    private static Ext at(Ext[] table, int x, int half, int point) {
        return Points.line(ExtArithmetic.INSTANCE, table[x], table[half + x], Ext.ofLong(point));
    }

    private void fold(List<StackedLayout> layouts, int variable, Ext r) {
        for (int i = 0; i < layouts.size(); i++) {
            for (int j = 0;
                    layouts.get(i).logHeight() > variable && j < weights.get(i).size();
                    j++) {
                for (Ext[] table : List.of(weights.get(i).get(j), cells.get(i).get(j))) {
                    for (int x = 0; x < 1 << variable; x++) {
                        table[x] = Points.line(ExtArithmetic.INSTANCE, table[x], table[(1 << variable) + x], r);
                    }
                }
            }
        }
    }

    private StackedClaims<Ext> values(
            ProverChannel channel, List<StackedLayout> layouts, List<Ext> point, Ext claim, boolean consistent) {
        Ext left = claim;
        Ext scale = null;
        List<List<Ext>> values = new ArrayList<>();
        for (int i = 0; i < layouts.size(); i++) {
            List<Ext> own = new ArrayList<>();
            for (int j = 0; j < weights.get(i).size(); j++) {
                own.add(cells.get(i).get(j)[0]);
                left = left.minus(weights.get(i).get(j)[0].times(own.get(j)));
                scale = scale == null ? weights.get(i).get(j)[0] : scale;
            }
            values.add(own);
        }
        boolean changed = !consistent;
        for (List<Ext> own : values) {
            if (!own.isEmpty()) {
                if (!changed) {
                    own.set(0, own.get(0).plus(left.times(scale.inverse())));
                    changed = true;
                }
                channel.write("stacking/columns", own);
            }
        }
        return new StackedClaims<>(point, values);
    }
}
