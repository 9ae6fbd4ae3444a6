package dev.firesteel.jobs.tasks;

import java.io.Serializable;
import java.util.TreeMap;

/**
 * What an attempt measured of itself, as far as it came.
 *
 * @param phaseMs wall time by phase, milliseconds; empty where a stage has no phases
 * @param committedCells field elements committed, or null when it did not come to that
 * @param peakHeapBytes most that the heap held meanwhile, or null when that was not its own
 */
public record Measures(TreeMap<String, Double> phaseMs, Long committedCells, Long peakHeapBytes)
        implements Serializable {
    /** Nothing was measured. */
    public static final Measures NONE = new Measures(new TreeMap<>(), null, null);
}
