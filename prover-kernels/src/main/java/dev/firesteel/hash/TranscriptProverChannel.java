package dev.firesteel.hash;

import dev.firesteel.field.Ext;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.ProverChannel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The prover's channel over a {@link Transcript}. A proof is its elements' ordinary numbers, four bytes each, the lowest first, and nothing else.
 */
public final class TranscriptProverChannel implements ProverChannel {
    private final Transcript transcript;
    private final Parallel parallel;
    private int[] proof = new int[1024];
    private int length;

    /**
     * A channel with an empty proof.
     *
     * @param transcript in which the statement has been absorbed
     * @param parallel for grinding
     */
    public TranscriptProverChannel(Transcript transcript, Parallel parallel) {
        this.transcript = transcript;
        this.parallel = parallel;
    }

    @Override
    public void write(String label, Ext element) {
        write(label, List.of(element));
    }

    /** One message: the verifier has to read as many at once. */
    @Override
    public void write(String label, List<Ext> elements) {
        transcript.absorb(label, elements);
        for (Ext element : elements) {
            append(element.toArray());
        }
    }

    /** Writes elements of the base field, such as a digest, as one message. */
    public void writeElements(String label, int... elements) {
        transcript.absorb(label, elements);
        append(elements);
    }

    /** Writes elements that are not absorbed, because what was absorbed before already determines them: opened rows and their siblings. */
    public void writeDetermined(int... elements) {
        append(elements);
    }

    @Override
    public Ext sample(String label) {
        return transcript.sample(label);
    }

    /** One message: the verifier has to sample as many at once. */
    @Override
    public List<Ext> sample(String label, int count) {
        return transcript.sample(label, count);
    }

    /** {@link Transcript#sampleIndices}. */
    public int[] sampleIndices(String label, int count, int bits) {
        return transcript.sampleIndices(label, count, bits);
    }

    @Override
    public void grind(String label, int bits) {
        if (bits != 0) {
            append(transcript.grind(label, bits, parallel));
        }
    }

    private void append(int... elements) {
        if (elements.length > proof.length - length) {
            proof = Arrays.copyOf(proof, Math.max(2 * proof.length, length + elements.length));
        }
        System.arraycopy(elements, 0, proof, length, elements.length);
        length += elements.length;
    }

    /** The proof so far. */
    public byte[] proof() {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < length; i++) {
            bytes.putInt(KoalaBear.toCanonical(proof[i]));
        }
        return bytes.array();
    }
}
