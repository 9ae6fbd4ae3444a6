package dev.firesteel.chips;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.riscv.vm.Opcode;

/** SD at addresses that are multiples of 8. */
final class StoreDoubleChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);

    /**
     * @param value what is stored
     * @param word the word that it replaces
     */
    record Columns(
            Expression real,
            Expression clock,
            Expression pc,
            Expression rs2,
            Address address,
            Read value,
            Write word) {}

    @Override
    public String name() {
        return "store-double";
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
                .in(new Instruction.Fetch(Expression.constant(Opcode.SD)))
                .rs2(c.rs2()));
        c.address().define(instruction, Expression.constant(0));
        instruction.read(c.rs2(), c.value(), Instruction.SECOND_READ);
        // A register's limbs have 16 bits.
        instruction.access(
                c.real(),
                c.address().index(),
                c.word().access(),
                c.word().old(),
                c.value().value(),
                Instruction.MEMORY_ACCESS);
    }

    @Override
    public void fill(Executed step, Row row) {
        row.set(CELLS.real(), true);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rs2(), step.rs2());
        CELLS.address().fill(row, step);
        row.second(CELLS.value(), step);
        row.word(CELLS.word(), step);
    }
}
