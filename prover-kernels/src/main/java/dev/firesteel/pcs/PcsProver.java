package dev.firesteel.pcs;

import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.hash.TranscriptProverChannel;
import dev.firesteel.poly.Parallel;
import java.util.List;

/** Commits to tables and proves what their columns are at a point. */
public final class PcsProver {
    private final PcsParameters parameters;
    private final Parallel parallel;

    /**
     * A prover.
     *
     * @param parallel of the caller, who closes it
     */
    public PcsProver(PcsParameters parameters, Parallel parallel) {
        this.parameters = parameters;
        this.parallel = parallel;
    }

    /** The shape of a trace; null and a trace without rows or columns are empty. */
    public static StackedLayout.Shape shape(Trace trace) {
        return trace == null
                ? new StackedLayout.Shape(0, -1)
                : new StackedLayout.Shape(trace.width(), trace.logHeight());
    }

    /** Commits to tables, the stacked height by the rule of {@link StackedLayout#of(List, PcsParameters)}. */
    public Commitment commit(List<Trace> tables) {
        return commit(
                tables, StackedLayout.of(tables.stream().map(PcsProver::shape).toList(), parameters), new int[0]);
    }

    /**
     * Commits to tables.
     *
     * @param tables tall ones first; null for a table that has no columns here. They may not change until the commitment has been opened
     * @param layout with the tables' shapes
     * @param memory an array to be overwritten with the code words if it is long enough: {@link Commitment#memory} of one that is no longer used
     * @throws IllegalArgumentException when the layout is not the tables'
     */
    public Commitment commit(List<Trace> tables, StackedLayout layout, int[] memory) {
        if (!tables.stream().map(PcsProver::shape).toList().equals(layout.shapes())) {
            throw new IllegalArgumentException("a layout of other tables");
        }
        return Commitment.of(parameters, layout, tables, memory, parallel);
    }

    /**
     * Proves the claims.
     *
     * @param commitments made with the same parameters
     * @param claims put into the channel before, as {@link PcsClaims} says
     * @throws IllegalArgumentException when the claims do not have the commitments' shapes
     */
    public void open(TranscriptProverChannel channel, List<Commitment> commitments, PcsClaims<Ext> claims) {
        claims.checkShapes(commitments.stream().map(Commitment::layout).toList());
        List<CommitmentRoot> roots = commitments.stream().map(Commitment::root).toList();
        FoldSchedule schedule = PcsVerifier.begin(parameters, roots, channel::absorb, channel::absorbNumbers);
        if (schedule == null) {
            return;
        }
        StackedClaims<Ext> stacked = StackingProver.prove(channel, commitments, claims, parallel);
        new OpeningProver(channel, parameters, schedule, commitments, stacked, parallel).prove();
    }
}
