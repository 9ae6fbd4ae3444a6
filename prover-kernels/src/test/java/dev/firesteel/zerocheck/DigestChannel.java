package dev.firesteel.zerocheck;

import dev.firesteel.air.Arithmetic;
import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.protocol.ProverChannel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.protocol.VerifierChannel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * Both sides of a Fiat–Shamir channel whose challenges are SHA-256 digests of all that came before: the sumchecks are tested apart from
 * the product's own transcript.
 */
public final class DigestChannel implements ProverChannel, VerifierChannel<Ext> {
    private final List<Integer> proof;
    private final boolean proving;
    private byte[] state;
    private int next;

    private DigestChannel(byte[] statement, List<Integer> proof, boolean proving) {
        this.state = digest(new byte[0], "statement", statement);
        this.proof = proof;
        this.proving = proving;
    }

    public static DigestChannel prover(byte[] statement) {
        return new DigestChannel(statement, new ArrayList<>(), true);
    }

    public static DigestChannel verifier(byte[] statement, List<Integer> proof) {
        return new DigestChannel(statement, proof, false);
    }

    public List<Integer> proof() {
        return List.copyOf(proof);
    }

    @Override
    public Arithmetic<Ext> field() {
        return ExtArithmetic.INSTANCE;
    }

    @Override
    public void write(String label, Ext element) {
        absorb(label, element);
        for (int coordinate : element.toArray()) {
            proof.add(coordinate);
        }
    }

    @Override
    public Ext read(String label) throws VerificationException {
        int[] coordinates = new int[Ext5.DEGREE];
        for (int k = 0; k < Ext5.DEGREE; k++) {
            if (next == proof.size()) {
                throw new VerificationException(Rejection.PROOF_TOO_SHORT, label);
            }
            coordinates[k] = proof.get(next++);
            if (coordinates[k] < 0 || coordinates[k] >= KoalaBear.P) {
                throw new VerificationException(Rejection.ELEMENT_NOT_CANONICAL, label);
            }
        }
        Ext element = Ext.of(coordinates, 0);
        absorb(label, element);
        return element;
    }

    public void end() throws VerificationException {
        if (!proving && next != proof.size()) {
            throw new VerificationException(Rejection.PROOF_TOO_LONG, "end");
        }
    }

    private void absorb(String label, Ext element) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * Ext5.DEGREE);
        for (int coordinate : element.toArray()) {
            bytes.putInt(coordinate);
        }
        state = digest(state, label, bytes.array());
    }

    @Override
    public Ext sample(String label) {
        state = digest(state, "sample " + label, new byte[0]);
        ByteBuffer bytes = ByteBuffer.wrap(state);
        int[] coordinates = new int[Ext5.DEGREE];
        for (int k = 0; k < Ext5.DEGREE; k++) {
            coordinates[k] = Math.floorMod(bytes.getInt(), KoalaBear.P);
        }
        return Ext.of(coordinates, 0);
    }

    @Override
    public List<Ext> sample(String label, int count) {
        return ProverChannel.super.sample(label, count);
    }

    @Override
    public void grind(String label, int bits) {
        if (bits != 0) {
            throw new UnsupportedOperationException("the sumchecks do not grind");
        }
    }

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

    private static byte[] digest(byte[] before, String label, byte[] data) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(before);
            byte[] name = label.getBytes(StandardCharsets.UTF_8);
            digest.update((byte) name.length);
            digest.update(name);
            return digest.digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
