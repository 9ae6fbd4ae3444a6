package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;
import dev.firesteel.riscv.vm.Opcode;

/** ADD and SUB, as x + y = z modulo 2^64: SUB computes x from y and z. */
final class AddSubChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);

    /**
     * @param x the first operand of ADD, the result of SUB
     * @param y the second operand
     * @param z the result of ADD, the first operand of SUB
     */
    record Columns(
            Expression add,
            Expression sub,
            Expression clock,
            Expression pc,
            Expression rd,
            Expression rs1,
            Expression rs2,
            @Width(LIMBS) Expression[] x,
            @Width(LIMBS) Expression[] y,
            @Width(LIMBS) Expression[] z,
            Access first,
            Access second,
            Write result) {}

    @Override
    public String name() {
        return "add-sub";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        Instruction instruction = new Instruction(builder, c.add().plus(c.sub()), c.clock(), c.pc());
        instruction.booleans("operation", c.add(), c.sub());
        instruction.step(instruction.following());
        instruction.fetch(
                new Instruction.Fetch(c.add().times(Opcode.ADD).plus(c.sub().times(Opcode.SUB)))
                        .rd(c.rd())
                        .rs1(c.rs1())
                        .rs2(c.rs2()));
        Expression carry = Expression.constant(0);
        Expression[] first = new Expression[LIMBS];
        Expression[] result = new Expression[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            carry = Limbs.carry(c.x()[i], c.y()[i], carry, c.z()[i]);
            // Otherwise the limb could be any number, with the fraction modulo p as carry that makes it so.
            builder.assertBoolean("carry[" + i + "] is boolean", carry);
            first[i] = c.add().times(c.x()[i]).plus(c.sub().times(c.z()[i]));
            result[i] = c.add().times(c.z()[i]).plus(c.sub().times(c.x()[i]));
        }
        // Otherwise a limb could be 2^16 too large instead of carrying.
        instruction.limbs(result);
        instruction.readAs(c.rs1(), c.first(), first, Instruction.FIRST_READ);
        instruction.readAs(c.rs2(), c.second(), c.y(), Instruction.SECOND_READ);
        instruction.write(c.rd(), c.result(), result);
    }

    @Override
    public void fill(Executed step, Row row) {
        boolean add = step.operation() == Opcode.ADD;
        row.set(CELLS.add(), add);
        row.set(CELLS.sub(), !add);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rd(), step.rd());
        row.set(CELLS.rs1(), step.rs1());
        row.set(CELLS.rs2(), step.rs2());
        row.limbs(CELLS.x(), add ? step.a() : step.result());
        row.limbs(CELLS.y(), step.b());
        row.limbs(CELLS.z(), add ? step.result() : step.a());
        row.access(CELLS.first(), step.aPrevious(), step.clock() + Instruction.FIRST_READ);
        row.access(CELLS.second(), step.bPrevious(), step.clock() + Instruction.SECOND_READ);
        row.result(CELLS.result(), step);
    }
}
