package dev.firesteel.chips;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Trace;
import dev.firesteel.field.KoalaBear;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Changes cells of a filled instruction table and says what refuses the changed row, without evaluating the rest ({@link RowJudge}). */
final class RowMutations {
    /** A cell of a real row that could be changed. */
    record Survivor(int row, String column, int from, int to) {}

    private final int index;
    private final ChipDescription chip;
    private final RowJudge judge;
    private final SplittableRandom random = new SplittableRandom(29);
    private final List<Survivor> survivors = new ArrayList<>();
    private int tried;

    RowMutations(InstructionChip chip, ChipRuns.Filled filled) {
        this.index = InstructionChips.ALL.stream()
                .map(InstructionChip::name)
                .toList()
                .indexOf(chip.name());
        this.chip = ChipDescription.of(chip);
        this.judge = new RowJudge(this.chip, filled.program());
    }

    int tried() {
        return tried;
    }

    List<Survivor> survivors() {
        return survivors;
    }

    /** Names of what refuses a row on its own, whatever other tables hold: constraints, and lookups as {@code bus[fields]}. */
    List<String> refusals(List<Integer> row) {
        RowJudge.Statement statement = judge.statement(row);
        List<String> refusals = new ArrayList<>(statement.violated());
        statement.sent().stream()
                .map(RowJudge.Sent::message)
                .filter(m -> !judge.answered(m))
                .forEach(m -> refusals.add(m.toString()));
        return refusals;
    }

    /** What a row sends less what it receives, on buses other than those of lookups. */
    private Map<RowJudge.Message, Integer> messages(List<Integer> row) {
        Map<RowJudge.Message, Integer> messages = judge.statement(row).net();
        messages.keySet().removeIf(RowJudge.Message::lookup);
        return messages;
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
        return RowJudge.cells(trace, row);
    }
}
