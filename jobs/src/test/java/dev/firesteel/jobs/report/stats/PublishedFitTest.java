package dev.firesteel.jobs.report.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PublishedFitTest {
    private static final double[] GAS = {70286, 1277786, 2485286, 3692786};

    @Test
    void agreesWithTheAccurateFitWhereNothingCancels() {
        double[] x = {1, 2, 3, 4, 5};
        double[] y = {2.5, 3.1, 7.9, 8.2, 11};
        PublishedFit published = PublishedFit.of(x, y);
        Line line = LeastSquares.fit(x, y);
        assertEquals(line.slope(), published.slope(), 1e-15);
        assertEquals(line.rSquared(), published.rSquared(), 1e-15);
        assertEquals(line.slopeStdErr(), published.stdErr(), 1e-14);
    }

    @Test
    void carriesTheCancellationOfThePublishedFormula() {
        double[] cycles = {
            10_000_000, 10_000_000 + 86 * 1207500.0, 10_000_003 + 86 * 2415000.0, 10_000_001 + 86 * 3622500.0
        };
        PublishedFit published = PublishedFit.of(GAS, cycles);
        Line line = LeastSquares.fit(GAS, cycles);
        assertEquals(line.slope(), published.slope(), 1e-13);
        // 1 − r² is about 3e-17 here: below the spacing of doubles at 1, so the published formula can only say 0 or
        // something coarse.
        double relative = Math.abs(published.stdErr() - line.slopeStdErr()) / line.slopeStdErr();
        assertTrue(relative > 1e-3, "relative difference " + relative);
    }

    @Test
    void dependsOnTheOrderOfThePointsOnlyInTheLastDigits() {
        double[] x = {0.1, 0.2, 0.7};
        double[] y = {1, 3, 4};
        double[] rx = {0.7, 0.1, 0.2};
        double[] ry = {4, 1, 3};
        assertEquals(PublishedFit.of(x, y).stdErr(), PublishedFit.of(rx, ry).stdErr(), 1e-13);
    }

    @Test
    void refusesWhatHasNoLine() {
        assertThrows(IllegalArgumentException.class, () -> PublishedFit.of(new double[] {1}, new double[] {1}));
    }
}
