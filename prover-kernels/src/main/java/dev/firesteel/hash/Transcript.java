package dev.firesteel.hash;

import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.poly.Parallel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The duplex sponge from which challenges come; prover and verifier run the same one. All that it does is on field elements, as a recursive verifier
 * needs. docs/protocol-transcript.md has the format.
 *
 * <p>Every call is one message: a header of its kind, count and label, then its elements. Headers say how much follows them, so what is absorbed
 * can be read in one way only, and two different sequences of calls never put the same into the sponge.
 */
public final class Transcript {
    /** The most bits of an index or a proof of work: p − 1 is a multiple of 2^24, see {@link #sampleIndices}. */
    public static final int MAX_BITS = KoalaBear.TWO_ADICITY;

    /** Elements of a label's digest in a header. */
    static final int LABEL = 3;

    /** Exclusive bound of a header's count. */
    static final int MAX_COUNT = 1 << 26;

    private static final int KINDS = 16;

    /** What a message is; a header's first element is code + 16·count. */
    public enum Kind {
        /** The protocol's name, first of all messages. */
        PROTOCOL(1),
        /** Elements of the base field; the count is theirs. */
        ELEMENTS(2),
        /** Elements of the extension; the count is theirs. */
        EXTENSIONS(3),
        /** Bytes, three to an element; the count is theirs. */
        BYTES(4),
        /** A sample of elements of the base field; the count is theirs. */
        SAMPLE_ELEMENTS(5),
        /** A sample of elements of the extension; the count is theirs. */
        SAMPLE_EXTENSIONS(6),
        /** A sample of indices; the count is theirs, the number of bits follows the header. */
        SAMPLE_INDICES(7),
        /** A proof of work; the count is its bits. */
        GRIND(8);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** The number in headers. */
        public int code() {
            return code;
        }
    }

    /** Sees every message, in order; for tests that compare a protocol with its description. */
    @FunctionalInterface
    public interface Listener {
        /** One message. */
        void message(Kind kind, String label, int count);
    }

    private final int[] state = new int[Sponge.WIDTH];
    private final Map<String, int[]> labels = new HashMap<>();
    private final Listener listener;

    /** Elements of the state's rate that have been overwritten since the last permutation, in [0, RATE). */
    private int position;

    /** A transcript of the protocol of that name, which its version should be part of. */
    public Transcript(String protocol) {
        this(protocol, (kind, label, count) -> {});
    }

    /** A transcript that is listened to. */
    public Transcript(String protocol, Listener listener) {
        this.listener = listener;
        state[Sponge.DOMAIN_AT] = Sponge.TRANSCRIPT;
        header(Kind.PROTOCOL, protocol, 0);
    }

    /**
     * Absorbs elements of the base field, any number of them.
     *
     * @throws IllegalArgumentException when one is not in [0, p)
     */
    public void absorb(String label, int... elements) {
        header(Kind.ELEMENTS, label, elements.length);
        for (int element : elements) {
            put(element);
        }
    }

