package dev.firesteel.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.functions.KeccakF;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** docs/examples.md says what the code does. */
class ExampleDocumentationTest {
    private static final Path PAGE = Path.of("..", "docs", "examples.md");

    private static List<String> chips() {
        List<String> lines = new ArrayList<>();
        for (ExampleMachine machine : ExampleMachines.all()) {
            for (ChipDescription chip : TestMachine.of(machine).chips()) {
                int fields = chip.interactions().stream()
                        .mapToInt(i -> i.fields().size())
                        .sum();
                lines.add(String.format(
                        Locale.ROOT,
                        "| `%s` | %s | %,d | %d | %d | %d | %,d | %d | %,d | %,d |",
                        machine.name(),
                        chip.name(),
                        chip.mainWidth(),
                        chip.preprocessedWidth(),
                        chip.interactions().size(),
                        fields,
                        chip.constraints().size(),
                        chip.degree(),
                        chip.tape().length(),
                        chip.tape().products()));
            }
        }
        return lines;
    }

    /** Rows and cells of tables that grow with the work. */
    private static List<String> operations() {
        return List.of(
                operation("fibonacci", "step", 1, 0),
                operation("adder", "addition", 1, 0, 1),
                operation("network", "switch", 1, 0),
                operation("keccak-f", "permutation", KeccakF.ROUNDS, 0),
                operation("poseidon2-16", "permutation", 1, 0),
                operation("poseidon2-24", "permutation", 1, 0));
    }

    private static String operation(String machine, String operation, int rows, int... tables) {
        List<ChipDescription> chips =
                TestMachine.of(ExampleMachines.named(machine).orElseThrow()).chips();
        int cells = 0;
        for (int table : tables) {
            cells += rows * chips.get(table).mainWidth();
        }
        return String.format(Locale.ROOT, "| `%s` | %s | %d | %,d |", machine, operation, rows * tables.length, cells);
    }

    /** The lines of the table whose first column headings are these. */
    private static List<String> table(String heading) throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        int at = 0;
        while (!lines.get(at).startsWith(heading)) {
            at++;
        }
        int end = at;
        while (lines.get(end).startsWith("|")) {
            end++;
        }
        return lines.subList(at + 2, end);
    }

    @Test
    void thePageCountsColumnsMessagesAndConstraints() throws IOException {
        assertEquals(String.join("\n", chips()), String.join("\n", table("| machine | chip |")));
    }

    @Test
    void thePageCountsCellsPerOperation() throws IOException {
        assertEquals(String.join("\n", operations()), String.join("\n", table("| machine | operation | rows |")));
    }

    @Test
    void thePageNamesEveryBus() throws IOException {
        String buses = String.join("\n", table("| machine | bus |"));
        for (ExampleMachine machine : ExampleMachines.all()) {
            for (ChipDescription chip : TestMachine.of(machine).chips()) {
                chip.interactions()
                        .forEach(i -> assertTrue(
                                buses.contains("`" + i.bus().name() + "`"),
                                i.bus().name()));
            }
        }
    }

    @Test
    void noChipIsWiderOrOfHigherDegreeThanAllowed() {
        for (ExampleMachine machine : ExampleMachines.all()) {
            for (ChipDescription chip : TestMachine.of(machine).chips()) {
                assertTrue(chip.mainWidth() <= 3000, chip.name());
                assertTrue(chip.degree() <= ChipDescription.MAX_DEGREE, chip.name());
            }
        }
    }
}
