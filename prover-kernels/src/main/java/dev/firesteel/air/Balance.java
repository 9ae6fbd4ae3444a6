package dev.firesteel.air;

import dev.firesteel.field.KoalaBear;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Messages counted one by one: how often each was sent more than received, mod p. What LogUp compares by random fractions. */
public final class Balance {
    private final Map<Message, Integer> surplus = new LinkedHashMap<>();

    private record Message(Bus bus, List<Integer> fields) {}

    /** Counts a message: {@code multiplicity} and {@code fields} in Montgomery form. */
    public void add(Bus bus, int multiplicity, List<Integer> fields) {
        if (multiplicity != KoalaBear.ZERO) {
            surplus.merge(new Message(bus, List.copyOf(fields)), multiplicity, KoalaBear::add);
        }
    }

    /** Counts all that {@code other} has counted, which stays as it is. */
    public Balance merge(Balance other) {
        other.surplus.forEach((message, count) -> surplus.merge(message, count, KoalaBear::add));
        return this;
    }

    /** The messages that do not balance, at most {@code most} of them. */
    public List<Violation> violations(int most) {
        List<Violation> violations = new ArrayList<>();
        surplus.forEach((message, count) -> {
            if (count != KoalaBear.ZERO && violations.size() < most) {
                List<Integer> fields =
                        message.fields.stream().map(KoalaBear::toCanonical).toList();
                violations.add(new Violation.BusUnbalanced(
                        message.bus.name(), fields.toString(), KoalaBear.toCanonical(count)));
            }
        });
        return violations;
    }
}
