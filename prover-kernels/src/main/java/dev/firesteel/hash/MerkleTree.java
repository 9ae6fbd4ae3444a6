package dev.firesteel.hash;

import dev.firesteel.poly.Memory;
import dev.firesteel.poly.Parallel;
import dev.firesteel.poly.Stored;
import java.io.IOException;
import java.util.Arrays;

/**
 * A binary tree of digests over the rows of a row-major matrix: leaf i is {@link Sponge#row} of row i, and of 2m nodes of a level number i and number
 * i + m have node i of the level above as their parent. So a level is compressed in long runs, and the same tree comes out whatever the threads.
 *
 * <p>The tree says nothing of its depth or of the rows' width: who verifies an opening has to know both ({@link MerkleOpening}).
 */
public final class MerkleTree {
    /** The greatest depth; longer codes than 2^24 do not exist over this field. */
    public static final int MAX_LOG_ROWS = 24;

    /** Rows hashed, or nodes made, by one task of the pool. */
    private static final int TASK = 512;

    private final int logRows;

    /** {@code digests[c][m + i]} is element c of node i of the level of m nodes; the root is at 1. */
    private final int[][] digests;

    private MerkleTree(int logRows, Memory memory) {
        this.logRows = logRows;
        this.digests = new int[Sponge.DIGEST][];
        Arrays.setAll(digests, c -> memory.ints(2 << logRows));
    }

    /** {@link #of(int[], int, int, int, HashKernels, Parallel)} with this JVM's kernels. */
    public static MerkleTree of(int[] matrix, int off, int width, int logRows, Parallel parallel) {
        return of(matrix, off, width, logRows, Hashes.get(), parallel);
    }

    /**
     * The tree of 2^logRows rows of {@code width} elements, which follow each other from {@code matrix[off]} on; its digests take 72 bytes a row. The
     * matrix is not kept.
     *
     * @param width at least 1
     * @param logRows in [0, {@link #MAX_LOG_ROWS}]
     * @throws IllegalArgumentException when the shape is not so, or the matrix is shorter
     */
    public static MerkleTree of(int[] matrix, int off, int width, int logRows, HashKernels kernels, Parallel parallel) {
        MerkleOpening.checkShape(logRows, width);
        if (off < 0 || off + ((long) width << logRows) > matrix.length) {
            throw new IllegalArgumentException("2^" + logRows + " rows of " + width + " elements from " + off
                    + " on do not lie in an array of " + matrix.length);
        }
        MerkleTree tree = new MerkleTree(logRows, parallel.memory());
        int rows = 1 << logRows;
        int[][] digests = tree.digests;
        tasks(parallel, rows, (from, n) -> kernels.rows(matrix, off + from * width, width, n, digests, rows + from));
        for (int m = rows / 2; m >= 1; m /= 2) {
            int level = m;
            tasks(parallel, m, (from, n) -> {
                int below = 2 * level + from;
                kernels.nodes(digests, below, below + level, level + from, n);
            });
        }
        return tree;
    }

    @FunctionalInterface
    private interface Range {
        void run(int from, int n);
    }

    private static void tasks(Parallel parallel, int count, Range range) {
        parallel.forEach((count + TASK - 1) / TASK, (task, worker) -> {
            int from = task * TASK;
            range.run(from, Math.min(TASK, count - from));
        });
    }

    /**
     * The tree of 2^logRows rows that {@link #store} gave to {@code from}. Whether it is one of any rows is not looked at.
     *
     * @throws IOException of {@code from}
     */
    public static MerkleTree restore(int logRows, Stored from) throws IOException {
        MerkleTree tree = new MerkleTree(logRows, Memory.fresh());
        tree.store(from);
        return tree;
    }

    /**
     * Passes all digests on.
     *
     * @throws IOException of {@code to}
     */
    public void store(Stored to) throws IOException {
        for (int[] elements : digests) {
            to.ints(elements, 1, (2 << logRows) - 1);
        }
    }

    /** The depth: the binary logarithm of the number of rows. */
    public int logRows() {
        return logRows;
    }

    /** The digest of all rows, {@link Sponge#DIGEST} elements. */
    public int[] root() {
        int[] root = new int[Sponge.DIGEST];
        copy(1, root, 0);
        return root;
    }

    /**
     * What {@link MerkleOpening#verify} needs besides the rows themselves: the digests that cannot be computed from them, each once, level by level from
     * the leaves upwards, in a level by number.
     *
     * @param indices of the rows, strictly ascending, at least one
     * @return {@link MerkleOpening#siblings} · {@link Sponge#DIGEST} elements
     * @throws IllegalArgumentException when the indices are not so
     */
    public int[] open(int[] indices) {
        int[] siblings = new int[MerkleOpening.siblings(logRows, indices) * Sponge.DIGEST];
        int[] written = {0};
        MerkleOpening.walk(logRows, indices, (half, parent, left, right, slot) -> {
            if (left < 0 || right < 0) {
                int sibling = left < 0 ? parent : parent + half;
                copy(2 * half + sibling, siblings, written[0]);
                written[0] += Sponge.DIGEST;
            }
        });
        return siblings;
    }

    private void copy(int node, int[] out, int at) {
        for (int c = 0; c < Sponge.DIGEST; c++) {
            out[at + c] = digests[c][node];
        }
    }
}
