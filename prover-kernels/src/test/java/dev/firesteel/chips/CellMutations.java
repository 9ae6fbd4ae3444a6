package dev.firesteel.chips;

import dev.firesteel.air.Bus;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Constraint;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Trace;
import dev.firesteel.field.KoalaBear;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** One table of a filled segment, with cells changed: does anything refuse them? */
final class CellMutations {
    private final ChipRuns.Filled filled;
    private final int chip;
    private final ChipDescription description;
    private final Trace honest;
    private final RowJudge judge;
    private final int real;
    private final SplittableRandom random = new SplittableRandom(5);

    /** Of the table of {@link InstructionChips#ALL}'s chip {@code chip}. */
    CellMutations(ChipRuns.Filled filled, int chip) {
        this.filled = filled;
        this.chip = chip;
        this.description = ChipDescription.of(InstructionChips.ALL.get(chip));
        this.honest = filled.tables().get(chip);
        this.judge = new RowJudge(description, filled.program());
        this.real = filled.trace().log(chip).size();
    }

    /** The number of rows that are instructions. */
    int realRows() {
        return real;
    }

    /** The number of rows behind them. */
    int paddingRows() {
        return honest.height() - real;
    }

    /**
     * The columns whose cell in {@code row}, changed to one of: itself plus 1, 0, −1, a random number, is refused neither by a constraint nor by the balance
     * of the buses, where the prover answers changed lookups honestly.
     */
    Set<String> survivors(int row) {
        Set<String> survivors = new TreeSet<>();
        for (int column = 0; column < honest.width(); column++) {
            int now = honest.get(row, column);
            int[] values = {
                KoalaBear.add(now, KoalaBear.ONE),
                KoalaBear.ZERO,
                KoalaBear.fromCanonical(-1),
                KoalaBear.fromCanonical(random.nextInt(KoalaBear.P))
            };
            for (int value : values) {
                if (value != now && survives(row, column, value)) {
                    survivors.add(description.mainColumns().get(column));
                }
            }
        }
        return survivors;
    }

    private boolean survives(int row, int column, int value) {
        Trace changed = honest.copy();
        changed.set(row, column, value);
        // The quick half of what violations does.
        if (!judge.statement(RowJudge.cells(changed, row)).violated().isEmpty()) {
            return false;
        }
        List<Trace> tables = new ArrayList<>(filled.tables());
        tables.set(chip, changed);
        return filled.violations(tables, 1).isEmpty();
    }

    /** The columns that no constraint names. In padding rows, which send no messages, these are free. */
    Set<String> columnsOfMessagesOnly() {
        Set<String> columns = new TreeSet<>(description.mainColumns());
        for (Constraint constraint : description.constraints()) {
            remove(constraint.expression(), columns);
        }
        return columns;
    }

    private void remove(Expression expression, Set<String> columns) {
        if (expression.kind() == Expression.Kind.MAIN) {
            columns.remove(description.mainColumns().get(expression.value()));
        } else if (expression.left() != null) {
            remove(expression.left(), columns);
            remove(expression.right(), columns);
        }
    }

    /**
     * What in {@code row} itself refuses {@code changes}, numbers to be added to columns: names of constraints, and names of lookup buses with the message
     * that their table does not have. Messages of state and memory are not looked at: other rows might answer them.
     */
    Set<String> refusals(int row, Map<String, Long> changes) {
        RowJudge.Statement statement = judge.statement(changed(row, changes));
        Set<String> refusals = new TreeSet<>(statement.violated());
        statement.sent().stream()
                .map(RowJudge.Sent::message)
                .filter(m -> !judge.answered(m))
                .forEach(m -> refusals.add(m.toString()));
        return refusals;
    }

    private List<Integer> changed(int row, Map<String, Long> changes) {
        List<Integer> cells = new ArrayList<>(RowJudge.cells(honest, row));
        changes.forEach((column, difference) -> {
            int at = description.mainColumns().indexOf(column);
            cells.set(at, KoalaBear.add(cells.get(at), KoalaBear.fromCanonical((int)
                    Math.floorMod(difference, (long) KoalaBear.P))));
        });
        return cells;
    }

