package dev.firesteel.chips;

import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;

/** Adds up what a run costs by {@link CostMetric} while its segments are cut. */
public final class RunCost {
    private final CostMetric metric;
    private long segments;

    /** The cost of a run of {@code program}. */
    public RunCost(Program program) {
        this.metric = new CostMetric(program);
    }

    /** Adds a segment, and returns its cost. */
    public long add(Segment segment) {
        long cost = metric.segment(segment);
        segments += cost;
        return cost;
    }

    /**
     * The cost of the segments that were added as a whole run; 0 when there are none, for then nothing is proved.
     *
     * @param touchedWords distinct words of memory that the run touched
     */
    public long total(long touchedWords) {
        return segments == 0 ? 0 : segments + CostMetric.words(touchedWords);
    }
}
