package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;
import dev.firesteel.functions.KeccakF;
import dev.firesteel.riscv.Accelerator;

/** A call of Keccak-f[1600]: its state in memory before and afterwards. What lies between is in {@link KeccakRoundChip}. */
final class KeccakChip implements AcceleratorChip {
    /** Limbs of half a state: a message takes no more than 64 fields. */
    static final int HALF_LIMBS = KeccakF.LANES * LIMBS / 2;

    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);

    /** @param address of the state's first word, divided by 8 */
    record Columns(
            Expression real,
            Expression clock,
            Expression address,
            @Width(KeccakF.LANES) ChangedWord[] state) {}

    @Override
    public String name() {
        return "keccak";
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
        return 1;
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        Instruction row = Instruction.servedAt(builder, c.real(), c.clock());
        // Otherwise memory could change without a call, or at another place. A call that nobody answers, or that two
        // rows answer, unbalances the bus: no two calls have the same clock.
        builder.receive(
                Buses.CALL,
                c.real(),
                1,
                Expression.constant(accelerator().call()),
                c.clock(),
                c.address(),
                Expression.constant(0));
        for (int i = 0; i < KeccakF.LANES; i++) {
            // The address is below 2^29, so the last word's is at most 2^29 + 23: no table opens a word there.
            c.state()[i].define(row, c.address(), i);
        }
        // Otherwise the state that is written could be any. Its limbs have 16 bits because rounds make them of bits.
        for (int half = 0; half < 2; half++) {
            builder.send(
                    Buses.KECCAK,
                    c.real(),
                    1,
                    message(c.clock(), Expression.constant(0), half, ChangedWord.before(c.state())));
            builder.receive(
                    Buses.KECCAK,
                    c.real(),
                    1,
                    message(c.clock(), Expression.constant(KeccakF.ROUNDS), half, ChangedWord.after(c.state())));
        }
    }

    /** The message of a half of the state with {@code limbs}. */
    static Expression[] message(Expression clock, Expression rounds, int half, Expression[] limbs) {
        Expression[] fields = new Expression[Buses.KECCAK.width()];
        fields[0] = clock;
        fields[1] = rounds;
        fields[2] = Expression.constant(half);
        System.arraycopy(limbs, half * HALF_LIMBS, fields, 3, HALF_LIMBS);
        return fields;
    }

    @Override
    public void fill(AcceleratorCall call, TableFiller.Rows rows) {
        Row row = rows.next();
        row.set(CELLS.real(), true);
        row.set(CELLS.clock(), call.clock());
        row.set(CELLS.address(), call.stateAddress());
        for (int i = 0; i < KeccakF.LANES; i++) {
            CELLS.state()[i].fill(row, call, i);
        }
    }
}
