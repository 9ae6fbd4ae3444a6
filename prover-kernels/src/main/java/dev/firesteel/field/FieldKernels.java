package dev.firesteel.field;

/**
 * The inner loops over arrays of field elements. {@link Kernels#get()} gives the implementation of this JVM.
 *
 * <p>Elements are in {@link KoalaBear}'s form. A base operand is an array and an offset, an extension operand five coordinate arrays
 * ({@link ExtVector}) and one offset for all; {@code n} counts elements and may be any number not negative. An output may be the same range as
 * an input (in place); ranges that overlap otherwise give undefined results. No method allocates, and none checks that elements are canonical.
 * All implementations give the same bits.
 */
public interface FieldKernels {

    /** A name for logs: "scalar", or the vector implementation and its width in bits. */
    String name();

    /** out = a + b. */
    void add(int[] a, int aOff, int[] b, int bOff, int[] out, int outOff, int n);

    /** out = a − b. */
    void sub(int[] a, int aOff, int[] b, int bOff, int[] out, int outOff, int n);

    /** out = a·b. */
    void mul(int[] a, int aOff, int[] b, int bOff, int[] out, int outOff, int n);

    /** out = c·a. */
    void scale(int[] a, int aOff, int c, int[] out, int outOff, int n);

    /** out = out + c·a. */
    void axpy(int[] a, int aOff, int c, int[] out, int outOff, int n);

    /** out = lo + r·(hi − lo). */
    void fold(int[] lo, int loOff, int[] hi, int hiOff, int r, int[] out, int outOff, int n);

    /** Σ a. */
    int sum(int[] a, int aOff, int n);

    /** Σ a·b. */
    int dot(int[] a, int aOff, int[] b, int bOff, int n);

    /** out = Σ a·b, a in the base field, b in the extension; five ints are written from {@code out[outOff]} on. */
    void dotBaseExt(int[] a, int aOff, int[][] b, int bOff, int n, int[] out, int outOff);

    /** out = a·b, both in the extension. */
    void extMul(int[][] a, int aOff, int[][] b, int bOff, int[][] out, int outOff, int n);

    /** out = c·a for the extension element c of five ints from {@code c[cOff]} on. */
    void extScale(int[][] a, int aOff, int[] c, int cOff, int[][] out, int outOff, int n);

    /** out = lo + r·(hi − lo), all in the extension, r being five ints from {@code r[rOff]} on. */
    void extFold(int[][] lo, int loOff, int[][] hi, int hiOff, int[] r, int rOff, int[][] out, int outOff, int n);

    /**
     * A step of the transform: {@code blocks} blocks of 2·{@code half} ints follow each other from {@code a[off]} on; in block j each pair (u, v) at
     * distance {@code half} becomes (u + z·v, u − z·v), z = {@code twiddles[twOff + j]}.
     */
    void butterflies(int[] a, int off, int blocks, int half, int[] twiddles, int twOff);

    /**
     * Two steps at once: {@code blocks} blocks of 4·{@code quarter} ints; {@link #butterflies} with half = 2·quarter, blocks and {@code twOff},
     * then with half = quarter, 2·blocks and {@code nextOff}.
     */
    void butterflies4(int[] a, int off, int blocks, int quarter, int[] twiddles, int twOff, int nextOff);

    /** Undoes {@link #butterflies} up to a factor 2, given the inverses of its twiddles: (u, v) becomes (u + v, z·(u − v)). */
    void inverseButterflies(int[] a, int off, int blocks, int half, int[] twiddles, int twOff);

    /** out = a + b in the extension. */
    default void extAdd(int[][] a, int aOff, int[][] b, int bOff, int[][] out, int outOff, int n) {
        for (int k = 0; k < Ext5.DEGREE; k++) {
            add(a[k], aOff, b[k], bOff, out[k], outOff, n);
        }
    }

    /** out = a − b in the extension. */
    default void extSub(int[][] a, int aOff, int[][] b, int bOff, int[][] out, int outOff, int n) {
        for (int k = 0; k < Ext5.DEGREE; k++) {
            sub(a[k], aOff, b[k], bOff, out[k], outOff, n);
        }
    }

    /** out = a·b, a in the base field, b in the extension. */
    default void mulBaseExt(int[] a, int aOff, int[][] b, int bOff, int[][] out, int outOff, int n) {
        for (int k = Ext5.DEGREE - 1; k >= 0; k--) { // a may be coordinate 0 of out
            mul(a, aOff, b[k], bOff, out[k], outOff, n);
        }
    }

    /** out = out + c·a, a in the base field, c and out in the extension. */
    default void axpyBaseExt(int[] a, int aOff, int[] c, int cOff, int[][] out, int outOff, int n) {
        for (int k = 0; k < Ext5.DEGREE; k++) {
            axpy(a, aOff, c[cOff + k], out[k], outOff, n);
        }
    }

    /** out = lo + r·(hi − lo) for lo, hi in the base field and r in the extension; lo and hi may not be in out. */
    default void foldBaseExt(
            int[] lo, int loOff, int[] hi, int hiOff, int[] r, int rOff, int[][] out, int outOff, int n) {
        int last = Ext5.DEGREE - 1;
        sub(hi, hiOff, lo, loOff, out[last], outOff, n);
        for (int k = 1; k < last; k++) {
            scale(out[last], outOff, r[rOff + k], out[k], outOff, n);
        }
        fold(lo, loOff, hi, hiOff, r[rOff], out[0], outOff, n);
        scale(out[last], outOff, r[rOff + last], out[last], outOff, n);
    }

    /** out = Σ a in the extension; five ints are written from {@code out[outOff]} on. */
    default void extSum(int[][] a, int aOff, int n, int[] out, int outOff) {
        for (int k = 0; k < Ext5.DEGREE; k++) {
            out[outOff + k] = sum(a[k], aOff, n);
        }
    }

    /**
     * out = Σ a·b, both in the extension; five ints are written from {@code out[outOff]} on. It is Σ_k X^k·(Σ a_k·b), so b is read five times:
     * callers with more than a first-level cache of it call this by blocks.
     *
     * @param scratch at least five ints from {@code scratchOff} on, overwritten, apart from out
     */
    default void extDot(
            int[][] a, int aOff, int[][] b, int bOff, int n, int[] out, int outOff, int[] scratch, int scratchOff) {
        Ext5.setBase(0, out, outOff);
        for (int k = Ext5.DEGREE - 1; k >= 0; k--) { // Horner's rule in X
            Ext5.mulX(out, outOff, out, outOff);
            dotBaseExt(a[k], aOff, b, bOff, n, scratch, scratchOff);
            Ext5.add(out, outOff, scratch, scratchOff, out, outOff);
        }
    }

    /**
     * A step of the table of eq: the {@code n} entries e from {@code table[off]} on become (1 − r)·e, and r·e is written to the {@code n} after
     * them.
     */
    default void eqStep(int[] table, int off, int r, int n) {
        scale(table, off, r, table, off + n, n);
        sub(table, off, table, off + n, table, off, n);
    }

    /** {@link #eqStep} in the extension. */
    default void extEqStep(int[][] table, int off, int[] r, int rOff, int n) {
        extScale(table, off, r, rOff, table, off + n, n);
        extSub(table, off, table, off + n, table, off, n);
    }

    /**
     * Inverts in place, as {@link KoalaBear#batchInverse} does: a zero stays zero.
     *
     * @param scratch at least {@code n} ints, overwritten
     * @return how many elements were zero
     */
    int batchInverse(int[] a, int aOff, int n, int[] scratch);
}
