package dev.firesteel.examples;

import dev.firesteel.air.Chip;
import dev.firesteel.air.RowBuffer;
import dev.firesteel.air.Trace;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.Poseidon2;
import dev.firesteel.machine.PublicMessage;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Poseidon2, iterated: a row per permutation, the state from row to row over a bus.
 *
 * <p>Statement: n permutations lead from state s to state s′.
 */
public final class Poseidon2Machine implements ExampleMachine {
    private final Poseidon2 parameters;
    private final Poseidon2Chip chip;

    /**
     * The machine for one width.
     *
     * @param width 16 or 24
     * @throws IllegalArgumentException for another width
     */
    public Poseidon2Machine(int width) {
        parameters = switch (width) {
            case 16 -> Poseidon2.WIDTH_16;
            case 24 -> Poseidon2.WIDTH_24;
            default -> throw new IllegalArgumentException("Poseidon2 of width " + width + ": there are 16 and 24");
        };
        chip = new Poseidon2Chip(parameters);
    }

    @Override
    public String name() {
        return "poseidon2-" + parameters.width();
    }

    @Override
    public List<Chip> chips() {
        return List.of(chip);
    }

    @Override
    public String operations() {
        return "permutations";
    }

    @Override
    public Instance instance(int logRows, int operations, long seed) {
        Trace trace = Trace.zeros(Heights.of(this, logRows, operations), chip.columns());
        SplittableRandom random = new SplittableRandom(seed);
        int[] state = new int[parameters.width()];
        Arrays.setAll(state, i -> random.nextInt(KoalaBear.P));
        PublicMessage first = PublicMessage.sent(chip.state(), new int[] {0}, state);
        RowBuffer rows = new RowBuffer(trace);
        for (int row = 0; row < operations; row++) {
            rows.cells()[rows.row()] = KoalaBear.ONE;
            rows.cells()[rows.row() + 1] = KoalaBear.fromCanonical(row);
            permute(state, rows.cells(), rows.row() + 2);
            rows.advance();
        }
        PublicMessage last = PublicMessage.received(chip.state(), new int[] {operations}, state);
        // The constraints hold in padding rows too: they permute zeros, but tell nobody.
        for (int row = operations; row < trace.height(); row++) {
            Arrays.fill(rows.cells(), rows.row(), rows.row() + 2, KoalaBear.ZERO);
            permute(new int[parameters.width()], rows.cells(), rows.row() + 2);
            rows.advance();
        }
        rows.flush();
        return new Instance(Collections.singletonList(null), List.of(trace), List.of(first, last));
    }

    /** Permutes {@code s}; writes the input and all S-boxes' outputs but the last round's from {@code cells[at]} on. */
    void permute(int[] s, int[] cells, int at) {
        int width = s.length;
        int half = Poseidon2.FULL_ROUNDS / 2;
        System.arraycopy(s, 0, cells, at, width);
        int next = at + width;
        Poseidon2Layers.external(s);
        for (int round = 0; round < half; round++) {
            sBoxes(s, round);
            System.arraycopy(s, 0, cells, next, width);
            next += width;
            Poseidon2Layers.external(s);
        }
        for (int round = 0; round < parameters.partialRounds(); round++) {
            s[0] = cube(KoalaBear.add(s[0], parameters.internalConstant(round)));
            cells[next++] = s[0];
            Poseidon2Layers.internal(parameters, s);
        }
        for (int round = half; round < 2 * half; round++) {
            sBoxes(s, round);
            if (round < 2 * half - 1) {
                System.arraycopy(s, 0, cells, next, width);
                next += width;
            }
            Poseidon2Layers.external(s);
        }
    }

    private void sBoxes(int[] s, int round) {
        for (int i = 0; i < s.length; i++) {
            s[i] = cube(KoalaBear.add(s[i], parameters.externalConstant(round, i)));
        }
    }

    private static int cube(int a) {
        return KoalaBear.mul(KoalaBear.square(a), a);
    }
}
