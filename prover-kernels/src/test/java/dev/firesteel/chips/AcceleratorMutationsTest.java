package dev.firesteel.chips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.Balance;
import dev.firesteel.air.Bus;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Interaction;
import dev.firesteel.air.Trace;
import dev.firesteel.field.Kernels;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.zerocheck.BlockProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Single cells changed in the tables of accelerators, each column in several rows, real ones and padding. Only the changed row is evaluated, a block of
 * changed copies at once: constraints see one row, lookups have an answer in their table or not, and on all other buses the segment balances exactly what
 * the honest row sends and receives.
 */
class AcceleratorMutationsTest {
    private static final List<ChipRuns.Filled> SEGMENT = ChipRuns.fill(AcceleratorRuns.everything(), 1 << 20);

    private final SplittableRandom random = new SplittableRandom(17);
    private int tried;

    /** No cell of a row in use is free; of padding it is the flag. */
    @ParameterizedTest
    @CsvSource({"keccak, 2, 2", "keccak-round, 48, 2", "sha-256, 4, 4", "sha-256-rounds, 32, 4"})
    void everyCellIsRefused(String name, int real, int calls) {
        int index = InstructionChips.ALL.size()
                + AcceleratorChips.ALL.stream()
                        .map(AcceleratorChip::name)
                        .toList()
                        .indexOf(name);
        ChipDescription chip = ChipRuns.CHIPS.get(index);
        Trace table = SEGMENT.get(0).tables().get(index);
        // The first row and the last one, the first call's last one and the next call's first one, and one in the
        // middle.
        List<Integer> rows = List.of(0, real - 1, real / calls - 1, real / calls, real / calls / 2);
        for (int row : new TreeSet<>(rows)) {
            assertEquals(Set.of(), survivors(chip, table, row), name + " row " + row);
        }
        assertTrue(tried >= 2 * 2 * chip.mainWidth());
        // Padding that is not in use says nothing, whatever its other cells are.
        assertFalse(survivors(chip, Trace.zeros(1, chip.mainWidth()), 0).contains("real"));
    }

    private Set<String> survivors(ChipDescription chip, Trace table, int row) {
        int width = chip.mainWidth();
        int outputs = chip.tape().outputCount();
        BlockProgram program = new BlockProgram(
                chip.tape(),
                IntStream.range(0, outputs).map(chip.tape()::output).toArray());
        int[][] registers = program.registers();
        int[][] results = new int[outputs][BlockProgram.BLOCK];
        Set<String> survivors = new TreeSet<>();
        // Row 0 of a block is the honest one.
        Trace block = Trace.zeros(BlockProgram.BLOCK, width);
        List<Integer> columns = new ArrayList<>();
        int last = 3 * width - 1;
        for (int change = 0; change <= last; change++) {
            if (columns.isEmpty()) {
                for (int column = 0; column < width; column++) {
                    Arrays.fill(
                            block.data(),
                            column * block.height(),
                            (column + 1) * block.height(),
                            table.get(row, column));
                }
                columns.add(-1);
            }
            int column = change / 3;
            int honest = table.get(row, column);
            int changed =
                    switch (change % 3) {
                        case 0 -> KoalaBear.add(honest, KoalaBear.ONE);
                        case 1 -> KoalaBear.sub(KoalaBear.ONE, honest);
                        default -> random.nextInt(KoalaBear.P);
                    };
            if (changed != honest) {
                block.set(columns.size(), column, changed);
                columns.add(column);
                tried++;
            }
            if (columns.size() == block.height() || change == last) {
                program.run(
                        Kernels.get(),
                        null,
                        block,
                        0,
                        block.height(),
                        registers,
                        (r, array, at) -> System.arraycopy(array, at, results[r], 0, block.height()));
                assertTrue(unnoticed(chip, results, 0), () -> chip.name() + " is refused as it is");
                for (int i = 1; i < columns.size(); i++) {
                    if (unnoticed(chip, results, i)) {
                        survivors.add(chip.mainColumns().get(columns.get(i)));
                    }
                }
                columns.clear();
            }
        }
        return survivors;
    }

    /** Whether nothing refuses row {@code i} in the place of row 0. */
    private static boolean unnoticed(ChipDescription chip, int[][] results, int i) {
        int at = 0;
        for (; at < chip.constraints().size(); at++) {
            if (results[at][i] != KoalaBear.ZERO) {
                return false;
            }
        }
        Balance balance = new Balance();
        for (Interaction interaction : chip.interactions()) {
            int end = at + 1 + interaction.fields().size();
            int times = results[at][i];
            List<Integer> fields = fields(results, at + 1, end, i);
            if (lookup(interaction.bus())) {
                if (times != KoalaBear.ZERO && !answered(interaction.bus(), fields)) {
                    return false;
                }
            } else {
                balance.add(interaction.bus(), times, fields);
                balance.add(interaction.bus(), KoalaBear.neg(results[at][0]), fields(results, at + 1, end, 0));
            }
            at = end;
        }
        return balance.violations(1).isEmpty();
    }

    private static List<Integer> fields(int[][] results, int from, int to, int row) {
        return IntStream.range(from, to).mapToObj(r -> results[r][row]).toList();
    }

    private static boolean lookup(Bus bus) {
        return Set.of(Buses.RANGE, Buses.BYTES, Buses.KECCAK_ROUND, Buses.SHA256_ROUND)
                .contains(bus);
    }

    private static boolean answered(Bus bus, List<Integer> fields) {
        int a = KoalaBear.toCanonical(fields.get(0));
        if (bus == Buses.RANGE) {
            return a < 1 << KoalaBear.toCanonical(fields.get(1));
        }
        if (bus == Buses.BYTES) {
            return a < 256 && KoalaBear.toCanonical(fields.get(1)) < 256;
        }
        Trace fixed = bus == Buses.KECCAK_ROUND ? KeccakConstantsChip.trace() : Sha256ConstantsChip.trace();
        return a < fixed.height() && IntStream.range(0, fields.size()).allMatch(k -> fixed.get(a, k) == fields.get(k));
    }
}
