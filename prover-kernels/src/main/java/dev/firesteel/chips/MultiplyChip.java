package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;
import static dev.firesteel.chips.ByteProduct.BYTES;
import static dev.firesteel.chips.ByteProduct.PRODUCT_LIMBS;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;
import dev.firesteel.riscv.vm.Arithmetic;
import dev.firesteel.riscv.vm.Opcode;

/** MUL, MULH, MULHSU, MULHU and MULW: the product modulo 2^128, of which the operation takes a part. */
final class MultiplyChip implements InstructionChip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);

    /**
     * @param a bytes of the first operand
     * @param b bytes of the second operand
     * @param sign MULH, MULHSU: bit 63 of a; MULW: bit 31 of the product, which then makes no difference to its two lowest limbs
     * @param bSign MULH: bit 63 of b
     * @param product its limbs
     */
    record Columns(
            Expression mul,
            Expression mulh,
            Expression mulhsu,
            Expression mulhu,
            Expression mulw,
            Expression clock,
            Expression pc,
            Expression rd,
            Expression rs1,
            Expression rs2,
            @Width(BYTES) Expression[] a,
            Access first,
            @Width(BYTES) Expression[] b,
            Access second,
            Expression sign,
            Expression bSign,
            @Width(PRODUCT_LIMBS) Expression[] product,
            Write result) {

        Expression[] operations() {
            return new Expression[] {mul, mulh, mulhsu, mulhu, mulw};
        }
    }

    @Override
    public String name() {
        return "multiply";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        Expression[] operations = c.operations();
        Instruction instruction = new Instruction(builder, Instruction.sum(operations), c.clock(), c.pc());
        instruction.booleans("operation", operations);
        instruction.step(instruction.following());
        instruction.fetch(new Instruction.Fetch(Instruction.operation(
                        operations, Opcode.MUL, Opcode.MULH, Opcode.MULHSU, Opcode.MULHU, Opcode.MULW))
                .rd(c.rd())
                .rs1(c.rs1())
                .rs2(c.rs2()));
        Expression[] a = ByteProduct.joined(c.a());
        Expression[] b = ByteProduct.joined(c.b());
        instruction.readAs(c.rs1(), c.first(), a, Instruction.FIRST_READ);
        instruction.readAs(c.rs2(), c.second(), b, Instruction.SECOND_READ);
        // Otherwise a limb could be split otherwise than into its bytes, and the product be that of other numbers.
        ByteProduct.check(instruction, c.a());
        ByteProduct.check(instruction, c.b());
        signs(instruction, c, a[LIMBS - 1], b[LIMBS - 1]);
        product(instruction, c);
        instruction.write(c.rd(), c.result(), result(c));
    }

    private static void signs(Instruction instruction, Columns c, Expression aTop, Expression bTop) {
        ConstraintBuilder builder = instruction.builder();
        Expression aSigned = c.mulh().plus(c.mulhsu());
        Expression signed = aSigned.plus(c.mulw());
        // Otherwise a sign could be the fraction for which the checks below hold whatever the limb.
        builder.assertBoolean("sign is boolean", c.sign());
        builder.assertBoolean("b's sign is boolean", c.bSign());
        // Otherwise MULHU could take 2^64 off an operand, and MULHSU off the second one.
        builder.assertZeroWhen("no sign", signed.not(), c.sign());
        builder.assertZeroWhen("b has no sign", c.mulh().not(), c.bSign());
        Expression top = aSigned.times(aTop).plus(c.mulw().times(c.product()[1]));
        // Otherwise a negative operand could be taken as one ≥ 2^63 or the other way round, and MULW's result be
        // extended by the wrong sign.
        instruction.range(signed, top.minus(c.sign().times(1 << 15)), 15);
        // Otherwise the same for MULH's second operand.
        instruction.range(c.mulh(), bTop.minus(c.bSign().times(1 << 15)), 15);
    }

    private static void product(Instruction instruction, Columns c) {
        Expression zero = Expression.constant(0);
        Expression[] sums = ByteProduct.limbs(c.a(), c.sign(), c.b(), c.bSign());
        Expression carry = zero;
        for (int k = 0; k < PRODUCT_LIMBS; k++) {
            carry = Limbs.carry(sums[k], zero, carry, c.product()[k]);
            // Otherwise the limb could be any number of 16 bits, with the fraction modulo p as carry that makes it so.
            instruction.range(instruction.real(), carry, ByteProduct.CARRY_BITS);
        }
        // Otherwise a limb could be a multiple of 2^16 too large, or too small, with that much less, or more, carried.
        instruction.limbs(c.product());
    }

    private static Expression[] result(Columns c) {
        Expression high = Instruction.sum(c.mulh(), c.mulhsu(), c.mulhu());
        Expression[] result = new Expression[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            Expression word = i < 2 ? c.product()[i] : c.sign().times(0xFFFF);
            result[i] = c.mul()
                    .times(c.product()[i])
                    .plus(high.times(c.product()[LIMBS + i]))
                    .plus(c.mulw().times(word));
        }
        return result;
    }

    @Override
    public void fill(Executed step, Row row) {
        int operation = step.operation();
        long a = step.a();
        long b = step.b();
        long low = a * b;
        boolean sign =
                switch (operation) {
                    case Opcode.MULH, Opcode.MULHSU -> a < 0;
                    case Opcode.MULW -> (int) low < 0;
                    default -> false;
                };
        boolean bSign = operation == Opcode.MULH && b < 0;
        row.set(CELLS.mul(), operation == Opcode.MUL);
        row.set(CELLS.mulh(), operation == Opcode.MULH);
        row.set(CELLS.mulhsu(), operation == Opcode.MULHSU);
        row.set(CELLS.mulhu(), operation == Opcode.MULHU);
        row.set(CELLS.mulw(), operation == Opcode.MULW);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.rd(), step.rd());
        row.set(CELLS.rs1(), step.rs1());
        row.set(CELLS.rs2(), step.rs2());
        row.bytes(CELLS.a(), a);
        row.access(CELLS.first(), step.aPrevious(), step.clock() + Instruction.FIRST_READ);
        row.bytes(CELLS.b(), b);
        row.access(CELLS.second(), step.bPrevious(), step.clock() + Instruction.SECOND_READ);
        row.set(CELLS.sign(), sign);
        row.set(CELLS.bSign(), bSign);
        product(row, low, high(a, sign, b, bSign));
        row.result(CELLS.result(), step);
    }

    /** The upper half of the product modulo 2^128, of operands from which 2^64 is taken where their sign is set. */
    static long high(long a, boolean sign, long b, boolean bSign) {
        return Arithmetic.multiplyHighUnsigned(a, b) - (sign ? b : 0) - (bSign ? a : 0);
    }

    /** Sets the product's cells. */
    static void product(Row row, long low, long high) {
        for (int i = 0; i < LIMBS; i++) {
            row.set(CELLS.product()[i], low >>> 16 * i & 0xFFFF);
            row.set(CELLS.product()[LIMBS + i], high >>> 16 * i & 0xFFFF);
        }
    }
}
