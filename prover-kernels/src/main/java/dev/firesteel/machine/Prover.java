package dev.firesteel.machine;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.gkr.GkrClaim;
import dev.firesteel.gkr.GkrProver;
import dev.firesteel.hash.Transcript;
import dev.firesteel.hash.TranscriptProverChannel;
import dev.firesteel.pcs.Commitment;
import dev.firesteel.pcs.PcsProver;
import dev.firesteel.poly.Memory;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.protocol.TableLayout;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.zerocheck.Batching;
import dev.firesteel.zerocheck.ColumnClaims;
import dev.firesteel.zerocheck.Fingerprint;
import dev.firesteel.zerocheck.Leaves;
import dev.firesteel.zerocheck.ZerocheckProver;
import java.util.ArrayList;
import java.util.List;

/**
 * Proves that tables satisfy a machine. It does not look whether they do: a proof of tables that do not is a proof that no verifier accepts
 * ({@link dev.firesteel.air.TraceChecker} tells what is wrong with them).
 */
public final class Prover {
    private final ProvingKey key;
    private final Parallel parallel;

    /**
     * A prover for one key; may be used again, by one thread at a time, and keeps its memory for the next proof.
     *
     * @param parallel the threads that it may use
     */
    public Prover(ProvingKey key, Parallel parallel) {
        this(key, parallel, new Memory());
    }

    /**
     * A prover that shares its memory with others, of other keys, none of which is used at the same time.
     *
     * @param memory keeps between proofs what the last one took
     */
    public Prover(ProvingKey key, Parallel parallel, Memory memory) {
        this.key = key;
        this.parallel = parallel.using(memory);
    }

    /** {@link #prove(List, List, PhaseListener)} that nobody listens to. */
    public byte[] prove(List<Trace> main, List<PublicMessage> messages) {
        return prove(main, messages, (phase, nanos) -> {});
    }

    /**
     * A proof, in the format of docs/protocol.md. The same arguments give the same bytes.
     *
     * @param main a trace per chip, in the machine's order; of no rows for a table that is not used
     * @param messages what the verifier will be told
     * @throws IllegalArgumentException when the traces or messages do not have the machine's shapes
     */
    public byte[] prove(List<Trace> main, List<PublicMessage> messages, PhaseListener listener) {
        return prove(main, messages, listener, (kind, label, count) -> {});
    }

    /** {@link #prove(List, List, PhaseListener)} with somebody who listens to the transcript. */
    byte[] prove(List<Trace> main, List<PublicMessage> messages, PhaseListener listener, Transcript.Listener heard) {
        int[] logHeights = checked(main, messages);
        int before = parallel.memory().mark();
        try {
            return prove(main, messages, logHeights, listener, heard);
        } finally {
            parallel.memory().release(before);
        }
    }

    private byte[] prove(
            List<Trace> main,
            List<PublicMessage> messages,
            int[] logHeights,
            PhaseListener listener,
            Transcript.Listener heard) {
        VerifyingKey verifyingKey = key.verifyingKey();
        Machine machine = verifyingKey.machine();
        Memory memory = parallel.memory();
        TableLayout layout = TableLayout.of(machine.chips(), logHeights);
        Phases phases = new Phases(listener);
        PcsProver openings = new PcsProver(verifyingKey.preset().opening(), parallel);
        Commitment commitment = openings.commit(Tables.main(machine, logHeights).inOrder(main));
        phases.ended("commit");
        Transcript transcript = Statement.transcript(verifyingKey, messages, logHeights, heard);
        TranscriptProverChannel channel = new TranscriptProverChannel(transcript, parallel);
        commitment.write(channel, Statement.MAIN_ROOT);
        channel.grind(Statement.LOGUP_GRINDING, verifyingKey.preset().logUpGrinding());
        Fingerprint<Ext> fingerprint = Fingerprint.of(
                ExtArithmetic.INSTANCE,
                channel.sample(Statement.ALPHA),
                channel.sample(Statement.BETA),
                machine.busWidth());
        phases.ended("grinding");
        List<Trace> fixed = new ArrayList<>();
        List<Trace> filled = new ArrayList<>();
        for (TableLayout.Table table : layout.tables()) {
            fixed.add(key.preprocessed(table.index()));
            filled.add(main.get(table.index()));
        }
        int committed = memory.mark();
        Leaves leaves = Leaves.of(layout, fixed, filled, fingerprint, parallel);
        GkrClaim<Ext> claim = GkrProver.prove(channel, leaves.numerators(), leaves.denominators(), parallel);
        memory.release(committed);
        phases.ended("logup-gkr");
        Ext gamma = channel.sample(Statement.GAMMA);
        Ext eta = channel.sample(Statement.ETA);
        Batching<Ext> batching = Batching.of(ExtArithmetic.INSTANCE, layout, fingerprint, claim, gamma, eta);
        ColumnClaims<Ext> claims =
                ZerocheckProver.prove(channel, layout, fixed, filled, claim.point(), batching, parallel);
        memory.release(committed);
        phases.ended("zerocheck");
        openings.open(channel, List.of(key.commitment(), commitment), Openings.claims(layout, claims));
        phases.ended("opening");
        return new ProofHeader(verifyingKey.digest(), logHeights).before(channel.proof());
    }

    private int[] checked(List<Trace> main, List<PublicMessage> messages) {
        List<ChipDescription> chips = key.verifyingKey().machine().chips();
        if (main.size() != chips.size()) {
            throw new IllegalArgumentException(main.size() + " traces for " + chips.size() + " chips");
        }
        int[] logHeights = new int[main.size()];
        try {
            for (int i = 0; i < logHeights.length; i++) {
                if (main.get(i).width() != chips.get(i).mainWidth()) {
                    throw new IllegalArgumentException(
                            chips.get(i).name() + ": a trace of " + main.get(i).width() + " columns for a chip of "
                                    + chips.get(i).mainWidth());
                }
                logHeights[i] = main.get(i).logHeight();
                ProofHeader.checkHeight(key.verifyingKey(), i, logHeights[i]);
            }
            Statement.check(key.verifyingKey(), messages);
            Multiplicities.check(TableLayout.of(chips, logHeights), messages);
        } catch (VerificationException e) {
            throw new IllegalArgumentException("no verifier would accept this: " + e.getMessage(), e);
        }
        return logHeights;
    }

    /** Is told when a phase of a proof has ended. */
    @FunctionalInterface
    public interface PhaseListener {
        /** One phase, and how long it took. */
        void ended(String phase, long nanos);
    }

    private static final class Phases {
        private final PhaseListener listener;
        private long since = System.nanoTime();

        Phases(PhaseListener listener) {
            this.listener = listener;
        }

        void ended(String phase) {
            long now = System.nanoTime();
            listener.ended(phase, now - since);
            since = now;
        }
    }
}
