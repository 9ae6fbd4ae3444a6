package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;
import static dev.firesteel.riscv.vm.Opcode.*;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;

/** ADDW, SUBW and ADDIW, as x + y = z modulo 2^32: SUBW computes x from y and z. The result is sign-extended. */
final class AddSubWordChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);
    /** Limbs of a word, and those above it. */
    private static final int HALF = 2;

    private static final int SIGN_BITS = 15;

    /**
     * @param kind 0 for ADDW, 1 for SUBW, 2 for ADDIW
     * @param x the first operand of ADDW and ADDIW, the result of SUBW
     * @param z the result of ADDW and ADDIW, the first operand of SUBW
     * @param unused the first operand's upper half
     * @param y the second operand
     * @param sign of the result
     */
    record Columns(
            Expression real,
            Expression kind,
            Expression clock,
            Expression pc,
            Expression rd,
            Expression rs1,
            Expression rs2,
            @Width(HALF) Expression[] x,
            @Width(HALF) Expression[] z,
            @Width(HALF) Expression[] unused,
            Access first,
            @Width(LIMBS) Expression[] y,
            Access second,
            Write result,
            Expression sign) {}

    @Override
    public String name() {
        return "add-sub-word";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        Instruction instruction = new Instruction(builder, c.real(), c.clock(), c.pc());
        Ternary.define(instruction, "kind", c.kind());
        Expression sub = Ternary.isOne(c.kind());
        Expression immediate = Ternary.isTwo(c.kind());
        // Otherwise a padding row could read a register −1 times.
        builder.assertZeroWhen("kind is 0 in padding", c.real().not(), c.kind());
        instruction.step(instruction.following());
        instruction.fetch(new Instruction.Fetch(sub.times(SUBW - ADDW)
                        .plus(immediate.times(ADDIW - ADDW))
                        .plus(ADDW))
                .rd(c.rd())
                .rs1(c.rs1())
                .rs2(c.rs2())
                .limbs(SecondOperand.fetched(immediate, c.y())));
        Expression[] first = {null, null, c.unused()[0], c.unused()[1]};
        Expression fill = c.sign().times(0xFFFF);
        Expression[] result = {null, null, fill, fill};
        Expression carry = Expression.constant(0);
        for (int i = 0; i < HALF; i++) {
            carry = Limbs.carry(c.x()[i], c.y()[i], carry, c.z()[i]);
            // Otherwise the limb could be any number, with the fraction modulo p as carry that makes it so.
            builder.assertBoolean("carry[" + i + "] is boolean", carry);
            Expression swap = sub.times(c.z()[i].minus(c.x()[i]));
            first[i] = c.x()[i].plus(swap);
            result[i] = c.z()[i].minus(swap);
        }
        // Otherwise the upper half could be something in between.
        builder.assertBoolean("sign is boolean", c.sign());
        // Otherwise a limb could be 2^16 too large instead of carrying, or the sign another one.
        instruction.range(c.real(), result[0], 16);
        instruction.range(c.real(), result[1].minus(c.sign().times(1 << SIGN_BITS)), SIGN_BITS);
        instruction.readAs(c.rs1(), c.first(), first, Instruction.FIRST_READ);
        instruction.readAs(c.real().minus(immediate), c.rs2(), c.second(), c.y(), Instruction.SECOND_READ);
        instruction.write(c.rd(), c.result(), result);
    }

    @Override
    public void fill(Executed step, Row row) {
        boolean sub = step.operation() == SUBW;
        row.set(CELLS.real(), true);
        row.set(CELLS.kind(), sub ? 1 : step.operation() == ADDW ? 0 : 2);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rd(), step.rd());
        row.set(CELLS.rs1(), step.rs1());
        row.limbs(CELLS.x(), sub ? step.result() : step.a());
        row.limbs(CELLS.z(), sub ? step.a() : step.result());
        row.limbs(CELLS.unused(), step.a() >>> 32);
        row.access(CELLS.first(), step.aPrevious(), step.clock() + Instruction.FIRST_READ);
        row.limbs(CELLS.y(), SecondOperand.value(step));
        SecondOperand.fill(row, step, CELLS.rs2(), CELLS.second());
        row.result(CELLS.result(), step);
        row.set(CELLS.sign(), step.result() < 0);
    }
}
