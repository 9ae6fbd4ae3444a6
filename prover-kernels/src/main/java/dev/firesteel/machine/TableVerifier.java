package dev.firesteel.machine;

import dev.firesteel.air.Arithmetic;
import dev.firesteel.gkr.GkrClaim;
import dev.firesteel.gkr.GkrVerifier;
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

    /** Reads and checks LogUp-GKR and the zerocheck. */
    static <E> ColumnClaims<E> verify(
            VerifierChannel<E> channel, VerifyingKey key, TableLayout layout, List<PublicMessage> messages)
            throws VerificationException {
        Arithmetic<E> f = channel.field();
        // The challenges below have the largest error of all; work makes trying commitments for a good one dear.
        channel.grind(Statement.LOGUP_GRINDING, key.preset().logUpGrinding());
        E alpha = channel.sample(Statement.ALPHA);
        E beta = channel.sample(Statement.BETA);
        Fingerprint<E> fingerprint =
                Fingerprint.of(f, alpha, beta, key.machine().busWidth());
        E publicSum = Statement.sum(channel, fingerprint, messages);
        GkrClaim<E> claim = GkrVerifier.verify(channel, layout.logLeaves(), publicSum);
        E gamma = channel.sample(Statement.GAMMA);
        E eta = channel.sample(Statement.ETA);
        Batching<E> batching = Batching.of(f, layout, fingerprint, claim, gamma, eta);
        return ZerocheckVerifier.verify(channel, layout, claim.point(), batching);
    }
}
