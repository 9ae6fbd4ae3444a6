package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.functions.Bits;
import dev.firesteel.functions.KeccakF;
import dev.firesteel.functions.KeccakRound;
import dev.firesteel.riscv.Accelerator;

/** A round of Keccak-f[1600], which takes the state that the round before, or the call, has left. */
final class KeccakRoundChip implements AcceleratorChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);
    private static final int LIMB_BITS = 16;

    /**
     * @param clock of the call
     * @param round its number, from 0
     */
    record Columns(Expression real, Expression clock, Expression round, KeccakRound bits) {}

    @Override
    public String name() {
        return "keccak-round";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public Accelerator accelerator() {
        return Accelerator.KECCAK_F1600;
    }

    @Override
    public int rowsPerCall() {
        return KeccakF.ROUNDS;
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        // Otherwise a row could run a round several times, or backwards.
        builder.assertBoolean("real is boolean", c.real());
        c.bits().theta(builder);
        Expression[] before = limbs(c.bits().before());
        Expression[] after = limbs(c.bits().chi(builder));
        // Otherwise the prover would choose the constants of ι, and there could be a round 24.
        Expression[] constants = new Expression[Buses.KECCAK_ROUND.width()];
        constants[0] = c.round();
        System.arraycopy(c.bits().iota(), 0, constants, 1, KeccakF.IOTA_BITS);
        builder.send(Buses.KECCAK_ROUND, c.real(), 1, constants);
        for (int half = 0; half < 2; half++) {
            // Otherwise the round could start from a state that was never reached. A call sends round 0's state once
            // and rounds are counted, so a call has one path of 24 rounds, and both halves are of that path.
            builder.receive(Buses.KECCAK, c.real(), 1, KeccakChip.message(c.clock(), c.round(), half, before));
            builder.send(
                    Buses.KECCAK,
                    c.real(),
                    1,
                    KeccakChip.message(c.clock(), c.round().plus(1), half, after));
        }
    }

    private static Expression[] limbs(Expression[] bits) {
        Expression[] limbs = new Expression[KeccakF.LANES * LIMBS];
        for (int i = 0; i < limbs.length; i++) {
            limbs[i] = Bits.number(bits, LIMB_BITS * i, LIMB_BITS * (i + 1));
        }
        return limbs;
    }

    @Override
    public void fill(AcceleratorCall call, TableFiller.Rows rows) {
        KeccakF f = new KeccakF();
        long[] state = call.before().clone();
        for (int round = 0; round < KeccakF.ROUNDS; round++) {
            f.round(state, round);
            Row row = rows.next();
            row.set(CELLS.real(), true);
            row.set(CELLS.clock(), call.clock());
            row.set(CELLS.round(), round);
            for (int j = 0; j < KeccakF.IOTA_BITS; j++) {
                row.set(CELLS.bits().iota()[j], KeccakF.iota(round, j));
                row.set(CELLS.bits().flipped()[j], (state[0] >>> (1 << j) - 1 & 1) != 0);
            }
            lanes(row, CELLS.bits().c(), f.c);
            lanes(row, CELLS.bits().cPrime(), f.cPrime);
            lanes(row, CELLS.bits().aPrime(), f.aPrime);
        }
    }

    private static void lanes(Row row, Expression[] columns, long[] lanes) {
        for (int lane = 0; lane < lanes.length; lane++) {
            row.bits(columns, lane * KeccakF.LANE_BITS, KeccakF.LANE_BITS, lanes[lane]);
        }
    }
}
