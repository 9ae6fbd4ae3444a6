package dev.firesteel.chips;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.riscv.vm.Opcode;

/** LD at addresses that are multiples of 8. */
final class LoadDoubleChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);

    /** @param word the word that is loaded */
    record Columns(
            Expression real,
            Expression clock,
            Expression pc,
            Expression rd,
            Address address,
            Read word,
            Write result) {}

    @Override
    public String name() {
        return "load-double";
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
                .in(new Instruction.Fetch(Expression.constant(Opcode.LD)))
                .rd(c.rd()));
        c.address().define(instruction, Expression.constant(0));
        Expression[] value = c.word().value();
        instruction.access(c.real(), c.address().index(), c.word().access(), value, value, Instruction.MEMORY_ACCESS);
        // Memory's limbs have 16 bits.
        instruction.write(c.rd(), c.result(), value);
    }

    @Override
    public void fill(Executed step, Row row) {
        row.set(CELLS.real(), true);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rd(), step.rd());
        CELLS.address().fill(row, step);
        row.word(CELLS.word(), step);
        row.result(CELLS.result(), step);
    }
}
