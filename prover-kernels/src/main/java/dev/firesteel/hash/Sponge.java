package dev.firesteel.hash;

import dev.firesteel.field.KoalaBear;
import java.nio.charset.StandardCharsets;

/**
 * What is made of one permutation of {@link Poseidon2#WIDTH_24}: hashes of rows and labels, and the compression of two digests. Scalar reference;
 * {@link HashKernels} does many at once.
 *
 * <p>A state is {@link #RATE} elements that messages overwrite and {@link #CAPACITY} that they never touch. The last element of every fresh state is
 * the domain: no row hash is a node or a label, and none of them a transcript. Why this is collision resistant: docs/decisions/0004-hash.md.
 */
public final class Sponge {
    /** Elements of a state. */
    public static final int WIDTH = 24;

    /** Elements that a message overwrites between two permutations. */
    public static final int RATE = 15;

    /** Elements that no message touches. */
    public static final int CAPACITY = WIDTH - RATE;

    /** Elements of a digest; 9·log2(p) is 278 bits. */
    public static final int DIGEST = 9;

    /** Where a fresh state says how long the message is. */
    static final int LENGTH_AT = WIDTH - 2;

    /** Where a fresh state says what it is for. */
    static final int DOMAIN_AT = WIDTH - 1;

    static final int ROW = KoalaBear.fromCanonical(1);
    static final int NODE = KoalaBear.fromCanonical(2);
    static final int LABEL = KoalaBear.fromCanonical(3);
    static final int TRANSCRIPT = KoalaBear.fromCanonical(4);

    private Sponge() {}

    /**
     * The digest of a row: {@code width} elements from {@code row[off]} on, to {@code digest[at]} on. The width is part of what is hashed.
     *
     * @throws IllegalArgumentException when the width is less than 1, or no field element
     */
    public static void row(int[] row, int off, int width, int[] digest, int at) {
        int[] state = fresh(ROW, width);
        absorb(state, row, off, width);
        System.arraycopy(state, 0, digest, at, DIGEST);
    }

    /** The digest of two digests, from {@code left[leftOff]} and {@code right[rightOff]} on, to {@code digest[at]} on. */
    public static void node(int[] left, int leftOff, int[] right, int rightOff, int[] digest, int at) {
        int[] state = new int[WIDTH];
        System.arraycopy(left, leftOff, state, 0, DIGEST);
        System.arraycopy(right, rightOff, state, DIGEST, DIGEST);
        state[DOMAIN_AT] = NODE;
        Poseidon2.WIDTH_24.permute(state, 0);
        System.arraycopy(state, 0, digest, at, DIGEST);
    }

    /** The first {@code count} elements of the digest of a label, whose UTF-8 bytes are hashed as one element each. */
    static int[] label(String label, int count) {
        byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
        int[] elements = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            elements[i] = KoalaBear.fromCanonical(bytes[i] & 0xFF);
        }
        int[] state = fresh(LABEL, bytes.length);
        absorb(state, elements, 0, bytes.length);
        int[] digest = new int[count];
        System.arraycopy(state, 0, digest, 0, count);
        return digest;
    }

    static int[] fresh(int domain, int length) {
        int[] state = new int[WIDTH];
        state[LENGTH_AT] = lengthElement(length);
        state[DOMAIN_AT] = domain;
        return state;
    }

    /** The element that says how long a message is. */
    static int lengthElement(int length) {
        if (length < 1 || length >= KoalaBear.P) {
            throw new IllegalArgumentException("a message of " + length + " elements");
        }
        return KoalaBear.fromCanonical(length);
    }

    /** A last block that is not full leaves the rest of the rate as it is: the length, in the capacity, says where it ends. */
    private static void absorb(int[] state, int[] message, int off, int length) {
        for (int done = 0; done < length; done += RATE) {
            System.arraycopy(message, off + done, state, 0, Math.min(RATE, length - done));
            Poseidon2.WIDTH_24.permute(state, 0);
        }
    }
}
