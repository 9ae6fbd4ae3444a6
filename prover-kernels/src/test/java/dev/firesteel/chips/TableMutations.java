package dev.firesteel.chips;

import dev.firesteel.air.Bus;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Trace;
import dev.firesteel.chips.RowJudge.Message;
import dev.firesteel.field.KoalaBear;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Changed rows of the filled tables of a segment, and who refuses them.
 *
 * <p>Only the changed row is evaluated ({@link RowJudge}).
 */
final class TableMutations {
    /**
     * What comes of a row.
     *
     * @param refusals the violated constraints by name, and the lookups that nothing answers by bus
     * @param sent the messages that are sent once
     * @param messages net number of times that each message is sent, mod p; none is 0
     */
    record Judgement(List<String> refusals, List<Message> sent, Map<Message, Integer> messages) {
        /** The messages that other rows must balance. */
        Map<Message, Integer> balanced() {
            Map<Message, Integer> balanced = new HashMap<>(messages);
            balanced.keySet().removeIf(Message::lookup);
            return balanced;
        }

        /** The only message on {@code bus} that is sent (1) or received (−1), or null when there is none. */
        List<Integer> on(Bus bus, int times) {
            return messages.entrySet().stream()
                    .filter(e -> e.getKey().bus() == bus && e.getValue() == Math.floorMod(times, KoalaBear.P))
                    .map(e -> e.getKey().fields())
                    .reduce((x, y) -> {
                        throw new AssertionError("several messages on " + bus.name());
                    })
                    .orElse(null);
        }
    }

    /**
     * A changed cell that nobody refuses; the cell's values are canonical.
     *
     * @param operation of the honest row, −1 in padding
     */
    record Survivor(String chip, String column, int operation, int row, int from, int to) {}

    private final ChipRuns.Filled filled;
    private final ChipDescription chip;
    private final int index;
    private final Trace table;
    private final RowJudge judge;
    private final SplittableRandom random = new SplittableRandom(29);
    private int tried;

    /** Changes of the table of the chip called {@code name}. */
    TableMutations(ChipRuns.Filled filled, String name) {
        this.filled = filled;
        this.index = InstructionChips.ALL.stream()
                .map(InstructionChip::name)
                .toList()
                .indexOf(name);
        this.chip = ChipDescription.of(InstructionChips.ALL.get(index));
        this.table = filled.tables().get(index);
        this.judge = new RowJudge(chip, filled.program());
    }

    ChipDescription chip() {
        return chip;
    }

    int height() {
        return table.height();
    }

    int tried() {
        return tried;
    }

    /** The index of a column. */
    int column(String name) {
        int column = chip.mainColumns().indexOf(name);
        if (column < 0) {
            throw new IllegalArgumentException(chip.name() + " has no column " + name);
        }
        return column;
    }

    /** The cells of a row, Montgomery form. */
    int[] row(int row) {
        int[] cells = new int[table.width()];
        for (int column = 0; column < cells.length; column++) {
            cells[column] = table.get(row, column);
        }
        return cells;
    }

    /** What comes of a row with these cells. */
    Judgement judge(int[] cells) {
        List<Integer> main = new ArrayList<>();
        for (int cell : cells) {
            main.add(cell);
        }
        RowJudge.Statement statement = judge.statement(main);
        List<String> refusals = new ArrayList<>(statement.violated());
        Map<Message, Integer> messages = statement.net();
        messages.keySet().stream()
                .filter(m -> !judge.answered(m))
                .forEach(m -> refusals.add(m.bus().name()));
        List<Message> sent = statement.sent().stream()
                .filter(s -> s.times() == 1)
                .map(RowJudge.Sent::message)
                .toList();
        return new Judgement(refusals, sent, messages);
    }

    /** Changes every cell of the table, one at a time, to several values each; the changes that nobody refuses. */
    List<Survivor> changeEveryCell() {
        List<Survivor> survivors = new ArrayList<>();
        for (int row = 0; row < height(); row++) {
            int[] cells = row(row);
            Judgement honest = judge(cells);
            List<Integer> fetched = honest.on(Buses.PROGRAM, 1);
            int operation = fetched == null ? -1 : fetched.get(1);
            for (int column = 0; column < cells.length; column++) {
                int old = cells[column];
                for (int value : values(old, row, column)) {
                    if (value == old) {
                        continue;
                    }
                    tried++;
                    cells[column] = value;
                    Judgement changed = judge(cells);
                    if (changed.refusals().isEmpty() && changed.balanced().equals(honest.balanced())) {
                        survivors.add(new Survivor(
                                chip.name(),
                                chip.mainColumns().get(column),
                                operation,
                                row,
                                KoalaBear.toCanonical(old),
                                KoalaBear.toCanonical(value)));
                    }
                }
                cells[column] = old;
            }
        }
        return survivors;
    }

    private int[] values(int old, int row, int column) {
        return new int[] {
            KoalaBear.ZERO,
            KoalaBear.ONE,
            KoalaBear.neg(KoalaBear.ONE),
            KoalaBear.neg(old),
            KoalaBear.add(old, KoalaBear.ONE),
            KoalaBear.sub(old, KoalaBear.ONE),
            KoalaBear.add(old, KoalaBear.fromCanonical(1 << 16)),
            random.nextInt(KoalaBear.P),
            table.get((row + 1) % height(), column)
        };
    }

    /** Whether the whole segment, checked without short cuts, is refused with {@code value} (Montgomery form) in one cell. */
    boolean segmentRefuses(int row, int column, int value) {
        Trace changed = table.copy();
        changed.set(row, column, value);
        List<Trace> tables = new ArrayList<>(filled.tables());
        tables.set(index, changed);
        return !filled.violations(tables, 1).isEmpty();
    }
}
