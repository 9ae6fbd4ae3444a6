package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.Expression;

/**
 * The second operand of operations that have a form with a register and one with an immediate: four limbs, that are read from the
 * register or fetched with the instruction. In the immediate form the program's rs2 is 0, and nobody looks at the access's columns.
 */
final class SecondOperand {
    private SecondOperand() {}

    /**
     * Register {@code rs2} is read and holds {@code limbs}, when the row is real and not {@code immediate}.
     *
     * @param immediate a cell
     */
    static void define(
            Instruction instruction, Expression immediate, Expression rs2, Access access, Expression[] limbs) {
        Expression registers = instruction.real().minus(immediate);
        // Otherwise a part of an instruction could be one with a register and the rest one with an immediate, or a
        // padding row could read a register −1 times.
        instruction.builder().assertZeroWhen("immediate is boolean, and 0 in padding", immediate, registers);
        instruction.readAs(registers, rs2, access, limbs, Instruction.SECOND_READ);
    }

    /** The limbs of the fetched instruction: the immediate's first two. */
    static Expression[] fetched(Expression immediate, Expression[] limbs) {
        return new Expression[] {immediate.times(limbs[0]), immediate.times(limbs[1])};
    }

    /** An immediate's upper limbs are all the same. */
    static void signExtended(Instruction instruction, Expression immediate, Expression[] limbs) {
        for (int i = 2; i < LIMBS; i++) {
            // Otherwise the upper half of an immediate could be anything: the program has only its two first limbs.
            instruction.builder().assertZeroWhen("limb " + i + " of an immediate", immediate, limbs[i].minus(limbs[1]));
        }
    }

    /** Whether {@code step} is of the immediate form. */
    static boolean isImmediate(Executed step) {
        return !ProgramRows.readsSecond(step.operation());
    }

    /** The value. */
    static long value(Executed step) {
        return isImmediate(step) ? step.immediate() : step.b();
    }

    /** Sets the columns of rs2 and the access. */
    static void fill(Row row, Executed step, Expression rs2, Access access) {
        row.set(rs2, step.rs2());
        if (!isImmediate(step)) {
            row.access(access, step.bPrevious(), step.clock() + Instruction.SECOND_READ);
        }
    }
}
