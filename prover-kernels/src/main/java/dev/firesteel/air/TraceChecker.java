package dev.firesteel.air;

import dev.firesteel.field.KoalaBear;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks traces without proving them: every constraint in every row, and the balance of every bus by counting messages. */
public final class TraceChecker {
    private final int most;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<List<Integer>, Integer> balance = new LinkedHashMap<>();
    private final Map<Integer, Bus> buses = new LinkedHashMap<>();

    /** A checker that names at most {@code most} violations. */
    public TraceChecker(int most) {
        this.most = most;
    }

    /** Adds one table; {@code preprocessed} has the same height as {@code main}, or is null when the chip has no such columns. */
    public TraceChecker table(ChipDescription chip, Trace preprocessed, Trace main) {
        for (int row = 0; row < main.height(); row++) {
            List<Integer> results =
                    chip.tape().evaluate(BaseArithmetic.INSTANCE, cells(preprocessed, row), cells(main, row));
            int at = 0;
            for (Constraint constraint : chip.constraints()) {
                if (results.get(at++) != KoalaBear.ZERO) {
                    add(new Violation.ConstraintViolated(chip.name(), constraint.name(), row));
                }
            }
            for (Interaction interaction : chip.interactions()) {
                int multiplicity = results.get(at++);
                message(
                        interaction.bus(),
                        multiplicity,
                        results.subList(at, at + interaction.fields().size()));
                at += interaction.fields().size();
            }
        }
        return this;
    }

    /** Adds a public message: {@code multiplicity} and {@code fields} in Montgomery form. */
    public TraceChecker message(Bus bus, int multiplicity, List<Integer> fields) {
        if (multiplicity != KoalaBear.ZERO) {
            buses.put(bus.id(), bus);
            List<Integer> key = new ArrayList<>(fields.size() + 1);
            key.add(bus.id());
            key.addAll(fields);
            balance.merge(key, multiplicity, KoalaBear::add);
        }
        return this;
    }

    /** What is wrong; empty when nothing is. */
    public List<Violation> violations() {
        List<Violation> all = new ArrayList<>(violations);
        balance.forEach((key, surplus) -> {
            if (surplus != KoalaBear.ZERO && all.size() < most) {
                List<Integer> fields = key.subList(1, key.size()).stream()
                        .map(KoalaBear::toCanonical)
                        .toList();
                all.add(new Violation.BusUnbalanced(
                        buses.get(key.get(0)).name(), fields.toString(), KoalaBear.toCanonical(surplus)));
            }
        });
        return all;
    }

    private void add(Violation violation) {
        if (violations.size() < most) {
            violations.add(violation);
        }
    }

    private static List<Integer> cells(Trace trace, int row) {
        List<Integer> cells = new ArrayList<>();
        for (int column = 0; trace != null && column < trace.width(); column++) {
            cells.add(trace.get(row, column));
        }
        return cells;
    }
}
