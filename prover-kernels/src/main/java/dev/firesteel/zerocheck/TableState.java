package dev.firesteel.zerocheck;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.KoalaBear;
import java.util.ArrayList;
import java.util.List;

/**
 * One table during the zerocheck: its columns, folded once per round, and the sums of F that a round asks for. The first round of a table
 * reads its base-field trace; only what is folded lies in the extension.
 */
final class TableState {
    private final FieldKernels kernels;
    private final ChipDescription chip;
    private final BlockProgram program;
    private final Trace preprocessed;
    private final Trace main;
    private final int[] weights;
    private final int[] constant;
    /** Folded columns, preprocessed first; null before the first fold. */
    private int[][][] folded;

    private int variables;

    TableState(
            FieldKernels kernels, ChipDescription chip, Trace preprocessed, Trace main, Batching.Weights<Ext> weights) {
        this.kernels = kernels;
        this.chip = chip;
        this.program = new BlockProgram(chip.tape());
        this.preprocessed = preprocessed;
        this.main = main;
        this.weights = new int[weights.outputs().size() * Ext5.DEGREE];
        for (int o = 0; o < weights.outputs().size(); o++) {
            weights.outputs().get(o).copyTo(this.weights, o * Ext5.DEGREE);
        }
        this.constant = weights.constant().toArray();
        this.variables = main.logHeight();
    }

    /** Variables that have not been bound. */
    int variables() {
        return variables;
    }

    /** Σ over all rows of eq·F, before the table's first round; {@code eq} over at least its variables. */
    Ext sum(int[][] eq) {
        int[] total = new int[Ext5.DEGREE];
        BaseRun run = new BaseRun();
        int height = 1 << variables;
        for (int from = 0; from < height; from += BlockProgram.BLOCK) {
            run.add(0, from, 0, Math.min(BlockProgram.BLOCK, height - from), eq, total);
        }
        return Ext.of(total, 0);
    }

    /** Adds Σ_x eq(x)·F(x, X) at X = 0, 1, … to {@code values}, X standing for the highest variable left. */
    void round(int[][] eq, Ext[] values) {
        int half = 1 << variables - 1;
        int[] total = new int[Ext5.DEGREE];
        Run run = folded == null ? new BaseRun() : new ExtRun();
        for (int x = 0; x < values.length; x++) {
            java.util.Arrays.fill(total, 0);
            for (int from = 0; from < half; from += BlockProgram.BLOCK) {
                run.add(x, from, half, Math.min(BlockProgram.BLOCK, half - from), eq, total);
            }
            values[x] = values[x].plus(Ext.of(total, 0));
        }
    }

    /** Binds the highest variable left. */
    void fold(Ext challenge) {
        int half = 1 << --variables;
        int[] r = challenge.toArray();
        int fixed = chip.preprocessedWidth();
        int width = fixed + chip.mainWidth();
        if (folded == null) {
            folded = new int[width][Ext5.DEGREE][half];
            for (int c = 0; c < width; c++) {
                Trace trace = c < fixed ? preprocessed : main;
                int at = trace.offset() + (c < fixed ? c : c - fixed) * trace.height();
                kernels.foldBaseExt(trace.data(), at, trace.data(), at + half, r, 0, folded[c], 0, half);
            }
        } else {
            for (int[][] column : folded) {
                kernels.extFold(column, 0, column, half, r, 0, column, 0, half);
            }
        }
    }

    /** The columns' values once every variable is bound. */
    ColumnClaims.Table<Ext> values() {
        int fixed = chip.preprocessedWidth();
        List<Ext> all = new ArrayList<>();
        for (int c = 0; c < fixed + chip.mainWidth(); c++) {
            if (folded == null) {
                all.add(Ext.ofBase(c < fixed ? preprocessed.get(0, c) : main.get(0, c - fixed)));
            } else {
                int[] value = new int[Ext5.DEGREE];
                for (int k = 0; k < Ext5.DEGREE; k++) {
                    value[k] = folded[c][k][0];
                }
                all.add(Ext.of(value, 0));
            }
        }
        return new ColumnClaims.Table<>(
                List.copyOf(all.subList(0, fixed)), List.copyOf(all.subList(fixed, all.size())));
    }

    private abstract class Run {
        final int[][] accumulator = new int[Ext5.DEGREE][BlockProgram.BLOCK];
        final int[] dot = new int[Ext5.DEGREE];
        final int[] scratch = new int[Ext5.DEGREE];

        /** Evaluates F at X = x for rows from {@code from} on into the accumulator. */
        abstract void evaluate(int x, int from, int half, int n);

        final void add(int x, int from, int half, int n, int[][] eq, int[] total) {
            for (int k = 0; k < Ext5.DEGREE; k++) {
                java.util.Arrays.fill(accumulator[k], 0, n, constant[k]);
            }
            evaluate(x, from, half, n);
            kernels.extDot(accumulator, 0, eq, from, n, dot, 0, scratch, 0);
            Ext5.add(total, 0, dot, 0, total, 0);
        }
    }

    private final class BaseRun extends Run {
        private final int[][] registers = program.baseRegisters();

        @Override
        void evaluate(int x, int from, int half, int n) {
            program.run(
                    kernels,
                    (fixed, column, out, count) -> {
                        Trace trace = fixed ? preprocessed : main;
                        int low = trace.offset() + column * trace.height() + from;
                        at(trace.data(), low, low + half, x, out, count);
                    },
                    registers,
                    n);
            for (int o = 0; o < chip.tape().outputCount(); o++) {
                kernels.axpyBaseExt(registers[program.outputSlot(o)], 0, weights, o * Ext5.DEGREE, accumulator, 0, n);
            }
        }
    }

    private final class ExtRun extends Run {
        private final int[][][] registers = program.extRegisters();
        private final int[][] term = new int[Ext5.DEGREE][BlockProgram.BLOCK];

        @Override
        void evaluate(int x, int from, int half, int n) {
            program.run(
                    kernels,
                    (fixed, column, out, count) -> {
                        int[][] cells = folded[fixed ? column : chip.preprocessedWidth() + column];
                        for (int k = 0; k < Ext5.DEGREE; k++) {
                            at(cells[k], from, from + half, x, out[k], count);
                        }
                    },
                    registers,
                    n);
            for (int o = 0; o < chip.tape().outputCount(); o++) {
                kernels.extScale(registers[program.outputSlot(o)], 0, weights, o * Ext5.DEGREE, term, 0, n);
                kernels.extAdd(accumulator, 0, term, 0, accumulator, 0, n);
            }
        }
    }

    /** out = low + x·(high − low) for a small integer x. */
    private void at(int[] data, int low, int high, int x, int[] out, int n) {
        if (x < 2) {
            System.arraycopy(data, x == 0 ? low : high, out, 0, n);
        } else {
            kernels.fold(data, low, data, high, KoalaBear.fromCanonical(x), out, 0, n);
        }
    }
}
