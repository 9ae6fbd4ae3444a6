package dev.firesteel.zerocheck;

import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.Kernels;
import dev.firesteel.gkr.EqLevels;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.ProverChannel;
import dev.firesteel.protocol.TableLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Proves what {@link ZerocheckVerifier} verifies. */
public final class ZerocheckProver {
    private ZerocheckProver() {}

    /** {@link #prove(ProverChannel, TableLayout, List, List, List, Batching, Parallel)} on the caller's thread alone. */
    public static ColumnClaims<Ext> prove(
            ProverChannel channel,
            TableLayout layout,
            List<Trace> preprocessed,
            List<Trace> main,
            List<Ext> point,
            Batching<Ext> batching) {
        try (Parallel parallel = new Parallel(1)) {
            return prove(channel, layout, preprocessed, main, point, batching, parallel);
        }
    }

    /**
     * Proves the sum over all tables. The proof does not depend on the number of threads.
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
            Batching<Ext> batching,
            Parallel parallel) {
        FieldKernels kernels = Kernels.get();
        List<TableState> tables = new ArrayList<>();
        int registers = 0;
        for (int t = 0; t < layout.tables().size(); t++) {
            TableState table = new TableState(
                    kernels,
                    parallel,
                    layout.tables().get(t).chip(),
                    preprocessed.get(t),
                    main.get(t),
                    batching.tables().get(t));
            registers = Math.max(registers, table.registers());
            tables.add(table);
        }
        TermRunner[] runners = new TermRunner[parallel.threads()];
        for (int worker = 0; worker < runners.length; worker++) {
            runners[worker] = new TermRunner(kernels, registers, parallel.memory());
        }
        int most = layout.maxLogHeight();
        EqLevels eq = new EqLevels(kernels, parallel, point.subList(0, Math.max(0, most - 1)));
        tables.forEach(table -> table.begin(eq, point, runners));
        List<Ext> end = new ArrayList<>(Collections.nCopies(most, Ext.ZERO));
        for (int variable = most - 1; variable >= 0; variable--) {
            Ext[] values = new Ext[ZerocheckVerifier.ROUND_VALUES];
            Arrays.fill(values, Ext.ZERO);
            for (TableState table : tables) {
                if (table.variables() > variable) {
                    table.round(eq, point.get(variable), values, runners);
                } else {
                    // A shorter table does not depend on the higher variables; until it takes part its sum is constant.
                    Arrays.setAll(values, x -> values[x].plus(table.claim()));
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
        }
        EqLevels eqEnd = new EqLevels(kernels, parallel, end);
        List<ColumnClaims.Table<Ext>> claims = new ArrayList<>();
        for (TableState table : tables) {
            ColumnClaims.Table<Ext> values = table.values(eqEnd);
            channel.write("zerocheck/preprocessed", values.preprocessed());
            channel.write("zerocheck/main", values.main());
            claims.add(values);
        }
        return new ColumnClaims<>(List.copyOf(end), List.copyOf(claims));
    }
}
