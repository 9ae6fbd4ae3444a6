package dev.firesteel.jobs.report.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {

    @ParameterizedTest
    @CsvSource({
        "0.975, 3, 3.182446305284263",
        "0.975, 4, 2.776445105197793",
        "0.975, 10, 2.228138851964939",
        "0.975, 100, 1.983971518449634",
        "0.995, 5, 4.032142983557536",
        "0.95, 30, 1.697260887",
    })
    void matchesThePrintedTables(double p, int degrees, double expected) {
        assertEquals(expected, StudentT.quantile(p, degrees), 1e-9);
    }

    @Test
    void matchesTheClosedFormsOfOneAndTwoDegrees() {
        for (double p : new double[] {0.51, 0.6, 0.9, 0.975, 0.9995}) {
            double cauchy = Math.tan(Math.PI * (p - 0.5));
            assertEquals(cauchy, StudentT.quantile(p, 1), 1e-10 * Math.max(1, cauchy));
            double alpha = 4 * p * (1 - p);
            double two = 2 * (p - 0.5) * Math.sqrt(2 / alpha);
            assertEquals(two, StudentT.quantile(p, 2), 1e-11 * Math.max(1, two));
        }
    }

    @Test
    void isSymmetric() {
        assertEquals(-StudentT.quantile(0.9, 7), StudentT.quantile(0.1, 7), 1e-12);
        assertEquals(0.5, StudentT.cdf(0, 7), 1e-15);
        assertEquals(1, StudentT.cdf(1.3, 7) + StudentT.cdf(-1.3, 7), 1e-15);
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThrows(IllegalArgumentException.class, () -> StudentT.quantile(1, 3));
        assertThrows(IllegalArgumentException.class, () -> StudentT.quantile(0.9, 0));
    }
}
