package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.riscv.vm.Opcode;

/** SW at addresses that are multiples of 4. */
final class StoreWordChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);

    /**
     * @param upperHalf bit 2 of the address: whether the word's upper half is replaced
     * @param value the register whose lower half is stored
     * @param word the word that it becomes a part of, before
     */
    record Columns(
            Expression real,
            Expression clock,
            Expression pc,
            Expression rs2,
            Address address,
            Expression upperHalf,
            Read value,
            Write word) {}

    @Override
    public String name() {
        return "store-word";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        Instruction instruction = new Instruction(builder, c.real(), c.clock(), c.pc());
        instruction.step(instruction.following());
        instruction.fetch(c.address()
                .in(new Instruction.Fetch(Expression.constant(Opcode.SW)))
                .rs2(c.rs2()));
        // Otherwise a mixture of old and new could be stored, and the address could be a multiple of 8 plus anything.
        builder.assertBoolean("address bit 2 is boolean", c.upperHalf());
        c.address().define(instruction, c.upperHalf().times(4));
        instruction.read(c.rs2(), c.value(), Instruction.SECOND_READ);
        Expression[] after = new Expression[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            Expression replaced = i < 2 ? c.upperHalf().not() : c.upperHalf();
            Expression old = c.word().old()[i];
            after[i] = old.plus(replaced.times(c.value().value()[i & 1].minus(old)));
        }
        // The limbs of registers and memory have 16 bits.
        instruction.access(
                c.real(), c.address().index(), c.word().access(), c.word().old(), after, Instruction.MEMORY_ACCESS);
    }

    @Override
    public void fill(Executed step, Row row) {
        row.set(CELLS.real(), true);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rs2(), step.rs2());
        CELLS.address().fill(row, step);
        row.set(CELLS.upperHalf(), step.address() >>> 2 & 1);
        row.second(CELLS.value(), step);
        row.word(CELLS.word(), step);
    }
}
