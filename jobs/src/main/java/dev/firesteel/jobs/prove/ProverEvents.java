package dev.firesteel.jobs.prove;

import java.util.function.Consumer;
import org.apache.spark.SparkEnv;

/** Hands events to the plugin of this JVM; without one nobody hears them. */
public final class ProverEvents {
    private static final Consumer<ProverEvent> NOBODY = event -> {};

    private static volatile Consumer<ProverEvent> listener = NOBODY;

    private ProverEvents() {}

    /**
     * From now on {@code heard} gets all events, on the threads on which they happen; it must not throw.
     *
     * @return who got them before
     */
    public static synchronized Consumer<ProverEvent> listen(Consumer<ProverEvent> heard) {
        Consumer<ProverEvent> before = listener;
        listener = heard;
        return before;
    }

    /** From now on nobody does. */
    public static void silence() {
        listen(NOBODY);
    }

    static void tell(ProverEvent event) {
        listener.accept(event);
    }

    /** Tells of an attempt at a proof that has ended. */
    static void proof(boolean success, double seconds) {
        Runtime runtime = Runtime.getRuntime();
        tell(new ProverEvent.Proof(
                SparkEnv.get().executorId(), success, seconds, runtime.totalMemory() - runtime.freeMemory()));
    }
}
