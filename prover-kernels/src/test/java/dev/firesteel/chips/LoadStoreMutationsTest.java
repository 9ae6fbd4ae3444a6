package dev.firesteel.chips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.field.KoalaBear;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cells of the tables of loads and stores, changed one by one, and forgeries that exactly one check refuses. */
class LoadStoreMutationsTest {
    private static final ChipRuns.Filled FILLED =
            ChipRuns.fill(LoadsAndStoresTest.mixed(), 1 << 20).get(0);
    /** Rows of a table whose every cell is changed with all tables checked again, which takes time. */
    private static final int ROWS = 4;
    /** Rows in which two cells are changed at once. */
    private static final int PAIRS = 3;

    /** Second word of an access that stays inside the first one: it is not accessed, and no constraint names it. */
    private static final Set<String> SECOND_WORD = new TreeSet<>(Set.of(
            "window.bytes[8]",
            "window.bytes[9]",
            "window.bytes[10]",
            "window.bytes[11]",
            "window.bytes[12]",
            "window.bytes[13]",
            "window.bytes[14]",
            "window.bytes[15]",
            "window.second.previous",
            "window.second.gapLow"));
    /** In padding rows the choice is limb 0, so that the bytes' constraint does not see the others. */
    private static final Map<String, Set<String>> PADDING = Map.of(
            "load-byte", Set.of("word.value[1]", "word.value[2]", "word.value[3]"),
            "store-byte", Set.of("word.old[1]", "word.old[2]", "word.old[3]"));

    static List<String> chips() {
        return LoadsAndStoresTest.CHIPS;
    }

    private static CellMutations table(String chip) {
        return new CellMutations(FILLED, LoadsAndStoresTest.index(chip));
    }

    @ParameterizedTest
    @MethodSource("chips")
    void everyChangedCellIsRefused(String chip) {
        CellMutations table = table(chip);
        assertTrue(table.realRows() > 0 && table.paddingRows() > 0, chip);
        for (int row = 0; row < Math.min(ROWS, table.realRows()); row++) {
            boolean inside = chip.startsWith("misaligned") && !crosses(table, row);
            assertEquals(inside ? SECOND_WORD : Set.of(), table.survivors(row), chip + ", row " + row);
        }
        // Padding rows send nothing, so cells that only messages use are free there.
        Set<String> free = new TreeSet<>(table.columnsOfMessagesOnly());
        free.addAll(PADDING.getOrDefault(chip, Set.of()));
        assertEquals(free, table.survivors(table.realRows()), chip + ", padding");
    }

    private static boolean crosses(CellMutations table, int row) {
        return table.cell(row, "window.second.previous") != 0 || table.cell(row, "window.second.gapLow") != 0;
    }

    @ParameterizedTest
    @MethodSource("chips")
    void whatARowDoesFollowsFromWhatItReads(String chip) {
        CellMutations table = table(chip);
        for (int row = 0; row < table.realRows(); row++) {
            assertEquals(Set.of(), table.undetermined(row), chip + ", row " + row);
        }
        for (int row = 0; row < Math.min(PAIRS, table.realRows()); row++) {
            assertEquals(Set.of(), table.undeterminedPairs(row), chip + ", row " + row);
        }
    }

    @ParameterizedTest
    @MethodSource("chips")
    void forgedAddresses(String chip) {
        CellMutations table = table(chip);
        // An index that leaves its 13 bits, with the carry that makes up for it.
        refused(table, 0, with("address.word", -(1 << 13), "address.upper", 1), "range");
        // An address of 48 ones and 16 other bits made small, by an upper limb of −2^16.
        refused(
                table,
                0,
                with("address.base.value[2]", 0xFFFF, "address.base.value[3]", 0xFFFF, "address.upper", -(1 << 16)),
                "range");
        refused(
                table,
                0,
                with("address.base.value[2]", 1),
                "address carry[2] is boolean",
                "address carry[3] is boolean");
        refused(table, 0, with("address.base.value[3]", 1), "address carry[3] is boolean");
        refused(
                table,
                0,
                with("address.base.value[1]", 1),
                "address carry[1] is boolean",
                "address carry[2] is boolean",
                "address carry[3] is boolean");
        // The next word.
        refused(
                table,
                0,
                with("address.word", 1),
                "address carry[0] is boolean",
                "address carry[1] is boolean",
                "address carry[2] is boolean",
                "address carry[3] is boolean");
    }

