package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import java.util.Arrays;

/** What all instruction chips have in common, written once: fetching, the step from state to state, and accesses to registers and memory. */
final class Instruction {
    private static final Expression ZERO = Expression.constant(0);

    /** Constants of the {@link Buses#CLOCKS_PER_STEP} accesses of one instruction; two of the same word must differ, later ones being higher. */
    static final int FIRST_READ = 0;

    static final int SECOND_READ = 1;
    static final int MEMORY_ACCESS = 2;
    static final int RESULT = 3;

    private final ConstraintBuilder builder;
    private final Expression real;
    private final Expression clock;
    private final Expression pc;

    /**
     * Begins a chip whose row is one instruction.
     *
     * @param real 1 in a row that is an instruction, 0 in padding; a cell or a sum of cells that exclude each other
     * @param clock the instruction's clock
     * @param pc its address divided by 4
     */
    Instruction(ConstraintBuilder builder, Expression real, Expression clock, Expression pc) {
        this.builder = builder;
        this.real = real;
        this.clock = clock;
        this.pc = pc;
        // Otherwise an instruction could be executed several times for one step, or −1 times, which would undo another
        // one's messages.
        builder.assertBoolean("real is boolean", real);
    }

    /**
     * Begins a chip whose row makes accesses for the instruction at {@code clock}, which another chip's row is.
     *
     * @param real 1 in a row that makes them, 0 in padding
     */
    static Instruction servedAt(ConstraintBuilder builder, Expression real, Expression clock) {
        return new Instruction(builder, real, clock, ZERO);
    }

    /** The instruction is the next one after {@code this}: pc + 1. */
    Expression following() {
        return pc.plus(1);
    }

    /** The row takes the state (clock, pc) and leaves (clock + 4, nextPc). */
    void step(Expression nextPc) {
        // Otherwise instructions could be executed that control never reached, or at another time.
        builder.receive(Buses.STATE, real, 1, clock, pc);
        // Otherwise the run would end here, or go on elsewhere. Clocks grow, so steps cannot form a cycle beside the
        // run.
        builder.send(Buses.STATE, real, 1, clock.plus(Buses.CLOCKS_PER_STEP), nextPc);
    }

    /** The fields of a fetched instruction; those that are not set are 0, as the program has them for operations that do not use them. */
    static final class Fetch {
        private final Expression operation;
        private Expression rd = ZERO;
        private Expression rs1 = ZERO;
        private Expression rs2 = ZERO;
        private final Expression[] limbs = {ZERO, ZERO, ZERO, ZERO};
        private Expression target = ZERO;

        /** @param operation {@link dev.firesteel.riscv.vm.Opcode}, of whichever operation the row executes */
        Fetch(Expression operation) {
            this.operation = operation;
        }

        Fetch rd(Expression value) {
            rd = value;
            return this;
        }

        Fetch rs1(Expression value) {
            rs1 = value;
            return this;
        }

        Fetch rs2(Expression value) {
            rs2 = value;
            return this;
        }

        /** The first of the four limbs, as many as given. */
        Fetch limbs(Expression... values) {
            System.arraycopy(values, 0, limbs, 0, values.length);
            return this;
        }

        Fetch target(Expression value) {
            target = value;
            return this;
        }
    }

    /** The program has this instruction at pc. */
    void fetch(Fetch f) {
        // Otherwise the row could execute another instruction than the program's, or one on other registers.
        builder.send(
                Buses.PROGRAM,
                real,
                1,
                pc,
                f.operation,
                f.rd,
                f.rs1,
                f.rs2,
                f.limbs[0],
                f.limbs[1],
                f.limbs[2],
                f.limbs[3],
                f.target);
    }

    /** Σ flag_i·operation_i, for chips with a flag per operation. */
    static Expression operation(Expression[] flags, int... operations) {
        Expression sum = ZERO;
        for (int i = 0; i < operations.length; i++) {
            sum = sum.plus(flags[i].times(operations[i]));
        }
        return sum;
    }

