package dev.firesteel.pcs;

import dev.firesteel.air.Trace;
import dev.firesteel.hash.MerkleTree;
import dev.firesteel.hash.TranscriptProverChannel;
import dev.firesteel.poly.Parallel;
import dev.firesteel.poly.ReedSolomon;
import java.util.List;

/** What the prover keeps of a commitment until it is opened: the cells, their code words and the tree over them. */
public final class Commitment {
    private final StackedLayout layout;
    private final StackedColumns columns;
    private final int[] word;
    private final MerkleTree tree;

    /** A tree that is not that of the columns makes a commitment that nobody honest would make: for tests. */
    Commitment(StackedLayout layout, StackedColumns columns, int[] word, MerkleTree tree) {
        this.layout = layout;
        this.columns = columns;
        this.word = word;
        this.tree = tree;
    }

    static Commitment of(
            PcsParameters parameters, StackedLayout layout, List<Trace> tables, int[] memory, Parallel parallel) {
        StackedColumns columns = StackedColumns.of(layout, tables, parallel.memory());
        if (layout.empty()) {
            return new Commitment(layout, columns, new int[0], null);
        }
        int width = layout.columns();
        int block = Math.multiplyExact(width, 1 << layout.logHeight());
        int size = Math.multiplyExact(block, 1 << parameters.logBlowup());
        int[] word = memory.length >= size ? memory : parallel.memory().ints(size);
        // The coefficients are written where the last coset's values will be.
        columns.writeBitReversed(word, size - block, parallel);
        new ReedSolomon(layout.logHeight(), parameters.logBlowup())
                .encode(word, size - block, width, word, 0, parallel);
        int logRows = layout.logHeight() + parameters.logBlowup();
        return new Commitment(layout, columns, word, MerkleTree.of(word, 0, width, logRows, parallel));
    }

    /** Where the columns lie. */
    public StackedLayout layout() {
        return layout;
    }

    /** The root with the layout, for a key or a verifier. */
    public CommitmentRoot root() {
        return new CommitmentRoot(layout, layout.empty() ? new int[0] : tree.root());
    }

    /** Writes the root to the proof, as {@link PcsVerifier#readRoot} reads it. */
    public void write(TranscriptProverChannel channel, String label) {
        channel.writeElements(label, root().root());
    }

    /** The array of the code words, for the memory of a later commitment when this one is no longer needed. */
    public int[] memory() {
        return word;
    }

    StackedColumns columns() {
        return columns;
    }

    MerkleTree tree() {
        return tree;
    }

    /** The rows of these numbers, one after the other. */
    int[] rows(int[] indices) {
        int width = layout.columns();
        int[] rows = new int[indices.length * width];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(word, indices[i] * width, rows, i * width, width);
        }
        return rows;
    }
}
