package dev.firesteel.examples;

import dev.firesteel.air.Bus;
import dev.firesteel.field.KoalaBear;
import java.util.ArrayList;
import java.util.List;

/**
 * A message that the verifier itself puts on a bus: how a statement enters a proof.
 *
 * @param bus the bus
 * @param multiplicity Montgomery form: 1 when the verifier sends it, −1 when the verifier receives it
 * @param fields Montgomery form, as many as the bus has
 */
public record PublicMessage(Bus bus, int multiplicity, List<Integer> fields) {
    public PublicMessage {
        fields = List.copyOf(fields);
        if (fields.size() != bus.width()) {
            throw new IllegalArgumentException(
                    "bus " + bus.name() + " has messages of " + bus.width() + " fields, not " + fields.size());
        }
    }

    /** The verifier sends the ordinary numbers {@code head} and after them the elements {@code tail}, which are in Montgomery form. */
    static PublicMessage sent(Bus bus, int[] head, int[] tail) {
        return new PublicMessage(bus, KoalaBear.ONE, fields(head, tail));
    }

    /** The verifier receives; see {@link #sent}. */
    static PublicMessage received(Bus bus, int[] head, int[] tail) {
        return new PublicMessage(bus, KoalaBear.NEG_ONE, fields(head, tail));
    }

    private static List<Integer> fields(int[] head, int[] tail) {
        List<Integer> fields = new ArrayList<>(head.length + tail.length);
        for (int number : head) {
            fields.add(KoalaBear.fromCanonical(number));
        }
        for (int element : tail) {
            fields.add(element);
        }
        return fields;
    }
}
