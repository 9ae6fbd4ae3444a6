package dev.firesteel.riscv.asm;

import java.util.Locale;

/**
 * Every RV64IM instruction with its fixed bits, from the unprivileged ISA manual's chapter "RV32/64G Instruction Set
 * Listings". Written apart from the decoder under test: the two share no table.
 */
public enum Op {
    LUI(Format.U, 0x37),
    AUIPC(Format.U, 0x17),
    JAL(Format.J, 0x6f),
    JALR(Format.I, 0x67),
    BEQ(Format.BRANCH, 0x63),
    BNE(Format.BRANCH, 0x1063),
    BLT(Format.BRANCH, 0x4063),
    BGE(Format.BRANCH, 0x5063),
    BLTU(Format.BRANCH, 0x6063),
    BGEU(Format.BRANCH, 0x7063),
    LB(Format.LOAD, 0x03),
    LH(Format.LOAD, 0x1003),
    LW(Format.LOAD, 0x2003),
    LD(Format.LOAD, 0x3003),
    LBU(Format.LOAD, 0x4003),
    LHU(Format.LOAD, 0x5003),
    LWU(Format.LOAD, 0x6003),
    SB(Format.STORE, 0x23),
    SH(Format.STORE, 0x1023),
    SW(Format.STORE, 0x2023),
    SD(Format.STORE, 0x3023),
    ADDI(Format.I, 0x13),
    SLTI(Format.I, 0x2013),
    SLTIU(Format.I, 0x3013),
    XORI(Format.I, 0x4013),
    ORI(Format.I, 0x6013),
    ANDI(Format.I, 0x7013),
    SLLI(Format.SHIFT64, 0x1013),
    SRLI(Format.SHIFT64, 0x5013),
    SRAI(Format.SHIFT64, 0x40005013),
    ADD(Format.R, 0x33),
    SUB(Format.R, 0x40000033),
    SLL(Format.R, 0x1033),
    SLT(Format.R, 0x2033),
    SLTU(Format.R, 0x3033),
    XOR(Format.R, 0x4033),
    SRL(Format.R, 0x5033),
    SRA(Format.R, 0x40005033),
    OR(Format.R, 0x6033),
    AND(Format.R, 0x7033),
    ADDIW(Format.I, 0x1b),
    SLLIW(Format.SHIFT32, 0x101b),
    SRLIW(Format.SHIFT32, 0x501b),
    SRAIW(Format.SHIFT32, 0x4000501b),
    ADDW(Format.R, 0x3b),
    SUBW(Format.R, 0x4000003b),
    SLLW(Format.R, 0x103b),
    SRLW(Format.R, 0x503b),
    SRAW(Format.R, 0x4000503b),
    MUL(Format.R, 0x02000033),
    MULH(Format.R, 0x02001033),
    MULHSU(Format.R, 0x02002033),
    MULHU(Format.R, 0x02003033),
    DIV(Format.R, 0x02004033),
    DIVU(Format.R, 0x02005033),
    REM(Format.R, 0x02006033),
    REMU(Format.R, 0x02007033),
    MULW(Format.R, 0x0200003b),
    DIVW(Format.R, 0x0200403b),
    DIVUW(Format.R, 0x0200503b),
    REMW(Format.R, 0x0200603b),
    REMUW(Format.R, 0x0200703b),
    FENCE(Format.NONE, 0x0ff0000f),
    ECALL(Format.NONE, 0x00000073),
    EBREAK(Format.NONE, 0x00100073);

    private final Format format;
    private final int bits;

    Op(Format format, int bits) {
        this.format = format;
        this.bits = bits;
    }

    public Format format() {
        return format;
    }

    /** The name as the GNU assembler writes it. */
    public String mnemonic() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The instruction word. Operands that the format does not have are ignored.
     *
     * @param imm the immediate as the assembler writes it: bytes for offsets, 20 bits (signed or not) for U
     * @throws IllegalArgumentException when a register or the immediate does not fit
     */
    public int encode(int rd, int rs1, int rs2, long imm) {
        check(rd >= 0 && rd < 32 && rs1 >= 0 && rs1 < 32 && rs2 >= 0 && rs2 < 32, "register");
        int i = (int) imm;
        switch (format) {
            case R:
                return bits | rd << 7 | rs1 << 15 | rs2 << 20;
            case I, LOAD:
                check(imm >= -2048 && imm < 2048, "imm12 " + imm);
                return bits | rd << 7 | rs1 << 15 | i << 20;
            case SHIFT64:
                check(imm >= 0 && imm < 64, "shamt " + imm);
                return bits | rd << 7 | rs1 << 15 | i << 20;
            case SHIFT32:
                check(imm >= 0 && imm < 32, "shamt " + imm);
                return bits | rd << 7 | rs1 << 15 | i << 20;
            case STORE:
                check(imm >= -2048 && imm < 2048, "imm12 " + imm);
                return bits | (i & 31) << 7 | rs1 << 15 | rs2 << 20 | (i >> 5) << 25;
            case BRANCH:
                check(imm >= -4096 && imm < 4096 && (imm & 1) == 0, "branch offset " + imm);
                return bits
                        | (i >> 11 & 1) << 7
                        | (i >> 1 & 15) << 8
                        | rs1 << 15
                        | rs2 << 20
                        | (i >> 5 & 63) << 25
                        | (i >> 12) << 31;
            case U:
                check(imm >= -(1 << 19) && imm < 1 << 20, "imm20 " + imm);
                return bits | rd << 7 | i << 12;
            case J:
                check(imm >= -(1 << 20) && imm < 1 << 20 && (imm & 1) == 0, "jump offset " + imm);
                return bits
                        | rd << 7
                        | (i >> 12 & 255) << 12
                        | (i >> 11 & 1) << 20
                        | (i >> 1 & 1023) << 21
                        | (i >> 20) << 31;
            default:
                return bits;
        }
    }

    private void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(mnemonic() + ": out of range: " + what);
        }
    }
}
