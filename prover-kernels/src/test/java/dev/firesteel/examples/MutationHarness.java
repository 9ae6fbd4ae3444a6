package dev.firesteel.examples;

import dev.firesteel.air.BaseArithmetic;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Interaction;
import dev.firesteel.air.Trace;
import dev.firesteel.air.TraceChecker;
import dev.firesteel.field.KoalaBear;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Changes cells of honest traces, one at a time, and collects the changes that no constraint and no bus notices.
 *
 * <p>Only the changed row is evaluated again. That decides the whole trace: constraints see one row, and the rest of the trace balances
 * exactly what the honest row sends and receives, so the changed trace balances when the changed row's messages less the honest row's do.
 */
final class MutationHarness {
    /** A change that nobody noticed. */
    record Survivor(String chip, String column, int row, int from, int to) {}

    private final SplittableRandom random = new SplittableRandom(17);
    private final List<Survivor> survivors = new ArrayList<>();
    private int tried;

    /** How many changes were tried. */
    int tried() {
        return tried;
    }

    List<Survivor> survivors() {
        return survivors;
    }

    /** Changes every column of one row: to 1 less the cell, which is the other bit, to a random element, and to the neighbour's cell. */
    void changeAllColumns(ChipDescription chip, Trace preprocessed, Trace main, int row) {
        Trace fixed = preprocessed == null ? null : row(preprocessed, row);
        Trace cells = row(main, row);
        List<Integer> honest = chip.tape().evaluate(BaseArithmetic.INSTANCE, list(fixed), list(cells));
        for (int column = 0; column < main.width(); column++) {
            int old = cells.get(0, column);
            int[] values = {
                KoalaBear.sub(KoalaBear.ONE, old),
                random.nextInt(KoalaBear.P),
                main.get((row + 1) % main.height(), column)
            };
            for (int value : values) {
                if (value != old) {
                    tried++;
                    cells.set(0, column, value);
                    if (survives(chip, fixed, cells, honest)) {
                        survivors.add(
                                new Survivor(chip.name(), chip.mainColumns().get(column), row, old, value));
                    }
                }
            }
            cells.set(0, column, old);
        }
    }

    private static boolean survives(ChipDescription chip, Trace fixed, Trace cells, List<Integer> honest) {
        TraceChecker checker = new TraceChecker(1).table(chip, fixed, cells);
        int at = chip.constraints().size();
        for (Interaction interaction : chip.interactions()) {
            int multiplicity = honest.get(at++);
            int end = at + interaction.fields().size();
            checker.message(interaction.bus(), KoalaBear.neg(multiplicity), honest.subList(at, end));
            at = end;
        }
        return checker.violations().isEmpty();
    }

    private static Trace row(Trace trace, int row) {
        Trace one = Trace.zeros(1, trace.width());
        for (int column = 0; column < trace.width(); column++) {
            one.set(0, column, trace.get(row, column));
        }
        return one;
    }

    private static List<Integer> list(Trace row) {
        List<Integer> cells = new ArrayList<>();
        for (int column = 0; row != null && column < row.width(); column++) {
            cells.add(row.get(0, column));
        }
        return cells;
    }
}
