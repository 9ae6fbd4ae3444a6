package dev.firesteel.jobs.prove;

/**
 * How a job proves; no result depends on it.
 *
 * @param concurrent segments at a time in one executor, 0 for the computed default
 * @param threads of each prover, 0 for the computed default
 */
public record ProverOptions(int concurrent, int threads) {
    /** The computed defaults. */
    public static final ProverOptions DEFAULTS = new ProverOptions(0, 0);
}
