package dev.firesteel.chips;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;
import dev.firesteel.riscv.vm.Opcode;

/** JAL, whose target and link address are in the program. */
final class JumpChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);
    /** The address behind the last instruction is 2^32, so a link address has 33 bits. */
    private static final int LINK_LIMBS = 3;

    record Columns(
            Expression real,
            Expression clock,
            Expression pc,
            Expression rd,
            @Width(LINK_LIMBS) Expression[] link,
            Expression target,
            Write result) {}

    @Override
    public String name() {
        return "jump";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        Instruction instruction = new Instruction(builder, c.real(), c.clock(), c.pc());
        instruction.step(c.target());
        instruction.fetch(new Instruction.Fetch(Expression.constant(Opcode.JAL))
                .rd(c.rd())
                .limbs(c.link())
                .target(c.target()));
        // The program's limbs have 16 bits.
        instruction.write(
                c.rd(), c.result(), new Expression[] {c.link()[0], c.link()[1], c.link()[2], Expression.constant(0)});
    }

    @Override
    public void fill(Executed step, Row row) {
        row.set(CELLS.real(), true);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rd(), step.rd());
        row.limbs(CELLS.link(), step.result());
        row.set(CELLS.target(), step.target());
        row.result(CELLS.result(), step);
    }
}
