package dev.firesteel.zerocheck;

import dev.firesteel.air.Interaction;
import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.gkr.GkrClaim;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.protocol.Points;
import dev.firesteel.protocol.ProverChannel;
import dev.firesteel.protocol.TableLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Both provers as their definitions read, element by element: nothing is derived, skipped or shared. */
final class ReferenceProver {
    private static final ExtArithmetic F = ExtArithmetic.INSTANCE;

    private ReferenceProver() {}

    /** Leaves as {numerators, denominators}. */
    static Ext[][] leaves(TableLayout layout, List<Trace> fixed, List<Trace> main, Fingerprint<Ext> fingerprint) {
        int count = 1 << layout.logLeaves();
        Ext[] p = new Ext[count];
        Ext[] q = new Ext[count];
        Arrays.fill(p, Ext.ZERO);
        Arrays.fill(q, Ext.ONE);
        for (int t = 0; t < layout.tables().size(); t++) {
            TableLayout.Table table = layout.tables().get(t);
            for (int row = 0; row < table.height(); row++) {
                List<Ext> outputs = table.chip().tape().evaluate(F, row(fixed.get(t), row), row(main.get(t), row));
                int at = table.chip().constraints().size();
                for (int i = 0; i < table.chip().interactions().size(); i++) {
                    Interaction interaction = table.chip().interactions().get(i);
                    int end = at + 1 + interaction.fields().size();
                    p[(int) table.leaf(i) + row] = outputs.get(at);
                    q[(int) table.leaf(i) + row] = fingerprint.of(F, interaction.bus(), outputs.subList(at + 1, end));
                    at = end;
                }
            }
        }
        return new Ext[][] {p, q};
    }

    private static List<Ext> row(Trace trace, int row) {
        List<Ext> cells = new ArrayList<>();
        for (int c = 0; trace != null && c < trace.width(); c++) {
            cells.add(Ext.ofBase(trace.get(row, c)));
        }
        return cells;
    }

    private static Ext[] fold(Ext[] a, Ext r) {
        Ext[] out = new Ext[a.length / 2];
        Arrays.setAll(out, i -> Points.line(F, a[i], a[i + out.length], r));
        return out;
    }

    private static Ext[] half(Ext[] a, int which) {
        return Arrays.copyOfRange(a, which * a.length / 2, (which + 1) * a.length / 2);
    }

    static GkrClaim<Ext> gkr(ProverChannel channel, Ext[] leafP, Ext[] leafQ) {
        List<Ext[][]> layers = new ArrayList<>();
        layers.add(new Ext[][] {leafP, leafQ});
        for (Ext[] p = leafP, q = leafQ; p.length > 2; ) {
            Ext[] sumP = new Ext[p.length / 2];
            Ext[] sumQ = new Ext[p.length / 2];
            for (int i = 0; i < sumP.length; i++) {
                int j = i + sumP.length;
                sumP[i] = p[i].times(q[j]).plus(p[j].times(q[i]));
                sumQ[i] = q[i].times(q[j]);
            }
            p = sumP;
            q = sumQ;
            layers.add(0, new Ext[][] {p, q});
        }
        List<Ext> point = new ArrayList<>();
        List<Ext> ends = null;
        for (int layer = 0; layer < layers.size(); layer++) {
            Ext[] p = layers.get(layer)[0];
            Ext[] q = layers.get(layer)[1];
            List<Ext> next = new ArrayList<>(Collections.nCopies(layer, Ext.ZERO));
            Ext[][] parts = {half(p, 0), half(p, 1), half(q, 0), half(q, 1)};
            if (layer > 0) {
                Ext lambda = channel.sample("gkr/lambda");
                for (int variable = layer - 1; variable >= 0; variable--) {
                    List<Ext> g = new ArrayList<>();
                    for (int x = 0; x < 3; x++) {
                        Ext at = Ext.ofLong(x);
                        Ext[][] f = Arrays.stream(parts).map(a -> fold(a, at)).toArray(Ext[][]::new);
                        Ext sum = Ext.ZERO;
                        for (int i = 0; i < f[0].length; i++) {
                            Ext value = f[0][i].times(f[3][i]).plus(f[1][i].times(f[2][i]));
                            value = value.plus(lambda.times(f[2][i]).times(f[3][i]));
                            sum = sum.plus(value.times(Points.eqIndex(F, point.subList(0, variable), i)));
                        }
                        g.add(sum);
                    }
                    channel.write("gkr/round", g);
                    Ext challenge = channel.sample("gkr/round point");
                    next.set(variable, challenge);
                    parts = Arrays.stream(parts).map(a -> fold(a, challenge)).toArray(Ext[][]::new);
                }
            }
            ends = List.of(parts[0][0], parts[1][0], parts[2][0], parts[3][0]);
            channel.write(layer == 0 ? "gkr/top" : "gkr/layer", ends);
            next.add(channel.sample("point"));
            point = next;
        }
        Ext last = point.get(point.size() - 1);
        return new GkrClaim<>(
                point, Points.line(F, ends.get(0), ends.get(1), last), Points.line(F, ends.get(2), ends.get(3), last));
    }

