package dev.firesteel.chips;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.riscv.vm.Opcode;

/** LB and LBU. */
final class LoadByteChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);

    /**
     * @param choice which limb the byte is in
     * @param odd bit 0 of the address: whether it is the limb's upper byte
     * @param word the word it is in
     * @param value the byte
     * @param other the limb's other byte
     * @param negative LB: bit 7 of the byte
     */
    record Columns(
            Expression lb,
            Expression lbu,
            Expression clock,
            Expression pc,
            Expression rd,
            Address address,
            LimbChoice choice,
            Expression odd,
            Read word,
            Expression value,
            Expression other,
            Expression negative,
            Write result) {}

    @Override
    public String name() {
        return "load-byte";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        Instruction instruction = new Instruction(builder, c.lb().plus(c.lbu()), c.clock(), c.pc());
        instruction.booleans("operation", c.lb(), c.lbu());
        instruction.step(instruction.following());
        Expression operation = c.lb().times(Opcode.LB).plus(c.lbu().times(Opcode.LBU));
        instruction.fetch(c.address().in(new Instruction.Fetch(operation)).rd(c.rd()));
        c.choice().define(builder);
        // Otherwise a mixture of both bytes could be loaded, and the address could be anything.
        builder.assertBoolean("address bit 0 is boolean", c.odd());
        c.address().define(instruction, c.choice().offset().plus(c.odd()));
        Expression[] word = c.word().value();
        instruction.access(
                instruction.real(), c.address().index(), c.word().access(), word, word, Instruction.MEMORY_ACCESS);
        value(instruction, c);
        Expression sign = c.negative().times(0xFFFF);
        Expression low = c.value().plus(c.negative().times(0xFF00));
        instruction.write(c.rd(), c.result(), new Expression[] {low, sign, sign, sign});
    }

    private static void value(Instruction instruction, Columns c) {
        Expression difference = c.value().minus(c.other());
        // Otherwise the bytes could be other ones than the limb's. value + 256·other, or the other way round when odd.
        instruction
                .builder()
                .assertEqual(
                        "bytes of the limb",
                        c.choice().of(c.word().value()),
                        c.value()
                                .plus(c.other().times(256))
                                .plus(c.odd().times(difference).times(255)));
        // Otherwise the limb would have other decompositions.
        instruction.bytes(instruction.real(), c.value(), c.other());
        // Otherwise LBU could extend with ones, and LB with a multiple of them.
        instruction
                .builder()
                .assertZeroWhen(
                        "negative is 0 or LB", c.negative(), c.negative().minus(c.lb()));
        // Otherwise LB could extend with the wrong bit.
        instruction.range(c.lb(), c.value().minus(c.negative().times(1 << 7)), 7);
    }

    @Override
    public void fill(Executed step, Row row) {
        boolean odd = (step.address() & 1) != 0;
        long limb = step.wordBefore(0) >>> 8 * (step.address() & 6) & 0xFFFF;
        row.set(CELLS.lb(), step.operation() == Opcode.LB);
        row.set(CELLS.lbu(), step.operation() == Opcode.LBU);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rd(), step.rd());
        CELLS.address().fill(row, step);
        CELLS.choice().fill(row, step);
        row.set(CELLS.odd(), odd);
        row.word(CELLS.word(), step);
        row.set(CELLS.value(), odd ? limb >>> 8 : limb & 0xFF);
        row.set(CELLS.other(), odd ? limb & 0xFF : limb >>> 8);
        row.set(CELLS.negative(), step.result() < 0);
        row.result(CELLS.result(), step);
    }
}
