package dev.firesteel.riscv.jit;

import dev.firesteel.riscv.vm.Opcode;

/**
 * Upper estimates of the byte codes that instructions take in a region, those of the methods that should be inlined
 * there included: HotSpot compiles no method of more than 8000 byte codes ({@code DontCompileHugeMethods}), and inlines
 * nothing more into one that has reached 8000 with what was inlined ({@code DesiredMethodLimit}).
 */
final class ByteCodeCost {
    /** Methods of so many byte codes and more are not compiled. */
    static final int HOTSPOT_LIMIT = 8000;
    /** Prologue, write-back of all registers, fault handler. */
    static final int METHOD = 600;
    /** Budget check, counter and two exits of a block. */
    static final int BLOCK = 45;

    /** A group's lookup. */
    static final int GROUP = 55;
    /** An access in a group: nothing to inline, but a slow path of its own. */
    static final int GROUPED = 62;

    private static final int MEMORY = 84;
    private static final int CALL = 40;
    private static final int PLAIN = 9;

    private ByteCodeCost() {}

    static int of(int operation) {
        if (operation >= Opcode.LB && operation <= Opcode.SD) {
            return MEMORY;
        }
        return switch (operation) {
            case Opcode.MULH,
                    Opcode.MULHSU,
                    Opcode.MULHU,
                    Opcode.DIV,
                    Opcode.DIVU,
                    Opcode.REM,
                    Opcode.REMU,
                    Opcode.DIVW,
                    Opcode.DIVUW,
                    Opcode.REMW,
                    Opcode.REMUW,
                    Opcode.SLT,
                    Opcode.SLTU,
                    Opcode.SLTI,
                    Opcode.SLTIU,
                    Opcode.JALR -> CALL;
            default -> PLAIN;
        };
    }
}
