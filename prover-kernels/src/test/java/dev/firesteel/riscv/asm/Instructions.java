package dev.firesteel.riscv.asm;

/** One typed method per RV64IM instruction; where the words go is the subclass's affair. */
abstract class Instructions {
    /** Appends one instruction; {@code target} is null unless the operand is a label. */
    protected abstract void put(Op op, int rd, int rs1, int rs2, long imm, Label target);

    public final void add(int rd, int rs1, int rs2) {
        put(Op.ADD, rd, rs1, rs2, 0, null);
    }

    public final void sub(int rd, int rs1, int rs2) {
        put(Op.SUB, rd, rs1, rs2, 0, null);
    }

    public final void sll(int rd, int rs1, int rs2) {
        put(Op.SLL, rd, rs1, rs2, 0, null);
    }

    public final void slt(int rd, int rs1, int rs2) {
        put(Op.SLT, rd, rs1, rs2, 0, null);
    }

    public final void sltu(int rd, int rs1, int rs2) {
        put(Op.SLTU, rd, rs1, rs2, 0, null);
    }

    public final void xor(int rd, int rs1, int rs2) {
        put(Op.XOR, rd, rs1, rs2, 0, null);
    }

    public final void srl(int rd, int rs1, int rs2) {
        put(Op.SRL, rd, rs1, rs2, 0, null);
    }

    public final void sra(int rd, int rs1, int rs2) {
        put(Op.SRA, rd, rs1, rs2, 0, null);
    }

    public final void or(int rd, int rs1, int rs2) {
        put(Op.OR, rd, rs1, rs2, 0, null);
    }

    public final void and(int rd, int rs1, int rs2) {
        put(Op.AND, rd, rs1, rs2, 0, null);
    }

    public final void addw(int rd, int rs1, int rs2) {
        put(Op.ADDW, rd, rs1, rs2, 0, null);
    }

    public final void subw(int rd, int rs1, int rs2) {
        put(Op.SUBW, rd, rs1, rs2, 0, null);
    }

    public final void sllw(int rd, int rs1, int rs2) {
        put(Op.SLLW, rd, rs1, rs2, 0, null);
    }

    public final void srlw(int rd, int rs1, int rs2) {
        put(Op.SRLW, rd, rs1, rs2, 0, null);
    }

    public final void sraw(int rd, int rs1, int rs2) {
        put(Op.SRAW, rd, rs1, rs2, 0, null);
    }

    public final void mul(int rd, int rs1, int rs2) {
        put(Op.MUL, rd, rs1, rs2, 0, null);
    }

    public final void mulh(int rd, int rs1, int rs2) {
        put(Op.MULH, rd, rs1, rs2, 0, null);
    }

    public final void mulhsu(int rd, int rs1, int rs2) {
        put(Op.MULHSU, rd, rs1, rs2, 0, null);
    }

    public final void mulhu(int rd, int rs1, int rs2) {
        put(Op.MULHU, rd, rs1, rs2, 0, null);
    }

    public final void div(int rd, int rs1, int rs2) {
        put(Op.DIV, rd, rs1, rs2, 0, null);
    }

    public final void divu(int rd, int rs1, int rs2) {
        put(Op.DIVU, rd, rs1, rs2, 0, null);
    }

    public final void rem(int rd, int rs1, int rs2) {
        put(Op.REM, rd, rs1, rs2, 0, null);
    }

    public final void remu(int rd, int rs1, int rs2) {
        put(Op.REMU, rd, rs1, rs2, 0, null);
    }

    public final void mulw(int rd, int rs1, int rs2) {
        put(Op.MULW, rd, rs1, rs2, 0, null);
    }

    public final void divw(int rd, int rs1, int rs2) {
        put(Op.DIVW, rd, rs1, rs2, 0, null);
    }

    public final void divuw(int rd, int rs1, int rs2) {
        put(Op.DIVUW, rd, rs1, rs2, 0, null);
    }

    public final void remw(int rd, int rs1, int rs2) {
        put(Op.REMW, rd, rs1, rs2, 0, null);
    }

    public final void remuw(int rd, int rs1, int rs2) {
        put(Op.REMUW, rd, rs1, rs2, 0, null);
    }

    public final void addi(int rd, int rs1, int imm) {
        put(Op.ADDI, rd, rs1, 0, imm, null);
    }

    public final void slti(int rd, int rs1, int imm) {
        put(Op.SLTI, rd, rs1, 0, imm, null);
    }

