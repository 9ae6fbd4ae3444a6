package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.riscv.vm.Opcode;

/** SH at addresses that are multiples of 2. */
final class StoreHalfChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);

    /**
     * @param choice which limb is replaced
     * @param value the register whose first limb is stored
     * @param word the word that it becomes a part of, before
     */
    record Columns(
            Expression real,
            Expression clock,
            Expression pc,
            Expression rs2,
            Address address,
            LimbChoice choice,
            Read value,
            Write word) {}

    @Override
    public String name() {
        return "store-half";
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
                .in(new Instruction.Fetch(Expression.constant(Opcode.SH)))
                .rs2(c.rs2()));
        c.choice().define(builder);
        c.address().define(instruction, c.choice().offset());
        instruction.read(c.rs2(), c.value(), Instruction.SECOND_READ);
        Expression[] selectors = c.choice().selectors();
        Expression[] after = new Expression[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            Expression old = c.word().old()[i];
            after[i] = old.plus(selectors[i].times(c.value().value()[0].minus(old)));
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
        CELLS.choice().fill(row, step);
        row.second(CELLS.value(), step);
        row.word(CELLS.word(), step);
    }
}
