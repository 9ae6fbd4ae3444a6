package dev.firesteel.riscv;

/**
 * The kinds of instructions that will share one table of the proof: one row per executed instruction, so a family's count
 * is its table's height. The family of an instruction depends on the instruction alone, never on an address or a value
 * (misaligned accesses are counted besides, {@link ExecutionStatistics#misalignedAccesses()}).
 */
public enum InstructionFamily {
    /** ADD, SUB. */
    ADD_SUB,
    /** ADDI. */
    ADD_IMMEDIATE,
    /** ADDW, SUBW, ADDIW. */
    ADD_SUB_WORD,
    /** AND, OR, XOR and their immediate forms. */
    BITWISE,
    /** SLT, SLTU, SLTI, SLTIU. */
    LESS_THAN,
    /** SLL, SLLI, SLLW, SLLIW. */
    SHIFT_LEFT,
    /** SRL, SRA, their immediate and word forms. */
    SHIFT_RIGHT,
    /** MUL, MULH, MULHSU, MULHU, MULW. */
    MULTIPLY,
    /** DIV, DIVU, REM, REMU and their word forms. */
    DIVIDE,
    /** BEQ, BNE, BLT, BGE, BLTU, BGEU, taken or not. */
    BRANCH,
    /** JAL. */
    JUMP,
    /** JALR. */
    JUMP_REGISTER,
    /** LUI, AUIPC. */
    UPPER_IMMEDIATE,
    /** LB, LBU. */
    LOAD_BYTE,
    /** LH, LHU. */
    LOAD_HALF,
    /** LW, LWU. */
    LOAD_WORD,
    /** LD. */
    LOAD_DOUBLE,
    /** SB. */
    STORE_BYTE,
    /** SH. */
    STORE_HALF,
    /** SW. */
    STORE_WORD,
    /** SD. */
    STORE_DOUBLE,
    /** FENCE. */
    FENCE,
    /** ECALL, HALT included. */
    ECALL
}
