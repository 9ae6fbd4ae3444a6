package dev.firesteel.hash;

import dev.firesteel.field.KoalaBear;
import dev.firesteel.poly.Parallel;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Proof of work: a nonce for which the state with the nonce at place 0, permuted, has at place 0 an element whose ordinary number ends in ones. Ones and
 * not zeros, because exactly 127·2^(24 − bits) of the p numbers end so: the work is never less than its bits say.
 */
final class Grinding {
    /** Nonces tried by one call of the kernels: 24 arrays of them stay in a first-level cache. */
    private static final int BATCH = 256;

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
        int[][][] elements = new int[parallel.threads()][][];
        AtomicInteger least = new AtomicInteger(KoalaBear.P);
        // One batch alone first: little work should not start threads for nothing.
        int tasks = 1;
        for (int from = 0; from < NONCES; from += tasks * BATCH) {
            tasks = from == 0 ? 1 : 4 * parallel.threads();
            int first = from;
            parallel.forEach(tasks, (task, worker) -> {
                if (elements[worker] == null) {
                    elements[worker] = new int[Sponge.WIDTH][BATCH];
                }
                int nonce = first + task * BATCH;
                int found = searchBatch(state, nonce, bits, kernels, elements[worker]);
                least.accumulateAndGet(found, Math::min);
            });
            if (least.get() < KoalaBear.P) {
                return KoalaBear.fromCanonical(least.get());
            }
        }
        throw new IllegalStateException("no proof of work of " + bits + " bits");
    }

    private static int searchBatch(int[] state, int first, int bits, HashKernels kernels, int[][] elements) {
        int nonce = KoalaBear.fromCanonical(first);
        for (int i = 0; i < BATCH; i++) {
            elements[0][i] = nonce;
            nonce = KoalaBear.add(nonce, KoalaBear.ONE);
        }
        for (int k = 1; k < Sponge.WIDTH; k++) {
            Arrays.fill(elements[k], state[k]);
        }
        kernels.permute(elements, 0, BATCH);
        for (int i = 0; i < BATCH; i++) {
            if (isWork(elements[0][i], bits)) {
                return first + i;
            }
        }
        return KoalaBear.P;
    }
}
