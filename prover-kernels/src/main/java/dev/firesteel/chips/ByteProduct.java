package dev.firesteel.chips;

import dev.firesteel.air.Expression;
import java.util.Arrays;

/** Products of two 64-bit numbers with signs, modulo 2^128. */
final class ByteProduct {
    /** Bytes of a 64-bit number. */
    static final int BYTES = 8;
    /** 16-bit limbs of a product. */
    static final int PRODUCT_LIMBS = 8;
    /**
     * Bits of what one limb of a product carries to the next. The most that can be at limb k is for k = 7: 15 products of bytes, 16 that count 256
     * times, the carry, and 2^16 − 1 that a chip may add; that is below 4081·2^16 &lt; p, so that limbs of 16 bits and carries of 13 are those of
     * integers.
     */
    static final int CARRY_BITS = 13;

    private ByteProduct() {}

    /**
     * What is at each 16-bit limb of x·y before anything is carried: at limb k, Σ x_i·y_j over i + j = 2k and 256 times that over i + j = 2k + 1.
     *
     * @param x 8 bytes
     * @param xSign 1 when 2^64 is to be taken off x
     * @param y 8 bytes
     * @param ySign 1 when 2^64 is to be taken off y
     */
    static Expression[] limbs(Expression[] x, Expression xSign, Expression[] y, Expression ySign) {
        Expression[] first = extended(x, xSign);
        Expression[] second = extended(y, ySign);
        // pairs[j] = second[j − 1] + 256·second[j]: all that first[i] meets at limb k is pairs[2k − i + 1].
        Expression[] pairs = new Expression[2 * BYTES];
        for (int j = 0; j < pairs.length; j++) {
            Expression high = second[j].times(1 << 8);
            pairs[j] = j == 0 ? high : second[j - 1].plus(high);
        }
        Expression[] limbs = new Expression[PRODUCT_LIMBS];
        for (int k = 0; k < PRODUCT_LIMBS; k++) {
            Expression sum = Expression.constant(0);
            for (int i = 0; i <= 2 * k + 1; i++) {
                sum = sum.plus(first[i].times(pairs[2 * k + 1 - i]));
            }
            limbs[k] = sum;
        }
        return limbs;
    }

    /** The bytes of a number and of its sign extension to twice as many. */
    private static Expression[] extended(Expression[] bytes, Expression sign) {
        Expression[] all = Arrays.copyOf(bytes, 2 * BYTES);
        Arrays.fill(all, BYTES, all.length, sign.times(0xFF));
        return all;
    }

    /** The 16-bit limbs of a number that is given in bytes. */
    static Expression[] joined(Expression[] bytes) {
        Expression[] limbs = new Expression[bytes.length / 2];
        for (int i = 0; i < limbs.length; i++) {
            limbs[i] = bytes[2 * i].plus(bytes[2 * i + 1].times(1 << 8));
        }
        return limbs;
    }

    /** All of {@code bytes}, an even number of them, are bytes when the row is real. */
    static void check(Instruction instruction, Expression[] bytes) {
        for (int i = 0; i < bytes.length; i += 2) {
            instruction.bytes(instruction.real(), bytes[i], bytes[i + 1]);
        }
    }
}
