package dev.firesteel.jobs.prove;

import java.io.Serializable;
import java.time.Instant;

/** What happens in an executor that somebody outside of its tasks wants to know. */
public sealed interface ProverEvent extends Serializable {
    /**
     * A program's keys are in an executor's memory.
     *
     * @param preloaded whether that was before any task asked for them
     * @param cached whether they came from the key cache
     * @param fallback whether scalar kernels were taken though nobody asked for them
     * @param kernelTestMs of the self-test of the kernels, for the first set-up of the executor; 0 for others
     * @param keyMs to load the program and to make or read its keys
     * @param warmUpMs of the proof that was made for nothing but to have the prover compiled; null when none was
     */
    record SetUp(
            String executorId,
            String host,
            String programHash,
            String preset,
            boolean preloaded,
            boolean cached,
            boolean fallback,
            double kernelTestMs,
            double keyMs,
            Double warmUpMs,
            Instant at)
            implements ProverEvent {}

    /**
     * An attempt at a proof of a segment has ended.
     *
     * @param success whether there is a proof that verifies
     * @param seconds of the prover; of the whole attempt when it failed
     * @param heapBytes that the executor's heap holds now
     */
    record Proof(String executorId, boolean success, double seconds, long heapBytes) implements ProverEvent {}

    /**
     * The driver knows how much there is to do.
     *
     * @param segments that are to be proved and are not
     */
    record Queue(long segments) implements ProverEvent {}
}