    /**
     * Whether {@code row} with {@code changes} would be a second thing that the machine can do where it is: nothing in the row refuses it; clock, pc, the
     * program's entry, the registers read and what the words held are as before; and yet something else is written, or elsewhere, or control goes on
     * elsewhere.
     */
    boolean isSecondOutcome(int row, Map<String, Long> changes) {
        RowJudge.Statement before = judge.statement(RowJudge.cells(honest, row));
        RowJudge.Statement after = judge.statement(changed(row, changes));
        if (!after.violated().isEmpty() || !after.sent().stream().allMatch(s -> judge.answered(s.message()))) {
            return false;
        }
        List<Told> old = told(before);
        List<Told> now = told(after);
        if (old.size() == now.size()
                && IntStream.range(0, old.size())
                        .allMatch(i -> old.get(i).given().equals(now.get(i).given()))) {
            return !old.equals(now);
        }
        // One that is a row for another instruction, or none, is refused by the state, the program or the registers;
        // one that accesses more or fewer words is an outcome of its own.
        return old.size() != now.size() && !now.isEmpty() && old.get(0).equals(now.get(0));
    }

    /** Whether any of the four changes of a cell of {@code row}, for each column, is a second outcome; names of such columns. */
    Set<String> undetermined(int row) {
        Set<String> columns = new LinkedHashSet<>();
        for (String column : description.mainColumns()) {
            int now = KoalaBear.toCanonical(
                    honest.get(row, description.mainColumns().indexOf(column)));
            for (long difference : new long[] {1, -1, -now, 256, -256, 1 << 16, random.nextInt(KoalaBear.P)}) {
                if (difference % KoalaBear.P != 0 && isSecondOutcome(row, Map.of(column, difference))) {
                    columns.add(column);
                }
            }
        }
        return columns;
    }

    /** As {@link #undetermined}, for two cells changed at once by amounts that fields of bytes and limbs are apart. */
    Set<String> undeterminedPairs(int row) {
        Set<String> pairs = new LinkedHashSet<>();
        List<String> columns = description.mainColumns();
        long[] differences = {1, -1, 256, -256, 1 << 13, -(1 << 13)};
        for (int i = 0; i < columns.size(); i++) {
            for (int j = 0; j < i; j++) {
                for (long x : differences) {
                    for (long y : differences) {
                        if (isSecondOutcome(row, Map.of(columns.get(i), x, columns.get(j), y))) {
                            pairs.add(columns.get(i) + " " + x + ", " + columns.get(j) + " " + y);
                        }
                    }
                }
            }
        }
        return pairs;
    }

    /** A message that others see, of an instruction that is executed. */
    private record Told(Bus bus, int times, List<Integer> fields) {
        /** What the instruction does not decide: the place of a word is not among it, a register's is the program's. */
        List<Integer> given() {
            boolean received = times == KoalaBear.P - 1;
            if (bus == Buses.PROGRAM || bus == Buses.STATE && received) {
                return fields;
            }
            boolean register = bus == Buses.MEMORY && fields.get(0) >= Buses.REGISTERS;
            return received ? fields.subList(register ? 0 : 1, fields.size()) : List.of();
        }
    }

    private static List<Told> told(RowJudge.Statement statement) {
        return statement.sent().stream()
                .filter(s -> Set.of(Buses.STATE, Buses.MEMORY, Buses.PROGRAM)
                        .contains(s.message().bus()))
                .map(s -> new Told(s.message().bus(), s.times(), s.message().fields()))
                .toList();
    }

    /** The number in {@code column} of {@code row}. */
    long cell(int row, String column) {
        return KoalaBear.toCanonical(honest.get(row, description.mainColumns().indexOf(column)));
    }

    /** The first row that is an instruction and has {@code cells}. */
    int rowWith(Map<String, Long> cells) {
        return IntStream.range(0, real)
                .filter(row -> cells.entrySet().stream().allMatch(e -> cell(row, e.getKey()) == e.getValue()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(description.name() + " has no row with " + cells));
    }
}
