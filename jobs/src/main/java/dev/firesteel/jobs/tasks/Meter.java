package dev.firesteel.jobs.tasks;

import java.util.TreeMap;

/** Takes the measures of one attempt while it works: those of an attempt that fails are worth as much. */
public final class Meter {
    private final TreeMap<String, Double> phaseMs = new TreeMap<>();
    private Long committedCells;
    private Long peakHeapBytes;

    /** A part of a phase has ended. */
    public synchronized void phase(String name, double ms) {
        phaseMs.merge(name, ms, Double::sum);
    }

    /** So many field elements have been committed. */
    public synchronized void committedCells(long cells) {
        committedCells = cells;
    }

    /** The heap held so many bytes at most. */
    public synchronized void peakHeapBytes(long bytes) {
        peakHeapBytes = bytes;
    }

    /** What has been measured. */
    public synchronized Measures measures() {
        return new Measures(new TreeMap<>(phaseMs), committedCells, peakHeapBytes);
    }
}
