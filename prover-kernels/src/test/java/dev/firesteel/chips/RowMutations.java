package dev.firesteel.chips;

import dev.firesteel.air.BaseArithmetic;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Constraint;
import dev.firesteel.air.Interaction;
import dev.firesteel.air.Trace;
import dev.firesteel.field.KoalaBear;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Changes cells of a filled instruction table and says what refuses the changed row, without evaluating the rest: constraints see one row; a lookup is
 * answered, as often as one likes, when the lookup table has it, and otherwise never; and the other buses balance exactly when the row's messages stay as
 * they were, because no other row changes.
 */
final class RowMutations {
    /** A cell of a real row that could be changed. */
    record Survivor(int row, String column, int from, int to) {}

    private final int index;
    private final ChipDescription chip;
    private final Set<List<Integer>> program = new HashSet<>();
    private final SplittableRandom random = new SplittableRandom(29);
    private final List<Survivor> survivors = new ArrayList<>();
    private int tried;

    RowMutations(InstructionChip chip, ChipRuns.Filled filled) {
        this.index = InstructionChips.ALL.stream()
                .map(InstructionChip::name)
                .toList()
                .indexOf(chip.name());
        this.chip = ChipDescription.of(chip);
        Trace fixed = filled.program().trace();
        for (int row = 0; row < fixed.height(); row++) {
            program.add(cells(fixed, row));
        }
    }

    int tried() {
        return tried;
    }

    List<Survivor> survivors() {
        return survivors;
    }

    /** Names of what refuses a row on its own, whatever other tables hold: constraints, and lookups as {@code bus[fields]}. */
    List<String> refusals(List<Integer> row) {
        List<String> refusals = new ArrayList<>();
        List<Integer> results = chip.tape().evaluate(BaseArithmetic.INSTANCE, List.of(), row);
        int at = 0;
        for (Constraint constraint : chip.constraints()) {
            if (results.get(at++) != KoalaBear.ZERO) {
                refusals.add(constraint.name());
            }
        }
        for (Interaction interaction : chip.interactions()) {
            int multiplicity = results.get(at++);
            List<Integer> fields = results.subList(at, at + interaction.fields().size());
            at += fields.size();
            if (multiplicity != KoalaBear.ZERO && lookup(interaction) && !answered(interaction, fields)) {
                refusals.add(interaction.bus().name()
                        + fields.stream().map(KoalaBear::toCanonical).toList());
            }
        }
        return refusals;
    }

    /** What a row sends less what it receives, on buses other than those of lookups. */
    private Map<List<Integer>, Integer> messages(List<Integer> row) {
        Map<List<Integer>, Integer> messages = new HashMap<>();
        List<Integer> results = chip.tape().evaluate(BaseArithmetic.INSTANCE, List.of(), row);
        int at = chip.constraints().size();
        for (Interaction interaction : chip.interactions()) {
            int multiplicity = results.get(at++);
            List<Integer> key = new ArrayList<>(List.of(interaction.bus().id()));
            key.addAll(results.subList(at, at + interaction.fields().size()));
            at += interaction.fields().size();
            if (multiplicity != KoalaBear.ZERO && !lookup(interaction)) {
                messages.merge(key, multiplicity, KoalaBear::add);
            }
        }
        messages.values().removeIf(surplus -> surplus == KoalaBear.ZERO);
        return messages;
    }

    private static boolean lookup(Interaction interaction) {
        int bus = interaction.bus().id();
        return bus == Buses.RANGE.id() || bus == Buses.BYTES.id() || bus == Buses.AND.id() || bus == Buses.PROGRAM.id();
    }

    private boolean answered(Interaction interaction, List<Integer> fields) {
        if (interaction.bus().equals(Buses.PROGRAM)) {
            return program.contains(fields);
        }
        int[] values = fields.stream().mapToInt(KoalaBear::toCanonical).toArray();
        if (interaction.bus().equals(Buses.RANGE)) {
            return values[1] <= RangeChip.MOST_BITS && values[0] < 1 << values[1];
        }
        return values[0] < 256 && values[1] < 256 && (values.length == 2 || values[2] == (values[0] & values[1]));
    }

    /** Whether nothing notices that {@code changed} stands in place of {@code honest}. */
    boolean unnoticed(List<Integer> honest, List<Integer> changed) {
        return refusals(changed).isEmpty() && messages(honest).equals(messages(changed));
    }

    /** Changes every column of one row, in several ways. */
    void changeAllColumns(Trace main, int row) {
        List<Integer> honest = cells(main, row);
        for (int column = 0; column < main.width(); column++) {
            int old = honest.get(column);
            int[] values = {
                KoalaBear.ZERO,
                KoalaBear.add(old, KoalaBear.ONE),
                KoalaBear.sub(KoalaBear.ONE, old),
                KoalaBear.NEG_ONE,
                KoalaBear.add(old, KoalaBear.fromCanonical(1 << 16)),
                KoalaBear.fromCanonical(random.nextInt(1 << 16)),
                random.nextInt(KoalaBear.P)
            };
            for (int value : values) {
                if (value == old) {
                    continue;
                }
                tried++;
                List<Integer> changed = new ArrayList<>(honest);
                changed.set(column, value);
                if (unnoticed(honest, changed)) {
                    survivors.add(new Survivor(row, chip.mainColumns().get(column), old, value));
                }
            }
        }
    }

    /** Whether a row of padding states nothing: it sends nothing but lookups. */
    boolean statesNothing(List<Integer> row) {
        return messages(row).isEmpty();
    }

    /** The row of a survivor as it was changed. */
    List<Integer> changed(Trace main, Survivor cell) {
        List<Integer> row = cells(main, cell.row);
        row.set(chip.mainColumns().indexOf(cell.column), cell.to);
        return row;
    }

    /** All tables with another cell in one place. */
    List<Trace> changed(List<Trace> tables, Survivor cell) {
        List<Trace> changed = new ArrayList<>(tables);
        Trace table = tables.get(index).copy();
        table.set(cell.row, chip.mainColumns().indexOf(cell.column), cell.to);
        changed.set(index, table);
        return changed;
    }

    /** One cell of a row, canonical. */
    int cell(List<Integer> row, String column) {
        return KoalaBear.toCanonical(row.get(chip.mainColumns().indexOf(column)));
    }

    /** The row with {@code value}, canonical and perhaps negative, added to a cell. */
    List<Integer> plus(List<Integer> row, String column, long value) {
        int at = chip.mainColumns().indexOf(column);
        if (at < 0) {
            throw new IllegalArgumentException("no column " + column);
        }
        List<Integer> changed = new ArrayList<>(row);
        changed.set(at, KoalaBear.add(row.get(at), KoalaBear.fromCanonical(value)));
        return changed;
    }

    static List<Integer> cells(Trace trace, int row) {
        List<Integer> cells = new ArrayList<>();
        for (int column = 0; column < trace.width(); column++) {
            cells.add(trace.get(row, column));
        }
        return cells;
    }
}
