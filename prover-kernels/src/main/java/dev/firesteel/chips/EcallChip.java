package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Width;
import dev.firesteel.riscv.Accelerator;
import dev.firesteel.riscv.vm.Opcode;

/**
 * ECALL: HALT, OUTPUT and calls of accelerators, whose own tables do the rest. Any other call number traps, so there is no row for it; neither is there for
 * a call with a pointer that is no multiple of 8.
 */
final class EcallChip implements InstructionChip {
    /** Call number of HALT. */
    static final int HALT = 93;
    /** Call number of OUTPUT. */
    static final int OUTPUT = 256;

    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);
    private static final int MOST_BYTES = 8;
    private static final int POSITION_LIMBS = 2;
    /** Words have 2^3 bytes. */
    private static final int WORD_SHIFT = 3;
    /** What is left of a limb of an address when it is divided by 8. */
    private static final int WORD_BITS = 16 - WORD_SHIFT;

    /**
     * @param keccak whether Keccak-f[1600] is called
     * @param sha256 whether SHA-256's compression is
     * @param number when a7 was accessed before
     * @param value a0
     * @param bytes its bytes
     * @param used OUTPUT: whether byte i is one of the a1 that are written
     * @param count when a1 was accessed before
     * @param blockWord SHA-256: bits 3 to 15 of a1
     * @param blockUpper SHA-256: bits 16 to 31 of a1
     * @param position when the output's position was accessed before
     * @param before the position's limbs
     * @param carry of its first limb
     */
    record Columns(
            Expression halt,
            Expression output,
            Expression keccak,
            Expression sha256,
            Expression clock,
            Expression pc,
            Expression nextPc,
            Access number,
            Read value,
            @Width(MOST_BYTES) Expression[] bytes,
            @Width(MOST_BYTES) Expression[] used,
            Access count,
            Expression blockWord,
            Expression blockUpper,
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
        Expression accelerator = c.keccak().plus(c.sha256());
        Expression real = c.halt().plus(c.output()).plus(accelerator);
        Instruction instruction = new Instruction(builder, real, c.clock(), c.pc());
        instruction.booleans("call", c.halt(), c.output(), c.keccak(), c.sha256());
        // Otherwise the run could go on after HALT, or end without it.
        builder.assertEqual(
                "next pc",
                c.nextPc(),
                c.output()
                        .plus(accelerator)
                        .times(instruction.following())
                        .plus(c.halt().times(Buses.HALTED)));
        instruction.step(c.nextPc());
        instruction.fetch(new Instruction.Fetch(Expression.constant(Opcode.ECALL)));
        // Otherwise the guest could be given another call than the one it asks for.
        Expression function = c.keccak()
                .times(Accelerator.KECCAK_F1600.call())
                .plus(c.sha256().times(Accelerator.SHA256_COMPRESS.call()));
        Expression number = c.halt().times(HALT).plus(c.output().times(OUTPUT)).plus(function);
        instruction.readAs(
                Expression.constant(SegmentTrace.A7),
                c.number(),
                new Expression[] {number, zero, zero, zero},
                Instruction.FIRST_READ);
        instruction.read(Expression.constant(SegmentTrace.A0), c.value(), Instruction.SECOND_READ);
        // Otherwise the statement's exit code could be another one; both limbs, so that 256 or 2^16 is not taken for 0.
        builder.send(Buses.HALT, c.halt(), 1, c.value().value()[0], c.value().value()[1]);
        // Otherwise memory would stay as it is, or change elsewhere.
        builder.send(
                Buses.CALL,
                accelerator,
                1,
                function,
                c.clock(),
                state(instruction, accelerator, c),
                block(instruction, c));
        output(instruction, builder, c);
    }

    /** The word that a0 points to. */
    private static Expression state(Instruction instruction, Expression accelerator, Columns c) {
        Expression[] pointer = c.value().value();
        Expression word = pointer[0].times(Expression.ofInverse(1 << WORD_SHIFT));
        // Otherwise the pointer could be no multiple of 8: the word would be another number.
        instruction.range(accelerator, word, WORD_BITS);
        for (int i = 2; i < LIMBS; i++) {
            // Otherwise bits above the address could be dropped.
            instruction.builder().assertZeroWhen("pointer[" + i + "]", accelerator, pointer[i]);
        }
        // The register's second limb has 16 bits.
        return word.plus(pointer[1].times(1 << WORD_BITS));
    }

    /** The word that a1 points to when SHA-256 is called, else 0. */
    private static Expression block(Instruction instruction, Columns c) {
        // As for the state; that these are the register's limbs is in output, where it is read.
        instruction.range(c.sha256(), c.blockWord(), WORD_BITS);
        return c.sha256().times(c.blockWord().plus(c.blockUpper().times(1 << WORD_BITS)));
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
        // Otherwise more or fewer bytes could be written than asked for, or another block hashed. All counts but 1 to 8
        // have no row, nor do blocks at 2^32 and above. Only OUTPUT has a count.
        instruction.readAs(
                c.output().plus(c.sha256()),
                Expression.constant(SegmentTrace.A1),
                c.count(),
                new Expression[] {
                    count.plus(c.sha256().times(c.blockWord()).times(1 << WORD_SHIFT)),
                    c.sha256().times(c.blockUpper()),
                    zero,
                    zero
                },
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
        long number = step.wordBefore(0);
        boolean halt = number == HALT;
        boolean sha256 = number == Accelerator.SHA256_COMPRESS.call();
        row.set(CELLS.halt(), halt);
        row.set(CELLS.output(), number == OUTPUT);
        row.set(CELLS.keccak(), number == Accelerator.KECCAK_F1600.call());
        row.set(CELLS.sha256(), sha256);
        row.set(CELLS.clock(), step.clock());
        row.set(CELLS.pc(), step.pc());
        row.set(CELLS.nextPc(), halt ? Buses.HALTED : step.nextPc());
        row.access(CELLS.number(), step.wordPrevious(0), step.clock() + Instruction.FIRST_READ);
        row.limbs(CELLS.value().value(), step.a());
        row.access(CELLS.value().access(), step.aPrevious(), step.clock() + Instruction.SECOND_READ);
        if (sha256) {
            row.set(CELLS.blockWord(), step.b() >>> WORD_SHIFT & (1 << WORD_BITS) - 1);
            row.set(CELLS.blockUpper(), step.b() >>> 16);
            row.access(CELLS.count(), step.bPrevious(), step.clock() + Instruction.MEMORY_ACCESS);
        }
        if (number != OUTPUT) {
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
