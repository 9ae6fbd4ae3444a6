package dev.firesteel.riscv.vm;

import dev.firesteel.riscv.InstructionFamily;
import java.util.Locale;

/**
 * The operations of RV64IM as small dense numbers: constants, because a {@code switch} over them is the interpreter's heart.
 * The three last ones never complete, so they have no family.
 */
public final class Opcode {
    public static final int LUI = 0;
    public static final int AUIPC = 1;
    public static final int JAL = 2;
    public static final int JALR = 3;
    public static final int BEQ = 4;
    public static final int BNE = 5;
    public static final int BLT = 6;
    public static final int BGE = 7;
    public static final int BLTU = 8;
    public static final int BGEU = 9;
    public static final int LB = 10;
    public static final int LH = 11;
    public static final int LW = 12;
    public static final int LD = 13;
    public static final int LBU = 14;
    public static final int LHU = 15;
    public static final int LWU = 16;
    public static final int SB = 17;
    public static final int SH = 18;
    public static final int SW = 19;
    public static final int SD = 20;
    public static final int ADDI = 21;
    public static final int SLTI = 22;
    public static final int SLTIU = 23;
    public static final int XORI = 24;
    public static final int ORI = 25;
    public static final int ANDI = 26;
    public static final int SLLI = 27;
    public static final int SRLI = 28;
    public static final int SRAI = 29;
    public static final int ADD = 30;
    public static final int SUB = 31;
    public static final int SLL = 32;
    public static final int SLT = 33;
    public static final int SLTU = 34;
    public static final int XOR = 35;
    public static final int SRL = 36;
    public static final int SRA = 37;
    public static final int OR = 38;
    public static final int AND = 39;
    public static final int ADDIW = 40;
    public static final int SLLIW = 41;
    public static final int SRLIW = 42;
    public static final int SRAIW = 43;
    public static final int ADDW = 44;
    public static final int SUBW = 45;
    public static final int SLLW = 46;
    public static final int SRLW = 47;
    public static final int SRAW = 48;
    public static final int MUL = 49;
    public static final int MULH = 50;
    public static final int MULHSU = 51;
    public static final int MULHU = 52;
    public static final int DIV = 53;
    public static final int DIVU = 54;
    public static final int REM = 55;
    public static final int REMU = 56;
    public static final int MULW = 57;
    public static final int DIVW = 58;
    public static final int DIVUW = 59;
    public static final int REMW = 60;
    public static final int REMUW = 61;
    public static final int FENCE = 62;
    public static final int ECALL = 63;
    /** Traps. */
    public static final int EBREAK = 64;
    /** A word that is no RV64IM instruction; traps when executed. */
    public static final int ILLEGAL = 65;
    /** Stands behind the last instruction of a stretch of code: fetching there faults. */
    public static final int END = 66;
    /** Number of operations. */
    public static final int COUNT = 67;

    private static final String[] NAMES = new String[COUNT];
    private static final InstructionFamily[] FAMILIES = new InstructionFamily[COUNT];

    static {
        define(InstructionFamily.UPPER_IMMEDIATE, new int[] {LUI, AUIPC}, "LUI AUIPC");
        define(InstructionFamily.JUMP, new int[] {JAL}, "JAL");
        define(InstructionFamily.JUMP_REGISTER, new int[] {JALR}, "JALR");
        define(InstructionFamily.BRANCH, new int[] {BEQ, BNE, BLT, BGE, BLTU, BGEU}, "BEQ BNE BLT BGE BLTU BGEU");
        define(InstructionFamily.LOAD_BYTE, new int[] {LB, LBU}, "LB LBU");
        define(InstructionFamily.LOAD_HALF, new int[] {LH, LHU}, "LH LHU");
        define(InstructionFamily.LOAD_WORD, new int[] {LW, LWU}, "LW LWU");
        define(InstructionFamily.LOAD_DOUBLE, new int[] {LD}, "LD");
        define(InstructionFamily.STORE_BYTE, new int[] {SB}, "SB");
        define(InstructionFamily.STORE_HALF, new int[] {SH}, "SH");
        define(InstructionFamily.STORE_WORD, new int[] {SW}, "SW");
        define(InstructionFamily.STORE_DOUBLE, new int[] {SD}, "SD");
        define(InstructionFamily.ADD_IMMEDIATE, new int[] {ADDI}, "ADDI");
        define(InstructionFamily.LESS_THAN, new int[] {SLTI, SLTIU, SLT, SLTU}, "SLTI SLTIU SLT SLTU");
        define(InstructionFamily.BITWISE, new int[] {XORI, ORI, ANDI, XOR, OR, AND}, "XORI ORI ANDI XOR OR AND");
        define(InstructionFamily.SHIFT_LEFT, new int[] {SLLI, SLL, SLLIW, SLLW}, "SLLI SLL SLLIW SLLW");
        define(
                InstructionFamily.SHIFT_RIGHT,
                new int[] {SRLI, SRAI, SRL, SRA, SRLIW, SRAIW, SRLW, SRAW},
                "SRLI SRAI SRL SRA SRLIW SRAIW SRLW SRAW");
        define(InstructionFamily.ADD_SUB, new int[] {ADD, SUB}, "ADD SUB");
        define(InstructionFamily.ADD_SUB_WORD, new int[] {ADDIW, ADDW, SUBW}, "ADDIW ADDW SUBW");
        define(InstructionFamily.MULTIPLY, new int[] {MUL, MULH, MULHSU, MULHU, MULW}, "MUL MULH MULHSU MULHU MULW");
        define(
                InstructionFamily.DIVIDE,
                new int[] {DIV, DIVU, REM, REMU, DIVW, DIVUW, REMW, REMUW},
                "DIV DIVU REM REMU DIVW DIVUW REMW REMUW");
        define(InstructionFamily.FENCE, new int[] {FENCE}, "FENCE");
        define(InstructionFamily.ECALL, new int[] {ECALL}, "ECALL");
        define(null, new int[] {EBREAK, ILLEGAL, END}, "EBREAK ILLEGAL END");
    }

    private Opcode() {}

    private static void define(InstructionFamily family, int[] operations, String names) {
        String[] split = names.toLowerCase(Locale.ROOT).split(" ");
        for (int i = 0; i < operations.length; i++) {
            NAMES[operations[i]] = split[i];
            FAMILIES[operations[i]] = family;
        }
    }

    /** The assembler's name, lower case. */
    public static String name(int operation) {
        return NAMES[operation];
    }

    /** The family, or null for EBREAK, ILLEGAL and END. */
    public static InstructionFamily family(int operation) {
        return FAMILIES[operation];
    }

    /** Whether the next instruction need not be the following one: branches, jumps and what ends a run. ECALL included. */
    public static boolean endsBlock(int operation) {
        return (operation >= JAL && operation <= BGEU) || operation >= ECALL;
    }
}
