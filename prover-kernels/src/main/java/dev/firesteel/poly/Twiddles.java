package dev.firesteel.poly;

import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.KoalaBear;

/**
 * The factors of a transform of size n = 2^log on the coset g·H, H of order n.
 *
 * <p>Stage s works on 2^s blocks; block b holds the remainder modulo X^(2d) − z², d = n / 2^(s+1), and is split into the remainders modulo X^d − z and
 * X^d + z. Its factor is z = g^d·ζ_b with ζ_b = ω_n^rev(b), rev reversing log − 1 bits: the ζ of a smaller transform are the first ones of a larger,
 * so without a coset (g = 1) all stages share one table.
 */
final class Twiddles {

    private final boolean coset;
    private final int[] table;

    private Twiddles(boolean coset, int[] table) {
        this.coset = coset;
        this.table = table;
    }

    static Twiddles forward(int log, int shift, FieldKernels kernels) {
        return make(log, shift, kernels, false);
    }

    /** The inverses of the forward ones. */
    static Twiddles inverse(int log, int shift, FieldKernels kernels) {
        return make(log, KoalaBear.inverse(shift), kernels, true);
    }

    private static Twiddles make(int log, int shift, FieldKernels kernels, boolean inverse) {
        int half = 1 << Math.max(log - 1, 0);
        int[] roots = new int[half];
        roots[0] = KoalaBear.ONE;
        for (int k = 0; 1 << k < half; k++) {
            int root = KoalaBear.twoAdicGenerator(k + 2);
            kernels.scale(roots, 0, inverse ? KoalaBear.inverse(root) : root, roots, 1 << k, 1 << k);
        }
        if (shift == KoalaBear.ONE) {
            return new Twiddles(false, roots);
        }
        int[] table = new int[2 * half];
        for (int s = 0; s < log; s++) {
            int power = KoalaBear.pow(shift, 1L << (log - s - 1));
            kernels.scale(roots, 0, power, table, 1 << s, 1 << s);
        }
        return new Twiddles(true, table);
    }

    int[] table() {
        return table;
    }

    /** Where in the table the factor of block b of stage s is. */
    int at(int stage, int block) {
        return coset ? (1 << stage) + block : block;
    }
}
