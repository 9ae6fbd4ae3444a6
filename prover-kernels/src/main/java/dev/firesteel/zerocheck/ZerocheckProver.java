package dev.firesteel.zerocheck;

import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.Kernels;
import dev.firesteel.gkr.GkrProver;
import dev.firesteel.protocol.ProverChannel;
import dev.firesteel.protocol.TableLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Proves what {@link ZerocheckVerifier} verifies. */
public final class ZerocheckProver {
    private ZerocheckProver() {}

    /**
     * Proves the sum over all tables.
     *
     * @param preprocessed traces in the layout's order, null for a chip without such columns
     * @param main traces in the layout's order
     * @param point as for the verifier
     */
    public static ColumnClaims<Ext> prove(
            ProverChannel channel,
            TableLayout layout,
            List<Trace> preprocessed,
            List<Trace> main,
            List<Ext> point,
            Batching<Ext> batching) {
        FieldKernels kernels = Kernels.get();
        List<TableState> tables = new ArrayList<>();
        for (int t = 0; t < layout.tables().size(); t++) {
            tables.add(new TableState(
                    kernels,
                    layout.tables().get(t).chip(),
                    preprocessed.get(t),
                    main.get(t),
                    batching.tables().get(t)));
        }
        int most = layout.maxLogHeight();
        // A shorter table does not depend on the higher variables; until it takes part its sum is a constant.
        Ext[] sums = new Ext[tables.size()];
        for (int t = 0; t < sums.length; t++) {
            int variables = tables.get(t).variables();
            sums[t] = variables == most
                    ? null
                    : tables.get(t)
                            .sum(GkrProver.eqTable(kernels, point.subList(0, variables))
                                    .coordinates());
        }
        List<Ext> end = new ArrayList<>(Collections.nCopies(most, Ext.ZERO));
        int[][] eq = most == 0
                ? null
                : GkrProver.eqTable(kernels, point.subList(0, most - 1)).coordinates();
        for (int variable = most - 1; variable >= 0; variable--) {
            Ext[] values = new Ext[ZerocheckVerifier.ROUND_VALUES];
            Arrays.fill(values, Ext.ZERO);
            for (int t = 0; t < sums.length; t++) {
                if (tables.get(t).variables() > variable) {
                    tables.get(t).round(eq, values);
                } else {
                    for (int x = 0; x < values.length; x++) {
                        values[x] = values[x].plus(sums[t]);
                    }
                }
            }
            channel.write("zerocheck/round", List.of(values));
            Ext challenge = channel.sample("zerocheck/round point");
            end.set(variable, challenge);
            for (TableState table : tables) {
                if (table.variables() > variable) {
                    table.fold(challenge);
                }
            }
            if (variable > 0) {
                int half = 1 << variable - 1;
                kernels.extAdd(eq, 0, eq, half, eq, 0, half);
            }
        }
        List<ColumnClaims.Table<Ext>> claims = new ArrayList<>();
        for (TableState table : tables) {
            ColumnClaims.Table<Ext> values = table.values();
            channel.write("zerocheck/preprocessed", values.preprocessed());
            channel.write("zerocheck/main", values.main());
            claims.add(values);
        }
        return new ColumnClaims<>(List.copyOf(end), List.copyOf(claims));
    }
}
