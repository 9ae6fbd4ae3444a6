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
import dev.firesteel.zerocheck.Fingerprint;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
     * @throws IllegalArgumentException when the key's machine has boundary chips
     */
    public void verify(List<PublicMessage> messages, byte[] proof) throws VerificationException {
        verify(messages, proof, (kind, label, count) -> {});
    }

    /** {@link #verify(List, byte[])} with somebody who listens to the transcript. */
    void verify(List<PublicMessage> messages, byte[] proof, Transcript.Listener heard) throws VerificationException {
        require(false);
        verified(messages, null, proof, heard);
    }

    /**
     * Returns when {@code proof} proves the statement, with what its caller has still to check: see {@link GlobalStatement}.
     *
     * @param messages the statement: what the verifier sends and receives on local buses
     * @param challenge the one of all proofs of the request
     * @throws VerificationException when it does not, with the check that failed
     * @throws IllegalArgumentException when the key's machine has no boundary chips
     */
    public GlobalStatement verify(List<PublicMessage> messages, GlobalChallenge challenge, byte[] proof)
            throws VerificationException {
        return verify(messages, challenge, proof, (kind, label, count) -> {});
    }

    /** {@link #verify(List, GlobalChallenge, byte[])} with somebody who listens to the transcript. */
    GlobalStatement verify(
            List<PublicMessage> messages, GlobalChallenge challenge, byte[] proof, Transcript.Listener heard)
            throws VerificationException {
        require(true);
        return verified(messages, Objects.requireNonNull(challenge), proof, heard);
    }

    /** Not the proof's fault: who asks without a challenge would not look at the sum. */
    private void require(boolean boundary) {
        if (key.machine().hasBoundary() != boundary) {
            throw new IllegalArgumentException(
                    key.machine().name() + (boundary ? " has no boundary chips" : " has boundary chips: a challenge"));
        }
    }

    /** Null for no challenge, and then for nothing to check. */
    private GlobalStatement verified(
            List<PublicMessage> messages, GlobalChallenge challenge, byte[] proof, Transcript.Listener heard)
            throws VerificationException {
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
        CommitmentRoot boundary = null;
        Fingerprint<Ext> global = null;
        if (challenge != null) {
            StackedLayout boundaryLayout =
                    StackedLayout.of(Tables.boundary(machine, logHeights).shapes(), parameters);
            boundary = PcsVerifier.readRoot(channel, Statement.BOUNDARY_ROOT, boundaryLayout);
            channel.absorb(Statement.GLOBAL_CHALLENGE, challenge.elements());
            global = challenge.fingerprint(machine.busWidth());
        }
        CommitmentRoot main = PcsVerifier.readRoot(channel, Statement.MAIN_ROOT, mainLayout);
        TableVerifier.Claims<Ext> claims = TableVerifier.verify(channel, key, layout, messages, global);
        PcsVerifier.verify(
                channel,
                parameters,
                Openings.of(machine, fixed, boundary, main),
                Openings.claims(machine, layout, claims.columns()));
        channel.end();
        return boundary == null ? null : statement(layout, logHeights, boundary, claims.globalSum());
    }

    private GlobalStatement statement(TableLayout layout, int[] logHeights, CommitmentRoot boundary, Ext globalSum) {
        Map<String, Integer> heights = new LinkedHashMap<>();
        for (int i = 0; i < logHeights.length; i++) {
            heights.put(key.machine().chips().get(i).name(), logHeights[i]);
        }
        return new GlobalStatement(
                Boundary.root(key, logHeights, boundary.root()), globalSum, heights, Multiplicities.global(layout));
    }
}
