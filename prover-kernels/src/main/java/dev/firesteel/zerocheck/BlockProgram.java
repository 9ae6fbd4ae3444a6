package dev.firesteel.zerocheck;

import dev.firesteel.air.Expression;
import dev.firesteel.air.Tape;
import dev.firesteel.air.Trace;
import dev.firesteel.field.FieldKernels;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What of a tape some of its instructions depend on, made ready to run over blocks of rows of base-field cells: every instruction is one kernel
 * call on a whole block. Cells are read where they lie; a register is reused as soon as its last reader has run, and results are handed over as
 * soon as they are computed, so that a block's registers stay in the cache.
 */
public final class BlockProgram {
    /** Rows per block. */
    public static final int BLOCK = 512;

    private final Tape tape;
    private final List<int[]> wanted;
    private final int[] order;
    private final int[] slot;
    private final int slots;

    /**
     * A program for some instructions.
     *
     * @param results the instructions whose results are wanted; one may occur several times
     */
    public BlockProgram(Tape tape, int[] results) {
        this.tape = tape;
        int length = tape.length();
        boolean[] needed = new boolean[length];
        int[] uses = new int[length];
        for (int result : results) {
            needed[result] = true;
            uses[result]++;
        }
        int count = 0;
        for (int i = length - 1; i >= 0; i--) {
            if (needed[i]) {
                count++;
                if (operation(tape, i)) {
                    needed[tape.left(i)] = true;
                    needed[tape.right(i)] = true;
                }
            }
        }
        order = new int[count];
        int[] lastUse = new int[length];
        int at = 0;
        for (int i = 0; i < length; i++) {
            if (needed[i]) {
                order[at++] = i;
                lastUse[i] = i;
                if (operation(tape, i)) {
                    lastUse[tape.left(i)] = i;
                    lastUse[tape.right(i)] = i;
                }
            }
        }
        wanted = new ArrayList<>(Collections.nCopies(length, null));
        for (int r = 0; r < results.length; r++) {
            int[] before = wanted.get(results[r]);
            int[] now = before == null ? new int[1] : Arrays.copyOf(before, before.length + 1);
            now[now.length - 1] = r;
            wanted.set(results[r], now);
        }
        slot = new int[length];
        slots = allocate(lastUse);
    }

    private int allocate(int[] lastUse) {
        ArrayDeque<Integer> free = new ArrayDeque<>();
        int used = 0;
        for (int i : order) {
            if (cell(i)) {
                continue;
            }
            slot[i] = free.isEmpty() ? used++ : free.pop();
            if (operation(tape, i)) {
                release(tape.left(i), i, lastUse, free);
                if (tape.right(i) != tape.left(i)) {
                    release(tape.right(i), i, lastUse, free);
                }
            }
            if (lastUse[i] == i) {
                free.push(slot[i]);
            }
        }
        return used;
    }

    private void release(int operand, int at, int[] lastUse, ArrayDeque<Integer> free) {
        if (lastUse[operand] == at && !cell(operand)) {
            free.push(slot[operand]);
        }
    }

    private boolean cell(int i) {
        return tape.kind(i) == Expression.Kind.MAIN || tape.kind(i) == Expression.Kind.PREPROCESSED;
    }

    static boolean operation(Tape tape, int i) {
        return tape.kind(i).compareTo(Expression.Kind.SUM) >= 0;
    }

    /** Takes results. */
    public interface Sink {
        /** Result {@code r} of the block's rows is {@code values[from]} and after; valid during the call. */
        void accept(int r, int[] values, int from);
    }

    /** How many registers a run needs. */
    int registerCount() {
        return slots;
    }

    /** Registers for a run. */
    public int[][] registers() {
        return new int[slots][BLOCK];
    }

    /** Runs over rows [from, from + n), n at most {@link #BLOCK}. */
    public void run(
            FieldKernels kernels, Trace preprocessed, Trace main, int from, int n, int[][] registers, Sink sink) {
        for (int i : order) {
            if (!cell(i)) {
                int[] out = registers[slot[i]];
                if (operation(tape, i)) {
                    int l = tape.left(i);
                    int r = tape.right(i);
                    int[] a = array(l, preprocessed, main, registers);
                    int[] b = array(r, preprocessed, main, registers);
                    int aOff = offset(l, preprocessed, main, from);
                    int bOff = offset(r, preprocessed, main, from);
                    switch (tape.kind(i)) {
                        case SUM -> kernels.add(a, aOff, b, bOff, out, 0, n);
                        case DIFFERENCE -> kernels.sub(a, aOff, b, bOff, out, 0, n);
                        default -> kernels.mul(a, aOff, b, bOff, out, 0, n);
                    }
                } else {
                    Arrays.fill(out, 0, n, tape.left(i));
                }
            }
            if (wanted.get(i) != null) {
                for (int r : wanted.get(i)) {
                    sink.accept(r, array(i, preprocessed, main, registers), offset(i, preprocessed, main, from));
                }
            }
        }
    }

    private int[] array(int i, Trace preprocessed, Trace main, int[][] registers) {
        return switch (tape.kind(i)) {
            case PREPROCESSED -> preprocessed.data();
            case MAIN -> main.data();
            default -> registers[slot[i]];
        };
    }

    private int offset(int i, Trace preprocessed, Trace main, int from) {
        return switch (tape.kind(i)) {
            case PREPROCESSED -> preprocessed.offset() + tape.left(i) * preprocessed.height() + from;
            case MAIN -> main.offset() + tape.left(i) * main.height() + from;
            default -> 0;
        };
    }
}
