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
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

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
     * @throws IllegalArgumentException when the traces or messages do not have the machine's shapes, or the machine has boundary chips
     */
    public byte[] prove(List<Trace> main, List<PublicMessage> messages, PhaseListener listener) {
        return prove(main, messages, listener, (kind, label, count) -> {});
    }

    /** {@link #prove(List, List, PhaseListener)} with somebody who listens to the transcript. */
    byte[] prove(List<Trace> main, List<PublicMessage> messages, PhaseListener listener, Transcript.Listener heard) {
        require(false);
        return run(main, messages, null, null, listener, heard);
    }

    /**
     * The commitment to the boundary tables of a proof, to derive the global challenge from and to prove with. The same traces give the same commitment.
     *
     * @param main a trace per chip, in the machine's order, null for chips that are no boundary chips. They may not change until the proof is made
     * @throws IllegalArgumentException when the traces do not have the machine's shapes, or the machine has no boundary chips
     */
    public Boundary commitBoundary(List<Trace> main) {
        require(true);
        VerifyingKey verifyingKey = key.verifyingKey();
        Machine machine = verifyingKey.machine();
        int[] logHeights = logHeights(main, ChipDescription::boundary);
        // It outlives the proofs that the kept memory is for.
        Commitment commitment = new PcsProver(verifyingKey.preset().opening(), parallel.using(Memory.fresh()))
                .commit(Tables.boundary(machine, logHeights).inOrder(main));
        return new Boundary(verifyingKey, logHeights, commitment);
    }

    /** {@link #prove(List, List, Boundary, GlobalChallenge, PhaseListener)} that nobody listens to. */
    public byte[] prove(List<Trace> main, List<PublicMessage> messages, Boundary boundary, GlobalChallenge challenge) {
        return prove(main, messages, boundary, challenge, (phase, nanos) -> {});
    }

    /**
     * A proof for a machine with boundary chips, in the format of docs/protocol.md. The same arguments give the same bytes.
     *
     * @param main a trace per chip, in the machine's order; of no rows for a table that is not used
     * @param messages what the verifier will be told
     * @param boundary of the same traces, from {@link #commitBoundary}, here or in another process
     * @param challenge derived from the boundary roots of all proofs of the request
     * @throws IllegalArgumentException when the traces or messages do not have the machine's shapes, the boundary is of tables of other heights or for another
     *     key, or the machine has no boundary chips
     */
    public byte[] prove(
            List<Trace> main,
            List<PublicMessage> messages,
            Boundary boundary,
            GlobalChallenge challenge,
            PhaseListener listener) {
        return prove(main, messages, boundary, challenge, listener, (kind, label, count) -> {});
    }

    /** {@link #prove(List, List, Boundary, GlobalChallenge, PhaseListener)} with somebody who listens to the transcript. */
    byte[] prove(
            List<Trace> main,
            List<PublicMessage> messages,
            Boundary boundary,
            GlobalChallenge challenge,
            PhaseListener listener,
            Transcript.Listener heard) {
        require(true);
        return run(
                main, messages, Objects.requireNonNull(boundary), Objects.requireNonNull(challenge), listener, heard);
    }

    private void require(boolean boundary) {
        Machine machine = key.verifyingKey().machine();
        if (machine.hasBoundary() != boundary) {
            throw new IllegalArgumentException(machine.name()
                    + (boundary ? " has no boundary chips" : " has boundary chips: a boundary and a challenge"));
        }
    }

    /** Boundary and challenge are null for a machine without boundary chips. */
    private byte[] run(
            List<Trace> main,
            List<PublicMessage> messages,
            Boundary boundary,
            GlobalChallenge challenge,
            PhaseListener listener,
            Transcript.Listener heard) {
        int[] logHeights = checked(main, messages);
        if (boundary != null && !boundary.fits(key.verifyingKey(), logHeights)) {
            throw new IllegalArgumentException("the boundary is of other tables");
        }
        int before = parallel.memory().mark();
        try {
            return run(main, messages, logHeights, boundary, challenge, listener, heard);
        } finally {
            parallel.memory().release(before);
        }
    }

    private byte[] run(
            List<Trace> main,
            List<PublicMessage> messages,
            int[] logHeights,
            Boundary boundary,
            GlobalChallenge challenge,
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
        Fingerprint<Ext> global = null;
        if (boundary != null) {
            boundary.commitment().write(channel, Statement.BOUNDARY_ROOT);
            channel.absorb(Statement.GLOBAL_CHALLENGE, challenge.elements());
            global = challenge.fingerprint(machine.busWidth());
        }
        commitment.write(channel, Statement.MAIN_ROOT);
        int committed = memory.mark();
        if (global != null) {
            channel.write(Statement.GLOBAL_SUM, GlobalSum.of(machine, key.preprocessed(), main, global, parallel));
            memory.release(committed);
            phases.ended("global sum");
        }
        channel.grind(Statement.LOGUP_GRINDING, verifyingKey.preset().logUpGrinding());
        Fingerprint<Ext> fingerprint = Fingerprint.of(
                        ExtArithmetic.INSTANCE,
                        channel.sample(Statement.ALPHA),
                        channel.sample(Statement.BETA),
                        machine.busWidth())
                .withGlobal(global);
        phases.ended("grinding");
        List<Trace> fixed = new ArrayList<>();
        List<Trace> filled = new ArrayList<>();
        for (TableLayout.Table table : layout.tables()) {
            fixed.add(key.preprocessed(table.index()));
            filled.add(main.get(table.index()));
        }
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
        openings.open(
                channel,
                Openings.of(machine, key.commitment(), boundary == null ? null : boundary.commitment(), commitment),
                Openings.claims(machine, layout, claims));
        phases.ended("opening");
        return new ProofHeader(verifyingKey.digest(), logHeights).before(channel.proof());
    }

    private int[] checked(List<Trace> main, List<PublicMessage> messages) {
        int[] logHeights = logHeights(main, chip -> true);
        try {
            Statement.check(key.verifyingKey(), messages);
            Multiplicities.check(TableLayout.of(key.verifyingKey().machine().chips(), logHeights), messages);
        } catch (VerificationException e) {
            throw new IllegalArgumentException("no verifier would accept this: " + e.getMessage(), e);
        }
        return logHeights;
    }

    /** Of all tables, −1 for those of chips that are not wanted; checks the wanted ones. */
    private int[] logHeights(List<Trace> main, Predicate<ChipDescription> wanted) {
        List<ChipDescription> chips = key.verifyingKey().machine().chips();
        if (main.size() != chips.size()) {
            throw new IllegalArgumentException(main.size() + " traces for " + chips.size() + " chips");
        }
        int[] logHeights = new int[main.size()];
        Arrays.fill(logHeights, -1);
        try {
            for (int i = 0; i < logHeights.length; i++) {
                if (!wanted.test(chips.get(i))) {
                    continue;
                }
                if (main.get(i).width() != chips.get(i).mainWidth()) {
                    throw new IllegalArgumentException(
                            chips.get(i).name() + ": a trace of " + main.get(i).width() + " columns for a chip of "
                                    + chips.get(i).mainWidth());
                }
                logHeights[i] = main.get(i).logHeight();
                ProofHeader.checkHeight(key.verifyingKey(), i, logHeights[i]);
            }
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
