package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;
import static dev.firesteel.riscv.vm.Opcode.*;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;

/** SRL, SRA, SRLI, SRAI, SRLW, SRAW, SRLIW and SRAIW. */
final class ShiftRightChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);
    private static final int SIGN_BITS = 15;
    private static final int TOP = LIMBS - 1;
    private static final int WORD_TOP = Shift.WORD_LIMBS - 1;

    /**
     * @param arithmetic SRA, SRAI, SRAW and SRAIW
     * @param immediate SRLI, SRAI, SRLIW and SRAIW
     * @param sign of an arithmetic shift, and of a word's result, which is the same where both are asked for; else 0
     */
    record Columns(
            Shift shift,
            Expression arithmetic,
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
        return "shift-right";
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
        // Otherwise an operation could be the sum of others' parts, or padding could look up signs.
        builder.assertZeroWhen(
                "arithmetic is boolean, and 0 in padding",
                c.arithmetic(),
                shift.real().minus(c.arithmetic()));
        instruction.step(instruction.following());
        instruction.fetch(new Instruction.Fetch(operation(c))
                .rd(c.rd())
                .rs1(c.rs1())
                .rs2(c.rs2())
                .limbs(c.immediate().times(b[0])));
        instruction.read(c.rs1(), c.a(), Instruction.FIRST_READ);
        SecondOperand.define(instruction, c.immediate(), c.rs2(), c.b().access(), b);
        shift.amount(instruction, b[0]);
        shift.powerToTheRight(builder);
        Expression[] result = result(c, shift.cut(instruction, false, c.a().value()));
        sign(instruction, c, result[WORD_TOP]);
        instruction.write(c.rd(), c.result(), result);
    }

    /** Different for all eight. */
    private static Expression operation(Columns c) {
        Expression word = c.shift().word();
        return c.arithmetic()
                .times(SRA - SRL)
                .plus(word.times(SRLW - SRL))
                .plus(c.immediate().times(SRLI - SRL))
                .plus(word.times(c.immediate()).times(SRLIW - SRLW - (SRLI - SRL)))
                .plus(SRL);
    }

    /** The result's limbs, each of 16 bits: made of parts that do not overlap. */
    private static Expression[] result(Columns c, Expression[] high) {
        Shift shift = c.shift();
        // Limbs above the operand's; and what comes from there into the upper bits of its top limb.
        Expression fill = c.sign().times(0xFFFF);
        Expression above =
                c.sign().times(Expression.constant(1 << Shift.LIMB_BITS).minus(shift.power()));
        // The operand shifted by less than a limb.
        Expression[] shifted = new Expression[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            shifted[i] = high[i].plus(i == TOP ? above : shift.raised(i + 1));
        }
        Expression wordTop = high[WORD_TOP].plus(above);
        Expression[] wordShifted = {shifted[0], wordTop};
        Expression[] result = new Expression[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            // Flags of the shifts that leave no limb of the operand here.
            Expression beyond = i < Shift.WORD_LIMBS ? Expression.constant(0) : shift.word();
            result[i] = Expression.constant(0);
            for (int limbs = 0; limbs < LIMBS; limbs++) {
                if (i + limbs < LIMBS) {
                    result[i] = result[i].plus(shift.by()[limbs].times(shifted[i + limbs]));
                } else {
                    beyond = beyond.plus(shift.by()[limbs]);
                }
            }
            for (int limbs = 0; i < Shift.WORD_LIMBS && limbs < Shift.WORD_LIMBS; limbs++) {
                if (i + limbs < Shift.WORD_LIMBS) {
                    result[i] = result[i].plus(shift.wordBy()[limbs].times(wordShifted[i + limbs]));
                } else {
                    beyond = beyond.plus(shift.wordBy()[limbs]);
                }
            }
            result[i] = result[i].plus(beyond.times(fill));
        }
        return result;
    }

    private static void sign(Instruction instruction, Columns c, Expression wordResult) {
        ConstraintBuilder builder = instruction.builder();
        Shift shift = c.shift();
        Expression word = shift.word();
        Expression logical = c.arithmetic().not();
        // Otherwise what is shifted in could be other bits than copies of the sign.
        builder.assertBoolean("sign is boolean", c.sign());
        // Otherwise a logical shift could shift in ones. Only where nothing is shifted in may its result have a sign:
        // when a word is shifted by no limb …
        builder.assertZeroWhen(
                "a logical shift by limbs has no sign", c.sign(), logical.times(shift.wordBy()[0].not()));
        // … and by no bit.
        builder.assertZeroWhen(
                "a logical shift by bits has no sign",
                c.sign(),
                logical.times(shift.power().minus(1 << Shift.LIMB_BITS)));
        // Otherwise an arithmetic shift could take a positive number for a negative one, or the other way round.
        Expression[] a = c.a().value();
        Expression top = a[TOP].plus(word.times(a[WORD_TOP].minus(a[TOP])));
        Expression signBit = c.sign().times(1 << SIGN_BITS);
        instruction.range(c.arithmetic(), top.minus(signBit), SIGN_BITS);
        // Otherwise a word's result could be extended with the wrong sign.
        instruction.range(word, wordResult.minus(signBit), SIGN_BITS);
    }

    @Override
    public void fill(Executed step, Row row) {
        int operation = step.operation();
        boolean word = operation >= ADDIW;
        boolean arithmetic = operation == SRA || operation == SRAI || operation == SRAW || operation == SRAIW;
        long b = SecondOperand.value(step);
        CELLS.shift().fill(row, word, false, step.a(), b);
        row.set(CELLS.arithmetic(), arithmetic);
        row.set(CELLS.immediate(), SecondOperand.isImmediate(step));
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rd(), step.rd());
        row.set(CELLS.rs1(), step.rs1());
        row.first(CELLS.a(), step);
        row.limbs(CELLS.b().value(), b);
        SecondOperand.fill(row, step, CELLS.rs2(), CELLS.b().access());
        row.result(CELLS.result(), step);
        row.set(CELLS.sign(), (word || arithmetic) && step.result() < 0);
    }
}
