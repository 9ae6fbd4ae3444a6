package dev.firesteel.functions;

/**
 * SHA-256's compression of one block (FIPS 180-4, section 6.2.2), with all that its rounds compute on their way. The registers a and e of all rounds are
 * all of the state: b, c, d are a of earlier rounds, f, g, h are e of earlier rounds.
 */
public final class Sha256 {
    /** Rounds of a compression. */
    public static final int ROUNDS = 64;
    /** 32-bit words of a state. */
    public static final int STATE_WORDS = 8;
    /** 32-bit words of a block. */
    public static final int BLOCK_WORDS = 16;
    /** Registers a and e that lie before the first round: index i of {@link #a} is a after i − 3 rounds. */
    public static final int EARLIER = 3;

    private static final int[] K = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
    };

    /** Register a after i − {@link #EARLIER} rounds. */
    public final int[] a = new int[EARLIER + ROUNDS + 1];
    /** Register e after i − {@link #EARLIER} rounds. */
    public final int[] e = new int[EARLIER + ROUNDS + 1];
    /** The schedule; its last 16 words, which no round uses, follow from the same recurrence. */
    public final int[] w = new int[ROUNDS + BLOCK_WORDS];

    /** The constant of a round. */
    public static int constant(int round) {
        return K[round];
    }

    /** Σ0. */
    public static int bigSigma0(int x) {
        return Integer.rotateRight(x, 2) ^ Integer.rotateRight(x, 13) ^ Integer.rotateRight(x, 22);
    }

    /** Σ1. */
    public static int bigSigma1(int x) {
        return Integer.rotateRight(x, 6) ^ Integer.rotateRight(x, 11) ^ Integer.rotateRight(x, 25);
    }

    /** σ0. */
    public static int smallSigma0(int x) {
        return Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ x >>> 3;
    }

    /** σ1. */
    public static int smallSigma1(int x) {
        return Integer.rotateRight(x, 17) ^ Integer.rotateRight(x, 19) ^ x >>> 10;
    }

    /** Ch. */
    public static int choose(int x, int y, int z) {
        return x & y ^ ~x & z;
    }

    /** Maj. */
    public static int majority(int x, int y, int z) {
        return x & y ^ x & z ^ y & z;
    }

    /** Runs all rounds, without adding the state at the end. */
    public void rounds(int[] state, int[] block) {
        for (int i = 0; i <= EARLIER; i++) {
            a[i] = state[EARLIER - i];
            e[i] = state[4 + EARLIER - i];
        }
        System.arraycopy(block, 0, w, 0, BLOCK_WORDS);
        for (int t = BLOCK_WORDS; t < w.length; t++) {
            w[t] = smallSigma1(w[t - 2]) + w[t - 7] + smallSigma0(w[t - 15]) + w[t - 16];
        }
        for (int t = 0; t < ROUNDS; t++) {
            int sum = e[t] + bigSigma1(e[t + 3]) + choose(e[t + 3], e[t + 2], e[t + 1]) + K[t] + w[t];
            e[t + 4] = a[t] + sum;
            a[t + 4] = sum + bigSigma0(a[t + 3]) + majority(a[t + 3], a[t + 2], a[t + 1]);
        }
    }

    /** Replaces {@code state} by what compressing {@code block} makes of it. */
    public static void compress(int[] state, int[] block) {
        Sha256 function = new Sha256();
        function.rounds(state, block);
        for (int i = 0; i <= EARLIER; i++) {
            state[i] += function.a[ROUNDS + EARLIER - i];
            state[4 + i] += function.e[ROUNDS + EARLIER - i];
        }
    }
}
