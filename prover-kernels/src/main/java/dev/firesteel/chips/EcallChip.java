package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;
import dev.firesteel.riscv.vm.Opcode;

/** ECALL: HALT and OUTPUT. Any other call number traps, so there is no row for it. */
final class EcallChip implements InstructionChip {
    /** Call number of HALT. */
    static final int HALT = 93;
    /** Call number of OUTPUT. */
    static final int OUTPUT = 256;

    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);
    private static final int MOST_BYTES = 8;
    private static final int POSITION_LIMBS = 2;

    /**
     * @param number when a7 was accessed before
     * @param value a0
     * @param bytes its bytes
     * @param used OUTPUT: whether byte i is one of the a1 that are written
     * @param count when a1 was accessed before
     * @param position when the output's position was accessed before
     * @param before the position's limbs
     * @param carry of its first limb
     */
    record Columns(
            Expression halt,
            Expression output,
            Expression clock,
            Expression pc,
            Expression nextPc,
            Access number,
            Read value,
            @Width(MOST_BYTES) Expression[] bytes,
            @Width(MOST_BYTES) Expression[] used,
            Access count,
            Access position,
            @Width(POSITION_LIMBS) Expression[] before,
            Expression carry) {}

    @Override
    public String name() {
        return "ecall";
    }

    @Override
    public int width() {
        return LAYOUT.width();
    }

    @Override
    public void define(ConstraintBuilder builder) {
        Columns c = builder.main(Columns.class);
        Expression zero = Expression.constant(0);
        Instruction instruction = new Instruction(builder, c.halt().plus(c.output()), c.clock(), c.pc());
        instruction.booleans("call", c.halt(), c.output());
        // Otherwise the run could go on after HALT, or end without it.
        builder.assertEqual(
                "next pc",
                c.nextPc(),
                c.output().times(instruction.following()).plus(c.halt().times(Buses.HALTED)));
        instruction.step(c.nextPc());
        instruction.fetch(new Instruction.Fetch(Expression.constant(Opcode.ECALL)));
        // Otherwise the guest could be given another call than the one it asks for.
        Expression number = c.halt().times(HALT).plus(c.output().times(OUTPUT));
        instruction.readAs(
                Expression.constant(SegmentTrace.A7),
                c.number(),
                new Expression[] {number, zero, zero, zero},
                Instruction.FIRST_READ);
        instruction.read(Expression.constant(SegmentTrace.A0), c.value(), Instruction.SECOND_READ);
        // Otherwise the statement's exit code could be another one; both limbs, so that 256 or 2^16 is not taken for 0.
        builder.send(Buses.HALT, c.halt(), 1, c.value().value()[0], c.value().value()[1]);
        output(instruction, builder, c);
    }

    private static void output(Instruction instruction, ConstraintBuilder builder, Columns c) {
        Expression zero = Expression.constant(0);
        Expression start = c.before()[0].plus(c.before()[1].times(1 << 16));
        Expression count = zero;
        for (int i = 0; i < MOST_BYTES; i++) {
            Expression used = c.used()[i];
            // Otherwise a byte could be written a fraction of a time.
            builder.assertBoolean("used[" + i + "] is boolean", used);
            // Otherwise bytes in the middle could be left out.
            builder.assertZeroWhen(
                    "used[" + i + "] follows", i == 0 ? c.output().not() : c.used()[i - 1].not(), used);
            builder.send(Buses.OUTPUT, used, 1, start.plus(i), c.bytes()[i]);
            count = count.plus(used);
        }
        // Otherwise OUTPUT could write nothing: a count of 0 traps.
        builder.assertEqual("one byte at least", c.used()[0], c.output());
        for (int i = 0; i < LIMBS; i++) {
            Expression low = c.bytes()[2 * i];
            Expression high = c.bytes()[2 * i + 1];
            // Otherwise the bytes could be other ones than the value's.
            builder.assertZeroWhen(
                    "bytes of limb " + i,
                    c.output(),
                    c.value().value()[i].minus(low).minus(high.times(256)));
            instruction.bytes(c.output(), low, high);
        }
        // Otherwise more or fewer bytes could be written than asked for. All counts but 1 to 8 have no row.
        instruction.readAs(
                c.output(),
                Expression.constant(SegmentTrace.A1),
                c.count(),
                new Expression[] {count, zero, zero, zero},
                Instruction.MEMORY_ACCESS);
        Expression low = c.before()[0].plus(count).minus(c.carry().times(1 << 16));
        Expression high = c.before()[1].plus(c.carry());
        // Otherwise two calls could write to the same place, and the order would be free.
        builder.assertBoolean("carry is boolean", c.carry());
        // Otherwise the position could leave its limbs, and wrap modulo p.
        instruction.range(c.output(), low, 16);
        instruction.range(c.output(), high, 14);
        instruction.access(
                c.output(),
                Expression.constant(Buses.REGISTERS + Buses.OUTPUT_POSITION),
                c.position(),
                new Expression[] {c.before()[0], c.before()[1], zero, zero},
                new Expression[] {low, high, zero, zero},
                Instruction.RESULT);
    }

    @Override
    public void fill(Executed step, Row row) {
        boolean halt = step.wordBefore(0) == HALT;
        row.set(CELLS.halt(), halt);
        row.set(CELLS.output(), !halt);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.nextPc(), halt ? Buses.HALTED : step.nextPc());
        row.access(CELLS.number(), step.wordPrevious(0), step.clock() + Instruction.FIRST_READ);
        row.limbs(CELLS.value().value(), step.a());
        row.access(CELLS.value().access(), step.aPrevious(), step.clock() + Instruction.SECOND_READ);
        if (halt) {
            return;
        }
        row.bytes(CELLS.bytes(), step.a());
        for (int i = 0; i < step.b(); i++) {
            row.set(CELLS.used()[i], true);
        }
        row.access(CELLS.count(), step.bPrevious(), step.clock() + Instruction.MEMORY_ACCESS);
        row.access(CELLS.position(), step.resultPrevious(), step.clock() + Instruction.RESULT);
        row.limbs(CELLS.before(), step.oldResult());
        row.set(CELLS.carry(), (step.oldResult() & 0xFFFF) + step.b() >>> 16);
    }
}
