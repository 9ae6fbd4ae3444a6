package dev.firesteel.jobs.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.codahale.metrics.Snapshot;
import org.junit.jupiter.api.Test;

class SecondsHistogramTest {
    @Test
    void timesAreReadInSecondsThoughCountedInMicroseconds() {
        SecondsHistogram histogram = new SecondsHistogram();
        for (double seconds : new double[] {0.25, 0.5, 0.75}) {
            histogram.update(SecondsHistogram.units(seconds));
        }
        Snapshot snapshot = histogram.getSnapshot();
        assertEquals(3, histogram.getCount());
        assertEquals(0.5, snapshot.getMedian(), 1e-9);
        assertEquals(0.75, snapshot.get99thPercentile(), 1e-9);
        assertEquals(0.5, snapshot.getMean(), 1e-6);
        assertEquals(1, snapshot.getMax());
        assertEquals(0, snapshot.getMin());
    }
}
