package dev.firesteel.machine;

import dev.firesteel.air.Arithmetic;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.gkr.GkrClaim;
import dev.firesteel.gkr.GkrVerifier;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.TableLayout;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.protocol.VerifierChannel;
import dev.firesteel.zerocheck.Batching;
import dev.firesteel.zerocheck.ColumnClaims;
import dev.firesteel.zerocheck.Fingerprint;
import dev.firesteel.zerocheck.ZerocheckVerifier;
import java.util.List;

/**
 * Buses and constraints, down to claims on columns at one point. Generic in its arithmetic: on numbers it verifies, on a circuit builder it emits this
 * part of the recursive verifier.
 */
final class TableVerifier {
    private TableVerifier() {}

    /**
     * What was verified.
     *
     * @param columns claims on columns, to be opened
     * @param globalSum of all messages on global buses; null for a machine without boundary chips
     */
    record Claims<E>(ColumnClaims<E> columns, E globalSum) {}

    /**
     * Reads and checks the global sum, LogUp-GKR and the zerocheck.
     *
     * @param global the fingerprint of the global challenge, which has been absorbed after the boundary's root; null for a machine without boundary chips
     */
    static <E> Claims<E> verify(
            VerifierChannel<E> channel,
            VerifyingKey key,
            TableLayout layout,
            List<PublicMessage> messages,
            Fingerprint<E> global)
            throws VerificationException {
        Arithmetic<E> f = channel.field();
        E globalSum = null;
        if (global != null) {
            // Before alpha and beta: a sum that is stated when they are known could make up for local buses that do not
            // balance.
            globalSum = channel.read(Statement.GLOBAL_SUM);
            if (layout.tables().stream().noneMatch(t -> t.chip().boundary())) {
                channel.assertEqual(Rejection.GLOBAL_SUM, "no boundary rows", globalSum, f.constant(KoalaBear.ZERO));
            }
        }
        // The challenges below have the largest error of all; work makes trying commitments for a good one dear.
        channel.grind(Statement.LOGUP_GRINDING, key.preset().logUpGrinding());
        E alpha = channel.sample(Statement.ALPHA);
        E beta = channel.sample(Statement.BETA);
        Fingerprint<E> fingerprint =
                Fingerprint.of(f, alpha, beta, key.machine().busWidth()).withGlobal(global);
        E others = Statement.sum(channel, fingerprint, messages);
        if (global != null) {
            // All leaves and public messages are the global sum: what local buses have is nothing.
            others = f.subtract(others, globalSum);
        }
        GkrClaim<E> claim = GkrVerifier.verify(channel, layout.logLeaves(), others);
        E gamma = channel.sample(Statement.GAMMA);
        E eta = channel.sample(Statement.ETA);
        Batching<E> batching = Batching.of(f, layout, fingerprint, claim, gamma, eta);
        return new Claims<>(ZerocheckVerifier.verify(channel, layout, claim.point(), batching), globalSum);
    }
}
