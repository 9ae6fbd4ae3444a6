package dev.firesteel.chips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.BaseArithmetic;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Interaction;
import dev.firesteel.air.Tape;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.riscv.vm.Opcode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All flags that a chip's constraints leave possible: whatever they are, the row fetches an operation of this chip and of no other, or is padding and does nothing at all; and no
 * message is sent more often than the chip promises.
 *
 * <p>A column's values are the roots of a constraint in which all other columns have values already. Where there are fewer roots among small numbers than the degree says,
 * the column counts as guessed; that is so for comparisons' orders alone, for which {@link Comparison} has the argument.
 */
class OperationsTest {
    private static final int GUESSES = 8;
    private static final int OPERATION_FIELD = 1;

    private final Set<String> guessed = new TreeSet<>();
    private ChipDescription chip;
    private boolean[][] reads;
    private int[] cells;
    private boolean[] known;
    private final Set<Integer> operations = new TreeSet<>();
    private final List<String> wrong = new ArrayList<>();
    private int solutions;

    static Stream<InstructionChip> chips() {
        return InstructionChips.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("chips")
    void flagsThatTheConstraintsAllowFetchAnOperationOfTheChip(InstructionChip instructions) {
        chip = ChipDescription.of(instructions);
        Tape tape = chip.tape();
        reads = new boolean[tape.length()][chip.mainWidth()];
        for (int i = 0; i < tape.length(); i++) {
            switch (tape.kind(i)) {
                case MAIN -> reads[i][tape.left(i)] = true;
                case SUM, DIFFERENCE, PRODUCT -> {
                    for (int c = 0; c < chip.mainWidth(); c++) {
                        reads[i][c] = reads[tape.left(i)][c] || reads[tape.right(i)][c];
                    }
                }
                default -> {}
            }
        }
        Set<Integer> selectors = new LinkedHashSet<>();
        int output = chip.constraints().size();
        for (Interaction interaction : chip.interactions()) {
            add(selectors, tape.output(output));
            if (interaction.bus().equals(Buses.PROGRAM)) {
                add(selectors, tape.output(output + 1 + OPERATION_FIELD));
            }
            output += 1 + interaction.fields().size();
        }
        join(selectors);
        cells = new int[chip.mainWidth()];
        known = new boolean[chip.mainWidth()];
        solve(new ArrayList<>(selectors));
        assertEquals(List.of(), wrong);
        assertTrue(solutions > 1);
        Set<Integer> expected = new TreeSet<>();
        for (int operation = 0; operation < Opcode.COUNT; operation++) {
            if (executes(instructions, operation)) {
                expected.add(operation);
            }
        }
        assertEquals(expected, operations);
        assertTrue(
                guessed.stream().allMatch(c -> c.startsWith("comparison.order")), () -> "not determined: " + guessed);
    }

    /** Adds columns that share a constraint with selectors if all that it has besides are columns like these, with a constraint of their own: flags that exclude each other. */
    private void join(Set<Integer> selectors) {
        Set<Integer> alone = new HashSet<>();
        for (int i = 0; i < chip.constraints().size(); i++) {
            List<Integer> columns = columns(chip.tape().output(i));
            if (columns.size() == 1) {
                alone.addAll(columns);
            }
        }
        for (int size = 0; size < selectors.size(); ) {
            size = selectors.size();
            for (int i = 0; i < chip.constraints().size(); i++) {
                List<Integer> columns = columns(chip.tape().output(i));
                if (columns.stream().anyMatch(selectors::contains)
                        && columns.stream().allMatch(c -> selectors.contains(c) || alone.contains(c))) {
                    selectors.addAll(columns);
                }
            }
        }
    }

    private List<Integer> columns(int instruction) {
        return IntStream.range(0, chip.mainWidth())
                .filter(c -> reads[instruction][c])
                .boxed()
                .toList();
    }

    private static boolean executes(InstructionChip instructions, int operation) {
        int index = InstructionChips.ALL.indexOf(instructions);
        return Stream.of(false, true).anyMatch(misaligned -> {
            try {
                return InstructionChips.of(operation, misaligned) == index;
            } catch (IllegalArgumentException e) {
                return false;
            }
        });
    }

    private void add(Set<Integer> selectors, int instruction) {
        selectors.addAll(columns(instruction));
    }

    private boolean isZeroTest(int column) {
        return chip.name().equals(new DivideChip().name())
                && chip.mainColumns().get(column).equals("nonzero");
    }

    /** The divisor's flag: two constraints together leave it 0 or 1, whatever its bytes and the inverse are. */
    @Test
    void aFlagOfWhetherASumIsZeroIsBoolean() {
        ChipDescription divide = ChipDescription.of(new DivideChip());
        List<String> names = divide.mainColumns();
        SplittableRandom random = new SplittableRandom(1);
        int seen = 0;
        for (int i = 0; i < 3000; i++) {
            int[] row = new int[divide.mainWidth()];
            int sum = KoalaBear.ZERO;
            for (int k = 0; k < 8; k++) {
                int value = i % 3 == 0 ? KoalaBear.ZERO : KoalaBear.fromCanonical(random.nextInt(256));
                row[names.indexOf("b[" + k + "]")] = value;
                sum = KoalaBear.add(sum, value);
            }
            int inverse = i % 2 == 0 || sum == KoalaBear.ZERO
                    ? KoalaBear.fromCanonical(random.nextInt(KoalaBear.P))
                    : KoalaBear.inverse(sum);
            row[names.indexOf("inverse")] = inverse;
            // What the first of the two constraints asks for.
            int flag = KoalaBear.mul(sum, inverse);
            row[names.indexOf("nonzero")] = flag;
            if (holds(divide, "b is not 0", row) && holds(divide, "b is 0", row)) {
                assertTrue(flag == KoalaBear.ZERO || flag == KoalaBear.ONE);
                assertEquals(sum != KoalaBear.ZERO, flag == KoalaBear.ONE);
                seen++;
            }
        }
        assertTrue(seen > 1000);
    }

    private static boolean holds(ChipDescription chip, String constraint, int[] row) {
        List<Integer> cells = Arrays.stream(row).boxed().toList();
        List<Integer> results = chip.tape().evaluate(BaseArithmetic.INSTANCE, List.of(), cells);
        for (int i = 0; i < chip.constraints().size(); i++) {
            if (chip.constraints().get(i).name().equals(constraint)) {
                return results.get(i) == KoalaBear.ZERO;
            }
        }
        throw new IllegalArgumentException(constraint);
    }

    /** Assigns one more column, one whose values follow from a constraint if there is one. */
    private void solve(List<Integer> open) {
        if (open.isEmpty()) {
            solutions++;
            check();
            return;
        }
        int best = -1;
        List<Integer> values = null;
        for (int column : open) {
            List<Integer> roots = roots(column);
            if (roots != null && (values == null || roots.size() < values.size())) {
                best = column;
                values = roots;
            }
        }
        if (values == null && open.stream().anyMatch(this::isZeroTest)) {
            // The constraints of aFlagOfWhetherASumIsZeroIsBoolean leave no others.
            best = open.stream().filter(this::isZeroTest).findFirst().orElseThrow();
            values = List.of(KoalaBear.ZERO, KoalaBear.ONE);
        }
        if (values == null) {
            // An order first: what follows from it is then no guess.
            best = open.stream()
                    .filter(c -> chip.mainColumns().get(c).startsWith("comparison.order"))
                    .findFirst()
                    .orElse(open.get(0));
            guessed.add(chip.mainColumns().get(best));
            values = IntStream.range(-2, GUESSES - 2)
                    .map(KoalaBear::fromCanonical)
                    .boxed()
                    .toList();
        }
        List<Integer> rest = new ArrayList<>(open);
        rest.remove((Integer) best);
        known[best] = true;
        for (int value : values) {
            cells[best] = value;
            if (consistent()) {
                solve(rest);
            }
        }
        known[best] = false;
    }

    /** No constraint whose columns are all assigned is violated. */
    private boolean consistent() {
        for (int i = 0; i < chip.constraints().size(); i++) {
            int instruction = chip.tape().output(i);
            if (missing(instruction, -1) == 0 && value(instruction) != KoalaBear.ZERO) {
                return false;
            }
        }
        return true;
    }

    private int missing(int instruction, int except) {
        int missing = 0;
        for (int c = 0; c < known.length; c++) {
            missing += reads[instruction][c] && !known[c] && c != except ? 1 : 0;
        }
        return missing;
    }

    /** All values that some constraint leaves to {@code column}; null when no constraint says. */
    private List<Integer> roots(int column) {
        for (int i = 0; i < chip.constraints().size(); i++) {
            int instruction = chip.tape().output(i);
            if (!reads[instruction][column] || missing(instruction, column) > 0) {
                continue;
            }
            List<Integer> roots = roots(column, instruction);
            if (roots != null) {
                return roots;
            }
        }
        return null;
    }

    /** The roots of a polynomial of degree 3 at most, when all of them are small; null when they are not, or it is zero. */
    private List<Integer> roots(int column, int instruction) {
        int[] at = new int[4];
        int old = cells[column];
        for (int x = 0; x < at.length; x++) {
            cells[column] = KoalaBear.fromCanonical(x);
            at[x] = value(instruction);
        }
        List<Integer> roots = new ArrayList<>();
        int[] coefficients = coefficients(at);
        int degree = degree(coefficients);
        for (int x = -2; x < GUESSES - 2 && degree > 0; x++) {
            int root = KoalaBear.fromCanonical(x);
            while (degree > 0 && divide(coefficients, degree, root)) {
                degree--;
                if (!roots.contains(root)) {
                    roots.add(root);
                }
            }
        }
        cells[column] = old;
        // A constant that is left has no further root; a polynomial that was zero has all.
        return degree == 0 && coefficients[0] != KoalaBear.ZERO ? roots : null;
    }

    private static int degree(int[] coefficients) {
        int degree = coefficients.length - 1;
        while (degree > 0 && coefficients[degree] == KoalaBear.ZERO) {
            degree--;
        }
        return degree;
    }

    /** Divides by (x − root) if that leaves nothing. */
    private static boolean divide(int[] coefficients, int degree, int root) {
        int[] quotient = new int[degree];
        int carry = KoalaBear.ZERO;
        for (int i = degree; i >= 0; i--) {
            int value = KoalaBear.add(coefficients[i], KoalaBear.mul(carry, root));
            if (i == 0) {
                if (value != KoalaBear.ZERO) {
                    return false;
                }
            } else {
                quotient[i - 1] = value;
            }
            carry = value;
        }
        Arrays.fill(coefficients, KoalaBear.ZERO);
        System.arraycopy(quotient, 0, coefficients, 0, degree);
        return true;
    }

    /** Newton's form of the polynomial with the given values at 0, 1, 2, 3, multiplied out. */
    private static int[] coefficients(int[] at) {
        int half = KoalaBear.inverse(KoalaBear.fromCanonical(2));
        int sixth = KoalaBear.inverse(KoalaBear.fromCanonical(6));
        int first = KoalaBear.sub(at[1], at[0]);
        int second = KoalaBear.mul(KoalaBear.add(KoalaBear.sub(at[2], KoalaBear.add(at[1], at[1])), at[0]), half);
        int three = KoalaBear.fromCanonical(3);
        int third = KoalaBear.mul(
                KoalaBear.sub(
                        KoalaBear.add(at[3], KoalaBear.mul(three, at[1])),
                        KoalaBear.add(KoalaBear.mul(three, at[2]), at[0])),
                sixth);
        // first·x + second·x(x − 1) + third·x(x − 1)(x − 2)
        return new int[] {
            at[0],
            KoalaBear.add(KoalaBear.sub(first, second), KoalaBear.add(third, third)),
            KoalaBear.sub(second, KoalaBear.mul(three, third)),
            third
        };
    }

    private int value(int instruction) {
        Tape tape = chip.tape();
        int left = tape.left(instruction);
        int right = tape.right(instruction);
        return switch (tape.kind(instruction)) {
            case MAIN -> cells[left];
            case CONSTANT -> left;
            case SUM -> KoalaBear.add(value(left), value(right));
            case DIFFERENCE -> KoalaBear.sub(value(left), value(right));
            case PRODUCT -> KoalaBear.mul(value(left), value(right));
            case PREPROCESSED -> throw new AssertionError(Expression.Kind.PREPROCESSED);
        };
    }

    /** What this assignment sends. */
    private void check() {
        int output = chip.constraints().size();
        boolean real = false;
        boolean acts = false;
        for (Interaction interaction : chip.interactions()) {
            int multiplicity = KoalaBear.toCanonical(value(chip.tape().output(output)));
            int size = Math.min(multiplicity, KoalaBear.P - multiplicity);
            if (size > interaction.multiplicityBound()) {
                wrong.add(interaction.bus().name() + ": multiplicity " + multiplicity);
            }
            if (interaction.bus().equals(Buses.PROGRAM)) {
                real = size != 0;
                if (real) {
                    operations.add(KoalaBear.toCanonical(value(chip.tape().output(output + 1 + OPERATION_FIELD))));
                }
            }
            acts |= size != 0
                    && Set.of(Buses.STATE, Buses.MEMORY, Buses.OUTPUT, Buses.HALT, Buses.PROGRAM)
                            .contains(interaction.bus());
            output += 1 + interaction.fields().size();
        }
        if (acts && !real) {
            wrong.add("a padding row that does something");
        }
    }

    @Test
    void everyOperationButThoseThatNeverCompleteIsOfOneChipAtMost() {
        for (int operation = 0; operation < Opcode.COUNT; operation++) {
            int of = operation;
            long chips =
                    InstructionChips.ALL.stream().filter(c -> executes(c, of)).count();
            boolean byAlignment = of >= Opcode.LH && of <= Opcode.SD && of != Opcode.LBU && of != Opcode.SB;
            assertTrue(chips <= (byAlignment ? 2 : 1), Opcode.name(operation));
            assertEquals(0, operation >= Opcode.EBREAK ? chips : 0, Opcode.name(operation));
        }
    }
}
