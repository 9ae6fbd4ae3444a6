package dev.firesteel.examples;

import dev.firesteel.air.Bus;
import dev.firesteel.air.Chip;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.RowBuffer;
import dev.firesteel.air.Trace;
import dev.firesteel.air.Width;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.functions.KeccakF;
import dev.firesteel.machine.PublicMessage;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Keccak-f[1600], iterated: a row per round, the state from row to row over a bus, the round constants from a preprocessed table.
 *
 * <p>Statement: r rounds of Keccak-f, a new permutation after every 24, lead from state s to state s′.
 */
public final class KeccakMachine implements ExampleMachine {
    private static final Bus STATE = KeccakRoundChip.STATE;
    private static final int TABLE = 32;

    record Constants(
            Expression round,
            Expression last,
            @Width(KeccakF.IOTA_BITS) Expression[] iota) {}

    record Count(Expression multiplicity) {}

    static final class ConstantsChip implements Chip {
        @Override
        public String name() {
            return "keccak constants";
        }

        @Override
        public void define(ConstraintBuilder builder) {
            Constants fixed = builder.preprocessed(Constants.class);
            Count c = builder.main(Count.class);
            // The multiplicity is free: what is received is in the key's table whatever it is, and a wrong one
            // unbalances the bus.
            builder.receive(
                    KeccakRoundChip.ROUNDS,
                    c.multiplicity(),
                    1 << 20,
                    Cells.join(fixed.round(), fixed.last(), fixed.iota()));
        }
    }

    @Override
    public String name() {
        return "keccak-f";
    }

    @Override
    public List<Chip> chips() {
        return List.of(new KeccakRoundChip(), new ConstantsChip());
    }

    @Override
    public String operations() {
        return "rounds";
    }

    @Override
    public Instance instance(int logRows, int operations, long seed) {
        int height = Heights.of(this, logRows, operations);
        SplittableRandom random = new SplittableRandom(seed);
        long[] state = new long[KeccakF.LANES];
        Arrays.setAll(state, i -> random.nextLong());
        PublicMessage first = PublicMessage.sent(STATE, message(0, state), new int[0]);
        Trace rounds = rounds(height, operations, state);
        PublicMessage last = PublicMessage.received(STATE, message(operations, state), new int[0]);
        return new Instance(
                Arrays.asList(null, constants()), List.of(rounds, multiplicities(operations)), List.of(first, last));
    }

    /** The table's last rows repeat rounds, so that no row of it is anything but a round. */
    private static Trace constants() {
        Trace fixed = Trace.zeros(TABLE, 2 + KeccakF.IOTA_BITS);
        for (int row = 0; row < TABLE; row++) {
            int round = row % KeccakF.ROUNDS;
            fixed.set(row, 0, KoalaBear.fromCanonical(round));
            fixed.set(row, 1, bit(round == KeccakF.ROUNDS - 1 ? 1 : 0));
            for (int j = 0; j < KeccakF.IOTA_BITS; j++) {
                fixed.set(row, 2 + j, bit(KeccakF.iota(round, j) ? 1 : 0));
            }
        }
        return fixed;
    }

    private static Trace multiplicities(int rounds) {
        Trace table = Trace.zeros(TABLE, 1);
        for (int round = 0; round < KeccakF.ROUNDS; round++) {
            table.set(round, 0, KoalaBear.fromCanonical((rounds + KeccakF.ROUNDS - 1 - round) / KeccakF.ROUNDS));
        }
        return table;
    }

    /** A message of the state bus after {@code rounds} rounds, ordinary numbers. */
    static int[] message(int rounds, long[] state) {
        int[] fields = new int[STATE.width()];
        fields[0] = rounds / KeccakF.ROUNDS;
        fields[1] = rounds % KeccakF.ROUNDS;
        for (int bit = 0; bit < KeccakRoundChip.STATE_BITS; bit++) {
            int set = (int) (state[bit / KeccakF.LANE_BITS] >>> bit % KeccakF.LANE_BITS & 1);
            fields[2 + bit / KeccakRoundChip.PACKED] |= set << bit % KeccakRoundChip.PACKED;
        }
        return fields;
    }

    private static Trace rounds(int height, int operations, long[] state) {
        int head = 4 + 2 * KeccakF.IOTA_BITS;
        Trace trace = Trace.zeros(height, head + 2 * KeccakRoundChip.PARITY_BITS + KeccakRoundChip.STATE_BITS);
        RowBuffer rows = new RowBuffer(trace);
        int[] cells = rows.cells();
        KeccakF f = new KeccakF();
        for (int row = 0; row < operations; row++) {
            int round = row % KeccakF.ROUNDS;
            int at = rows.row();
            f.round(state, round);
            cells[at] = KoalaBear.ONE;
            cells[at + 1] = KoalaBear.fromCanonical(row / KeccakF.ROUNDS);
            cells[at + 2] = KoalaBear.fromCanonical(round);
            cells[at + 3] = bit(round == KeccakF.ROUNDS - 1 ? 1 : 0);
            for (int j = 0; j < KeccakF.IOTA_BITS; j++) {
                cells[at + 4 + j] = bit(KeccakF.iota(round, j) ? 1 : 0);
                cells[at + 4 + KeccakF.IOTA_BITS + j] = bit(state[0] >>> (1 << j) - 1);
            }
            bits(f.c, cells, at + head);
            bits(f.cPrime, cells, at + head + KeccakRoundChip.PARITY_BITS);
            bits(f.aPrime, cells, at + head + 2 * KeccakRoundChip.PARITY_BITS);
            rows.advance();
        }
        rows.flush();
        return trace;
    }

    private static void bits(long[] lanes, int[] cells, int at) {
        for (int lane = 0; lane < lanes.length; lane++) {
            for (int z = 0; z < KeccakF.LANE_BITS; z++) {
                cells[at + lane * KeccakF.LANE_BITS + z] = bit(lanes[lane] >>> z);
            }
        }
    }

    /** The lowest bit as an element. */
    private static int bit(long word) {
        return KoalaBear.ONE & -(int) (word & 1);
    }
}
