package dev.firesteel.jobs.report.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    @Test
    void drawsTheSameRowsForTheSameResampleAndOthersForAnother() {
        int[] first = Bootstrap.indices(40, 1, "modexp", 3);
        assertArrayEquals(first, Bootstrap.indices(40, 1, "modexp", 3));
        assertFalse(Arrays.equals(first, Bootstrap.indices(40, 1, "modexp", 4)));
        assertFalse(Arrays.equals(first, Bootstrap.indices(40, 1, "blake2f", 3)));
        assertFalse(Arrays.equals(first, Bootstrap.indices(40, 2, "modexp", 3)));
    }

    @Test
    void drawsEveryRowAboutEquallyOften() {
        int[] seen = new int[20];
        for (int resample = 0; resample < 1000; resample++) {
            for (int index : Bootstrap.indices(20, 5, "x", resample)) {
                seen[index]++;
            }
        }
        // 20,000 draws, 1,000 expected a row, standard deviation 31.
        for (int count : seen) {
            assertTrue(Math.abs(count - 1000) < 160, Arrays.toString(seen));
        }
    }

    @Test
    void interpolatesPercentiles() {
        double[] sorted = {10, 20, 30, 40, 50};
        assertEquals(30, Bootstrap.percentile(sorted, 0.5));
        assertEquals(48, Bootstrap.percentile(sorted, 0.95), 1e-12);
        assertArrayEquals(new double[] {11, 49}, Bootstrap.interval(new double[] {50, 10, 40, 20, 30}, 0.95), 1e-12);
    }

    @Test
    void countsZerosForThePValue() {
        assertEquals(2.0 / 5, Bootstrap.pValueOfZero(new double[] {0, 1, 2, 3}));
        assertEquals(1.0 / 5, Bootstrap.pValueOfZero(new double[] {1, 1, 2, 3}));
    }
}