    static void zerocheck(
            ProverChannel channel,
            TableLayout layout,
            List<Trace> fixed,
            List<Trace> main,
            List<Ext> point,
            Batching<Ext> batching) {
        int tables = layout.tables().size();
        List<List<Ext[]>> columns = new ArrayList<>();
        for (int t = 0; t < tables; t++) {
            List<Ext[]> all = new ArrayList<>();
            for (Trace trace : Arrays.asList(fixed.get(t), main.get(t))) {
                for (int c = 0; trace != null && c < trace.width(); c++) {
                    Ext[] column = new Ext[trace.height()];
                    int number = c;
                    Arrays.setAll(column, row -> Ext.ofBase(trace.get(row, number)));
                    all.add(column);
                }
            }
            columns.add(all);
        }
        for (int variable = layout.maxLogHeight() - 1; variable >= 0; variable--) {
            List<Ext> g = new ArrayList<>();
            for (int x = 0; x < 4; x++) {
                Ext sum = Ext.ZERO;
                for (int t = 0; t < tables; t++) {
                    boolean takesPart = layout.tables().get(t).logHeight() > variable;
                    Ext at = Ext.ofLong(x);
                    List<Ext[]> bound = columns.get(t).stream()
                            .map(c -> takesPart ? fold(c, at) : c)
                            .toList();
                    sum = sum.plus(total(
                            layout.tables().get(t), bound, batching.tables().get(t), point));
                }
                g.add(sum);
            }
            channel.write("zerocheck/round", g);
            Ext challenge = channel.sample("zerocheck/round point");
            for (int t = 0; t < tables; t++) {
                if (layout.tables().get(t).logHeight() > variable) {
                    columns.get(t).replaceAll(c -> fold(c, challenge));
                }
            }
        }
        columns.forEach(all -> all.forEach(c -> channel.write("column", c[0])));
    }

    /** Σ eq·F over all rows. */
    private static Ext total(
            TableLayout.Table table, List<Ext[]> columns, Batching.Weights<Ext> weights, List<Ext> point) {
        int rows = columns.get(0).length;
        int fixed = table.chip().preprocessedWidth();
        List<Ext> low = point.subList(0, Integer.numberOfTrailingZeros(rows));
        Ext sum = Ext.ZERO;
        for (int row = 0; row < rows; row++) {
            int r = row;
            List<Ext> cells = columns.stream().map(c -> c[r]).toList();
            List<Ext> outputs =
                    table.chip().tape().evaluate(F, cells.subList(0, fixed), cells.subList(fixed, cells.size()));
            Ext value = weights.constant();
            for (int o = 0; o < outputs.size(); o++) {
                value = value.plus(weights.outputs().get(o).times(outputs.get(o)));
            }
            sum = sum.plus(value.times(Points.eqIndex(F, low, row)));
        }
        return sum;
    }
}
