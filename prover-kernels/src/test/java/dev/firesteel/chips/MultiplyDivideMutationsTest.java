package dev.firesteel.chips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.Trace;
import dev.firesteel.chips.RowMutations.Survivor;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.riscv.vm.Opcode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every column of multiplications and divisions is bound: a changed cell is refused, or is a listed don't-care. */
class MultiplyDivideMutationsTest {
    private static final long[] FACTORS = {0, -1, Long.MIN_VALUE, 0x8000_0007L, 0x1234_5678_9ABC_DEF0L};
    private static final long[] DIVIDENDS = {0, -1, Long.MIN_VALUE, Integer.MIN_VALUE, 7, -100};

    @Test
    void everyColumnOfMultiplications() {
        ChipRuns.Filled filled = ChipRuns.fill(MultiplyDivideRuns.pairs(MultiplyDivideRuns.MULTIPLY, FACTORS), 1 << 20)
                .get(0);
        RowMutations mutations = new RowMutations(new MultiplyChip(), filled);
        Trace table = MultiplyDivideRuns.table(filled, Opcode.MUL);
        int rows = filled.trace().log(MultiplyDivideRuns.index(Opcode.MUL)).size();
        for (int row = 0; row < rows; row++) {
            mutations.changeAllColumns(table, row);
        }
        assertEquals(List.of(), mutations.survivors());
        assertTrue(mutations.tried() > rows * table.width() * 4);
        padding(filled, new MultiplyChip(), rows, table);
        wholeTables(filled, mutations, table);
    }

    @Test
    void everyColumnOfDivisions() {
        ChipRuns.Filled filled = ChipRuns.fill(MultiplyDivideRuns.pairs(MultiplyDivideRuns.DIVIDE, DIVIDENDS), 1 << 20)
                .get(0);
        RowMutations mutations = new RowMutations(new DivideChip(), filled);
        Trace table = MultiplyDivideRuns.table(filled, Opcode.DIV);
        int rows = filled.trace().log(MultiplyDivideRuns.index(Opcode.DIV)).size();
        for (int row = 0; row < rows; row++) {
            mutations.changeAllColumns(table, row);
        }
        Set<String> seen = new TreeSet<>();
        for (Survivor survivor : mutations.survivors()) {
            List<Integer> row = RowMutations.cells(table, survivor.row());
            boolean byZero = mutations.cell(row, "nonzero") == 0;
            boolean bit = survivor.to() == KoalaBear.ZERO || survivor.to() == KoalaBear.ONE;
            String column = survivor.column().replaceAll("\\[.*", "");
            boolean harmless =
                    switch (column) {
                        // 0 times anything is 0.
                        case "inverse" -> byZero;
                        // The remainder by 0 is the dividend, which is not compared with anything.
                        case "room" -> byZero;
                        // The product by 0 is 0 whatever the quotient, and all that is written are its 64 bits.
                        case "qSign" -> byZero && bit && mutations.cell(row, "signed") == 1;
                        // Only the W forms extend their result.
                        case "extension" -> mutations.cell(row, "word") == 0 && bit;
                        default -> false;
                    };
            assertTrue(harmless, () -> survivor + " in " + row);
            seen.add(column);
        }
        assertEquals(Set.of("inverse", "room", "qSign", "extension"), seen);
        assertTrue(mutations.tried() > rows * table.width() * 4);
        padding(filled, new DivideChip(), rows, table);
        wholeTables(filled, mutations, table);
    }

    /**
     * A padding row's cells may be anything that leaves it without effect: whatever is not refused sends and receives nothing but lookups, so it can
     * neither take nor leave a state, nor touch a register.
     */
    private static void padding(ChipRuns.Filled filled, InstructionChip chip, int rows, Trace table) {
        RowMutations mutations = new RowMutations(chip, filled);
        assertTrue(rows < table.height());
        for (int row : new int[] {rows, table.height() - 1}) {
            assertTrue(mutations.statesNothing(RowMutations.cells(table, row)));
            mutations.changeAllColumns(table, row);
        }
        for (Survivor survivor : mutations.survivors()) {
            List<Integer> row = mutations.changed(table, survivor);
            assertTrue(mutations.statesNothing(row));
        }
    }

    /** That the changed row alone decides is checked with all tables for some changes. */
    private static void wholeTables(ChipRuns.Filled filled, RowMutations mutations, Trace table) {
        assertEquals(List.of(), filled.violations());
        mutations.survivors().stream()
                .limit(3)
                .forEach(s -> assertEquals(List.of(), filled.violations(mutations.changed(filled.tables(), s), 1)));
        for (String column :
                List.of("clock", "rs1", "result.old[1]", "second.gapLow", "pc", "result.access.previous")) {
            Survivor change = new Survivor(table.height() / 3, column, 0, KoalaBear.fromCanonical(77));
            assertFalse(filled.violations(mutations.changed(filled.tables(), change), 1)
                    .isEmpty());
        }
    }
}
