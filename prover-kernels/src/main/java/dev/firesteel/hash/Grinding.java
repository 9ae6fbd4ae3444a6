package dev.firesteel.hash;

import dev.firesteel.field.KoalaBear;
import dev.firesteel.poly.Parallel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Proof of work: a nonce for which the state with the nonce at place 0, permuted, has at place 0 an element whose ordinary number ends in ones. Ones and
 * not zeros, because exactly 127·2^(24 − bits) of the p numbers end so: the work is never less than its bits say.
 */
final class Grinding {
    /** Nonces tried by one call of the kernels: a fifth of a millisecond. */
    private static final int BATCH = 1024;

    /** Calls per thread between two looks whether there was one, which wait for the slowest. */
    private static final int TASKS = 16;

    /** Exclusive bound of the nonces tried: with 24 bits none of them is one with a probability of e^−64. */
    private static final int NONCES = 1 << 30;

    private Grinding() {}

    static boolean isWork(int element, int bits) {
        int ones = (1 << bits) - 1;
        return (KoalaBear.toCanonical(element) & ones) == ones;
    }

    /**
     * The least nonce, whatever the threads.
     *
     * @return the nonce as an element
     */
    static int search(int[] state, int bits, HashKernels kernels, Parallel parallel) {
        int ones = (1 << bits) - 1;
        AtomicInteger least = new AtomicInteger(KoalaBear.P);
        // One batch alone first: little work should not start threads for nothing.
        int tasks = 1;
        for (int from = 0; from < NONCES; from += tasks * BATCH) {
            tasks = from == 0 ? 1 : TASKS * parallel.threads();
            int first = from;
            parallel.forEach(tasks, (task, worker) -> {
                int nonce = first + task * BATCH;
                if (nonce < least.get()) {
                    int found = kernels.work(state, nonce, BATCH, ones);
                    least.accumulateAndGet(found < 0 ? KoalaBear.P : found, Math::min);
                }
            });
            if (least.get() < KoalaBear.P) {
                return KoalaBear.fromCanonical(least.get());
            }
        }
        throw new IllegalStateException("no proof of work of " + bits + " bits");
    }
}