    /** Absorbs ordinary numbers in [0, p), such as heights and lengths, as the elements that they are. */
    public void absorbNumbers(String label, int... numbers) {
        int[] elements = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            elements[i] = KoalaBear.fromCanonical(checked(numbers[i]));
        }
        absorb(label, elements);
    }

    /** Absorbs elements of the extension, any number of them. */
    public void absorb(String label, List<Ext> elements) {
        header(Kind.EXTENSIONS, label, elements.size());
        for (Ext element : elements) {
            for (int k = 0; k < Ext5.DEGREE; k++) {
                put(element.coordinate(k));
            }
        }
    }

    /** Absorbs bytes, three to an element, the first of the three in the lowest place. */
    public void absorbBytes(String label, byte[] bytes) {
        header(Kind.BYTES, label, bytes.length);
        for (int i = 0; i < bytes.length; i += 3) {
            int number = 0;
            for (int j = Math.min(bytes.length, i + 3) - 1; j >= i; j--) {
                number = number << 8 | bytes[j] & 0xFF;
            }
            put(KoalaBear.fromCanonical(number));
        }
    }

    /** Uniform elements of the base field. */
    public int[] sampleElements(String label, int count) {
        header(Kind.SAMPLE_ELEMENTS, label, count);
        return squeeze(count);
    }

    /** A uniform element of the extension. */
    public Ext sample(String label) {
        return sample(label, 1).get(0);
    }

    /** Uniform elements of the extension: one message, so not what as many calls for one would give. */
    public List<Ext> sample(String label, int count) {
        header(Kind.SAMPLE_EXTENSIONS, label, count);
        int[] coordinates = squeeze(count * Ext5.DEGREE);
        List<Ext> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(Ext.of(coordinates, i * Ext5.DEGREE));
        }
        return elements;
    }

    /**
     * Indices in [0, 2^bits), in the order drawn and possibly repeated: each the low bits of an element's ordinary number.
     *
     * <p>Of the p = 127·2^24 + 1 numbers all but p − 1 are spread evenly; p − 1 adds 1/p to the probability of index 0, whatever the bits. So whatever
     * set of indices one wants to hit, its probability is at most its share plus 1/p &lt; 2^−30.9.
     *
     * @param bits in [0, {@link #MAX_BITS}]
     */
    public int[] sampleIndices(String label, int count, int bits) {
        checkBits(bits);
        header(Kind.SAMPLE_INDICES, label, count);
        put(KoalaBear.fromCanonical(bits));
        int[] indices = squeeze(count);
        for (int i = 0; i < count; i++) {
            indices[i] = KoalaBear.toCanonical(indices[i]) & (1 << bits) - 1;
        }
        return indices;
    }

    /**
     * Finds the least proof of work and absorbs it; expects 2^bits permutations. The work depends on all that was absorbed before, so it cannot be
     * started earlier or used again.
     *
     * @param bits in [1, {@link #MAX_BITS}]
     * @return the element that {@link #checkGrind} takes
     */
    public int grind(String label, int bits, Parallel parallel) {
        beginGrind(label, bits);
        int nonce = Grinding.search(state, bits, Hashes.get(), parallel);
        endGrind(nonce);
        return nonce;
    }

    /**
     * Absorbs a proof of work and says whether it is one.
     *
     * @param bits in [1, {@link #MAX_BITS}]
     * @param nonce an element of the field
     */
    public boolean checkGrind(String label, int bits, int nonce) {
        beginGrind(label, bits);
        endGrind(nonce);
        return Grinding.isWork(state[0], bits);
    }

    /** The nonce has a block to itself: the search needs no more than one permutation for each. */
    private void beginGrind(String label, int bits) {
        checkBits(bits);
        header(Kind.GRIND, label, bits);
        flush();
    }

    private void endGrind(int nonce) {
        put(nonce);
        flush();
    }

    private static void checkBits(int bits) {
        if (bits < 0 || bits > MAX_BITS) {
            throw new IllegalArgumentException(bits + " bits");
        }
    }

    private void header(Kind kind, String label, int count) {
        boolean emptyAllowed =
                kind != Kind.SAMPLE_INDICES && kind != Kind.GRIND; // no queries and no work prove nothing
        if (count < (emptyAllowed ? 0 : 1) || count >= MAX_COUNT) {
            throw new IllegalArgumentException(kind + " " + label + ": count " + count);
        }
        listener.message(kind, label, count);
        put(KoalaBear.fromCanonical(kind.code() + KINDS * count));
        for (int element : labels.computeIfAbsent(label, l -> Sponge.label(l, LABEL))) {
            put(element);
        }
    }

    private void put(int element) {
        state[position++] = checked(element);
        if (position == Sponge.RATE) {
            flush();
        }
    }

    private static int checked(int number) {
        if (number < 0 || number >= KoalaBear.P) {
            throw new IllegalArgumentException(number + " is not in [0, p)");
        }
        return number;
    }

    private void flush() {
        if (position > 0) {
            Poseidon2.WIDTH_24.permute(state, 0);
            position = 0;
        }
    }

    private int[] squeeze(int count) {
        flush();
        int[] out = new int[count];
        for (int done = 0; done < count; done += Sponge.RATE) {
            if (done > 0) {
                Poseidon2.WIDTH_24.permute(state, 0);
            }
            System.arraycopy(state, 0, out, done, Math.min(Sponge.RATE, count - done));
        }
        return out;
    }
}
