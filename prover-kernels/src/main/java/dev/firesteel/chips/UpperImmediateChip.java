package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;
import dev.firesteel.riscv.vm.Opcode;

/** LUI and AUIPC, whose results are in the program. */
final class UpperImmediateChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);

    record Columns(
            Expression lui,
            Expression auipc,
            Expression clock,
            Expression pc,
            Expression rd,
            @Width(LIMBS) Expression[] value,
            Write result) {}

    @Override
    public String name() {
        return "upper-immediate";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        Instruction instruction = new Instruction(builder, c.lui().plus(c.auipc()), c.clock(), c.pc());
        instruction.booleans("operation", c.lui(), c.auipc());
        instruction.step(instruction.following());
        instruction.fetch(
                new Instruction.Fetch(c.lui().times(Opcode.LUI).plus(c.auipc().times(Opcode.AUIPC)))
                        .rd(c.rd())
                        .limbs(c.value()));
        // The program's limbs have 16 bits.
        instruction.write(c.rd(), c.result(), c.value());
    }

    @Override
    public void fill(Executed step, Row row) {
        row.set(CELLS.lui(), step.operation() == Opcode.LUI);
        row.set(CELLS.auipc(), step.operation() == Opcode.AUIPC);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rd(), step.rd());
        row.limbs(CELLS.value(), step.result());
        row.result(CELLS.result(), step);
    }
}
