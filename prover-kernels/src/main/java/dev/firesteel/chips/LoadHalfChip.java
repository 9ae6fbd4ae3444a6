package dev.firesteel.chips;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.riscv.vm.Opcode;

/** LH and LHU at addresses that are multiples of 2. */
final class LoadHalfChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);

    /**
     * @param choice which limb is loaded
     * @param word the word it is in
     * @param negative LH: bit 15 of what is loaded
     */
    record Columns(
            Expression lh,
            Expression lhu,
            Expression clock,
            Expression pc,
            Expression rd,
            Address address,
            LimbChoice choice,
            Read word,
            Expression negative,
            Write result) {}

    @Override
    public String name() {
        return "load-half";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        Instruction instruction = new Instruction(builder, c.lh().plus(c.lhu()), c.clock(), c.pc());
        instruction.booleans("operation", c.lh(), c.lhu());
        instruction.step(instruction.following());
        Expression operation = c.lh().times(Opcode.LH).plus(c.lhu().times(Opcode.LHU));
        instruction.fetch(c.address().in(new Instruction.Fetch(operation)).rd(c.rd()));
        c.choice().define(builder);
        c.address().define(instruction, c.choice().offset());
        Expression[] word = c.word().value();
        instruction.access(
                instruction.real(), c.address().index(), c.word().access(), word, word, Instruction.MEMORY_ACCESS);
        Expression limb = c.choice().of(word);
        // Otherwise LHU could extend with ones, and LH with a multiple of them.
        builder.assertZeroWhen("negative is 0 or LH", c.negative(), c.negative().minus(c.lh()));
        // Otherwise LH could extend with the wrong bit.
        instruction.range(c.lh(), limb.minus(c.negative().times(1 << 15)), 15);
        Expression sign = c.negative().times(0xFFFF);
        // Memory's limbs have 16 bits.
        instruction.write(c.rd(), c.result(), new Expression[] {limb, sign, sign, sign});
    }

    @Override
    public void fill(Executed step, Row row) {
        row.set(CELLS.lh(), step.operation() == Opcode.LH);
        row.set(CELLS.lhu(), step.operation() == Opcode.LHU);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rd(), step.rd());
        CELLS.address().fill(row, step);
        CELLS.choice().fill(row, step);
        row.word(CELLS.word(), step);
        row.set(CELLS.negative(), step.result() < 0);
        row.result(CELLS.result(), step);
    }
}
