package dev.firesteel.air;

import dev.firesteel.field.KoalaBear;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the traces of one proof without proving them: every constraint in every row, and the balance of every local bus by counting messages. Messages
 * on global buses are counted apart ({@link #global}), to be merged with those of a request's other proofs.
 */
public final class TraceChecker {
    private final int most;
    private final List<Violation> violations = new ArrayList<>();
    private final Balance local = new Balance();
    private final Balance global = new Balance();

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
        (bus.isGlobal() ? global : local).add(bus, multiplicity, fields);
        return this;
    }

    /** What global buses are left with: over all proofs of a request, merged, nothing may be. */
    public Balance global() {
        return global;
    }

    /** What is wrong within this proof; empty when nothing is. */
    public List<Violation> violations() {
        List<Violation> all = new ArrayList<>(violations);
        all.addAll(local.violations(most - all.size()));
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
