package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;
import dev.firesteel.functions.Sha256;
import dev.firesteel.riscv.Accelerator;
import java.util.Arrays;

/** A call of SHA-256's compression: its state and block in memory, and the addition at its end. The rounds are in {@link Sha256RoundsChip}. */
final class Sha256Chip implements AcceleratorChip {
    /** Limbs of a state. */
    static final int STATE_LIMBS = 2 * Sha256.STATE_WORDS;
    /** Limbs of a block. */
    static final int BLOCK_LIMBS = 2 * Sha256.BLOCK_WORDS;

    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);
    private static final int STATE = STATE_LIMBS / LIMBS;
    private static final int BLOCK = BLOCK_LIMBS / LIMBS;
    private static final int BYTES = 8;

    /**
     * @param stateAddress of its first word, divided by 8
     * @param blockAddress of its first word, divided by 8
     * @param carries of the addition of the state before to what the rounds give, for each limb
     */
    record Columns(
            Expression real,
            Expression clock,
            Expression stateAddress,
            Expression blockAddress,
            @Width(STATE) ChangedWord[] state,
            @Width(STATE_LIMBS) Expression[] carries,
            @Width(BLOCK) Bytes[] block) {}

    /**
     * A word of the block.
     *
     * @param bytes of it as they lie in memory
     * @param access when it was accessed before
     */
    record Bytes(@Width(BYTES) Expression[] bytes, Access access) {}

    @Override
    public String name() {
        return "sha-256";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public Accelerator accelerator() {
        return Accelerator.SHA256_COMPRESS;
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
                c.stateAddress(),
                c.blockAddress());
        Expression[] block = block(row, c);
        for (int i = 0; i < STATE; i++) {
            // Behind the block's: where they overlap the block is read first. No table opens a word behind memory.
            c.state()[i].define(row, c.stateAddress(), i);
        }
        Expression[] zeros = new Expression[BLOCK_LIMBS];
        Arrays.fill(zeros, Expression.constant(0));
        // Otherwise the state that is written could be any.
        builder.send(
                Buses.SHA256,
                c.real(),
                1,
                message(c.clock(), Expression.constant(0), ChangedWord.before(c.state()), block));
        builder.receive(
                Buses.SHA256,
                c.real(),
                1,
                message(c.clock(), Expression.constant(Sha256ConstantsChip.ROWS), addition(row, c), zeros));
    }

    /** The block's words are read; gives the limbs of the numbers that they are, bytes of which come highest first. */
    private static Expression[] block(Instruction row, Columns c) {
        Expression[] limbs = new Expression[BLOCK_LIMBS];
        for (int i = 0; i < BLOCK; i++) {
            Expression[] bytes = c.block()[i].bytes();
            for (int k = 0; k < BYTES; k += 2) {
                // Otherwise a limb would have other decompositions.
                row.bytes(row.real(), bytes[k], bytes[k + 1]);
            }
            Expression[] word = Window.limbs(bytes);
            row.access(
                    row.real(), c.blockAddress().plus(i), c.block()[i].access(), word, word, Instruction.MEMORY_ACCESS);
            for (int half = 0; half < 2; half++) {
                int from = 4 * half;
                limbs[4 * i + 2 * half] = bytes[from + 3].plus(bytes[from + 2].times(256));
                limbs[4 * i + 2 * half + 1] = bytes[from + 1].plus(bytes[from].times(256));
            }
        }
        return limbs;
    }

    /** The words of the state are sums; gives the limbs of what was added to the state before. */
    private static Expression[] addition(Instruction row, Columns c) {
        Expression[] before = ChangedWord.before(c.state());
        Expression[] after = ChangedWord.after(c.state());
        Expression[] added = new Expression[STATE_LIMBS];
        for (int i = 0; i < STATE_LIMBS; i++) {
            boolean lower = i % 2 == 0;
            Expression carry = c.carries()[i];
            // Otherwise a limb could be any number, with the fraction modulo p as carry that makes it so.
            row.builder().assertBoolean("carry[" + i + "] is boolean", carry);
            // Otherwise a limb could be 2^16 too large instead of carrying.
            row.range(row.real(), after[i], 16);
            added[i] = after[i].plus(carry.times(1 << 16)).minus(before[i]);
            if (!lower) {
                added[i] = added[i].minus(c.carries()[i - 1]);
            }
            if (i % (STATE_LIMBS / 2) < 2) {
                // Otherwise a and e, whose limbs the last rounds do not show to have 16 bits, could be other pairs of
                // limbs. All other registers are bits in the rounds.
                row.range(row.real(), added[i], 16);
            }
        }
        return added;
    }

    /** The message of a compression on its way. */
    static Expression[] message(Expression clock, Expression rows, Expression[] state, Expression[] schedule) {
        Expression[] fields = new Expression[Buses.SHA256.width()];
        fields[0] = clock;
        fields[1] = rows;
        System.arraycopy(state, 0, fields, 2, STATE_LIMBS);
        System.arraycopy(schedule, 0, fields, 2 + STATE_LIMBS, BLOCK_LIMBS);
        return fields;
    }

    @Override
    public void fill(AcceleratorCall call, TableFiller.Rows rows) {
        Row row = rows.next();
        row.set(CELLS.real(), true);
        row.set(CELLS.clock(), call.clock());
        row.set(CELLS.stateAddress(), call.stateAddress());
        row.set(CELLS.blockAddress(), call.blockAddress());
        int[] before = Accelerator.halves(call.before());
        int[] after = Accelerator.halves(call.after());
        for (int i = 0; i < STATE; i++) {
            CELLS.state()[i].fill(row, call, i);
        }
        for (int i = 0; i < Sha256.STATE_WORDS; i++) {
            // A sum carries when it is less than what was added.
            boolean low = (after[i] & 0xFFFF) < (before[i] & 0xFFFF);
            row.set(CELLS.carries()[2 * i], low);
            row.set(CELLS.carries()[2 * i + 1], Integer.compareUnsigned(after[i], before[i]) < 0);
        }
        for (int i = 0; i < BLOCK; i++) {
            row.bytes(CELLS.block()[i].bytes(), call.block()[i]);
            row.access(CELLS.block()[i].access(), call.blockPrevious()[i], call.clock() + Instruction.MEMORY_ACCESS);
        }
    }
}
