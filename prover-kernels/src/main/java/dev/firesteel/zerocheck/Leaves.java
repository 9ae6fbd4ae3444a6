package dev.firesteel.zerocheck;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.Kernels;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.protocol.TableLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The fractions that LogUp-GKR adds up: multiplicity over fingerprint for every message of every row, in the layout's order. */
public record Leaves(ExtVector numerators, ExtVector denominators) {

    /** {@link #of(TableLayout, List, List, Fingerprint, Parallel)} on the caller's thread alone. */
    public static Leaves of(
            TableLayout layout, List<Trace> preprocessed, List<Trace> main, Fingerprint<Ext> fingerprint) {
        try (Parallel parallel = new Parallel(1)) {
            return of(layout, preprocessed, main, fingerprint, parallel);
        }
    }

    /** Evaluates all messages; leaves beyond the last message are 0/1. */
    public static Leaves of(
            TableLayout layout,
            List<Trace> preprocessed,
            List<Trace> main,
            Fingerprint<Ext> fingerprint,
            Parallel parallel) {
        int count = 1 << layout.logLeaves();
        Leaves leaves = new Leaves(
                ExtVector.ofBase(count, parallel.memory().ints(count)),
                parallel.memory().vector(count));
        int end = (int) layout.leafCount();
        parallel.forEach(Ext5.DEGREE, (k, worker) -> {
            if (k == 0) {
                Arrays.fill(leaves.numerators.coordinate(0), end, count, 0);
            }
            Arrays.fill(leaves.denominators.coordinate(k), end, count, k == 0 ? KoalaBear.ONE : 0);
        });
        for (int t = 0; t < layout.tables().size(); t++) {
            TableLayout.Table table = layout.tables().get(t);
            if (!table.chip().interactions().isEmpty()) {
                leaves.fill(table, preprocessed.get(t), main.get(t), fingerprint, parallel);
            }
        }
        return leaves;
    }

    private void fill(
            TableLayout.Table table, Trace preprocessed, Trace main, Fingerprint<Ext> fingerprint, Parallel parallel) {
        FieldKernels kernels = Kernels.get();
        ChipDescription chip = table.chip();
        int before = chip.constraints().size();
        int[] outputs = new int[chip.tape().outputCount() - before];
        Arrays.setAll(outputs, o -> chip.tape().output(before + o));
        BlockProgram program = new BlockProgram(chip.tape(), outputs);
        // For every output its message, and which field of it: -1 is the multiplicity.
        int[] message = new int[outputs.length];
        int[] field = new int[outputs.length];
        int output = 0;
        for (int i = 0; i < chip.interactions().size(); i++) {
            boolean global = chip.interactions().get(i).bus().isGlobal();
            for (int k = -1; k < chip.interactions().get(i).fields().size(); k++) {
                message[output] = i;
                field[output++] = global && k >= 0 ? fingerprint.betaPowers().size() + k : k;
            }
        }
        // Those of local buses, and after them those of global ones.
        List<Ext> betaPowers = new ArrayList<>(fingerprint.betaPowers());
        if (fingerprint.global() != null) {
            betaPowers.addAll(fingerprint.global().betaPowers());
        }
        int[] powers = new int[betaPowers.size() * Ext5.DEGREE];
        for (int k = 0; k < betaPowers.size(); k++) {
            betaPowers.get(k).copyTo(powers, k * Ext5.DEGREE);
        }
        int block = BlockProgram.BLOCK;
        int[][][] registers = new int[parallel.threads()][][];
        parallel.forEach((table.height() + block - 1) / block, (task, worker) -> {
            if (registers[worker] == null) {
                registers[worker] = program.registers();
            }
            int from = task * block;
            int n = Math.min(block, table.height() - from);
            constants(table, fingerprint, from, n);
            program.run(kernels, preprocessed, main, from, n, registers[worker], (o, values, at) -> {
                int leaf = (int) table.leaf(message[o]) + from;
                if (field[o] < 0) {
                    System.arraycopy(values, at, numerators.coordinate(0), leaf, n);
                } else {
                    kernels.axpyBaseExt(
                            values, at, powers, field[o] * Ext5.DEGREE, denominators.coordinates(), leaf, n);
                }
            });
        });
    }

    private void constants(TableLayout.Table table, Fingerprint<Ext> fingerprint, int from, int n) {
        for (int i = 0; i < table.chip().interactions().size(); i++) {
            int leaf = (int) table.leaf(i) + from;
            int[] constant = fingerprint
                    .constant(
                            ExtArithmetic.INSTANCE,
                            table.chip().interactions().get(i).bus())
                    .toArray();
            for (int k = 0; k < Ext5.DEGREE; k++) {
                Arrays.fill(denominators.coordinate(k), leaf, leaf + n, constant[k]);
            }
        }
    }
}
