package dev.firesteel.chips;

import dev.firesteel.air.Expression;
import dev.firesteel.air.RowBuffer;
import dev.firesteel.field.KoalaBear;

/** The row of a table that is being filled. Cells are named by the chip's columns, made with {@link Expression#main}. */
public final class Row {
    private final RowBuffer buffer;

    Row(RowBuffer buffer) {
        this.buffer = buffer;
    }

    /** Sets the cell of a column to a number of at most 31 bits, which may be negative. */
    void set(Expression column, long value) {
        buffer.cells()[buffer.row() + column.value()] = KoalaBear.fromCanonical((int) value);
    }

    /** Sets the cell of a column to 1 or 0. */
    void set(Expression column, boolean value) {
        buffer.cells()[buffer.row() + column.value()] = value ? KoalaBear.ONE : KoalaBear.ZERO;
    }

    /** Sets cells to 16-bit limbs of {@code value}, as many as there are columns. */
    void limbs(Expression[] columns, long value) {
        for (int i = 0; i < columns.length; i++) {
            set(columns[i], value >>> 16 * i & 0xFFFF);
        }
    }

    /** Sets cells to bytes of {@code value}, as many as there are columns. */
    void bytes(Expression[] columns, long value) {
        for (int i = 0; i < columns.length; i++) {
            set(columns[i], value >>> 8 * i & 0xFF);
        }
    }

    /** Sets {@code count} cells from {@code columns[from]} on to the lowest bits of {@code value}. */
    void bits(Expression[] columns, int from, int count, long value) {
        for (int i = 0; i < count; i++) {
            set(columns[from + i], (value >>> i & 1) != 0);
        }
    }

    /** Sets an access's columns. */
    void access(Access access, int previous, int now) {
        set(access.previous(), previous);
        set(access.gapLow(), now - previous - 1 & 0xFFFF);
    }

    /** Sets the columns of the first register that {@code step} reads. */
    void first(Read read, Executed step) {
        limbs(read.value(), step.a());
        access(read.access(), step.aPrevious(), step.clock() + Instruction.FIRST_READ);
    }

    /** Sets the columns of the second register that {@code step} reads. */
    void second(Read read, Executed step) {
        limbs(read.value(), step.b());
        access(read.access(), step.bPrevious(), step.clock() + Instruction.SECOND_READ);
    }

    /** Sets the columns of the register that {@code step} writes. */
    void result(Write write, Executed step) {
        limbs(write.old(), step.oldResult());
        access(write.access(), step.resultPrevious(), step.clock() + Instruction.RESULT);
    }

    /** Sets the columns of the first word that {@code step} accesses and leaves as it is. */
    void word(Read read, Executed step) {
        limbs(read.value(), step.wordBefore(0));
        access(read.access(), step.wordPrevious(0), step.clock() + Instruction.MEMORY_ACCESS);
    }

    /** Sets the columns of the first word that {@code step} accesses. */
    void word(Write write, Executed step) {
        limbs(write.old(), step.wordBefore(0));
        access(write.access(), step.wordPrevious(0), step.clock() + Instruction.MEMORY_ACCESS);
    }
}
