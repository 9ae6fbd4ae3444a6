package dev.firesteel.chips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.RowBuffer;
import dev.firesteel.air.Trace;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Op;
import dev.firesteel.riscv.asm.Reg;
import java.util.List;
import java.util.function.Consumer;

/** Programs that multiply and divide, of no other instructions than those and additions, and their rows. */
final class MultiplyDivideRuns {
    static final List<Op> MULTIPLY = List.of(Op.MUL, Op.MULH, Op.MULHSU, Op.MULHU, Op.MULW);
    static final List<Op> DIVIDE = List.of(Op.DIV, Op.DIVU, Op.REM, Op.REMU, Op.DIVW, Op.DIVUW, Op.REMW, Op.REMUW);

    static final long[] VALUES = {
        0, 1, -1, 7, -7, 98, 100, -100, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, 0x8000_0007L, 1L << 40
    };

    /** The last registers are not operands. */
    private static final int RESULT = Reg.T3;

    private static final int BASE = Reg.T4;
    private static final int PIECE = 11;

    private MultiplyDivideRuns() {}

    /** All operations on all pairs of at most 27 values; results go to one register and to x0. */
    static Assembler pairs(List<Op> operations, long... values) {
        Assembler asm = load(values);
        int n = 0;
        for (int a = 1; a <= values.length; a++) {
            for (int b = 1; b <= values.length; b++) {
                for (Op operation : operations) {
                    asm.emit(operation, n++ % 8 == 0 ? Reg.ZERO : RESULT, a, b, 0);
                }
            }
        }
        return halt(asm);
    }

    /** All operations with the result in the place of an operand, and of both, and with x0 as operand. */
    static Assembler sameRegisters(List<Op> operations, long a, long b) {
        Assembler asm = load(a, b);
        for (Op operation : operations) {
            for (int registers = 0; registers < 4; registers++) {
                asm.addi(3, 1, 0);
                asm.addi(4, (registers & 1) == 0 ? 2 : 1, 0);
                int second = (registers & 1) == 0 ? 4 : 3;
                asm.emit(operation, (registers & 2) == 0 ? 3 : second, 3, second, 0);
            }
            asm.emit(operation, 3, 0, 2, 0);
            asm.emit(operation, 3, 1, 0, 0);
            asm.emit(operation, 0, 0, 0, 0);
        }
        return halt(asm);
    }

    private static Assembler load(long... values) {
        Assembler asm = new Assembler();
        asm.addi(BASE, 0, 1 << PIECE - 1);
        asm.add(BASE, BASE, BASE);
        for (int i = 0; i < values.length; i++) {
            int register = i + 1;
            asm.addi(register, 0, (int) (values[i] >> 55));
            for (int shift = 44; shift >= 0; shift -= PIECE) {
                asm.mul(register, register, BASE);
                asm.addi(register, register, (int) (values[i] >>> shift & (1 << PIECE) - 1));
            }
        }
        return asm;
    }

    private static Assembler halt(Assembler asm) {
        asm.addi(Reg.A0, 0, 0);
        asm.addi(Reg.A7, 0, 93);
        asm.ecall();
        return asm;
    }

    static int index(int operation) {
        return InstructionChips.of(operation);
    }

    static Trace table(ChipRuns.Filled filled, int operation) {
        return filled.tables().get(index(operation));
    }

    /** The executed instruction of a row of the table that executes {@code operation}. */
    static Executed step(ChipRuns.Filled filled, int operation, int row) {
        return filled.trace().log(index(operation)).view().to(row);
    }

    /** Rows of the table that executes {@code operation}, without padding. */
    static int rows(ChipRuns.Filled filled, int operation) {
        return filled.trace().log(index(operation)).size();
    }

    /** A row that executes {@code operation} on these operands. */
    static int row(ChipRuns.Filled filled, int operation, long a, long b) {
        for (int row = 0; row < rows(filled, operation); row++) {
            Executed step = step(filled, operation, row);
            if (step.operation() == operation && step.a() == a && step.b() == b) {
                return row;
            }
        }
        throw new IllegalArgumentException("no such row");
    }

    /** The cells of a row that {@code filler} fills. */
    static List<Integer> fill(int width, Consumer<Row> filler) {
        Trace one = Trace.zeros(1, width);
        RowBuffer buffer = new RowBuffer(one);
        filler.accept(new Row(buffer));
        buffer.advance();
        buffer.flush();
        return RowMutations.cells(one, 0);
    }

    /** There are refusals, and all of them by range checks of so many bits. */
    static void onlyRanges(List<String> refusals, int bits) {
        assertFalse(refusals.isEmpty());
        assertTrue(
                refusals.stream().allMatch(r -> r.startsWith("range[") && r.endsWith(", " + bits + "]")),
                refusals::toString);
    }

    /** Accesses of a row that would come after the row, with what is between them modulo p, are refused by one range check each. */
    static void laterAccesses(RowMutations mutations, Trace table, String... accesses) {
        List<Integer> honest = RowMutations.cells(table, table.height() / 3);
        for (String access : accesses) {
            long ago = mutations.cell(honest, "clock") - mutations.cell(honest, access + ".previous");
            long gap = mutations.cell(honest, access + ".gapLow");
            List<Integer> later = mutations.plus(honest, access + ".previous", ago + 3);
            onlyOneRange(mutations.refusals(later));
            onlyOneRange(mutations.refusals(mutations.plus(later, access + ".gapLow", -gap)));
        }
    }

    private static void onlyOneRange(List<String> refusals) {
        assertEquals(1, refusals.size());
        assertTrue(refusals.get(0).startsWith("range["), refusals::toString);
    }
}
