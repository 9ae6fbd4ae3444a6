package dev.firesteel.protocol;

import dev.firesteel.field.Ext;
import java.util.ArrayList;
import java.util.List;

/** The prover's side: what is written goes into the proof and is absorbed, in the order in which the verifier reads it. */
public interface ProverChannel {
    /** Writes an element under {@code label}. */
    void write(String label, Ext element);

    /** A challenge. */
    Ext sample(String label);

    /** Finds and writes a proof of work of {@code bits} bits; with 0 bits nothing is written. */
    void grind(String label, int bits);

    /** Writes elements under {@code label}. */
    default void write(String label, List<Ext> elements) {
        elements.forEach(e -> write(label, e));
    }

    /** {@code count} challenges. */
    default List<Ext> sample(String label, int count) {
        List<Ext> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(sample(label));
        }
        return elements;
    }
}
