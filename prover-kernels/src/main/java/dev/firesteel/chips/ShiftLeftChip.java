package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;
import static dev.firesteel.riscv.vm.Opcode.*;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;

/** SLL, SLLI, SLLW and SLLIW. */
final class ShiftLeftChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);
    private static final int SIGN_BITS = 15;

    /**
     * @param immediate SLLI and SLLIW
     * @param sign of a word's result, else 0
     */
    record Columns(
            Shift shift,
            Expression immediate,
            Expression clock,
            Expression pc,
            Expression rd,
            Expression rs1,
            Expression rs2,
            Read a,
            Read b,
            Write result,
            Expression sign) {}

    @Override
    public String name() {
        return "shift-left";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        Shift shift = c.shift();
        Expression[] b = c.b().value();
        Instruction instruction = new Instruction(builder, shift.real(), c.clock(), c.pc());
        instruction.step(instruction.following());
        // The four sums are different.
        instruction.fetch(new Instruction.Fetch(shift.word()
                        .times(SLLW - SLL)
                        .plus(c.immediate().times(SLLI - SLL))
                        .plus(SLL))
                .rd(c.rd())
                .rs1(c.rs1())
                .rs2(c.rs2())
                .limbs(c.immediate().times(b[0])));
        instruction.read(c.rs1(), c.a(), Instruction.FIRST_READ);
        SecondOperand.define(instruction, c.immediate(), c.rs2(), c.b().access(), b);
        shift.amount(instruction, b[0]);
        shift.powerToTheLeft(builder);
        Expression[] high = shift.cut(instruction, true, c.a().value());
        // The operand shifted by less than a limb. The parts do not overlap, so each has 16 bits.
        Expression[] shifted = new Expression[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            shifted[i] = i == 0 ? shift.raised(0) : shift.raised(i).plus(high[i - 1]);
        }
        // Otherwise the upper half of a word's result could be something in between, and that of another one be
        // changed.
        builder.assertZeroWhen(
                "sign is boolean, and 0 unless a word's", c.sign(), shift.word().minus(c.sign()));
        Expression[] result = new Expression[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            result[i] = i < Shift.WORD_LIMBS ? Expression.constant(0) : c.sign().times(0xFFFF);
            for (int limbs = 0; limbs <= i; limbs++) {
                Expression flag = shift.by()[limbs];
                if (i < Shift.WORD_LIMBS) {
                    flag = flag.plus(shift.wordBy()[limbs]);
                }
                result[i] = result[i].plus(flag.times(shifted[i - limbs]));
            }
        }
        // Otherwise a word's result could be extended with the wrong sign.
        instruction.range(shift.word(), result[1].minus(c.sign().times(1 << SIGN_BITS)), SIGN_BITS);
        instruction.write(c.rd(), c.result(), result);
    }

    @Override
    public void fill(Executed step, Row row) {
        boolean word = step.operation() == SLLW || step.operation() == SLLIW;
        long b = SecondOperand.value(step);
        CELLS.shift().fill(row, word, true, step.a(), b);
        row.set(CELLS.immediate(), SecondOperand.isImmediate(step));
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rd(), step.rd());
        row.set(CELLS.rs1(), step.rs1());
        row.first(CELLS.a(), step);
        row.limbs(CELLS.b().value(), b);
        SecondOperand.fill(row, step, CELLS.rs2(), CELLS.b().access());
        row.result(CELLS.result(), step);
        row.set(CELLS.sign(), word && step.result() < 0);
    }
}
