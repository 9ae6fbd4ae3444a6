package dev.firesteel.riscv;

/** Takes the segments of a run, in order, each as soon as it is known whether it is the last. */
@FunctionalInterface
public interface SegmentSink {
    /**
     * Takes one segment. The emulator keeps nothing of it; an exception thrown here ends the run and reaches the caller of
     * {@link Emulator#execute}.
     */
    void accept(Segment segment);
}
