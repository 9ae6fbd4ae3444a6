package dev.firesteel.zerocheck;

import dev.firesteel.air.Expression;
import dev.firesteel.air.Tape;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.FieldKernels;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * A tape made ready to run over blocks of rows: every instruction is one kernel call on a whole block, and registers are reused as soon as
 * their last reader has run, so that a block's registers stay in the cache.
 */
final class BlockProgram {
    /** Rows per block. */
    static final int BLOCK = 512;

    private final Tape tape;
    private final int[] slot;
    private final int slots;

    BlockProgram(Tape tape) {
        this.tape = tape;
        int length = tape.length();
        int[] lastUse = new int[length];
        Arrays.setAll(lastUse, i -> i);
        boolean[] output = new boolean[length];
        for (int i = 0; i < length; i++) {
            if (operation(i)) {
                lastUse[tape.left(i)] = i;
                lastUse[tape.right(i)] = i;
            }
        }
        for (int o = 0; o < tape.outputCount(); o++) {
            // Outputs are read when all has run.
            output[tape.output(o)] = true;
        }
        this.slot = new int[length];
        ArrayDeque<Integer> free = new ArrayDeque<>();
        int used = 0;
        for (int i = 0; i < length; i++) {
            slot[i] = free.isEmpty() ? used++ : free.pop();
            if (operation(i)) {
                release(tape.left(i), i, lastUse, output, free);
                if (tape.right(i) != tape.left(i)) {
                    release(tape.right(i), i, lastUse, output, free);
                }
            }
        }
        this.slots = used;
    }

    private void release(int operand, int at, int[] lastUse, boolean[] output, ArrayDeque<Integer> free) {
        if (lastUse[operand] == at && !output[operand]) {
            free.push(slot[operand]);
        }
    }

    private boolean operation(int i) {
        return tape.kind(i).compareTo(Expression.Kind.SUM) >= 0;
    }

    Tape tape() {
        return tape;
    }

    /** Gives the cells of a block of rows. */
    interface BaseCells {
        /** Writes {@code n} cells of a column to {@code out}. */
        void load(boolean preprocessed, int column, int[] out, int n);
    }

    /** Gives the cells of a block of rows in the extension. */
    interface ExtCells {
        /** Writes {@code n} cells of a column to {@code out}. */
        void load(boolean preprocessed, int column, int[][] out, int n);
    }

    /** Registers for base-field runs. */
    int[][] baseRegisters() {
        return new int[slots][BLOCK];
    }

    /** Registers for extension runs. */
    int[][][] extRegisters() {
        return new int[slots][Ext5.DEGREE][BLOCK];
    }

    /** The register that holds output {@code o} after a run. */
    int outputSlot(int o) {
        return slot[tape.output(o)];
    }

    void run(FieldKernels kernels, BaseCells cells, int[][] registers, int n) {
        for (int i = 0; i < tape.length(); i++) {
            int[] out = registers[slot[i]];
            switch (tape.kind(i)) {
                case PREPROCESSED -> cells.load(true, tape.left(i), out, n);
                case MAIN -> cells.load(false, tape.left(i), out, n);
                case CONSTANT -> Arrays.fill(out, 0, n, tape.left(i));
                case SUM -> kernels.add(left(registers, i), 0, right(registers, i), 0, out, 0, n);
                case DIFFERENCE -> kernels.sub(left(registers, i), 0, right(registers, i), 0, out, 0, n);
                case PRODUCT -> kernels.mul(left(registers, i), 0, right(registers, i), 0, out, 0, n);
            }
        }
    }

    void run(FieldKernels kernels, ExtCells cells, int[][][] registers, int n) {
        for (int i = 0; i < tape.length(); i++) {
            int[][] out = registers[slot[i]];
            switch (tape.kind(i)) {
                case PREPROCESSED -> cells.load(true, tape.left(i), out, n);
                case MAIN -> cells.load(false, tape.left(i), out, n);
                case CONSTANT -> {
                    Arrays.fill(out[0], 0, n, tape.left(i));
                    for (int k = 1; k < Ext5.DEGREE; k++) {
                        Arrays.fill(out[k], 0, n, 0);
                    }
                }
                case SUM -> kernels.extAdd(left(registers, i), 0, right(registers, i), 0, out, 0, n);
                case DIFFERENCE -> kernels.extSub(left(registers, i), 0, right(registers, i), 0, out, 0, n);
                case PRODUCT -> kernels.extMul(left(registers, i), 0, right(registers, i), 0, out, 0, n);
            }
        }
    }

    private <T> T left(T[] registers, int i) {
        return registers[slot[tape.left(i)]];
    }

    private <T> T right(T[] registers, int i) {
        return registers[slot[tape.right(i)]];
    }
}
