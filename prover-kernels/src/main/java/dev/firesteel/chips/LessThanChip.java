package dev.firesteel.chips;

import static dev.firesteel.riscv.vm.Opcode.*;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;

/** SLT, SLTU, SLTI and SLTIU. */
final class LessThanChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);

    /**
     * @param signed SLT and SLTI
     * @param immediate SLTI and SLTIU
     */
    record Columns(
            Expression real,
            Expression signed,
            Expression immediate,
            Expression clock,
            Expression pc,
            Expression rd,
            Expression rs1,
            Expression rs2,
            Read a,
            Read b,
            Write result,
            Comparison comparison) {}

    @Override
    public String name() {
        return "less-than";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        Expression[] b = c.b().value();
        Instruction instruction = new Instruction(builder, c.real(), c.clock(), c.pc());
        // Otherwise an operation could be the sum of others' parts, or padding could look up signs.
        builder.assertZeroWhen(
                "signed is boolean, and 0 in padding", c.signed(), c.real().minus(c.signed()));
        instruction.step(instruction.following());
        // The four sums are different.
        Expression operation = c.real()
                .times(SLTU)
                .plus(c.signed().times(SLT - SLTU))
                .plus(c.immediate().times(SLTIU - SLTU));
        instruction.fetch(new Instruction.Fetch(operation)
                .rd(c.rd())
                .rs1(c.rs1())
                .rs2(c.rs2())
                .limbs(SecondOperand.fetched(c.immediate(), b)));
        instruction.read(c.rs1(), c.a(), Instruction.FIRST_READ);
        SecondOperand.define(instruction, c.immediate(), c.rs2(), c.b().access(), b);
        SecondOperand.signExtended(instruction, c.immediate(), b);
        c.comparison().define(instruction, c.signed(), c.a().value(), b);
        Expression zero = Expression.constant(0);
        // 0 or 1, so it has 16 bits.
        instruction.write(c.rd(), c.result(), new Expression[] {c.comparison().less(), zero, zero, zero});
    }

    @Override
    public void fill(Executed step, Row row) {
        boolean signed = step.operation() == SLT || step.operation() == SLTI;
        long b = SecondOperand.value(step);
        row.set(CELLS.real(), true);
        row.set(CELLS.signed(), signed);
        row.set(CELLS.immediate(), SecondOperand.isImmediate(step));
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rd(), step.rd());
        row.set(CELLS.rs1(), step.rs1());
        row.first(CELLS.a(), step);
        row.limbs(CELLS.b().value(), b);
        SecondOperand.fill(row, step, CELLS.rs2(), CELLS.b().access());
        row.result(CELLS.result(), step);
        CELLS.comparison().fill(row, signed, step.a(), b);
    }
}
