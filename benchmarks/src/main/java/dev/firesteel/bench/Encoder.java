package dev.firesteel.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends instruction words; formats as the ISA manual names them. It knows what the benchmark programs need and no more: the
 * assembler of the tests is not on this class path.
 */
final class Encoder {
    static final long TEXT = 0x10_0000;
    static final long DATA = 0x20_0000;

    static final int ZERO = 0;
    static final int RA = 1;
    static final int SP = 2;
    static final int T0 = 5;
    static final int T1 = 6;
    static final int T2 = 7;
    static final int S0 = 8;
    static final int S1 = 9;
    static final int A0 = 10;
    static final int A7 = 17;
    static final int S2 = 18;
    static final int S3 = 19;
    static final int T3 = 28;
    static final int T4 = 29;
    static final int T5 = 30;
    static final int T6 = 31;

    static final int ADD = 0x33;
    static final int SLTU = 0x3033;
    static final int XOR = 0x4033;
    static final int AND = 0x7033;
    static final int MUL = 0x0200_0033;
    static final int ADDI = 0x13;
    static final int SLLI = 0x1013;
    static final int SRLI = 0x5013;
    static final int ANDI = 0x7013;
    static final int ADDIW = 0x1b;
    static final int LW = 0x2003;
    static final int LD = 0x3003;
    static final int LBU = 0x4003;
    static final int JALR = 0x67;
    static final int SW = 0x2023;
    static final int SD = 0x3023;
    static final int BEQ = 0x63;
    static final int BNE = 0x1063;
    static final int BLT = 0x4063;
    static final int JAL = 0x6f;
    static final int LUI = 0x37;
    static final int ECALL = 0x73;

    private final List<Integer> words = new ArrayList<>();

    Encoder word(long bits) {
        words.add((int) bits);
        return this;
    }

    int here() {
        return words.size();
    }

    Encoder r(int op, int rd, int rs1, int rs2) {
        return word(op | rd << 7 | rs1 << 15 | rs2 << 20);
    }

    Encoder i(int op, int rd, int rs1, int immediate) {
        return word(op | rd << 7 | rs1 << 15 | immediate << 20);
    }

    Encoder s(int op, int rs2, int rs1, int offset) {
        return word(op | (offset & 31) << 7 | rs1 << 15 | rs2 << 20 | offset >> 5 << 25);
    }

    Encoder b(int op, int rs1, int rs2, int offset) {
        return word(op
                | (offset >> 11 & 1) << 7
                | (offset >> 1 & 15) << 8
                | rs1 << 15
                | rs2 << 20
                | (offset >> 5 & 63) << 25
                | offset >> 12 << 31);
    }

    private static int jump(int rd, int offset) {
        return JAL
                | rd << 7
                | (offset >> 12 & 255) << 12
                | (offset >> 11 & 1) << 20
                | (offset >> 1 & 1023) << 21
                | offset >> 20 << 31;
    }

    Encoder call(int function) {
        return word(jump(RA, 4 * (function - here())));
    }

    void patchJump(int at) {
        words.set(at, jump(ZERO, 4 * (here() - at)));
    }

    Encoder li(int rd, long value) {
        long high = value + 0x800 >> 12;
        return word(LUI | rd << 7 | high << 12).i(ADDIW, rd, rd, (int) value << 20 >> 20);
    }

    /** Marsaglia's xorshift64 on t0. */
    void xorshift() {
        i(SLLI, T2, T0, 13).r(XOR, T0, T0, T2).i(SRLI, T2, T0, 7).r(XOR, T0, T0, T2);
        i(SLLI, T2, T0, 17).r(XOR, T0, T0, T2);
    }

    /** Ends a turn. */
    void next(int loop) {
        i(ADDI, S0, S0, -1);
        b(BNE, S0, ZERO, 4 * (loop - here()));
    }

    byte[] elf() {
        int textAt = 0x1000;
        ByteBuffer out = ByteBuffer.allocate(textAt + 4 * words.size()).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x464c457f).putInt(0x10102).putLong(0);
        out.putInt(243 << 16 | 2).putInt(1).putLong(TEXT).putLong(64).putLong(0).putInt(0);
        out.putInt(56 << 16 | 64).putInt(64 << 16 | 2).putInt(0);
        int size = 4 * words.size();
        out.putInt(1).putInt(5).putLong(textAt).putLong(TEXT).putLong(TEXT);
        out.putLong(size).putLong(size).putLong(0x1000);
        out.putInt(1).putInt(6).putLong(0).putLong(DATA).putLong(DATA);
        out.putLong(0).putLong(1 << 16).putLong(0x1000);
        out.position(textAt);
        words.forEach(out::putInt);
        return out.array();
    }
}
