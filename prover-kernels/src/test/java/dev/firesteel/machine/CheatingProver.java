package dev.firesteel.machine;

import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.gkr.GkrClaim;
import dev.firesteel.gkr.GkrProver;
import dev.firesteel.hash.TranscriptProverChannel;
import dev.firesteel.pcs.Commitment;
import dev.firesteel.pcs.PcsProver;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.protocol.Points;
import dev.firesteel.protocol.ProverChannel;
import dev.firesteel.protocol.TableLayout;
import dev.firesteel.zerocheck.Batching;
import dev.firesteel.zerocheck.ColumnClaims;
import dev.firesteel.zerocheck.Fingerprint;
import dev.firesteel.zerocheck.Leaves;
import dev.firesteel.zerocheck.ZerocheckProver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A prover that lies as well as it can: over the real transcript, with all work done, it makes the check that would refuse it hold, and the checks after that
 * as long as it knows how. So a later check is seen to be needed.
 */
final class CheatingProver implements ProverChannel {
    /** Where it lies. */
    enum Lie {
        NOWHERE,
        /** The global sum is one more than it is. */
        GLOBAL_SUM,
        /** And the top layer's numerator is what makes the whole right. */
        GLOBAL_SUM_AND_TOP,
        /** The top layer's numerator is what makes the sum zero. */
        TOP,
        /** And the rounds after it are moved by what the claim is off. */
        TOP_AND_ROUNDS,
        /** The zerocheck's rounds are moved by what the sum is off. */
        ZEROCHECK_ROUNDS
    }

    private static final Set<Lie> TOPS = Set.of(Lie.TOP, Lie.TOP_AND_ROUNDS, Lie.GLOBAL_SUM_AND_TOP);

    private final ProvingKey key;
    private final Lie lie;
    private final Parallel parallel;
    private final TranscriptProverChannel channel;
    private final List<PublicMessage> messages;
    private final int[] logHeights;
    private final Commitment commitment;
    /** Both null for a machine without boundary chips. */
    private final Boundary boundary;

    private final GlobalChallenge challenge;
    /** What the verifier's claim is above what the honest rounds add up to. */
    private Ext off = Ext.ZERO;

    private Ext publicSum = Ext.ZERO;
    private Batching<Ext> batching;
    private List<Ext> point;

    /**
     * @param committed the main traces that the root is of
     * @param messages the statement
     */
    CheatingProver(ProvingKey key, Lie lie, List<Trace> committed, List<PublicMessage> messages, Parallel parallel) {
        this(key, lie, committed, messages, null, null, parallel);
    }

    CheatingProver(
            ProvingKey key,
            Lie lie,
            List<Trace> committed,
            List<PublicMessage> messages,
            Boundary boundary,
            GlobalChallenge challenge,
            Parallel parallel) {
        this.boundary = boundary;
        this.challenge = challenge;
        this.key = key;
        this.lie = lie;
        this.messages = messages;
        this.parallel = parallel;
        VerifyingKey verifyingKey = key.verifyingKey();
        logHeights = committed.stream().mapToInt(Trace::logHeight).toArray();
        commitment = new PcsProver(verifyingKey.preset().opening(), parallel)
                .commit(Tables.main(verifyingKey.machine(), logHeights).inOrder(committed));
        channel = new TranscriptProverChannel(
                Statement.transcript(verifyingKey, messages, logHeights, (kind, label, count) -> {}), parallel);
    }