    /** Σ flags. */
    static Expression sum(Expression... flags) {
        return Arrays.stream(flags).reduce(ZERO, Expression::plus);
    }

    /** The flags are boolean. That at most one of them is set follows when their sum is this chip's {@code real}, which is boolean too. */
    void booleans(String name, Expression... flags) {
        for (int i = 0; i < flags.length; i++) {
            // Otherwise a row could mix operations: half an AND and half an OR.
            builder.assertBoolean(name + "[" + i + "] is boolean", flags[i]);
        }
    }

    /** Register {@code index} is read when the row is real. */
    void read(Expression index, Read read, int order) {
        read(real, index, read, order);
    }

    /** Register {@code index} is read when the row is real, and holds {@code limbs}, which need not be cells. */
    void readAs(Expression index, Access access, Expression[] limbs, int order) {
        readAs(real, index, access, limbs, order);
    }

    /** Register {@code index} is read when {@code active} is 1, and holds {@code limbs}. */
    void readAs(Expression active, Expression index, Access access, Expression[] limbs, int order) {
        access(active, index.plus(Buses.REGISTERS), access, limbs, limbs, order);
    }

    /** Register {@code index} is read when {@code active} is 1. */
    void read(Expression active, Expression index, Read read, int order) {
        access(active, index.plus(Buses.REGISTERS), read.access(), read.value(), read.value(), order);
    }

    /** Register {@code index} is written when the row is real; {@code limbs} must be shown to have 16 bits each. */
    void write(Expression index, Write write, Expression[] limbs) {
        access(real, index.plus(Buses.REGISTERS), write.access(), write.old(), limbs, RESULT);
    }

    /**
     * The word at {@code address} changes from {@code before} to {@code after} at this instruction's clock + order, when {@code active} is 1.
     *
     * @param after must be shown to have limbs of 16 bits, unless they are those of {@code before}
     */
    void access(
            Expression active, Expression address, Access access, Expression[] before, Expression[] after, int order) {
        Expression now = clock.plus(order);
        // Otherwise the word could hold anything before.
        builder.receive(Buses.MEMORY, active, 1, message(address, before, access.previous()));
        // Otherwise the word would be gone, or keep what it held.
        builder.send(Buses.MEMORY, active, 1, message(address, after, now));
        Expression gap = now.minus(access.previous()).minus(1);
        Expression gapHigh = gap.minus(access.gapLow()).times(Expression.ofInverse(1 << 16));
        // Otherwise the access before could be one that comes later: a load could return what is stored after it. All
        // clocks are below
        // 2^30, so that the gap in 24 bits is one of integers.
        range(active, access.gapLow(), 16);
        range(active, gapHigh, 8);
    }

    private static Expression[] message(Expression address, Expression[] limbs, Expression clock) {
        Expression[] fields = new Expression[2 + LIMBS];
        fields[0] = address;
        System.arraycopy(limbs, 0, fields, 1, LIMBS);
        fields[1 + LIMBS] = clock;
        return fields;
    }

    /** {@code value} has {@code bits} bits when {@code active} is 1. */
    void range(Expression active, Expression value, int bits) {
        range(active, value, Expression.constant(bits));
    }

    /** {@code value} has {@code bits} bits, of which there are at most 16, when {@code active} is 1. */
    void range(Expression active, Expression value, Expression bits) {
        builder.send(Buses.RANGE, active, 1, value, bits);
    }

    /** {@code a} and {@code b} are bytes when {@code active} is 1. */
    void bytes(Expression active, Expression a, Expression b) {
        builder.send(Buses.BYTES, active, 1, a, b);
    }

    /** {@code a} and {@code b} are bytes and {@code and} is their conjunction, when {@code active} is 1. */
    void and(Expression active, Expression a, Expression b, Expression and) {
        builder.send(Buses.AND, active, 1, a, b, and);
    }

    /** All limbs have 16 bits when the row is real. */
    void limbs(Expression[] limbs) {
        for (Expression limb : limbs) {
            range(real, limb, 16);
        }
    }

    Expression real() {
        return real;
    }

    ConstraintBuilder builder() {
        return builder;
    }
}
