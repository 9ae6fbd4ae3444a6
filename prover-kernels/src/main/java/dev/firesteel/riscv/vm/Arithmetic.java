package dev.firesteel.riscv.vm;

/**
 * The M extension's operations where Java's differ or lack. Source: RISC-V Instruction Set Manual, volume I, M 2.0: division by zero
 * gives all ones, its remainder the dividend; the one signed overflow gives the dividend and remainder 0, as Java does.
 */
public final class Arithmetic {
    private Arithmetic() {}

    /** MULHU. */
    public static long multiplyHighUnsigned(long a, long b) {
        return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
    }

    /** MULHSU: {@code a} signed, {@code b} unsigned. */
    public static long multiplyHighSignedUnsigned(long a, long b) {
        return Math.multiplyHigh(a, b) + (b >> 63 & a);
    }

    /** DIV. */
    public static long divide(long a, long b) {
        return b == 0 ? -1 : a / b;
    }

    /** DIVU. */
    public static long divideUnsigned(long a, long b) {
        return b == 0 ? -1 : Long.divideUnsigned(a, b);
    }

    /** REM. */
    public static long remainder(long a, long b) {
        return b == 0 ? a : a % b;
    }

    /** REMU. */
    public static long remainderUnsigned(long a, long b) {
        return b == 0 ? a : Long.remainderUnsigned(a, b);
    }

    /** DIVW. */
    public static int divideWord(int a, int b) {
        return b == 0 ? -1 : a / b;
    }

    /** DIVUW. */
    public static int divideUnsignedWord(int a, int b) {
        return b == 0 ? -1 : Integer.divideUnsigned(a, b);
    }

    /** REMW. */
    public static int remainderWord(int a, int b) {
        return b == 0 ? a : a % b;
    }

    /** REMUW. */
    public static int remainderUnsignedWord(int a, int b) {
        return b == 0 ? a : Integer.remainderUnsigned(a, b);
    }
}