    /** The proof that {@code main} with {@code preprocessed}, a trace per chip, satisfies the machine. */
    byte[] prove(List<Trace> preprocessed, List<Trace> main) {
        VerifyingKey verifyingKey = key.verifyingKey();
        TableLayout layout = TableLayout.of(verifyingKey.machine().chips(), logHeights);
        Fingerprint<Ext> global = null;
        if (boundary != null) {
            boundary.commitment().write(channel, Statement.BOUNDARY_ROOT);
            channel.absorb(Statement.GLOBAL_CHALLENGE, challenge.elements());
            global = challenge.fingerprint(verifyingKey.machine().busWidth());
        }
        commitment.write(channel, Statement.MAIN_ROOT);
        if (boundary != null) {
            Ext sum = GlobalSum.of(verifyingKey.machine(), preprocessed, main, global, parallel);
            if (lie == Lie.GLOBAL_SUM || lie == Lie.GLOBAL_SUM_AND_TOP) {
                sum = sum.plus(Ext.ONE);
            }
            channel.write(Statement.GLOBAL_SUM, sum);
            publicSum = publicSum.minus(sum);
        }
        channel.grind(Statement.LOGUP_GRINDING, verifyingKey.preset().logUpGrinding());
        Fingerprint<Ext> fingerprint = Fingerprint.of(
                        ExtArithmetic.INSTANCE,
                        sample(Statement.ALPHA),
                        sample(Statement.BETA),
                        verifyingKey.machine().busWidth())
                .withGlobal(global);
        for (PublicMessage message : messages) {
            List<Ext> fields = message.fields().stream().map(Ext::ofBase).toList();
            Ext denominator = fingerprint.of(ExtArithmetic.INSTANCE, message.bus(), fields);
            publicSum = publicSum.plus(denominator.inverse().times(message.multiplicity()));
        }
        List<Trace> fixed = new ArrayList<>();
        List<Trace> filled = new ArrayList<>();
        for (TableLayout.Table table : layout.tables()) {
            fixed.add(preprocessed.get(table.index()));
            filled.add(main.get(table.index()));
        }
        Leaves leaves = Leaves.of(layout, fixed, filled, fingerprint);
        GkrClaim<Ext> claim = GkrProver.prove(this, leaves.numerators(), leaves.denominators());
        Ext gamma = sample(Statement.GAMMA);
        Ext eta = sample(Statement.ETA);
        batching = Batching.of(ExtArithmetic.INSTANCE, layout, fingerprint, claim, gamma, eta);
        point = claim.point();
        off = null;
        ColumnClaims<Ext> claims = ZerocheckProver.prove(this, layout, fixed, filled, point, batching);
        new PcsProver(verifyingKey.preset().opening(), parallel)
                .open(
                        channel,
                        Openings.of(
                                verifyingKey.machine(),
                                key.commitment(),
                                boundary == null ? null : boundary.commitment(),
                                commitment),
                        Openings.claims(verifyingKey.machine(), layout, claims));
        return new ProofHeader(verifyingKey.digest(), logHeights).before(channel.proof());
    }

    @Override
    public void write(String label, Ext element) {
        channel.write(label, element);
    }

    @Override
    public void write(String label, List<Ext> elements) {
        List<Ext> written = new ArrayList<>(elements);
        if (label.equals("gkr/top") && TOPS.contains(lie)) {
            // The sum is p0/q0 + p1/q1 and what the public messages add.
            Ext others = elements.get(1).times(elements.get(3).inverse()).plus(publicSum);
            written.set(0, Ext.ZERO.minus(others.times(elements.get(2))));
            off = written.get(0).minus(elements.get(0));
        } else if (label.equals("gkr/round") && lie == Lie.TOP_AND_ROUNDS) {
            written.replaceAll(off::plus);
        } else if (label.equals("zerocheck/round") && lie == Lie.ZEROCHECK_ROUNDS) {
            if (off == null) {
                Ext last = point.get(logHeights[0] - 1);
                Ext sum = Points.line(ExtArithmetic.INSTANCE, elements.get(0), elements.get(1), last);
                off = batching.claim().minus(sum);
            }
            written.replaceAll(off::plus);
        }
        channel.write(label, written);
    }

    @Override
    public Ext sample(String label) {
        Ext challenge = channel.sample(label);
        if (label.equals("gkr/top point")) {
            // The claim on the numerators is the line through the two.
            off = off.times(Ext.ONE.minus(challenge));
        }
        return challenge;
    }

    @Override
    public void grind(String label, int bits) {
        channel.grind(label, bits);
    }
}
