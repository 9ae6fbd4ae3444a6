package dev.firesteel.poly;

import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.Kernels;
import dev.firesteel.field.KoalaBear;

/**
 * The Reed-Solomon code of rate 2^−logBlowup for the columns of a matrix: a column's entries are taken as coefficients, and its word is their values on
 * a coset of the subgroup of order 2^(logRows + logBlowup), in the order of {@link Ntt}. No inverse transform is needed.
 *
 * <p>The first logBlowup stages of the transform meet only zeros in the upper half and copy: what is left is one transform of size 2^logRows on each of
 * 2^logBlowup cosets.
 */
public final class ReedSolomon {

    private final int logRows;
    private final int logBlowup;
    private final Ntt ntt;

    /** A code on the subgroup itself. */
    public ReedSolomon(int logRows, int logBlowup) {
        this(logRows, logBlowup, KoalaBear.ONE, Kernels.get());
    }

    /**
     * A code on the coset of {@code shift}.
     *
     * @throws IllegalArgumentException when logRows + logBlowup is more than the field's two-adicity, 24, or one is negative
     */
    public ReedSolomon(int logRows, int logBlowup, int shift, FieldKernels kernels) {
        if (logRows < 0 || logBlowup < 0) {
            throw new IllegalArgumentException("logRows " + logRows + ", logBlowup " + logBlowup);
        }
        this.logRows = logRows;
        this.logBlowup = logBlowup;
        this.ntt = new Ntt(logRows + logBlowup, shift, kernels);
    }

    /** The transform of the code's domain. */
    public Ntt ntt() {
        return ntt;
    }

    /**
     * Encodes every column.
     *
     * @param coefficients 2^logRows × width from {@code offset} on, row-major; not changed, unless they lie in {@code out}
     * @param out 2^(logRows + logBlowup) × width from {@code outOffset} on; the coefficients may be exactly its last 2^logRows rows, which are
     *     transformed last and in place, and may not overlap it otherwise
     */
    public void encode(int[] coefficients, int offset, int width, int[] out, int outOffset, Parallel parallel) {
        int block = width << logRows;
        for (int b = 0; b < 1 << logBlowup; b++) {
            ntt.forward(coefficients, offset, logRows, width, b, out, outOffset + b * block, parallel);
        }
    }
}
