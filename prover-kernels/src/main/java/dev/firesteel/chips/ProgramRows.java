package dev.firesteel.chips;

import static dev.firesteel.riscv.vm.Opcode.*;

import dev.firesteel.air.Trace;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.vm.Code;
import dev.firesteel.riscv.vm.Decoder;

/**
 * The program as the {@link Buses#PROGRAM} bus has it: one row per index of {@link Code}. Fields that an operation does not use are 0. What can be computed
 * from the instruction and its address alone is in the row, so that no chip computes it: link addresses, targets, what LUI and AUIPC give.
 *
 * <table>
 * <caption>Fields by operation</caption>
 * <tr><th>operation</th><th>rd</th><th>rs1</th><th>rs2</th><th>limbs</th><th>target</th></tr>
 * <tr><td>LUI, AUIPC</td><td>✓</td><td></td><td></td><td>the result</td><td></td></tr>
 * <tr><td>JAL</td><td>✓</td><td></td><td></td><td>the result (the address behind)</td><td>address / 4</td></tr>
 * <tr><td>JALR</td><td>✓</td><td>✓</td><td></td><td>limb 0 and limb 1 of the immediate, limbs 0 and 1 of the result</td><td>limb 2 of the result</td></tr>
 * <tr><td>branches</td><td></td><td>✓</td><td>✓</td><td></td><td>address / 4</td></tr>
 * <tr><td>loads, ADDI … ANDI, ADDIW</td><td>✓</td><td>✓</td><td></td><td>limbs 0 and 1 of the immediate (1 = 2 = 3)</td><td></td></tr>
 * <tr><td>SLLI … SRAIW</td><td>✓</td><td>✓</td><td></td><td>the amount</td><td></td></tr>
 * <tr><td>stores</td><td></td><td>✓</td><td>✓</td><td>limbs 0 and 1 of the immediate</td><td></td></tr>
 * <tr><td>two registers</td><td>✓</td><td>✓</td><td>✓</td><td></td><td></td></tr>
 * <tr><td>FENCE, ECALL</td><td></td><td></td><td></td><td></td><td></td></tr>
 * </table>
 */
public final class ProgramRows {
    /** The fields, in the order of the bus. */
    static final int FIELDS = 10;

    private static final int PC = 0;
    private static final int OPERATION = 1;
    private static final int RD = 2;
    private static final int RS1 = 3;
    private static final int RS2 = 4;
    private static final int LIMB = 5;
    private static final int TARGET = 9;

    private final Code code;
    private final int size;
    private final long[] fields;

    /** The rows of {@code program}. */
    public ProgramRows(Program program) {
        code = program.code();
        size = code.size();
        fields = new long[size * FIELDS];
        for (int row = 0; row < size; row++) {
            fill(row);
        }
    }

    private void fill(int row) {
        int operation = code.operation(row);
        int at = row * FIELDS;
        if (operation >= EBREAK) {
            // Whatever has no family never completes, so no row may offer it.
            fields[at + PC] = Buses.NO_INSTRUCTION;
            return;
        }
        long address = code.addressOf(row);
        long immediate = code.immediate(row);
        boolean branch = operation >= BEQ && operation <= BGEU;
        fields[at + PC] = address >>> 2;
        fields[at + OPERATION] = operation;
        if (Decoder.writesRegister(operation)) {
            fields[at + RD] = code.rd(row);
        }
        if (operation != LUI && operation != AUIPC && operation != JAL && operation < FENCE) {
            fields[at + RS1] = code.rs1(row);
        }
        if (readsSecond(operation)) {
            fields[at + RS2] = code.rs2(row);
        }
        switch (operation) {
            case LUI -> limbs(at, 4, immediate);
            case AUIPC -> limbs(at, 4, address + immediate);
            case JAL -> {
                limbs(at, 4, address + 4);
                fields[at + TARGET] = target(address + immediate);
            }
            case JALR -> {
                limbs(at, 2, immediate);
                fields[at + LIMB + 2] = address + 4 & 0xFFFF;
                fields[at + LIMB + 3] = address + 4 >>> 16 & 0xFFFF;
                fields[at + TARGET] = address + 4 >>> 32;
            }
            default -> {
                if (branch) {
                    fields[at + TARGET] = target(address + immediate);
                } else {
                    // Shift amounts fit one limb, and the second one of those is 0.
                    limbs(at, 2, immediate);
                }
            }
        }
    }

    private void limbs(int at, int count, long value) {
        for (int i = 0; i < count; i++) {
            fields[at + LIMB + i] = value >>> 16 * i & 0xFFFF;
        }
    }

    /** Misaligned targets trap, and addresses from 2^32 on hold no instruction. */
    private static long target(long address) {
        return (address & 3) != 0 || address >>> 32 != 0 ? Buses.NO_TARGET : address >>> 2;
    }

    /** Whether {@code operation} reads the register of field rs2. */
    static boolean readsSecond(int operation) {
        return operation >= BEQ && operation <= BGEU
                || operation >= SB && operation <= SD
                || operation >= ADD && operation <= AND
                || operation >= ADDW && operation <= REMUW;
    }

    /** The number of rows that the program needs. */
    public int size() {
        return size;
    }

    /** The row of the instruction at {@code address}, −1 when there is none. */
    int rowOf(long address) {
        return code.indexOf(address);
    }

    long pc(int row) {
        return fields[row * FIELDS + PC];
    }

    int operation(int row) {
        return (int) fields[row * FIELDS + OPERATION];
    }

    int rd(int row) {
        return (int) fields[row * FIELDS + RD];
    }

    int rs1(int row) {
        return (int) fields[row * FIELDS + RS1];
    }

    int rs2(int row) {
        return (int) fields[row * FIELDS + RS2];
    }

    int limb(int row, int i) {
        return (int) fields[row * FIELDS + LIMB + i];
    }

    long target(int row) {
        return fields[row * FIELDS + TARGET];
    }

    /** The preprocessed table: rows beyond the program's hold no instruction. */
    Trace trace() {
        int height = Math.max(1, Integer.highestOneBit(2 * size - 1));
        Trace trace = Trace.zeros(height, FIELDS);
        for (int row = 0; row < height; row++) {
            for (int field = 0; field < FIELDS; field++) {
                long value = row < size ? fields[row * FIELDS + field] : field == PC ? Buses.NO_INSTRUCTION : 0;
                trace.set(row, field, KoalaBear.fromCanonical(value));
            }
        }
        return trace;
    }
}
