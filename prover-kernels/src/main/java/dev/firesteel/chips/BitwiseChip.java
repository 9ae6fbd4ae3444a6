package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;
import static dev.firesteel.riscv.vm.Opcode.*;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;

/** XOR, OR, AND, XORI, ORI and ANDI, all from the conjunction: a ∨ b = a + b − (a ∧ b), and a ⊕ b is that less a ∧ b once more. */
final class BitwiseChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);
    private static final int BYTES = 8;

    /**
     * @param immediate XORI, ORI and ANDI
     * @param kind 0 for exclusive disjunction, 1 for disjunction, 2 for conjunction
     * @param a the first operand's bytes
     * @param b the second's
     * @param and their conjunction
     */
    record Columns(
            Expression real,
            Expression immediate,
            Expression kind,
            Expression clock,
            Expression pc,
            Expression rd,
            Expression rs1,
            Expression rs2,
            @Width(BYTES) Expression[] a,
            Access first,
            @Width(BYTES) Expression[] b,
            Access second,
            @Width(BYTES) Expression[] and,
            Write result) {}

    @Override
    public String name() {
        return "bitwise";
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
        Expression isOr = Ternary.isOne(c.kind());
        Expression isAnd = Ternary.isTwo(c.kind());
        Expression[] a = limbs(c.a());
        Expression[] b = limbs(c.b());
        instruction.step(instruction.following());
        // XOR to XORI is another step than OR to ORI and AND to ANDI, which are the same.
        Expression operation = isOr.times(OR - XOR)
                .plus(isAnd.times(AND - XOR))
                .plus(XOR)
                .minus(c.immediate()
                        .times(isOr.plus(isAnd).times(OR - ORI - (XOR - XORI)).plus(XOR - XORI)));
        instruction.fetch(new Instruction.Fetch(operation)
                .rd(c.rd())
                .rs1(c.rs1())
                .rs2(c.rs2())
                .limbs(SecondOperand.fetched(c.immediate(), b)));
        instruction.readAs(c.rs1(), c.first(), a, Instruction.FIRST_READ);
        SecondOperand.define(instruction, c.immediate(), c.rs2(), c.second(), b);
        SecondOperand.signExtended(instruction, c.immediate(), b);
        for (int i = 0; i < BYTES; i++) {
            // Otherwise the conjunction could be anything, and the bytes other numbers that make the same limbs.
            instruction.and(c.real(), c.a()[i], c.b()[i], c.and()[i]);
        }
        Expression[] and = limbs(c.and());
        Expression[] result = new Expression[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            Expression or = a[i].plus(b[i]).minus(and[i]);
            result[i] = or.minus(and[i])
                    .plus(isOr.times(and[i]))
                    .plus(isAnd.times(and[i].times(3).minus(a[i]).minus(b[i])));
        }
        // Made of bytes, so of 16 bits.
        instruction.write(c.rd(), c.result(), result);
    }

    private static Expression[] limbs(Expression[] bytes) {
        Expression[] limbs = new Expression[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            limbs[i] = bytes[2 * i].plus(bytes[2 * i + 1].times(1 << 8));
        }
        return limbs;
    }

    private static int kind(int operation) {
        return switch (operation) {
            case XOR, XORI -> 0;
            case OR, ORI -> 1;
            default -> 2;
        };
    }

    @Override
    public void fill(Executed step, Row row) {
        long b = SecondOperand.value(step);
        row.set(CELLS.real(), true);
        row.set(CELLS.immediate(), SecondOperand.isImmediate(step));
        row.set(CELLS.kind(), kind(step.operation()));
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rd(), step.rd());
        row.set(CELLS.rs1(), step.rs1());
        row.bytes(CELLS.a(), step.a());
        row.access(CELLS.first(), step.aPrevious(), step.clock() + Instruction.FIRST_READ);
        row.bytes(CELLS.b(), b);
        SecondOperand.fill(row, step, CELLS.rs2(), CELLS.second());
        row.bytes(CELLS.and(), step.a() & b);
        row.result(CELLS.result(), step);
    }
}
