package dev.firesteel.examples;

import dev.firesteel.field.KoalaBear;
import java.util.Arrays;

/**
 * Round constants and diagonals of Poseidon2 over KoalaBear, S-box x³ (L. Grassi, D. Khovratovich, M. Schofnegger, eprint 2023/323). Stands
 * in for the hash package's, and is asked the same questions.
 */
final class Poseidon2Parameters {
    static final int FULL_ROUNDS = 8;
    /** Entries k of the diagonals that are a power of two are written as logarithms: 2^-k is {@code HALVES + k}. */
    private static final int HALVES = 100;

    static final Poseidon2Parameters WIDTH_16 = new Poseidon2Parameters(
            20,
            -2,
            1,
            2,
            HALVES + 1,
            3,
            4,
            -HALVES - 1,
            -3,
            -4,
            HALVES + 8,
            HALVES + 3,
            HALVES + 24,
            -HALVES - 8,
            -HALVES - 3,
            -HALVES - 4,
            -HALVES - 24);
    static final Poseidon2Parameters WIDTH_24 = new Poseidon2Parameters(
            23,
            -2,
            1,
            2,
            HALVES + 1,
            3,
            4,
            -HALVES - 1,
            -3,
            -4,
            HALVES + 8,
            HALVES + 2,
            HALVES + 3,
            HALVES + 4,
            HALVES + 5,
            HALVES + 6,
            HALVES + 24,
            -HALVES - 8,
            -HALVES - 3,
            -HALVES - 4,
            -HALVES - 5,
            -HALVES - 6,
            -HALVES - 7,
            -HALVES - 9,
            -HALVES - 24);

    private final int[] diagonal;
    private final int[] external;
    private final int[] internal;

    private Poseidon2Parameters(int partialRounds, int... diagonal) {
        this.diagonal = Arrays.stream(diagonal).map(Poseidon2Parameters::entry).toArray();
        int half = FULL_ROUNDS / 2 * diagonal.length;
        Grain grain = new Grain(diagonal.length, partialRounds);
        int[] constants = new int[2 * half + partialRounds];
        Arrays.setAll(constants, i -> grain.element());
        internal = Arrays.copyOfRange(constants, half, half + partialRounds);
        external = Arrays.copyOf(constants, 2 * half);
        System.arraycopy(constants, half + partialRounds, external, half, half);
    }

    private static int entry(int code) {
        int magnitude = Math.abs(code);
        int value = magnitude < HALVES
                ? KoalaBear.fromCanonical(magnitude)
                : KoalaBear.inverse(KoalaBear.fromCanonical(1 << magnitude - HALVES));
        return code < 0 ? KoalaBear.neg(value) : value;
    }

    int width() {
        return diagonal.length;
    }

    int partialRounds() {
        return internal.length;
    }

    /** What full round {@code round} adds to element {@code i}, Montgomery form. */
    int externalConstant(int round, int i) {
        return external[round * width() + i];
    }

    /** What partial round {@code round} adds to element 0, Montgomery form. */
    int internalConstant(int round) {
        return internal[round];
    }

    /** Entry {@code i} of V, Montgomery form: the internal matrix is all ones, plus V on the diagonal. */
    int diagonal(int i) {
        return diagonal[i];
    }

    /** The Grain generator in self-shrinking mode ("Poseidon", eprint 2019/458, appendix F). */
    private static final class Grain {
        private static final int LENGTH = 80;
        private static final int[] TAPS = {0, 13, 23, 38, 51, 62};

        /** The register as a sliding window over all bits so far, modulo its length. */
        private final boolean[] bits = new boolean[LENGTH];

        private int oldest;

        Grain(int width, int partialRounds) {
            // A prime field, an S-box that is a power, the size of the field in bits, width and rounds, then ones.
            int[][] seed = {{1, 2}, {0, 4}, {31, 12}, {width, 12}, {FULL_ROUNDS, 10}, {partialRounds, 10}, {-1, 30}};
            int at = 0;
            for (int[] number : seed) {
                for (int bit = number[1] - 1; bit >= 0; bit--) {
                    bits[at++] = (number[0] >> bit & 1) == 1;
                }
            }
            for (int i = 0; i < 2 * LENGTH; i++) {
                clock();
            }
        }

        private boolean clock() {
            boolean next = false;
            for (int tap : TAPS) {
                next ^= bits[(oldest + tap) % LENGTH];
            }
            bits[oldest] = next;
            oldest = (oldest + 1) % LENGTH;
            return next;
        }

        private boolean bit() {
            while (true) {
                boolean take = clock();
                boolean bit = clock();
                if (take) {
                    return bit;
                }
            }
        }

        int element() {
            while (true) {
                int number = 0;
                for (int i = 0; i < 31; i++) {
                    number = 2 * number + (bit() ? 1 : 0);
                }
                if (number < KoalaBear.P) {
                    return KoalaBear.fromCanonical(number);
                }
            }
        }
    }
}
