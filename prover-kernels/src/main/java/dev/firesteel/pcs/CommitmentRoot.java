package dev.firesteel.pcs;

import dev.firesteel.hash.Sponge;

/** What a verifier knows of a commitment: the root, from the proof or the key, and its own layout. */
public final class CommitmentRoot {
    private final StackedLayout layout;
    private final int[] root;

    /**
     * A root with its layout.
     *
     * @param root {@link Sponge#DIGEST} elements; none for a layout that is empty
     * @throws IllegalArgumentException when there are more or fewer
     */
    public CommitmentRoot(StackedLayout layout, int... root) {
        if (root.length != length(layout)) {
            throw new IllegalArgumentException("a root of " + root.length + " elements");
        }
        this.layout = layout;
        this.root = root.clone();
    }

    /** Elements of the root of such a layout. */
    static int length(StackedLayout layout) {
        return layout.empty() ? 0 : Sponge.DIGEST;
    }

    /** Where the columns lie. */
    public StackedLayout layout() {
        return layout;
    }

    /** A copy of the root's elements. */
    public int[] root() {
        return root.clone();
    }
}
