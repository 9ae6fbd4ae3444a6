package dev.firesteel.protocol;

import dev.firesteel.air.Arithmetic;
import java.util.ArrayList;
import java.util.List;

/**
 * The verifier's side. What is read from the proof is absorbed at once, so no challenge can precede what it depends on. There are no
 * lengths in a proof: the verifier reads what the key and the heights say, and anything left over is an error.
 *
 * <p>On numbers checks throw; on a circuit builder they become constraints. That is why they return nothing.
 *
 * @param <E> an element of the extension
 */
public interface VerifierChannel<E> {
    /** The field that the verifier computes in. */
    Arithmetic<E> field();

    /** The next element of the proof, absorbed under {@code label}. */
    E read(String label) throws VerificationException;

    /** A challenge. */
    E sample(String label);

    /** Checks a proof of work of {@code bits} bits; with 0 bits nothing is read. */
    void grind(String label, int bits) throws VerificationException;

    /** The two are equal. */
    void assertEqual(Rejection reason, String where, E left, E right) throws VerificationException;

    /** The element is not zero. */
    void assertNonZero(Rejection reason, String where, E element) throws VerificationException;

    /** 1/element. */
    E inverse(E element) throws VerificationException;

    /** The next {@code count} elements. */
    default List<E> read(String label, int count) throws VerificationException {
        List<E> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(read(label));
        }
        return elements;
    }

    /** {@code count} challenges. */
    default List<E> sample(String label, int count) {
        List<E> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(sample(label));
        }
        return elements;
    }
}
