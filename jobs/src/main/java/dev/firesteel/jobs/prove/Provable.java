package dev.firesteel.jobs.prove;

import dev.firesteel.request.RunProver;
import java.util.function.Supplier;

/** Work of the prover on a segment that is known to be a true one: what it refuses is then not wrong but beyond it. */
final class Provable {
    private Provable() {}

    static <T> T orNot(Supplier<T> work) throws RunProver.NotProvableException {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw new RunProver.NotProvableException(e.getMessage());
        }
    }
}
