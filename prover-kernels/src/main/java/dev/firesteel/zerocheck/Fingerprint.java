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
 * @param global the fingerprint of messages on global buses, of the challenge that all proofs of a request share; null where there are none
 */
public record Fingerprint<E>(E alpha, List<E> betaPowers, Fingerprint<E> global) {
    /** From the two challenges, for messages of at most {@code width} fields on buses of one scope. */
    public static <E> Fingerprint<E> of(Arithmetic<E> f, E alpha, E beta, int width) {
        List<E> powers = new ArrayList<>(width);
        E power = beta;
        for (int i = 0; i < width; i++) {
            powers.add(power);
            power = f.multiply(power, beta);
        }
        return new Fingerprint<>(alpha, List.copyOf(powers), null);
    }

    /** This one for local buses, {@code global} for global ones. */
    public Fingerprint<E> withGlobal(Fingerprint<E> global) {
        return new Fingerprint<>(alpha, betaPowers, global);
    }

    /** The fingerprint of the bus's scope, whose challenges are {@link #alpha} and {@link #betaPowers}. */
    public Fingerprint<E> on(Bus bus) {
        if (!bus.isGlobal()) {
            return this;
        }
        if (global == null) {
            throw new IllegalArgumentException("bus " + bus.name() + " is global, and there is no global challenge");
        }
        return global;
    }

    /** α + bus: what does not depend on the fields. */
    public E constant(Arithmetic<E> f, Bus bus) {
        return f.add(on(bus).alpha, f.constant(KoalaBear.fromCanonical(bus.id())));
    }

    /** The fingerprint of {@code fields} on {@code bus}. */
    public E of(Arithmetic<E> f, Bus bus, List<E> fields) {
        E sum = constant(f, bus);
        List<E> powers = on(bus).betaPowers;
        for (int i = 0; i < fields.size(); i++) {
            sum = f.add(sum, f.multiply(powers.get(i), fields.get(i)));
        }
        return sum;
    }
}
