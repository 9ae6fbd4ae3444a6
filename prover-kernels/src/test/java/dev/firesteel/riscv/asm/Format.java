package dev.firesteel.riscv.asm;

/** Where an instruction keeps its operands (unprivileged ISA manual, section "Base Instruction Formats"). */
public enum Format {
    /** {@code rd, rs1, rs2}. */
    R,
    /** {@code rd, rs1, imm12}. */
    I,
    /** {@code rd, rs1, shamt} with 6 bits of shift amount. */
    SHIFT64,
    /** {@code rd, rs1, shamt} with 5 bits of shift amount. */
    SHIFT32,
    /** {@code rd, imm12(rs1)}. */
    LOAD,
    /** {@code rs2, imm12(rs1)}. */
    STORE,
    /** {@code rs1, rs2, offset}: 13 bits, even. */
    BRANCH,
    /** {@code rd, imm20}: the immediate is the upper 20 of 32 bits. */
    U,
    /** {@code rd, offset}: 21 bits, even. */
    J,
    /** No operand: FENCE (all), ECALL, EBREAK. */
    NONE
}
