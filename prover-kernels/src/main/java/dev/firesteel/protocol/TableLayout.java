package dev.firesteel.protocol;

import dev.firesteel.air.ChipDescription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which tables a proof has and where their messages and columns lie. Both sides derive it from the chips and the heights; nothing of it
 * is in a proof.
 *
 * @param tables the tables that have rows: tall ones first, of equal height in the machine's order
 * @param leafCount messages of all tables
 * @param logLeaves the number of variables of LogUp-GKR: 2^logLeaves is at least leafCount, every height, and 2
 * @param maxLogHeight of the tallest table, 0 when there is none
 */
public record TableLayout(List<Table> tables, long leafCount, int logLeaves, int maxLogHeight) {

    /**
     * One table.
     *
     * @param chip its description
     * @param index its place in the machine
     * @param logHeight log2 of its height
     * @param firstLeaf leaf of the first row's first message; message i of row r is leaf firstLeaf + i·2^logHeight + r
     * @param firstConstraint number of constraints of the tables before it
     */
    public record Table(ChipDescription chip, int index, int logHeight, long firstLeaf, int firstConstraint) {
        /** 2^logHeight. */
        public int height() {
            return 1 << logHeight;
        }

        /** The first leaf of message {@code interaction}; a multiple of the height, because taller tables come first. */
        public long leaf(int interaction) {
            return firstLeaf + ((long) interaction << logHeight);
        }
    }

    /**
     * The layout of {@code chips} with the given heights.
     *
     * @param logHeights log2 of each chip's height in the machine's order, −1 for a table without rows
     */
    public static TableLayout of(List<ChipDescription> chips, int[] logHeights) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < chips.size(); i++) {
            if (logHeights[i] >= 0) {
                order.add(i);
            }
        }
        order.sort(Comparator.comparingInt((Integer i) -> -logHeights[i]).thenComparingInt(i -> i));
        List<Table> tables = new ArrayList<>();
        long leaf = 0;
        int constraint = 0;
        for (int i : order) {
            ChipDescription chip = chips.get(i);
            tables.add(new Table(chip, i, logHeights[i], leaf, constraint));
            leaf += (long) chip.interactions().size() << logHeights[i];
            constraint += chip.constraints().size();
        }
        int maxLogHeight = tables.isEmpty() ? 0 : tables.get(0).logHeight();
        // The zerocheck takes its point from LogUp-GKR: a tall table that sends nothing needs as many coordinates.
        int logLeaves = Math.max(Math.max(1, maxLogHeight), leaf <= 1 ? 0 : 64 - Long.numberOfLeadingZeros(leaf - 1));
        return new TableLayout(List.copyOf(tables), leaf, logLeaves, maxLogHeight);
    }
}
