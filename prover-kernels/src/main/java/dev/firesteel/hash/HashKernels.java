package dev.firesteel.hash;

/**
 * {@link Poseidon2#WIDTH_24} and the hashes of {@link Sponge} for many at once. {@link Hashes#get()} gives the implementation of this JVM.
 *
 * <p>Elements are in Montgomery form. Digests are nine arrays: {@code digests[c][i]} is element c of digest i. Any count not negative will do;
 * counts of a few hundred or more make the most of it. All implementations give the same bits.
 */
public interface HashKernels {
    /** A name for logs. */
    String name();

    /** Permutes {@code n} states in place: element k of state i is {@code elements[k][off + i]}. */
    void permute(int[][] elements, int off, int n);

    /**
     * {@link Sponge#row} of {@code rows} rows of {@code width} elements, which follow each other from {@code matrix[off]} on; the digest of row r
     * goes to place {@code at + r}.
     *
     * @throws IllegalArgumentException when the width is less than 1, or no field element
     */
    void rows(int[] matrix, int off, int width, int rows, int[][] digests, int at);

    /** {@link Sponge#node}: the digest at {@code out + i} is made of those at {@code left + i} and {@code right + i}, for i in [0, n). */
    void nodes(int[][] digests, int left, int right, int out, int n);

    /**
     * The least ordinary number in [first, first + n), n at most 2^30, with which in place of element 0 the state, permuted, has an element 0 whose
     * ordinary number has all bits of {@code ones}; −1 when there is none. The state is not changed.
     */
    int work(int[] state, int first, int n, int ones);
}
