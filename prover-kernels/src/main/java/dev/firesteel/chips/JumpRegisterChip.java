package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;
import dev.firesteel.riscv.vm.Opcode;

/** JALR. The sum's bit 0 is dropped; with bit 1 set the machine traps, so there is no row for it. */
final class JumpRegisterChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);
    private static final int LINK_LIMBS = 3;

    /**
     * @param low the immediate's first limb
     * @param high its three others
     * @param bit bit 0 of the sum
     * @param targetLow bits 2 to 15 of the sum
     * @param targetHigh bits 16 to 31 of the sum
     */
    record Columns(
            Expression real,
            Expression clock,
            Expression pc,
            Expression rd,
            Expression rs1,
            Expression low,
            Expression high,
            @Width(LINK_LIMBS) Expression[] link,
            Read a,
            Expression bit,
            Expression targetLow,
            Expression targetHigh,
            Write result) {}

    @Override
    public String name() {
        return "jump-register";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        Instruction instruction = new Instruction(builder, c.real(), c.clock(), c.pc());
        instruction.step(c.targetLow().plus(c.targetHigh().times(1 << 14)));
        instruction.fetch(new Instruction.Fetch(Expression.constant(Opcode.JALR))
                .rd(c.rd())
                .rs1(c.rs1())
                .limbs(c.low(), c.high(), c.link()[0], c.link()[1])
                .target(c.link()[2]));
        instruction.read(c.rs1(), c.a(), Instruction.FIRST_READ);
        Expression[] sum = {
            c.bit().plus(c.targetLow().times(4)), c.targetHigh(), Expression.constant(0), Expression.constant(0)
        };
        Expression carry = Expression.constant(0);
        for (int i = 0; i < LIMBS; i++) {
            carry = Limbs.carry(c.a().value()[i], i == 0 ? c.low() : c.high(), carry, sum[i]);
            // Otherwise the jump could lead anywhere. With the upper limbs of the sum 0, a target from 2^32 on has no
            // row.
            builder.assertBoolean("carry[" + i + "] is boolean", carry);
        }
        // Otherwise bit 1, or any other, could hide in it, and a misaligned target would be taken as an aligned one.
        builder.assertBoolean("bit is boolean", c.bit());
        // Otherwise a limb of the sum could be 2^16 too large instead of carrying, or have bit 1 as a fraction.
        instruction.range(c.real(), c.targetLow(), 14);
        instruction.range(c.real(), c.targetHigh(), 16);
        // The program's limbs have 16 bits.
        instruction.write(
                c.rd(), c.result(), new Expression[] {c.link()[0], c.link()[1], c.link()[2], Expression.constant(0)});
    }

    @Override
    public void fill(Executed step, Row row) {
        long sum = step.address();
        row.set(CELLS.real(), true);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rd(), step.rd());
        row.set(CELLS.rs1(), step.rs1());
        row.set(CELLS.low(), step.limb(0));
        row.set(CELLS.high(), step.limb(1));
        row.limbs(CELLS.link(), step.result());
        row.first(CELLS.a(), step);
        row.set(CELLS.bit(), sum & 1);
        row.set(CELLS.targetLow(), sum >>> 2 & 0x3FFF);
        row.set(CELLS.targetHigh(), sum >>> 16 & 0xFFFF);
        row.result(CELLS.result(), step);
    }
}
