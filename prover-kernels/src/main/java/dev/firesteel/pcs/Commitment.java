package dev.firesteel.pcs;

import dev.firesteel.air.Trace;
import dev.firesteel.hash.MerkleTree;
import dev.firesteel.hash.TranscriptProverChannel;
import dev.firesteel.poly.Memory;
import dev.firesteel.poly.Parallel;
import dev.firesteel.poly.ReedSolomon;
import dev.firesteel.poly.Stored;
import java.io.IOException;
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
        int size = wordLength(parameters, layout);
        int[] word = memory.length >= size ? memory : parallel.memory().ints(size);
        // The coefficients are written where the last coset's values will be.
        columns.writeBitReversed(word, size - block, parallel);
        new ReedSolomon(layout.logHeight(), parameters.logBlowup())
                .encode(word, size - block, width, word, 0, parallel);
        int logRows = layout.logHeight() + parameters.logBlowup();
        return new Commitment(layout, columns, word, MerkleTree.of(word, 0, width, logRows, parallel));
    }

    private static int wordLength(PcsParameters parameters, StackedLayout layout) {
        int block = Math.multiplyExact(layout.columns(), 1 << layout.logHeight());
        return Math.multiplyExact(block, 1 << parameters.logBlowup());
    }

    /**
     * The commitment that {@link #store} gave to {@code from}, without the work of making it. Whether it is one to these tables is not looked at.
     *
     * @param tables as {@link PcsProver#commit(List)} had them
     * @throws IOException of {@code from}
     */
    public static Commitment restore(PcsParameters parameters, List<Trace> tables, Stored from) throws IOException {
        StackedLayout layout =
                StackedLayout.of(tables.stream().map(PcsProver::shape).toList(), parameters);
        StackedColumns columns = StackedColumns.of(layout, tables, Memory.fresh());
        if (layout.empty()) {
            return new Commitment(layout, columns, new int[0], null);
        }
        int[] word = new int[wordLength(parameters, layout)];
        from.ints(word, 0, word.length);
        return new Commitment(
                layout, columns, word, MerkleTree.restore(layout.logHeight() + parameters.logBlowup(), from));
    }

    /**
     * Passes on the code words and the tree.
     *
     * @throws IOException of {@code to}
     */
    public void store(Stored to) throws IOException {
        if (!layout.empty()) {
            to.ints(word, 0, layout.columns() << tree.logRows());
            tree.store(to);
        }
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