    @Test
    void forgedAccessTimes() {
        CellMutations table = table("load-double");
        for (String word : List.of("address.base.access", "word.access", "result.access")) {
            // The word as it will be later.
            refused(table, 0, with(word + ".previous", 1 << 12, word + ".gapLow", -(1 << 12)), "range");
            // By 2^24 clocks, which the prover could not fit into what it has shown to be 24 bits.
            refused(table, 0, with(word + ".previous", -(1 << 24)), "range");
        }
    }

    @Test
    void forgedSigns() {
        for (String[] name :
                new String[][] {{"load-byte", "lb", "lbu"}, {"load-half", "lh", "lhu"}, {"load-word", "lw", "lwu"}}) {
            CellMutations table = table(name[0]);
            int positive = table.rowWith(with(name[1], 1, "negative", 0));
            int negative = table.rowWith(with(name[1], 1, "negative", 1));
            int unsigned = table.rowWith(with(name[2], 1));
            String bit = "negative is 0 or " + name[1].toUpperCase(Locale.ROOT);
            refused(table, positive, with("negative", 1), "range");
            refused(table, negative, with("negative", -1), "range");
            refused(table, unsigned, with("negative", 1), bit);
        }
        CellMutations table = table("misaligned-load");
        refused(table, table.rowWith(with("lh", 1, "negative", 0)), with("negative", 1), "range");
        refused(table, table.rowWith(with("lw", 1, "negative", 1)), with("negative", -1), "range");
        refused(table, table.rowWith(with("lw", 1, "negative", 0)), with("negative", 1), "range");
        for (String unsigned : List.of("lhu", "lwu", "ld")) {
            refused(table, table.rowWith(with(unsigned, 1)), with("negative", 1), "negative is 0 or signed");
        }
    }

    @Test
    void forgedOffsets() {
        // A multiple of 8 in the offset, given to the index.
        CellMutations words = table("load-word");
        refused(
                words,
                words.rowWith(with("lwu", 1)),
                with("upperHalf", -2, "address.word", 1),
                "address bit 2 is boolean");
        refused(table("store-word"), 0, with("upperHalf", -2, "address.word", 1), "address bit 2 is boolean");
        CellMutations halves = table("load-half");
        int half = halves.rowWith(with("lhu", 1));
        refused(halves, half, with("choice.low", -4, "address.word", 1), "address bit 1 is boolean");
        refused(halves, half, with("choice.high", -2, "address.word", 1), "address bit 2 is boolean");
        refused(table("store-half"), 0, with("choice.low", -4, "address.word", 1), "address bit 1 is boolean");
        refused(table("store-half"), 0, with("choice.high", -2, "address.word", 1), "address bit 2 is boolean");
        // For bytes the limb's bytes must follow, which these two do not try.
        for (String chip : List.of("load-byte", "store-byte")) {
            Set<String> refusals = table(chip).refusals(1, with("odd", -8, "address.word", 1));
            assertTrue(refusals.contains("address bit 0 is boolean"), refusals.toString());
        }
        for (String chip : List.of("misaligned-load", "misaligned-store")) {
            String operation = chip.equals("misaligned-load") ? "ld" : "sd";
            CellMutations table = table(chip);
            int at = chip.equals("misaligned-load") ? 3 : 7;
            int row = table.rowWith(with(operation, 1, "window.offset[" + (at - 1) + "]", 1));
            // at as the sum of two offsets, and as a combination of them.
            refused(
                    table,
                    row,
                    with(
                            "window.offset[" + (at - 1) + "]",
                            -1,
                            "window.offset[0]",
                            1,
                            "window.offset[" + (at - 2) + "]",
                            1),
                    "one offset");
            // −1 times 1 and 2 times (at + 1) / 2.
            refused(
                    table,
                    row,
                    with(
                            "window.offset[" + (at - 1) + "]",
                            -1,
                            "window.offset[0]",
                            -1,
                            "window.offset[" + ((at + 1) / 2 - 1) + "]",
                            2),
                    "offset 1 is boolean",
                    "offset " + (at + 1) / 2 + " is boolean");
        }
    }

