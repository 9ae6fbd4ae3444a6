package dev.firesteel.hash;

import dev.firesteel.air.Arithmetic;
import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.protocol.VerifierChannel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The verifier's channel on numbers over a {@link Transcript}. Every element of the proof has to be an ordinary number in [0, p); the proof has to end
 * where the verifier stops reading ({@link #end}).
 */
public final class TranscriptVerifierChannel implements VerifierChannel<Ext> {
    private final Transcript transcript;
    private final ByteBuffer proof;

    /**
     * A channel at the proof's start.
     *
     * @param transcript in which the statement has been absorbed
     * @param proof not changed while this channel is used
     */
    public TranscriptVerifierChannel(Transcript transcript, byte[] proof) {
        this.transcript = transcript;
        this.proof = ByteBuffer.wrap(proof).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public Arithmetic<Ext> field() {
        return ExtArithmetic.INSTANCE;
    }

    @Override
    public Ext read(String label) throws VerificationException {
        return read(label, 1).get(0);
    }

    /** One message. */
    @Override
    public List<Ext> read(String label, int count) throws VerificationException {
        int[] coordinates = next(label, (long) count * Ext5.DEGREE);
        List<Ext> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(Ext.of(coordinates, i * Ext5.DEGREE));
        }
        transcript.absorb(label, elements);
        return elements;
    }

    /** Reads elements of the base field, such as a digest, as one message. */
    public int[] readElements(String label, int count) throws VerificationException {
        int[] elements = next(label, count);
        transcript.absorb(label, elements);
        return elements;
    }

    /** Reads elements that are not absorbed, because a check that the caller makes leaves but one choice for them. */
    public int[] readDetermined(String where, int count) throws VerificationException {
        return next(where, count);
    }

    @Override
    public Ext sample(String label) {
        return transcript.sample(label);
    }

    /** One message. */
    @Override
    public List<Ext> sample(String label, int count) {
        return transcript.sample(label, count);
    }

    /** {@link Transcript#sampleIndices}. */
    public int[] sampleIndices(String label, int count, int bits) {
        return transcript.sampleIndices(label, count, bits);
    }

    @Override
    public void grind(String label, int bits) throws VerificationException {
        if (bits != 0 && !transcript.checkGrind(label, bits, next(label, 1)[0])) {
            throw new VerificationException(Rejection.GRINDING, label);
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
    public Ext inverse(Ext element) throws VerificationException {
        assertNonZero(Rejection.DIVISION_BY_ZERO, "inverse", element);
        return element.inverse();
    }

    /** Nothing may be left of the proof. */
    public void end() throws VerificationException {
        if (proof.hasRemaining()) {
            throw new VerificationException(Rejection.PROOF_TOO_LONG, proof.remaining() + " bytes are left");
        }
    }

    /** Allocates only what the proof has bytes for. */
    private int[] next(String where, long count) throws VerificationException {
        if (count > proof.remaining() / Integer.BYTES) {
            throw new VerificationException(Rejection.PROOF_TOO_SHORT, where);
        }
        int[] elements = new int[(int) count];
        for (int i = 0; i < elements.length; i++) {
            int number = proof.getInt();
            if (number < 0 || number >= KoalaBear.P) {
                throw new VerificationException(Rejection.ELEMENT_NOT_CANONICAL, where);
            }
            elements[i] = KoalaBear.fromCanonical(number);
        }
        return elements;
    }
}
