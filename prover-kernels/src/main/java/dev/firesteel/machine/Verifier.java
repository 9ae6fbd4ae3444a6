package dev.firesteel.machine;

import dev.firesteel.field.Ext;
import dev.firesteel.hash.Transcript;
import dev.firesteel.hash.TranscriptVerifierChannel;
import dev.firesteel.pcs.CommitmentRoot;
import dev.firesteel.pcs.PcsParameters;
import dev.firesteel.pcs.PcsVerifier;
import dev.firesteel.pcs.StackedLayout;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.TableLayout;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.zerocheck.ColumnClaims;
import java.util.Arrays;
import java.util.List;

/** Verifies proofs for one key. Trusts nothing of a proof; immutable, and may be used by several threads. */
public final class Verifier {
    private final VerifyingKey key;
    private final boolean insecureAllowed;

    /** A verifier that refuses keys of insecure presets. */
    public Verifier(VerifyingKey key) {
        this(key, false);
    }

    private Verifier(VerifyingKey key, boolean insecureAllowed) {
        this.key = key;
        this.insecureAllowed = insecureAllowed;
    }

    /** A verifier for tests, which accepts keys of insecure presets too: what it accepts may be false. */
    public static Verifier allowingInsecure(VerifyingKey key) {
        return new Verifier(key, true);
    }

    /**
     * Returns when {@code proof} proves the statement.
     *
     * @param messages the statement: what the verifier sends and receives
     * @throws VerificationException when it does not, with the check that failed
     */
    public void verify(List<PublicMessage> messages, byte[] proof) throws VerificationException {
        verify(messages, proof, (kind, label, count) -> {});
    }

    /** {@link #verify(List, byte[])} with somebody who listens to the transcript. */
    void verify(List<PublicMessage> messages, byte[] proof, Transcript.Listener heard) throws VerificationException {
        if (!key.preset().secure() && !insecureAllowed) {
            throw new VerificationException(
                    Rejection.INSECURE_PRESET, key.preset().label());
        }
        Statement.check(key, messages);
        ProofHeader header = ProofHeader.read(key, proof);
        int[] logHeights = header.logHeights();
        Machine machine = key.machine();
        TableLayout layout = TableLayout.of(machine.chips(), logHeights);
        Multiplicities.check(layout, messages);
        PcsParameters parameters = key.preset().opening();
        Transcript transcript = Statement.transcript(key, messages, logHeights, heard);
        TranscriptVerifierChannel channel = new TranscriptVerifierChannel(
                transcript, Arrays.copyOfRange(proof, ProofHeader.bytes(key), proof.length));
        StackedLayout fixedLayout = StackedLayout.of(
                Tables.preprocessed(machine, key.preprocessedLogHeights()).shapes(), parameters);
        StackedLayout mainLayout =
                StackedLayout.of(Tables.main(machine, logHeights).shapes(), parameters);
        CommitmentRoot fixed = new CommitmentRoot(fixedLayout, key.preprocessedRoot());
        CommitmentRoot main = PcsVerifier.readRoot(channel, Statement.MAIN_ROOT, mainLayout);
        ColumnClaims<Ext> claims = TableVerifier.verify(channel, key, layout, messages);
        PcsVerifier.verify(channel, parameters, List.of(fixed, main), Openings.claims(layout, claims));
        channel.end();
    }
}