    @Test
    void forgedBytes() {
        // 256 too much in one, 1 too little in the other.
        CellMutations loads = table("load-byte");
        refused(loads, loads.rowWith(with("lbu", 1, "odd", 0)), with("value", 256, "other", -1), "bytes");
        refused(loads, loads.rowWith(with("lbu", 1, "odd", 1)), with("value", -1, "other", 256), "bytes");
        refused(loads, loads.rowWith(with("lbu", 1)), with("value", 1), "bytes of the limb");
        CellMutations stores = table("store-byte");
        int even = stores.rowWith(with("odd", 0));
        int odd = stores.rowWith(with("odd", 1));
        refused(stores, even, with("kept", -1, "change", -256), "bytes");
        refused(stores, odd, with("kept", 256, "change", 256), "bytes");
        refused(stores, even, with("stored", 256, "change", 256), "bytes");
        refused(stores, even, with("change", 1), "bytes of the limb");
        CellMutations table = table("misaligned-load");
        int row = table.rowWith(with("ld", 1));
        for (int i = 0; i < 16; i += 2) {
            refused(table, row, with("window.bytes[" + i + "]", 256, "window.bytes[" + (i + 1) + "]", -1), "bytes");
        }
        CellMutations misaligned = table("misaligned-store");
        int store = misaligned.rowWith(with("sd", 1));
        for (int i = 0; i < 16; i += 2) {
            refused(
                    misaligned,
                    store,
                    with("window.bytes[" + i + "]", 256, "window.bytes[" + (i + 1) + "]", -1),
                    "bytes");
        }
        for (int i = 0; i < 8; i += 2) {
            refused(misaligned, store, with("value[" + i + "]", 256, "value[" + (i + 1) + "]", -1), "bytes");
        }
    }

    /** One operation in place of another one: the program refuses it; a mixture that has the right number: the flags do. */
    @Test
    void forgedOperations() {
        CellMutations words = table("load-word");
        refused(words, words.rowWith(with("lwu", 1, "negative", 0)), with("lwu", -1, "lw", 1), "program");
        CellMutations table = table("misaligned-load");
        int row = table.rowWith(with("lw", 1, "negative", 0));
        // LW = (LH + LD) / 2.
        long half = (KoalaBear.P + 1L) / 2;
        Set<String> refusals = table.refusals(row, with("lw", -1, "lh", half, "ld", half));
        assertTrue(refusals.contains("operation[0] is boolean"), refusals.toString());
        assertTrue(refusals.stream().noneMatch(r -> r.startsWith("program")), refusals.toString());
    }

    private static void refused(CellMutations table, int row, Map<String, Long> changes, String... by) {
        Set<String> refusals = table.refusals(row, changes);
        assertEquals(
                new TreeSet<>(List.of(by)),
                new TreeSet<>(refusals.stream()
                        .map(r -> r.replaceAll("\\[-?\\d+, .*", ""))
                        .toList()),
                refusals.toString());
    }

    private static Map<String, Long> with(Object... changes) {
        Map<String, Long> map = new TreeMap<>();
        for (int i = 0; i < changes.length; i += 2) {
            map.put((String) changes[i], ((Number) changes[i + 1]).longValue());
        }
        return map;
    }
}