    public final void sltiu(int rd, int rs1, int imm) {
        put(Op.SLTIU, rd, rs1, 0, imm, null);
    }

    public final void xori(int rd, int rs1, int imm) {
        put(Op.XORI, rd, rs1, 0, imm, null);
    }

    public final void ori(int rd, int rs1, int imm) {
        put(Op.ORI, rd, rs1, 0, imm, null);
    }

    public final void andi(int rd, int rs1, int imm) {
        put(Op.ANDI, rd, rs1, 0, imm, null);
    }

    public final void slli(int rd, int rs1, int shamt) {
        put(Op.SLLI, rd, rs1, 0, shamt, null);
    }

    public final void srli(int rd, int rs1, int shamt) {
        put(Op.SRLI, rd, rs1, 0, shamt, null);
    }

    public final void srai(int rd, int rs1, int shamt) {
        put(Op.SRAI, rd, rs1, 0, shamt, null);
    }

    public final void addiw(int rd, int rs1, int imm) {
        put(Op.ADDIW, rd, rs1, 0, imm, null);
    }

    public final void slliw(int rd, int rs1, int shamt) {
        put(Op.SLLIW, rd, rs1, 0, shamt, null);
    }

    public final void srliw(int rd, int rs1, int shamt) {
        put(Op.SRLIW, rd, rs1, 0, shamt, null);
    }

    public final void sraiw(int rd, int rs1, int shamt) {
        put(Op.SRAIW, rd, rs1, 0, shamt, null);
    }

    public final void lb(int rd, int offset, int rs1) {
        put(Op.LB, rd, rs1, 0, offset, null);
    }

    public final void lh(int rd, int offset, int rs1) {
        put(Op.LH, rd, rs1, 0, offset, null);
    }

    public final void lw(int rd, int offset, int rs1) {
        put(Op.LW, rd, rs1, 0, offset, null);
    }

    public final void ld(int rd, int offset, int rs1) {
        put(Op.LD, rd, rs1, 0, offset, null);
    }

    public final void lbu(int rd, int offset, int rs1) {
        put(Op.LBU, rd, rs1, 0, offset, null);
    }

    public final void lhu(int rd, int offset, int rs1) {
        put(Op.LHU, rd, rs1, 0, offset, null);
    }

    public final void lwu(int rd, int offset, int rs1) {
        put(Op.LWU, rd, rs1, 0, offset, null);
    }

    public final void sb(int rs2, int offset, int rs1) {
        put(Op.SB, 0, rs1, rs2, offset, null);
    }

    public final void sh(int rs2, int offset, int rs1) {
        put(Op.SH, 0, rs1, rs2, offset, null);
    }

    public final void sw(int rs2, int offset, int rs1) {
        put(Op.SW, 0, rs1, rs2, offset, null);
    }

    public final void sd(int rs2, int offset, int rs1) {
        put(Op.SD, 0, rs1, rs2, offset, null);
    }

    public final void beq(int rs1, int rs2, Label target) {
        put(Op.BEQ, 0, rs1, rs2, 0, target);
    }

    public final void bne(int rs1, int rs2, Label target) {
        put(Op.BNE, 0, rs1, rs2, 0, target);
    }

    public final void blt(int rs1, int rs2, Label target) {
        put(Op.BLT, 0, rs1, rs2, 0, target);
    }

    public final void bge(int rs1, int rs2, Label target) {
        put(Op.BGE, 0, rs1, rs2, 0, target);
    }

    public final void bltu(int rs1, int rs2, Label target) {
        put(Op.BLTU, 0, rs1, rs2, 0, target);
    }

    public final void bgeu(int rs1, int rs2, Label target) {
        put(Op.BGEU, 0, rs1, rs2, 0, target);
    }

    public final void lui(int rd, int imm20) {
        put(Op.LUI, rd, 0, 0, imm20, null);
    }

    public final void auipc(int rd, int imm20) {
        put(Op.AUIPC, rd, 0, 0, imm20, null);
    }

    public final void jal(int rd, Label target) {
        put(Op.JAL, rd, 0, 0, 0, target);
    }

    public final void jalr(int rd, int offset, int rs1) {
        put(Op.JALR, rd, rs1, 0, offset, null);
    }

    public final void fence() {
        put(Op.FENCE, 0, 0, 0, 0, null);
    }

    public final void ecall() {
        put(Op.ECALL, 0, 0, 0, 0, null);
    }

    public final void ebreak() {
        put(Op.EBREAK, 0, 0, 0, 0, null);
    }
}
