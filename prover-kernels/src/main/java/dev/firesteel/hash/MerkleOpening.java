package dev.firesteel.hash;

import dev.firesteel.field.KoalaBear;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import java.util.Arrays;

/**
 * Checks that rows are those of a {@link MerkleTree}. Depth, width and indices are the verifier's own, and with them the number of digests in an
 * opening: there is exactly one opening of a set of rows that verifies, and nothing in it says how long it is.
 */
public final class MerkleOpening {
    private static final int D = Sponge.DIGEST;

    private MerkleOpening() {}

    /**
     * How many digests an opening holds.
     *
     * @throws IllegalArgumentException as {@link #verify}
     */
    public static int siblings(int logRows, int[] indices) {
        int[] count = {0};
        walk(logRows, indices, (half, parent, left, right, slot) -> {
            if (left < 0 || right < 0) {
                count[0]++;
            }
        });
        return count[0];
    }

    /**
     * Verifies.
     *
     * @param root the tree's root
     * @param logRows the tree's depth
     * @param width elements of a row
     * @param indices of the rows, strictly ascending, at least one
     * @param rows the rows, in that order, one after the other; from the proof
     * @param siblings what {@link MerkleTree#open} gives; from the proof
     * @throws VerificationException when what is from the proof is too short or too long, holds a number that is no element, or does not belong to
     *     the root
     * @throws IllegalArgumentException when what is the verifier's own makes no sense
     */
    public static void verify(int[] root, int logRows, int width, int[] indices, int[] rows, int[] siblings)
            throws VerificationException {
        checkShape(logRows, width);
        if (root.length != D) {
            throw new IllegalArgumentException("a root of " + root.length + " elements");
        }
        checkLength(siblings.length, (long) siblings(logRows, indices) * D, "digests");
        checkLength(rows.length, (long) indices.length * width, "rows");
        checkElements(rows);
        checkElements(siblings);
        Climb climb = new Climb(siblings, indices.length);
        for (int i = 0; i < indices.length; i++) {
            Sponge.row(rows, i * width, width, climb.next, i * D);
        }
        walk(logRows, indices, climb);
        if (!Arrays.equals(root, 0, D, climb.next, 0, D)) {
            throw new VerificationException(Rejection.MERKLE_PATH, "root");
        }
    }

    /** The digests of one level's nodes become those of the next. */
    private static final class Climb implements Step {
        private final int[] siblings;
        private int used;
        private int[] current;
        private int[] next;

        Climb(int[] siblings, int nodes) {
            this.siblings = siblings;
            this.current = new int[nodes * D];
            this.next = new int[nodes * D];
        }

        @Override
        public void run(int half, int parent, int left, int right, int slot) {
            if (slot == 0) {
                int[] done = next;
                next = current;
                current = done;
            }
            boolean both = left >= 0 && right >= 0;
            Sponge.node(
                    left < 0 ? siblings : current,
                    left < 0 ? used : left * D,
                    right < 0 ? siblings : current,
                    right < 0 ? used : right * D,
                    next,
                    slot * D);
            used += both ? 0 : D;
        }
    }

    /** One parent of known nodes. */
    @FunctionalInterface
    interface Step {
        /**
         * Called level by level, in a level by number.
         *
         * @param half how many nodes the parent's level has
         * @param parent the parent's number
         * @param left which of the known nodes of the level below its left child is, −1 for none of them
         * @param right same of its right child
         * @param slot which of the known nodes of its level the parent is
         */
        void run(int half, int parent, int left, int right, int slot);
    }

    /** Goes through all nodes that have a row of {@code indices} below them. */
    static void walk(int logRows, int[] indices, Step step) {
        int[] nodes = checkedIndices(logRows, indices);
        int known = nodes.length;
        int[] parents = new int[known];
        for (int half = 1 << logRows >> 1; half >= 1; half /= 2) {
            int split = Arrays.binarySearch(nodes, 0, known, half);
            split = split < 0 ? -split - 1 : split;
            int left = 0;
            int right = split;
            int slot = 0;
            while (left < split || right < known) {
                int fromLeft = left < split ? nodes[left] : half;
                int fromRight = right < known ? nodes[right] - half : half;
                int parent = Math.min(fromLeft, fromRight);
                boolean hasLeft = fromLeft == parent;
                boolean hasRight = fromRight == parent;
                step.run(half, parent, hasLeft ? left : -1, hasRight ? right : -1, slot);
                parents[slot++] = parent;
                left += hasLeft ? 1 : 0;
                right += hasRight ? 1 : 0;
            }
            System.arraycopy(parents, 0, nodes, 0, slot);
            known = slot;
        }
    }

    private static int[] checkedIndices(int logRows, int[] indices) {
        checkShape(logRows, 1);
        int before = -1;
        for (int index : indices) {
            if (index <= before || index >= 1 << logRows) {
                throw new IllegalArgumentException(
                        "index " + index + " after " + before + " in a tree of 2^" + logRows + " rows");
            }
            before = index;
        }
        if (indices.length == 0) {
            throw new IllegalArgumentException("an opening of no rows");
        }
        return indices.clone();
    }

    static void checkShape(int logRows, int width) {
        if (logRows < 0 || logRows > MerkleTree.MAX_LOG_ROWS) {
            throw new IllegalArgumentException("2^" + logRows + " rows");
        }
        if (width < 1) {
            throw new IllegalArgumentException("rows of " + width + " elements");
        }
    }

    private static void checkLength(int actual, long expected, String what) throws VerificationException {
        if (actual != expected) {
            Rejection reason = actual < expected ? Rejection.PROOF_TOO_SHORT : Rejection.PROOF_TOO_LONG;
            throw new VerificationException(reason, what + ": " + actual + " elements, not " + expected);
        }
    }

    private static void checkElements(int[] elements) throws VerificationException {
        for (int element : elements) {
            if (element < 0 || element >= KoalaBear.P) {
                throw new VerificationException(Rejection.ELEMENT_NOT_CANONICAL, "Merkle opening");
            }
        }
    }
}
