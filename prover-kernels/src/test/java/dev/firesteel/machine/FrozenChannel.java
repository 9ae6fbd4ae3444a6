package dev.firesteel.machine;

import dev.firesteel.air.Arithmetic;
import dev.firesteel.field.Ext;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.protocol.ProverChannel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.protocol.VerifierChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Both sides of a channel whose challenges are given: those that the real transcript gave in another run. What is written is kept and changes nothing. It
 * stands for a protocol that forgot to absorb what its challenges depend on.
 */
final class FrozenChannel implements ProverChannel, VerifierChannel<Ext> {
    private final List<Ext> challenges;
    private final List<Ext> proof;
    private int sampled;
    private int read;

    private FrozenChannel(List<Ext> challenges, List<Ext> proof) {
        this.challenges = challenges;
        this.proof = proof;
    }

    /** A prover's side that knows its challenges beforehand. */
    static FrozenChannel prover(List<Ext> challenges) {
        return new FrozenChannel(challenges, new ArrayList<>());
    }

    /** The verifier's side for what a prover wrote. */
    static FrozenChannel verifier(List<Ext> challenges, List<Ext> proof) {
        return new FrozenChannel(challenges, proof);
    }

    List<Ext> proof() {
        return proof;
    }

    /** A channel that passes everything on and remembers the challenges. */
    static final class Recorder implements ProverChannel {
        private final ProverChannel channel;
        private final List<Ext> challenges = new ArrayList<>();

        Recorder(ProverChannel channel) {
            this.channel = channel;
        }

        List<Ext> challenges() {
            return List.copyOf(challenges);
        }

        @Override
        public void write(String label, Ext element) {
            channel.write(label, element);
        }

        @Override
        public void write(String label, List<Ext> elements) {
            channel.write(label, elements);
        }

        @Override
        public Ext sample(String label) {
            challenges.add(channel.sample(label));
            return challenges.get(challenges.size() - 1);
        }

        @Override
        public void grind(String label, int bits) {
            channel.grind(label, bits);
        }
    }

    @Override
    public Arithmetic<Ext> field() {
        return ExtArithmetic.INSTANCE;
    }

    @Override
    public void write(String label, Ext element) {
        proof.add(element);
    }

    @Override
    public Ext read(String label) {
        return proof.get(read++);
    }

    @Override
    public Ext sample(String label) {
        return challenges.get(sampled++);
    }

    @Override
    public List<Ext> sample(String label, int count) {
        return ProverChannel.super.sample(label, count);
    }

    @Override
    public void grind(String label, int bits) {}

    @Override
    public void assertEqual(Rejection reason, String where, Ext left, Ext right) throws VerificationException {
        if (!left.equals(right)) {
            throw new VerificationException(reason, where);
        }
    }

    @Override
    public void assertNonZero(Rejection reason, String where, Ext element) throws VerificationException {
        if (element.isZero()) {
            throw new VerificationException(reason, where);
        }
    }

    @Override
    public Ext inverse(Ext element) {
        return element.inverse();
    }
}
