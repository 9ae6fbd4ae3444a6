package dev.firesteel.riscv.oracle;

import dev.firesteel.riscv.asm.Op;
import java.math.BigInteger;

/**
 * What each computational instruction yields, in unbounded integers as the unprivileged ISA manual words it (chapters
 * "RV32I", "RV64I", "M extension"). It uses none of the tricks of a fast interpreter, and no long arithmetic.
 */
public final class IsaReference {
    private static final BigInteger TWO = BigInteger.TWO;

    private IsaReference() {}

    /** {@code value} modulo 2^bits, read as unsigned. */
    private static BigInteger u(BigInteger value, int bits) {
        return value.mod(TWO.pow(bits));
    }

    /** {@code value} modulo 2^bits, read as two's complement. */
    private static BigInteger s(BigInteger value, int bits) {
        BigInteger low = u(value, bits);
        return low.compareTo(TWO.pow(bits - 1)) < 0 ? low : low.subtract(TWO.pow(bits));
    }

    /** Rounds towards minus infinity; BigInteger's division rounds towards zero. */
    private static BigInteger floorDiv(BigInteger value, BigInteger positive) {
        BigInteger[] q = value.divideAndRemainder(positive);
        return q[1].signum() < 0 ? q[0].subtract(BigInteger.ONE) : q[0];
    }

    private static BigInteger bool(boolean value) {
        return value ? BigInteger.ONE : BigInteger.ZERO;
    }

    /**
     * The value of rd.
     *
     * @param a rs1, or pc for AUIPC
     * @param b rs2, the sign-extended immediate, the shift amount, or the 20 bits of LUI and AUIPC
     */
    public static long compute(Op op, long a, long b) {
        return s(result(op, BigInteger.valueOf(a), BigInteger.valueOf(b)), 64).longValueExact();
    }

    /** Whether a branch is taken. */
    public static boolean taken(Op op, long a, long b) {
        BigInteger x = BigInteger.valueOf(a);
        BigInteger y = BigInteger.valueOf(b);
        return switch (op) {
            case BEQ -> x.equals(y);
            case BNE -> !x.equals(y);
            case BLT -> x.compareTo(y) < 0;
            case BGE -> x.compareTo(y) >= 0;
            case BLTU -> u(x, 64).compareTo(u(y, 64)) < 0;
            case BGEU -> u(x, 64).compareTo(u(y, 64)) >= 0;
            default -> throw new IllegalArgumentException(op.mnemonic());
        };
    }

    private static BigInteger result(Op op, BigInteger x, BigInteger y) {
        int shift64 = u(y, 6).intValueExact();
        int shift32 = u(y, 5).intValueExact();
        return switch (op) {
            case ADD, ADDI -> x.add(y);
            case SUB -> x.subtract(y);
            case SLT, SLTI -> bool(s(x, 64).compareTo(s(y, 64)) < 0);
            case SLTU, SLTIU -> bool(u(x, 64).compareTo(u(y, 64)) < 0);
            case XOR, XORI -> x.xor(y);
            case OR, ORI -> x.or(y);
            case AND, ANDI -> x.and(y);
            case SLL, SLLI -> x.multiply(TWO.pow(shift64));
            case SRL, SRLI -> u(x, 64).divide(TWO.pow(shift64));
            case SRA, SRAI -> floorDiv(s(x, 64), TWO.pow(shift64));
            case ADDW, ADDIW -> s(x.add(y), 32);
            case SUBW -> s(x.subtract(y), 32);
            case SLLW, SLLIW -> s(x.multiply(TWO.pow(shift32)), 32);
            case SRLW, SRLIW -> s(u(x, 32).divide(TWO.pow(shift32)), 32);
            case SRAW, SRAIW -> floorDiv(s(x, 32), TWO.pow(shift32));
            case MUL -> x.multiply(y);
            case MULH -> floorDiv(s(x, 64).multiply(s(y, 64)), TWO.pow(64));
            case MULHSU -> floorDiv(s(x, 64).multiply(u(y, 64)), TWO.pow(64));
            case MULHU -> floorDiv(u(x, 64).multiply(u(y, 64)), TWO.pow(64));
            case MULW -> s(x.multiply(y), 32);
            case DIV -> quotient(s(x, 64), s(y, 64));
            case DIVU -> quotient(u(x, 64), u(y, 64));
            case REM -> remainder(s(x, 64), s(y, 64));
            case REMU -> remainder(u(x, 64), u(y, 64));
            case DIVW -> s(quotient(s(x, 32), s(y, 32)), 32);
            case DIVUW -> s(quotient(u(x, 32), u(y, 32)), 32);
            case REMW -> s(remainder(s(x, 32), s(y, 32)), 32);
            case REMUW -> s(remainder(u(x, 32), u(y, 32)), 32);
            case LUI -> s(y.multiply(TWO.pow(12)), 32);
            case AUIPC -> x.add(s(y.multiply(TWO.pow(12)), 32));
            default -> throw new IllegalArgumentException(op.mnemonic());
        };
    }

    /** Division by zero gives all ones; the overflow −2^(n−1) / −1 wraps to itself when reduced. */
    private static BigInteger quotient(BigInteger x, BigInteger y) {
        return y.signum() == 0 ? BigInteger.ONE.negate() : x.divide(y);
    }

    /** The remainder takes the dividend's sign; by zero it is the dividend. */
    private static BigInteger remainder(BigInteger x, BigInteger y) {
        return y.signum() == 0 ? x : x.subtract(y.multiply(x.divide(y)));
    }

    /** What a load of {@code size} bytes yields, from the bytes of memory at its address upwards. */
    static long load(byte[] memory, int at, int size, boolean signed) {
        BigInteger value = BigInteger.ZERO;
        for (int i = size - 1; i >= 0; i--) {
            value = value.multiply(BigInteger.valueOf(256)).add(u(BigInteger.valueOf(memory[at + i]), 8));
        }
        return s(signed ? s(value, 8 * size) : value, 64).longValueExact();
    }

    /** Writes the low {@code size} bytes of a value, lowest first. */
    static void store(byte[] memory, int at, int size, long value) {
        BigInteger rest = u(BigInteger.valueOf(value), 64);
        for (int i = 0; i < size; i++) {
            memory[at + i] = s(rest, 8).byteValueExact();
            rest = rest.divide(BigInteger.valueOf(256));
        }
    }
}
