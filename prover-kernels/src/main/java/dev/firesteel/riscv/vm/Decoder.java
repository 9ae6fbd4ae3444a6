package dev.firesteel.riscv.vm;

import static dev.firesteel.riscv.vm.Opcode.*;

/**
 * Decodes one instruction word. Source: RISC-V Instruction Set Manual, volume I, RV64I 2.1 and M 2.0, chapter "RV32/64G Instruction
 * Set Listings". A word that is not listed there is {@link Opcode#ILLEGAL}; only FENCE ignores fields, as the manual asks.
 */
public final class Decoder {
    private static final int[] LOADS = {LB, LH, LW, LD, LBU, LHU, LWU, ILLEGAL};
    private static final int[] STORES = {SB, SH, SW, SD, ILLEGAL, ILLEGAL, ILLEGAL, ILLEGAL};
    private static final int[] BRANCHES = {BEQ, BNE, ILLEGAL, ILLEGAL, BLT, BGE, BLTU, BGEU};
    private static final int[] REGISTER = {ADD, SLL, SLT, SLTU, XOR, SRL, OR, AND};
    private static final int[] MULTIPLY = {MUL, MULH, MULHSU, MULHU, DIV, DIVU, REM, REMU};
    private static final int[] WORD = {ADDW, SLLW, ILLEGAL, ILLEGAL, ILLEGAL, SRLW, ILLEGAL, ILLEGAL};
    private static final int[] WORD_MULTIPLY = {MULW, ILLEGAL, ILLEGAL, ILLEGAL, DIVW, DIVUW, REMW, REMUW};

    private Decoder() {}

    /** The operation of {@code word}, one of {@link Opcode} but END. */
    public static int operation(int word) {
        int funct3 = word >>> 12 & 7;
        int funct7 = word >>> 25;
        return switch (word & 0x7F) {
            case 0x37 -> LUI;
            case 0x17 -> AUIPC;
            case 0x6F -> JAL;
            case 0x67 -> funct3 == 0 ? JALR : ILLEGAL;
            case 0x63 -> BRANCHES[funct3];
            case 0x03 -> LOADS[funct3];
            case 0x23 -> STORES[funct3];
            case 0x13 -> registerImmediate(funct3, word >>> 26);
            case 0x1B -> wordImmediate(funct3, funct7);
            case 0x33 -> register(funct3, funct7);
            case 0x3B -> wordRegister(funct3, funct7);
            case 0x0F -> funct3 == 0 ? FENCE : ILLEGAL;
            case 0x73 -> word == 0x0000_0073 ? ECALL : word == 0x0010_0073 ? EBREAK : ILLEGAL;
            default -> ILLEGAL;
        };
    }

    private static int registerImmediate(int funct3, int funct6) {
        return switch (funct3) {
            case 0 -> ADDI;
            case 1 -> funct6 == 0 ? SLLI : ILLEGAL;
            case 2 -> SLTI;
            case 3 -> SLTIU;
            case 4 -> XORI;
            case 5 -> funct6 == 0 ? SRLI : funct6 == 0x10 ? SRAI : ILLEGAL;
            case 6 -> ORI;
            default -> ANDI;
        };
    }

    /** The seventh bit of funct7 would be bit 5 of the shift amount, which the word forms reserve. */
    private static int wordImmediate(int funct3, int funct7) {
        return switch (funct3) {
            case 0 -> ADDIW;
            case 1 -> funct7 == 0 ? SLLIW : ILLEGAL;
            case 5 -> funct7 == 0 ? SRLIW : funct7 == 0x20 ? SRAIW : ILLEGAL;
            default -> ILLEGAL;
        };
    }

    private static int register(int funct3, int funct7) {
        return switch (funct7) {
            case 0 -> REGISTER[funct3];
            case 1 -> MULTIPLY[funct3];
            case 0x20 -> funct3 == 0 ? SUB : funct3 == 5 ? SRA : ILLEGAL;
            default -> ILLEGAL;
        };
    }

    private static int wordRegister(int funct3, int funct7) {
        return switch (funct7) {
            case 0 -> WORD[funct3];
            case 1 -> WORD_MULTIPLY[funct3];
            case 0x20 -> funct3 == 0 ? SUBW : funct3 == 5 ? SRAW : ILLEGAL;
            default -> ILLEGAL;
        };
    }

    /**
     * The immediate that {@code operation} takes from {@code word}, sign-extended as the format says; the shift amount for
     * shifts by an immediate; the upper 20 bits in place for LUI and AUIPC; 0 where there is none.
     */
    public static int immediate(int operation, int word) {
        return switch (operation) {
            case LUI, AUIPC -> word & 0xFFFF_F000;
            case JAL -> word >> 31 << 20 | word & 0xFF000 | word >>> 9 & 0x800 | word >>> 20 & 0x7FE;
            case BEQ, BNE, BLT, BGE, BLTU, BGEU ->
                word >> 31 << 12 | word << 4 & 0x800 | word >>> 20 & 0x7E0 | word >>> 7 & 0x1E;
            case SB, SH, SW, SD -> word >> 25 << 5 | word >>> 7 & 0x1F;
            case JALR, LB, LH, LW, LD, LBU, LHU, LWU, ADDI, SLTI, SLTIU, XORI, ORI, ANDI, ADDIW -> word >> 20;
            case SLLI, SRLI, SRAI -> word >>> 20 & 0x3F;
            case SLLIW, SRLIW, SRAIW -> word >>> 20 & 0x1F;
            default -> 0;
        };
    }

    /** Whether {@code operation} writes a register. */
    public static boolean writesRegister(int operation) {
        return !(operation >= BEQ && operation <= BGEU) && !(operation >= SB && operation <= SD) && operation < FENCE;
    }
}
