package dev.firesteel.hash;

import dev.firesteel.field.KoalaBear;

/**
 * The Poseidon2 permutation over KoalaBear (L. Grassi, D. Khovratovich, M. Schofnegger, eprint 2023/323): scalar reference, and the parameters for all
 * others.
 *
 * <p>The external matrix, then four full rounds, the partial rounds, four full rounds. A full round adds constants to all elements, cubes them and
 * applies the external matrix circ(2·M4, M4, …); a partial one adds a constant to element 0, cubes it and applies the internal matrix J + diag(V), J
 * being all ones.
 */
public final class Poseidon2 {
    /** Full rounds, half of them on each side of the partial ones. */
    public static final int FULL_ROUNDS = 8;

    /** Width 16, 20 partial rounds. */
    public static final Poseidon2 WIDTH_16 = new Poseidon2(20, new int[] {
        -2,
        1,
        2,
        inverse(2),
        3,
        4,
        -inverse(2),
        -3,
        -4,
        inverse(1 << 8),
        inverse(1 << 3),
        inverse(1 << 24),
        -inverse(1 << 8),
        -inverse(1 << 3),
        -inverse(1 << 4),
        -inverse(1 << 24)
    });

    /** Width 24, 23 partial rounds: the one that everything here uses. */
    public static final Poseidon2 WIDTH_24 = new Poseidon2(23, new int[] {
        -2,
        1,
        2,
        inverse(2),
        3,
        4,
        -inverse(2),
        -3,
        -4,
        inverse(1 << 8),
        inverse(1 << 2),
        inverse(1 << 3),
        inverse(1 << 4),
        inverse(1 << 5),
        inverse(1 << 6),
        inverse(1 << 24),
        -inverse(1 << 8),
        -inverse(1 << 3),
        -inverse(1 << 4),
        -inverse(1 << 5),
        -inverse(1 << 6),
        -inverse(1 << 7),
        -inverse(1 << 9),
        -inverse(1 << 24)
    });

    private final int width;
    private final int[] external;
    private final int[] internal;
    private final int[] diagonal;

    /** @param canonicalDiagonal V as ordinary numbers, negative ones for −v */
    private Poseidon2(int partialRounds, int[] canonicalDiagonal) {
        width = canonicalDiagonal.length;
        diagonal = new int[width];
        for (int i = 0; i < width; i++) {
            diagonal[i] = KoalaBear.fromCanonical(canonicalDiagonal[i]);
        }
        GrainLfsr source = new GrainLfsr(width, FULL_ROUNDS, partialRounds);
        external = new int[FULL_ROUNDS * width];
        internal = new int[partialRounds];
        fill(source, external, 0, external.length / 2);
        fill(source, internal, 0, partialRounds);
        fill(source, external, external.length / 2, external.length);
    }

    /** 1/a as an ordinary number. */
    private static int inverse(int a) {
        return KoalaBear.toCanonical(KoalaBear.inverse(KoalaBear.fromCanonical(a)));
    }

    private static void fill(GrainLfsr source, int[] constants, int from, int to) {
        for (int i = from; i < to; i++) {
            constants[i] = source.element();
        }
    }

    /** Elements of a state. */
    public int width() {
        return width;
    }

    /** The number of partial rounds. */
    public int partialRounds() {
        return internal.length;
    }

    /** What full round {@code round}, in [0, {@link #FULL_ROUNDS}), adds to element {@code i}. */
    public int externalConstant(int round, int i) {
        return external[round * width + i];
    }

    /** What partial round {@code round} adds to element 0. */
    public int internalConstant(int round) {
        return internal[round];
    }

    /** Entry {@code i} of V. */
    public int diagonal(int i) {
        return diagonal[i];
    }

    /** Permutes the {@link #width} elements from {@code state[off]} on. */
    public void permute(int[] state, int off) {
        externalLayer(state, off);
        for (int round = 0; round < FULL_ROUNDS / 2; round++) {
            fullRound(state, off, round);
        }
        for (int constant : internal) {
            state[off] = cube(KoalaBear.add(state[off], constant));
            internalLayer(state, off);
        }
        for (int round = FULL_ROUNDS / 2; round < FULL_ROUNDS; round++) {
            fullRound(state, off, round);
        }
    }

    private void fullRound(int[] state, int off, int round) {
        for (int i = 0; i < width; i++) {
            state[off + i] = cube(KoalaBear.add(state[off + i], external[round * width + i]));
        }
        externalLayer(state, off);
    }

    private static int cube(int a) {
        return KoalaBear.mul(KoalaBear.square(a), a);
    }

    private void internalLayer(int[] state, int off) {
        long total = 0;
        for (int i = 0; i < width; i++) {
            total += state[off + i];
        }
        int sum = (int) (total % KoalaBear.P);
        for (int i = 0; i < width; i++) {
            state[off + i] = KoalaBear.add(sum, KoalaBear.mul(state[off + i], diagonal[i]));
        }
    }

    /** M4 on each four elements, then to each element the sum of those at its place in all fours. */
    private void externalLayer(int[] s, int off) {
        int sum0 = 0;
        int sum1 = 0;
        int sum2 = 0;
        int sum3 = 0;
        for (int i = off; i < off + width; i += 4) {
            int ab = KoalaBear.add(s[i], s[i + 1]);
            int cd = KoalaBear.add(s[i + 2], s[i + 3]);
            int all = KoalaBear.add(ab, cd);
            int allB = KoalaBear.add(all, s[i + 1]);
            int allD = KoalaBear.add(all, s[i + 3]);
            int twiceA = KoalaBear.add(s[i], s[i]);
            int twiceC = KoalaBear.add(s[i + 2], s[i + 2]);
            s[i] = KoalaBear.add(allB, ab); // 2a + 3b + c + d
            s[i + 1] = KoalaBear.add(allB, twiceC); // a + 2b + 3c + d
            s[i + 2] = KoalaBear.add(allD, cd); // a + b + 2c + 3d
            s[i + 3] = KoalaBear.add(allD, twiceA); // 3a + b + c + 2d
            sum0 = KoalaBear.add(sum0, s[i]);
            sum1 = KoalaBear.add(sum1, s[i + 1]);
            sum2 = KoalaBear.add(sum2, s[i + 2]);
            sum3 = KoalaBear.add(sum3, s[i + 3]);
        }
        for (int i = off; i < off + width; i += 4) {
            s[i] = KoalaBear.add(s[i], sum0);
            s[i + 1] = KoalaBear.add(s[i + 1], sum1);
            s[i + 2] = KoalaBear.add(s[i + 2], sum2);
            s[i + 3] = KoalaBear.add(s[i + 3], sum3);
        }
    }
}
