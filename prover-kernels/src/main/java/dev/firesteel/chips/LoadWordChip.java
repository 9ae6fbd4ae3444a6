package dev.firesteel.chips;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.riscv.vm.Opcode;

/** LW and LWU at addresses that are multiples of 4. */
final class LoadWordChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);

    /**
     * @param upperHalf bit 2 of the address: whether the word's upper half is loaded
     * @param word the word it is in
     * @param negative LW: bit 31 of what is loaded
     */
    record Columns(
            Expression lw,
            Expression lwu,
            Expression clock,
            Expression pc,
            Expression rd,
            Address address,
            Expression upperHalf,
            Read word,
            Expression negative,
            Write result) {}

    @Override
    public String name() {
        return "load-word";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        Instruction instruction = new Instruction(builder, c.lw().plus(c.lwu()), c.clock(), c.pc());
        instruction.booleans("operation", c.lw(), c.lwu());
        instruction.step(instruction.following());
        Expression operation = c.lw().times(Opcode.LW).plus(c.lwu().times(Opcode.LWU));
        instruction.fetch(c.address().in(new Instruction.Fetch(operation)).rd(c.rd()));
        // Otherwise a mixture of both halves could be loaded, and the address could be a multiple of 8 plus anything.
        builder.assertBoolean("address bit 2 is boolean", c.upperHalf());
        c.address().define(instruction, c.upperHalf().times(4));
        Expression[] word = c.word().value();
        instruction.access(
                instruction.real(), c.address().index(), c.word().access(), word, word, Instruction.MEMORY_ACCESS);
        Expression low = word[0].plus(c.upperHalf().times(word[2].minus(word[0])));
        Expression high = word[1].plus(c.upperHalf().times(word[3].minus(word[1])));
        // Otherwise LWU could extend with ones, and LW with a multiple of them.
        builder.assertZeroWhen("negative is 0 or LW", c.negative(), c.negative().minus(c.lw()));
        // Otherwise LW could extend with the wrong bit.
        instruction.range(c.lw(), high.minus(c.negative().times(1 << 15)), 15);
        Expression sign = c.negative().times(0xFFFF);
        // Memory's limbs have 16 bits.
        instruction.write(c.rd(), c.result(), new Expression[] {low, high, sign, sign});
    }

    @Override
    public void fill(Executed step, Row row) {
        row.set(CELLS.lw(), step.operation() == Opcode.LW);
        row.set(CELLS.lwu(), step.operation() == Opcode.LWU);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rd(), step.rd());
        CELLS.address().fill(row, step);
        row.set(CELLS.upperHalf(), step.address() >>> 2 & 1);
        row.word(CELLS.word(), step);
        row.set(CELLS.negative(), step.result() < 0);
        row.result(CELLS.result(), step);
    }
}
