package dev.firesteel.pcs;

import java.util.Arrays;

/** Which places of words and trees the queries lead to: all derived from the indices, in the same way on both sides. */
final class QueryIndices {
    private final int[] indices;
    private final int logLength;

    /**
     * @param sampled indices into the longest word, perhaps repeated
     * @param logLength log2 of that word's length
     */
    QueryIndices(int[] sampled, int logLength) {
        this.indices = Arrays.stream(sampled).sorted().distinct().toArray();
        this.logLength = logLength;
    }

    /** The places in a word of 2^log elements: squaring a place's element halves its number. Ascending, each once. */
    int[] places(int log) {
        int shift = logLength - log;
        return Arrays.stream(indices).map(i -> i >> shift).distinct().toArray();
    }
}
