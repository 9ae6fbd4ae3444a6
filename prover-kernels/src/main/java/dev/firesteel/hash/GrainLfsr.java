package dev.firesteel.hash;

import dev.firesteel.field.KoalaBear;

/**
 * The source of Poseidon2's round constants: an 80-bit linear feedback shift register in self-shrinking mode, seeded with the permutation's parameters
 * (L. Grassi, D. Khovratovich, C. Rechberger, A. Roy, M. Schofnegger, "Poseidon", eprint 2019/458).
 */
final class GrainLfsr {
    private static final int SIZE = 80;
    private static final int WARM_UP = 160;
    private static final int PRIME_FIELD = 1;
    private static final int POWER_SBOX = 0;
    private static final int FIELD_BITS = 31;

    /** Bit i of the register is {@code register[(start + i) % SIZE]}. */
    private final boolean[] register = new boolean[SIZE];

    private int start;

    GrainLfsr(int width, int fullRounds, int partialRounds) {
        int at = seed(0, 2, PRIME_FIELD);
        at = seed(at, 4, POWER_SBOX);
        at = seed(at, 12, FIELD_BITS);
        at = seed(at, 12, width);
        at = seed(at, 10, fullRounds);
        at = seed(at, 10, partialRounds);
        seed(at, SIZE - at, -1);
        for (int i = 0; i < WARM_UP; i++) {
            step();
        }
    }

    /** Writes the low bits of a number, the highest first; returns where they end. */
    private int seed(int at, int bits, int value) {
        for (int i = 0; i < bits; i++) {
            register[at + i] = (value >> (bits - 1 - i) & 1) != 0;
        }
        return at + bits;
    }

    private boolean step() {
        boolean bit = tap(62) ^ tap(51) ^ tap(38) ^ tap(23) ^ tap(13) ^ tap(0);
        register[start] = bit;
        start = (start + 1) % SIZE;
        return bit;
    }

    private boolean tap(int i) {
        return register[(start + i) % SIZE];
    }

    /** Of each pair of bits the second, where the first is set. */
    private int shrunkBit() {
        while (!step()) {
            step();
        }
        return step() ? 1 : 0;
    }

    /** The next constant, Montgomery form; numbers that are no element are skipped. */
    int element() {
        while (true) {
            int value = 0;
            for (int i = 0; i < FIELD_BITS; i++) {
                value = value << 1 | shrunkBit();
            }
            if (value < KoalaBear.P) {
                return KoalaBear.fromCanonical(value);
            }
        }
    }
}
