package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.tasks.Ended;
import java.util.Locale;

/**
 * Where the time of proving tasks went. What is neither proving nor verifying nor waiting is Spark's: starting tasks, bringing rows to them and proofs back. A prover without Spark would do the same
 * work without it.
 */
final class WallTimes {
    private double provingMs;
    private double verifyingMs;
    private double keysMs;
    private double waitingMs;

    /** A segment that was proved. */
    void add(ProveTask.Proved proved, Ended ended) {
        provingMs += proved.provingMs();
        verifyingMs += proved.verificationMs();
        keysMs += proved.setupMs();
        waitingMs += ended.measures().phaseMs().getOrDefault(ProveTask.WAITING, 0.0);
    }

    /**
     * The line for the user.
     *
     * @param wallMs of all together, milliseconds
     * @param taskMs sum of the tasks' wall times as Spark measures them, milliseconds
     */
    String line(double wallMs, double taskMs) {
        double rest = Math.max(0, taskMs - provingMs - verifyingMs - keysMs - waitingMs);
        return String.format(
                Locale.ROOT,
                "%.1f s of wall, %.1f s of tasks: proving %.1f, verifying %.1f, keys %.1f, waiting for memory %.1f,"
                        + " Spark %.1f (%.1f %%)",
                wallMs / 1e3,
                taskMs / 1e3,
                provingMs / 1e3,
                verifyingMs / 1e3,
                keysMs / 1e3,
                waitingMs / 1e3,
                rest / 1e3,
                taskMs == 0 ? 0 : 100 * rest / taskMs);
    }
}
