package dev.firesteel.zerocheck;

import dev.firesteel.air.Arithmetic;
import dev.firesteel.air.Bus;
import dev.firesteel.field.KoalaBear;
import java.util.ArrayList;
import java.util.List;

/**
 * The denominator of a message: α + bus + Σ β^(i+1)·field_i. The bus's identity is one of the fields, and a bus has one width, so equal
 * fingerprints of different messages are a root of a non-zero polynomial in α and β.
 *
 * @param alpha first challenge
 * @param betaPowers β, β², …, as many as the widest bus has fields
 */
public record Fingerprint<E>(E alpha, List<E> betaPowers) {
    /** From the two challenges, for messages of at most {@code width} fields. */
    public static <E> Fingerprint<E> of(Arithmetic<E> f, E alpha, E beta, int width) {
        List<E> powers = new ArrayList<>(width);
        E power = beta;
        for (int i = 0; i < width; i++) {
            powers.add(power);
            power = f.multiply(power, beta);
        }
        return new Fingerprint<>(alpha, List.copyOf(powers));
    }

    /** α + bus: what does not depend on the fields. */
    public E constant(Arithmetic<E> f, Bus bus) {
        return f.add(alpha, f.constant(KoalaBear.fromCanonical(bus.id())));
    }

    /** The fingerprint of {@code fields} on {@code bus}. */
    public E of(Arithmetic<E> f, Bus bus, List<E> fields) {
        E sum = constant(f, bus);
        for (int i = 0; i < fields.size(); i++) {
            sum = f.add(sum, f.multiply(betaPowers.get(i), fields.get(i)));
        }
        return sum;
    }
}
