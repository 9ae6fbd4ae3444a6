package dev.firesteel.machine;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.gkr.GkrProver;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.TableLayout;
import dev.firesteel.zerocheck.Fingerprint;
import dev.firesteel.zerocheck.Leaves;
import java.util.ArrayList;
import java.util.List;

/** The sum that a proof states for its messages on global buses. The prover needs it before the challenges of the local ones are drawn. */
final class GlobalSum {
    private GlobalSum() {}

    /**
     * Σ multiplicity/fingerprint over all rows' messages on global buses.
     *
     * @param preprocessed a trace per chip, null where there is none
     * @param main a trace per chip
     * @param global the fingerprint of the global challenge
     */
    static Ext of(
            Machine machine, List<Trace> preprocessed, List<Trace> main, Fingerprint<Ext> global, Parallel parallel) {
        List<ChipDescription> chips = new ArrayList<>();
        int[] logHeights = new int[main.size()];
        for (int i = 0; i < logHeights.length; i++) {
            ChipDescription messages = machine.chips().get(i).globalMessages();
            chips.add(messages);
            logHeights[i] = messages.interactions().isEmpty() ? -1 : main.get(i).logHeight();
        }
        TableLayout layout = TableLayout.of(chips, logHeights);
        List<Trace> fixed = new ArrayList<>();
        List<Trace> filled = new ArrayList<>();
        for (TableLayout.Table table : layout.tables()) {
            fixed.add(preprocessed.get(table.index()));
            filled.add(main.get(table.index()));
        }
        Leaves leaves = Leaves.of(layout, fixed, filled, global.withGlobal(global), parallel);
        return GkrProver.sum(leaves.numerators(), leaves.denominators(), parallel);
    }
}
