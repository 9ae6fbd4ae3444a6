package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;
import dev.firesteel.riscv.vm.Opcode;

/** ADDI. */
final class AddImmediateChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);

    /**
     * @param low the immediate's first limb
     * @param high its three others
     */
    record Columns(
            Expression real,
            Expression clock,
            Expression pc,
            Expression rd,
            Expression rs1,
            Expression low,
            Expression high,
            Read a,
            Write result,
            @Width(LIMBS) Expression[] sum) {}

    @Override
    public String name() {
        return "add-immediate";
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
        instruction.fetch(new Instruction.Fetch(Expression.constant(Opcode.ADDI))
                .rd(c.rd())
                .rs1(c.rs1())
                .limbs(c.low(), c.high()));
        instruction.read(c.rs1(), c.a(), Instruction.FIRST_READ);
        Expression carry = Expression.constant(0);
        for (int i = 0; i < LIMBS; i++) {
            carry = Limbs.carry(c.a().value()[i], i == 0 ? c.low() : c.high(), carry, c.sum()[i]);
            // Otherwise the limb could be any number, with the fraction modulo p as carry that makes it so.
            builder.assertBoolean("carry[" + i + "] is boolean", carry);
        }
        // Otherwise a limb could be 2^16 too large instead of carrying.
        instruction.limbs(c.sum());
        instruction.write(c.rd(), c.result(), c.sum());
    }

    @Override
    public void fill(Executed step, Row row) {
        row.set(CELLS.real(), true);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rd(), step.rd());
        row.set(CELLS.rs1(), step.rs1());
        row.set(CELLS.low(), step.limb(0));
        row.set(CELLS.high(), step.limb(1));
        row.first(CELLS.a(), step);
        row.result(CELLS.result(), step);
        row.limbs(CELLS.sum(), step.result());
    }
}
