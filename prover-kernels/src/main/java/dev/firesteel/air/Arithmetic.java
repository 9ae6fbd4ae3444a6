package dev.firesteel.air;

/**
 * A field, or something that only writes down what is done in one: the verifier and a chip's evaluation are written against this, so
 * that on numbers they verify and on a circuit builder they emit the recursive verifier.
 *
 * @param <E> an element
 */
public interface Arithmetic<E> {
    /** left + right. */
    E add(E left, E right);

    /** left − right. */
    E subtract(E left, E right);

    /** left · right. */
    E multiply(E left, E right);

    /** The base-field constant {@code montgomery}, in Montgomery form. */
    E constant(int montgomery);
}
