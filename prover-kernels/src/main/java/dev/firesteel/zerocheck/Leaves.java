package dev.firesteel.zerocheck;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Interaction;
import dev.firesteel.air.Tape;
import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.Kernels;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.protocol.TableLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The fractions that LogUp-GKR adds up: multiplicity over fingerprint for every message of every row, in the layout's order. */
public record Leaves(ExtVector numerators, ExtVector denominators) {

    /** Evaluates all messages; leaves beyond the last message are 0/1. */
    public static Leaves of(
            TableLayout layout, List<Trace> preprocessed, List<Trace> main, Fingerprint<Ext> fingerprint) {
        int count = 1 << layout.logLeaves();
        Leaves leaves = new Leaves(new ExtVector(count), new ExtVector(count));
        Arrays.fill(leaves.denominators.coordinate(0), (int) layout.leafCount(), count, KoalaBear.ONE);
        for (int t = 0; t < layout.tables().size(); t++) {
            TableLayout.Table table = layout.tables().get(t);
            if (!table.chip().interactions().isEmpty()) {
                leaves.fill(table, preprocessed.get(t), main.get(t), fingerprint);
            }
        }
        return leaves;
    }

    private void fill(TableLayout.Table table, Trace preprocessed, Trace main, Fingerprint<Ext> fingerprint) {
        FieldKernels kernels = Kernels.get();
        ChipDescription chip = table.chip();
        BlockProgram program = new BlockProgram(Tape.of(messages(chip)));
        int[][] registers = program.baseRegisters();
        int[] powers = new int[fingerprint.betaPowers().size() * Ext5.DEGREE];
        for (int k = 0; k < fingerprint.betaPowers().size(); k++) {
            fingerprint.betaPowers().get(k).copyTo(powers, k * Ext5.DEGREE);
        }
        for (int from = 0; from < table.height(); from += BlockProgram.BLOCK) {
            int first = from;
            int n = Math.min(BlockProgram.BLOCK, table.height() - from);
            program.run(
                    kernels,
                    (fixed, column, out, rows) -> {
                        Trace trace = fixed ? preprocessed : main;
                        System.arraycopy(trace.data(), trace.offset() + column * trace.height() + first, out, 0, rows);
                    },
                    registers,
                    n);
            int output = 0;
            for (int i = 0; i < chip.interactions().size(); i++) {
                Interaction interaction = chip.interactions().get(i);
                int leaf = (int) table.leaf(i) + from;
                System.arraycopy(registers[program.outputSlot(output++)], 0, numerators.coordinate(0), leaf, n);
                int[] constant = fingerprint
                        .alpha()
                        .plus(Ext.ofLong(interaction.bus().id()))
                        .toArray();
                for (int k = 0; k < Ext5.DEGREE; k++) {
                    Arrays.fill(denominators.coordinate(k), leaf, leaf + n, constant[k]);
                }
                for (int k = 0; k < interaction.fields().size(); k++) {
                    axpy(kernels, registers[program.outputSlot(output++)], powers, k * Ext5.DEGREE, leaf, n);
                }
            }
        }
    }

    private void axpy(FieldKernels kernels, int[] values, int[] powers, int power, int leaf, int n) {
        for (int k = 0; k < Ext5.DEGREE; k++) {
            kernels.axpy(values, 0, powers[power + k], denominators.coordinate(k), leaf, n);
        }
    }

    private static List<Expression> messages(ChipDescription chip) {
        List<Expression> outputs = new ArrayList<>();
        for (Interaction interaction : chip.interactions()) {
            outputs.add(interaction.multiplicity());
            outputs.addAll(interaction.fields());
        }
        return outputs;
    }
}
