package dev.firesteel.functions;

/**
 * Keccak-f[1600] on 25 lanes of 64 bits, lane (x, y) at x + 5y (FIPS 202, section 3.2), a round at a time and with what a round computes on
 * its way.
 */
public final class KeccakF {
    /** Rounds of a permutation. */
    public static final int ROUNDS = 24;
    /** Lanes of a state. */
    public static final int LANES = 25;
    /** Bits of a lane. */
    public static final int LANE_BITS = 64;
    /** Bits 2^j − 1 are the only ones of a lane that ι ever changes. */
    public static final int IOTA_BITS = 7;

    private static final int[] ROTATIONS = rotations();
    private static final boolean[][] IOTA = iota();

    /** Parity of each column of the state before the round. */
    public final long[] c = new long[5];
    /** Parity of each column after θ. */
    public final long[] cPrime = new long[5];
    /** The state after θ. */
    public final long[] aPrime = new long[LANES];

    private final long[] b = new long[LANES];

    /** The lane index of (x, y), both taken modulo 5. */
    public static int lane(int x, int y) {
        return Math.floorMod(x, 5) + 5 * Math.floorMod(y, 5);
    }

    /** How far ρ rotates lane (x, y) to the left. */
    public static int rotation(int x, int y) {
        return ROTATIONS[lane(x, y)];
    }

    /** Whether ι flips bit 2^j − 1 of lane (0, 0) in a round. */
    public static boolean iota(int round, int j) {
        return IOTA[round][j];
    }

    /** All 24 rounds. */
    public static void permute(long[] state) {
        KeccakF f = new KeccakF();
        for (int round = 0; round < ROUNDS; round++) {
            f.round(state, round);
        }
    }

    /** One round; leaves its intermediate values in the fields. */
    public void round(long[] state, int round) {
        for (int x = 0; x < 5; x++) {
            c[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
        }
        for (int x = 0; x < 5; x++) {
            long d = c[(x + 4) % 5] ^ Long.rotateLeft(c[(x + 1) % 5], 1);
            cPrime[x] = c[x] ^ d;
            for (int y = 0; y < 5; y++) {
                aPrime[x + 5 * y] = state[x + 5 * y] ^ d;
            }
        }
        for (int y = 0; y < 5; y++) {
            for (int x = 0; x < 5; x++) {
                b[lane(y, 2 * x + 3 * y)] = Long.rotateLeft(aPrime[x + 5 * y], ROTATIONS[x + 5 * y]);
            }
        }
        for (int y = 0; y < 5; y++) {
            for (int x = 0; x < 5; x++) {
                state[x + 5 * y] = b[x + 5 * y] ^ (~b[(x + 1) % 5 + 5 * y] & b[(x + 2) % 5 + 5 * y]);
            }
        }
        for (int j = 0; j < IOTA_BITS; j++) {
            if (IOTA[round][j]) {
                state[0] ^= 1L << (1 << j) - 1;
            }
        }
    }

    /** ρ: the lanes on the walk (x, y) → (y, 2x + 3y) from (1, 0) are rotated by the triangular numbers. */
    private static int[] rotations() {
        int[] rotations = new int[LANES];
        int x = 1;
        int y = 0;
        for (int t = 0; t < ROUNDS; t++) {
            rotations[lane(x, y)] = (t + 1) * (t + 2) / 2 % LANE_BITS;
            int next = (2 * x + 3 * y) % 5;
            x = y;
            y = next;
        }
        return rotations;
    }

    /** ι: the bits are the output of the shift register of x⁸ + x⁶ + x⁵ + x⁴ + 1, seven to a round. */
    private static boolean[][] iota() {
        boolean[][] iota = new boolean[ROUNDS][IOTA_BITS];
        int register = 1;
        for (int round = 0; round < ROUNDS; round++) {
            for (int j = 0; j < IOTA_BITS; j++) {
                iota[round][j] = (register & 1) == 1;
                register <<= 1;
                if (register > 0xFF) {
                    register ^= 0x171;
                }
            }
        }
        return iota;
    }
}
