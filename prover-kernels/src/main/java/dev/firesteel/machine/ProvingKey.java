package dev.firesteel.machine;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Trace;
import dev.firesteel.pcs.Commitment;
import dev.firesteel.pcs.PcsProver;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.poly.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the prover of a machine has before it sees a witness: the verifying key, the preprocessed tables and the commitment to them. Immutable. */
public final class ProvingKey {
    private final VerifyingKey verifyingKey;
    private final List<Trace> preprocessed;
    private final Commitment commitment;

    private ProvingKey(VerifyingKey verifyingKey, List<Trace> preprocessed, Commitment commitment) {
        this.verifyingKey = verifyingKey;
        this.preprocessed = Collections.unmodifiableList(preprocessed);
        this.commitment = commitment;
    }

    /**
     * Makes the keys of a machine. The same arguments give the same keys, on every machine and with any number of threads.
     *
     * @param maxLogHeight the most rows of a table are 2^maxLogHeight
     * @param preprocessed a trace per chip, in the machine's order; null for a chip without preprocessed columns
     * @throws IllegalArgumentException when the traces are not those of the machine's chips
     */
    public static ProvingKey setup(
            SecurityPreset preset, Machine machine, int maxLogHeight, List<Trace> preprocessed, Parallel parallel) {
        try {
            return make(preset, machine, maxLogHeight, preprocessed, new PcsProver(preset.opening(), parallel)::commit);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is read here", e);
        }
    }

    /**
     * The keys that {@link #store} gave to {@code from}; with other arguments than they were made with, keys that nobody can prove with.
     *
     * @throws IOException of {@code from}
     * @throws IllegalArgumentException when what comes from there is no key
     */
    public static ProvingKey restore(
            SecurityPreset preset, Machine machine, int maxLogHeight, List<Trace> preprocessed, Stored from)
            throws IOException {
        return make(
                preset,
                machine,
                maxLogHeight,
                preprocessed,
                tables -> Commitment.restore(preset.opening(), tables, from));
    }

    @FunctionalInterface
    private interface Committer {
        Commitment commit(List<Trace> tables) throws IOException;
    }

    private static ProvingKey make(
            SecurityPreset preset, Machine machine, int maxLogHeight, List<Trace> preprocessed, Committer committer)
            throws IOException {
        if (preprocessed.size() != machine.chips().size()) {
            throw new IllegalArgumentException(preprocessed.size() + " preprocessed traces for "
                    + machine.chips().size() + " chips");
        }
        List<Trace> traces = new ArrayList<>();
        int[] logHeights = new int[preprocessed.size()];
        for (int i = 0; i < logHeights.length; i++) {
            ChipDescription chip = machine.chips().get(i);
            Trace trace = preprocessed.get(i);
            int width = trace == null ? 0 : trace.width();
            if (width != chip.preprocessedWidth()) {
                throw new IllegalArgumentException(chip.name() + ": a preprocessed trace of " + width
                        + " columns for a chip that has " + chip.preprocessedWidth());
            }
            traces.add(width == 0 ? null : trace);
            logHeights[i] = width == 0 ? -1 : trace.logHeight();
        }
        Tables tables = Tables.preprocessed(machine, logHeights);
        Commitment commitment = committer.commit(tables.inOrder(traces));
        VerifyingKey key = new VerifyingKey(
                preset, machine, maxLogHeight, logHeights, commitment.root().root());
        return new ProvingKey(key, traces, commitment);
    }

    /**
     * Passes on what takes time to make; the tables are the caller's to make again.
     *
     * @throws IOException of {@code to}
     */
    public void store(Stored to) throws IOException {
        commitment.store(to);
    }

    /** The verifier's half. */
    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    /** The preprocessed table of a chip, null when it has none. */
    public Trace preprocessed(int chip) {
        return preprocessed.get(chip);
    }

    /** A trace per chip, null for one without preprocessed columns. */
    List<Trace> preprocessed() {
        return preprocessed;
    }

    /** The commitment to all preprocessed tables. */
    Commitment commitment() {
        return commitment;
    }
}
