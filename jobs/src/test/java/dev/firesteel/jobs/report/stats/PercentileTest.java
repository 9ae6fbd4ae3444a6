package dev.firesteel.jobs.report.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PercentileTest {
    @Test
    void liesBetweenNeighbours() {
        double[] values = {40, 10, 30, 20};
        assertEquals(10, Percentile.of(values, 0));
        assertEquals(25, Percentile.of(values, 0.5));
        assertEquals(38.5, Percentile.of(values, 0.95), 1e-12);
        assertEquals(40, Percentile.of(values, 1));
        assertEquals(40, values[0], "the caller's array is as it was");
    }

    @Test
    void ofOneOrNoValue() {
        assertEquals(7, Percentile.of(new double[] {7}, 0.99));
        assertEquals(Double.NaN, Percentile.of(new double[0], 0.5));
    }
}
