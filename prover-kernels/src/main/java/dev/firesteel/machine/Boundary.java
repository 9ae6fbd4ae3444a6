package dev.firesteel.machine;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.hash.Sponge;
import dev.firesteel.hash.Transcript;
import dev.firesteel.pcs.Commitment;
import java.util.ArrayList;
import java.util.List;

/**
 * A prover's commitment to the boundary tables of one proof, made before the global challenge is drawn ({@link Prover#commitBoundary}) and opened by the proof. Whoever
 * has the traces can make it again; the root is the same.
 */
public final class Boundary {
    private static final String PROTOCOL = "firesteel/boundary/1";

    private final VerifyingKey key;
    private final int[] logHeights;
    private final Commitment commitment;

    /**
     * @param logHeights of all chips; those of other than boundary chips do not matter
     * @param commitment to the boundary chips' tables
     */
    Boundary(VerifyingKey key, int[] logHeights, Commitment commitment) {
        this.key = key;
        this.logHeights = logHeights.clone();
        this.commitment = commitment;
    }

    /**
     * What the global challenge has to be derived from: {@link Sponge#DIGEST} elements in Montgomery form, from which the key, the boundary tables' heights and all
     * their cells follow.
     */
    public List<Integer> root() {
        return root(key, logHeights, commitment.root().root());
    }

    Commitment commitment() {
        return commitment;
    }

    /** Whether this is of tables of the given heights for that key. */
    boolean fits(VerifyingKey other, int[] otherLogHeights) {
        return key.equals(other) && heights(key, logHeights).equals(heights(key, otherLogHeights));
    }

    /**
     * The root of boundary tables of these heights whose commitment has this Merkle root. A Merkle root alone is that of stacked columns: without the
     * heights one could say after the challenge which tables they are.
     *
     * @param merkleRoot no elements when no boundary table has rows
     */
    static List<Integer> root(VerifyingKey key, int[] logHeights, int[] merkleRoot) {
        Transcript transcript = new Transcript(PROTOCOL);
        transcript.absorb("key", key.digest());
        transcript.absorbNumbers(
                "heights",
                heights(key, logHeights).stream().mapToInt(h -> h + 1).toArray());
        transcript.absorb(Statement.BOUNDARY_ROOT, merkleRoot);
        List<Integer> root = new ArrayList<>();
        for (int element : transcript.sampleElements("digest", Sponge.DIGEST)) {
            root.add(element);
        }
        return List.copyOf(root);
    }

    private static List<Integer> heights(VerifyingKey key, int[] logHeights) {
        List<ChipDescription> chips = key.machine().chips();
        List<Integer> heights = new ArrayList<>();
        for (int i = 0; i < logHeights.length; i++) {
            if (chips.get(i).boundary()) {
                heights.add(logHeights[i]);
            }
        }
        return heights;
    }
}
