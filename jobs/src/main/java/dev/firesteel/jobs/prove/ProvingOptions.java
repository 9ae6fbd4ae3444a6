package dev.firesteel.jobs.prove;

import dev.firesteel.cli.UserException;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** The options that the proving jobs share. */
public final class ProvingOptions {
    @Option(
            names = "--preset",
            paramLabel = "P",
            description = "test-fast (insecure), provable-100 or provable-128 (default: ${DEFAULT-VALUE}).",
            defaultValue = "provable-128")
    private String preset;

    @Option(
            names = "--prove-max-cycles",
            paramLabel = "N",
            description =
                    "Leave out requests of more cycles; a line names each (default: none; run with the bundled guests:"
                            + " 300000).")
    private Long maxCycles;

    @Option(
            names = "--concurrent",
            paramLabel = "N",
            description = "Segments at a time in one executor (default: as many as its cores and its heap allow).",
            defaultValue = "0")
    private int concurrent;

    @Option(
            names = "--prover-threads",
            paramLabel = "T",
            description = "Threads of one prover (default: the cores of an executor divided among its segments).",
            defaultValue = "0")
    private int threads;

    /** Checks them; throws {@link UserException}. */
    public void check() {
        parameters();
        if (maxCycles != null && maxCycles < 1) {
            throw new UserException("--prove-max-cycles " + maxCycles + ": must be at least 1");
        }
        if (concurrent < 0 || threads < 0) {
            throw new UserException("--concurrent and --prover-threads: must not be negative");
        }
    }

    ProofParameters parameters() {
        return ProofParameters.of(preset);
    }

    /** Whether proofs under these options prove anything. */
    public boolean secure() {
        return parameters().preset().secure();
    }

    /**
     * What these options select.
     *
     * @param requestIds all when empty
     * @param executionHash parameters_hash of the executions, or null for each request's latest
     */
    public Selection selection(Iterable<String> requestIds, String executionHash) {
        TreeSet<String> ids = new TreeSet<>();
        requestIds.forEach(ids::add);
        return new Selection(ids, executionHash, parameters(), maxCycles == null ? Long.MAX_VALUE : maxCycles);
    }

    /** Leaves out requests of more cycles unless the user said how many. */
    public void defaultMaxCycles(long cycles) {
        if (maxCycles == null) {
            maxCycles = cycles;
        }
    }

    /** How they say to prove. */
    public ProverOptions prover() {
        return new ProverOptions(concurrent, threads);
    }

    /** {@link #selection(Iterable, String)} of each request's latest execution. */
    Selection selection(List<String> requestIds) {
        return selection(requestIds, null);
    }
}
