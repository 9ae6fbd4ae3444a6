package dev.firesteel.pcs;

import dev.firesteel.field.Ext;
import dev.firesteel.hash.Sponge;
import dev.firesteel.hash.TranscriptProverChannel;
import dev.firesteel.hash.TranscriptVerifierChannel;
import dev.firesteel.protocol.VerificationException;
import java.util.ArrayList;
import java.util.List;

/** Verifies openings. Every shape comes from the parameters and the layouts, that is, from the key and the statement; none from the proof. */
public final class PcsVerifier {
    private PcsVerifier() {}

    /** Reads a root as {@link Commitment#write} wrote it; nothing is read for an empty layout but the message is absorbed. */
    public static CommitmentRoot readRoot(TranscriptVerifierChannel channel, String label, StackedLayout layout)
            throws VerificationException {
        return new CommitmentRoot(layout, channel.readElements(label, CommitmentRoot.length(layout)));
    }

    /**
     * Verifies that all claims hold for the committed columns.
     *
     * @param commitments in the order in which the prover had them
     * @param claims read from the channel before, at a point sampled from it
     * @throws VerificationException when the proof is not one
     * @throws IllegalArgumentException when claims and layouts do not fit each other, or layouts and parameters: not the proof's fault
     */
    public static void verify(
            TranscriptVerifierChannel channel,
            PcsParameters parameters,
            List<CommitmentRoot> commitments,
            PcsClaims<Ext> claims)
            throws VerificationException {
        List<StackedLayout> layouts =
                commitments.stream().map(CommitmentRoot::layout).toList();
        claims.checkShapes(layouts);
        FoldSchedule schedule = begin(parameters, commitments, channel::absorb, channel::absorbNumbers);
        if (schedule == null) {
            return;
        }
        StackedClaims<Ext> stacked = StackingVerifier.verify(channel, layouts, claims);
        List<int[]> roots = new ArrayList<>();
        OpeningRounds<Ext> rounds = OpeningRounds.verify(
                channel,
                parameters,
                schedule,
                stacked,
                level -> roots.add(channel.readElements("opening/layer", Sponge.DIGEST)));
        new QueryVerifier(channel, parameters, schedule, commitments, rounds, roots).verify();
    }

    /** Absorbs numbers under a label. */
    @FunctionalInterface
    interface Absorb {
        void absorb(String label, int... numbers);
    }

    /**
     * What both sides absorb first: everything that they are supposed to agree on. Callers have absorbed roots when they were committed, for challenges of
     * their own; here nobody can forget it. The channels are {@link TranscriptProverChannel} and its counterpart.
     *
     * @return the schedule; null when there is nothing to open
     */
    static FoldSchedule begin(
            PcsParameters parameters, List<CommitmentRoot> commitments, Absorb elements, Absorb numbers) {
        numbers.absorb("pcs/parameters", parameters.numbers());
        for (CommitmentRoot commitment : commitments) {
            numbers.absorb("pcs/layout", commitment.layout().numbers());
            elements.absorb("pcs/root", commitment.root());
        }
        List<StackedLayout> layouts =
                commitments.stream().map(CommitmentRoot::layout).toList();
        return FoldSchedule.maxLogHeight(layouts) < 0 ? null : FoldSchedule.of(parameters, layouts);
    }
}
