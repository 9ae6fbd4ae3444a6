package dev.firesteel.pcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.Trace;
import dev.firesteel.poly.Memory;
import dev.firesteel.poly.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackedLayoutTest {
    private static final PcsParameters SECURE = SecurityPreset.PROVABLE_128.opening();

    @ParameterizedTest
    @ValueSource(strings = {"", "1x0", "3x5 2x5 7x1", "1x10", "2x9 - 5x4 3x0", "17x8 4x3"})
    void stackedColumnsAreTheCellsOneAfterTheOtherAndThenZeros(String text) {
        List<Trace> tables = Opening.tables(text, new Random(3));
        List<Integer> cells = new ArrayList<>();
        for (Trace table : tables) {
            for (int c = 0; table != null && c < table.width(); c++) {
                for (int row = 0; row < table.height(); row++) {
                    cells.add(table.get(row, c));
                }
            }
        }
        for (int h = 0; h < 13; h++) {
            StackedLayout layout = StackedLayout.of(Opening.shapes(tables), h);
            assertEquals((cells.size() + (1 << h) - 1) >> h, layout.columns());
            assertEquals(cells.isEmpty(), layout.empty());
            StackedColumns columns = StackedColumns.of(layout, tables, Memory.fresh());
            int[] matrix = new int[(layout.columns() << h) + 1];
            columns.writeBitReversed(matrix, 1, new Parallel(1));
            for (int j = 0; j < layout.columns(); j++) {
                for (int x = 0; x < 1 << h; x++) {
                    int i = (j << h) + x;
                    int expected = i < cells.size() ? cells.get(i) : 0;
                    assertEquals(expected, columns.data(j)[columns.offset(j) + x]);
                    assertEquals(expected, matrix[1 + StackedColumns.reverse(x, h) * layout.columns() + j]);
                }
            }
        }
    }

    @Test
    void everyColumnOfATableIsAlignedInTheStack() {
        Random random = new Random(4);
        for (int run = 0; run < 200; run++) {
            List<StackedLayout.Shape> shapes = new ArrayList<>();
            for (int log = 12; log >= 0; log -= random.nextInt(4)) {
                shapes.add(new StackedLayout.Shape(random.nextInt(9), log));
                log -= random.nextInt(2);
            }
            StackedLayout layout = StackedLayout.of(shapes, random.nextInt(14));
            for (int t = 0; t < shapes.size(); t++) {
                if (shapes.get(t).width() > 0) {
                    long low = Math.min(1L << shapes.get(t).logHeight(), 1L << layout.logHeight());
                    assertEquals(0, layout.offset(t) % low);
                    assertEquals(0, layout.offset(t) % (1L << shapes.get(t).logHeight()));
                }
            }
        }
    }

    @Test
    void shapesThatNobodyShouldHaveAreRefused() {
        StackedLayout.Shape low = new StackedLayout.Shape(2, 3);
        StackedLayout.Shape high = new StackedLayout.Shape(1, 4);
        StackedLayout.Shape none = new StackedLayout.Shape(0, 9);
        StackedLayout.of(List.of(high, none, low), 5);
        assertThrows(IllegalArgumentException.class, () -> StackedLayout.of(List.of(low, high), 5));
        assertThrows(IllegalArgumentException.class, () -> StackedLayout.of(List.of(low), -1));
        assertThrows(IllegalArgumentException.class, () -> StackedLayout.of(List.of(low), 31));
        assertThrows(IllegalArgumentException.class, () -> new StackedLayout.Shape(-1, 3));
        assertThrows(IllegalArgumentException.class, () -> new StackedLayout.Shape(1, 31));
        assertThrows(IllegalArgumentException.class, () -> new StackedLayout.Shape(1, -2));
        assertThrows(IllegalArgumentException.class, () -> new StackedLayout.Shape(Integer.MAX_VALUE, 30));
        StackedLayout.Shape huge = new StackedLayout.Shape(1 << 20, 30);
        assertThrows(IllegalArgumentException.class, () -> StackedLayout.of(List.of(huge, huge), 30));
        assertThrows(IllegalArgumentException.class, () -> StackedLayout.of(List.of(huge), 0));
    }

    @Test
    void theRuleKeepsRowsNarrowAndHeightsInBounds() {
        for (long cells = 0; cells < 1L << 31; cells = cells * 3 + 1) {
            int h = StackedLayout.logHeightFor(cells, SECURE);
            assertTrue(h >= SECURE.logFinal() && h <= SECURE.maxLogStackedHeight());
            long columns = (cells + (1L << h) - 1) >> h;
            assertTrue(columns <= StackedLayout.TARGET_COLUMNS || h == SECURE.maxLogStackedHeight());
            assertTrue(h == SECURE.logFinal() || cells >> h - 1 >= StackedLayout.TARGET_COLUMNS);
        }
        assertEquals(16, StackedLayout.logHeightFor(64L << 16, SECURE));
    }

    @Test
    void levelsGoDownByAtMostTheFoldingAndStopAtEveryCommitment() {
        Random random = new Random(5);
        for (int run = 0; run < 200; run++) {
            List<StackedLayout> layouts = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                layouts.add(StackedLayout.of(
                        List.of(new StackedLayout.Shape(random.nextInt(3), 20)), 6 + random.nextInt(18)));
            }
            if (FoldSchedule.maxLogHeight(layouts) < 0) {
                continue;
            }
            FoldSchedule schedule = FoldSchedule.of(SECURE, layouts);
            List<Integer> joined = new ArrayList<>();
            for (int l = 0; l < schedule.levels().size(); l++) {
                FoldSchedule.Level level = schedule.levels().get(l);
                for (int i : level.joining()) {
                    assertEquals(level.logHeight(), layouts.get(i).logHeight());
                    joined.add(i);
                }
                boolean last = l == schedule.levels().size() - 1;
                int next =
                        last ? level.logHeight() : schedule.levels().get(l + 1).logHeight();
                assertEquals(next, level.logHeight() - level.variables());
                assertTrue(last ? next == SECURE.logFinal() : level.variables() > 0 && level.variables() <= 3);
            }
            for (int i = 0; i < layouts.size(); i++) {
                assertEquals(!layouts.get(i).empty(), joined.contains(i));
            }
            assertEquals(joined.stream().distinct().count(), joined.size());
        }
    }

    @Test
    void heightsThatTheParametersDoNotAllowAreRefused() {
        for (int h : new int[] {5, 24}) {
            StackedLayout layout = StackedLayout.of(List.of(new StackedLayout.Shape(1, 3)), h);
            assertThrows(IllegalArgumentException.class, () -> FoldSchedule.of(SECURE, List.of(layout)));
        }
    }
}
