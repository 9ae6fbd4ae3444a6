package dev.firesteel.hash;

import dev.firesteel.field.KoalaBear;
import java.util.Arrays;

/**
 * One state per lane. Needs the module jdk.incubator.vector: {@link Hashes} loads this class by name and only where the module is present.
 */
final class VectorHash implements HashKernels {
    /** States done at once: those of an int vector, as two vectors of doubles. */
    private static final int BATCH = 2 * VectorLayers.LANES;

    private static final double[] EXTERNAL = new double[Poseidon2.FULL_ROUNDS * Sponge.WIDTH];
    private static final double[] INTERNAL = new double[Poseidon2.WIDTH_24.partialRounds()];

    static {
        for (int i = 0; i < EXTERNAL.length; i++) {
            EXTERNAL[i] =
                    KoalaBear.toCanonical(Poseidon2.WIDTH_24.externalConstant(i / Sponge.WIDTH, i % Sponge.WIDTH));
        }
        for (int i = 0; i < INTERNAL.length; i++) {
            INTERNAL[i] = KoalaBear.toCanonical(Poseidon2.WIDTH_24.internalConstant(i));
        }
    }

    private static final ThreadLocal<States> STATES = ThreadLocal.withInitial(States::new);

    /** Made once, by {@link Hashes}. */
    VectorHash() {}

    @Override
    public String name() {
        return "vector of " + VectorResidues.DOUBLES.vectorBitSize() + " bits";
    }

    /** A batch of states, and room for its columns where they do not fill a vector. */
    private static final class States {
        private final double[] even = new double[VectorLayers.STATE];
        private final double[] odd = new double[VectorLayers.STATE];
        private final int[] block = new int[Sponge.WIDTH * BATCH];

        void fresh(int domain, int length) {
            Arrays.fill(even, 0);
            Arrays.fill(odd, 0);
            set(Sponge.LENGTH_AT, length);
            set(Sponge.DOMAIN_AT, domain);
        }

        private void set(int k, int element) {
            int from = k * VectorLayers.LANES;
            double number = KoalaBear.toCanonical(element);
            Arrays.fill(even, from, from + VectorLayers.LANES, number);
            Arrays.fill(odd, from, from + VectorLayers.LANES, number);
        }

        /** Element k of {@code count} states; what the others get is any element. */
        void load(int[] a, int at, int count, int k) throws Throwable {
            if (count == BATCH) {
                VectorLayers.load(a, at, even, odd, k);
            } else {
                System.arraycopy(a, at, block, 0, count);
                VectorLayers.load(block, 0, even, odd, k);
            }
        }

        void store(int k, int[] a, int at, int count) throws Throwable {
            if (count == BATCH) {
                VectorLayers.store(even, odd, k, a, at);
            } else {
                VectorLayers.store(even, odd, k, block, 0);
                System.arraycopy(block, 0, a, at, count);
            }
        }

        /** The first {@code n} elements from those of as many columns of a matrix. */
        void loadColumns(int[] matrix, int from, int width, int count, int n) throws Throwable {
            for (int r = 0; r < count; r++) {
                int row = from + r * width;
                for (int c = 0; c < n; c++) {
                    block[c * BATCH + r] = matrix[row + c];
                }
            }
            for (int c = 0; c < n; c++) {
                VectorLayers.load(block, c * BATCH, even, odd, c);
            }
        }

        void permute() throws Throwable {
            permute(even);
            permute(odd);
        }

        private static void permute(double[] s) throws Throwable {
            VectorLayers.external(s);
            for (int round = 0; round < Poseidon2.FULL_ROUNDS / 2; round++) {
                VectorLayers.cubes(s, EXTERNAL, round * Sponge.WIDTH);
                VectorLayers.external(s);
            }
            VectorLayers.partialRounds(s, INTERNAL);
            for (int round = Poseidon2.FULL_ROUNDS / 2; round < Poseidon2.FULL_ROUNDS; round++) {
                VectorLayers.cubes(s, EXTERNAL, round * Sponge.WIDTH);
                VectorLayers.external(s);
            }
            VectorLayers.reduced(s);
        }
    }

    @Override
    public void permute(int[][] elements, int off, int n) {
        States states = STATES.get();
        try {
            for (int from = 0; from < n; from += BATCH) {
                int count = Math.min(BATCH, n - from);
                for (int k = 0; k < Sponge.WIDTH; k++) {
                    states.load(elements[k], off + from, count, k);
                }
                states.permute();
                for (int k = 0; k < Sponge.WIDTH; k++) {
                    states.store(k, elements[k], off + from, count);
                }
            }
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public void rows(int[] matrix, int off, int width, int rows, int[][] digests, int at) {
        int length = Sponge.lengthElement(width);
        States states = STATES.get();
        try {
            for (int from = 0; from < rows; from += BATCH) {
                int count = Math.min(BATCH, rows - from);
                states.fresh(Sponge.ROW, length);
                for (int done = 0; done < width; done += Sponge.RATE) {
                    int n = Math.min(Sponge.RATE, width - done);
                    states.loadColumns(matrix, off + from * width + done, width, count, n);
                    states.permute();
                }
                for (int c = 0; c < Sponge.DIGEST; c++) {
                    states.store(c, digests[c], at + from, count);
                }
            }
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public void nodes(int[][] digests, int left, int right, int out, int n) {
        States states = STATES.get();
        try {
            for (int from = 0; from < n; from += BATCH) {
                int count = Math.min(BATCH, n - from);
                states.fresh(Sponge.NODE, 0);
                for (int c = 0; c < Sponge.DIGEST; c++) {
                    states.load(digests[c], left + from, count, c);
                    states.load(digests[c], right + from, count, Sponge.DIGEST + c);
                }
                states.permute();
                for (int c = 0; c < Sponge.DIGEST; c++) {
                    states.store(c, digests[c], out + from, count);
                }
            }
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public int work(int[] state, int first, int n, int ones) {
        States states = STATES.get();
        for (int k = 0; k < Sponge.WIDTH; k++) {
            states.set(k, state[k]);
        }
        // One array keeps what all nonces start from, as ordinary numbers: nothing is converted but the one element
        // that is asked for.
        double[] start = states.odd;
        double[] s = states.even;
        try {
            for (int from = 0; from < n; from += VectorLayers.LANES) {
                System.arraycopy(start, 0, s, 0, VectorLayers.STATE);
                for (int lane = 0; lane < VectorLayers.LANES; lane++) {
                    s[lane] = first + from + lane;
                }
                States.permute(s);
                for (int lane = 0; lane < Math.min(VectorLayers.LANES, n - from); lane++) {
                    int x = (int) s[lane];
                    if ((x + (KoalaBear.P & x >> 31) & ones) == ones) {
                        return first + from + lane;
                    }
                }
            }
        } catch (Throwable t) {
            throw unexpected(t);
        }
        return -1;
    }

    /** The vector methods throw nothing that is checked: what arrives here is an error or a failed bounds check. */
    private static RuntimeException unexpected(Throwable t) {
        if (t instanceof Error error) {
            throw error;
        }
        return t instanceof RuntimeException e ? e : new IllegalStateException(t);
    }
}
