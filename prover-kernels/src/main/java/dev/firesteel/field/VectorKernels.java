package dev.firesteel.field;

/**
 * The kernels on vectors of the JVM's preferred width, with the scalar kernels for what does not fill a vector. Needs the module
 * jdk.incubator.vector: {@link Kernels} loads this class by name and only where the module is present.
 */
public final class VectorKernels implements FieldKernels {

    private static final FieldKernels REST = ScalarKernels.INSTANCE;

    /** Made once, by {@link Kernels}. */
    VectorKernels() {}

    @Override
    public String name() {
        return "vector of " + VectorLanes.INTS.vectorBitSize() + " bits, "
                + (VectorLanes.unsignedOperations() ? "unsigned operations" : "no unsigned operations");
    }

    /** The lane operations throw nothing that is checked: what arrives here is an error or a failed bounds check. */
    private static RuntimeException unexpected(Throwable t) {
        if (t instanceof Error error) {
            throw error;
        }
        return t instanceof RuntimeException e ? e : new IllegalStateException(t);
    }

    @Override
    public void add(int[] a, int aOff, int[] b, int bOff, int[] out, int outOff, int n) {
        try {
            int done = VectorBase.add(a, aOff, b, bOff, out, outOff, n);
            REST.add(a, aOff + done, b, bOff + done, out, outOff + done, n - done);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public void sub(int[] a, int aOff, int[] b, int bOff, int[] out, int outOff, int n) {
        try {
            int done = VectorBase.sub(a, aOff, b, bOff, out, outOff, n);
            REST.sub(a, aOff + done, b, bOff + done, out, outOff + done, n - done);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public void mul(int[] a, int aOff, int[] b, int bOff, int[] out, int outOff, int n) {
        try {
            int done = VectorBase.mul(a, aOff, b, bOff, out, outOff, n);
            REST.mul(a, aOff + done, b, bOff + done, out, outOff + done, n - done);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public void scale(int[] a, int aOff, int c, int[] out, int outOff, int n) {
        try {
            int done = VectorBase.scale(a, aOff, c, out, outOff, n);
            REST.scale(a, aOff + done, c, out, outOff + done, n - done);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public void axpy(int[] a, int aOff, int c, int[] out, int outOff, int n) {
        try {
            int done = VectorBase.axpy(a, aOff, c, out, outOff, n);
            REST.axpy(a, aOff + done, c, out, outOff + done, n - done);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public void fold(int[] lo, int loOff, int[] hi, int hiOff, int r, int[] out, int outOff, int n) {
        try {
            int done = VectorBase.fold(lo, loOff, hi, hiOff, r, out, outOff, n);
            REST.fold(lo, loOff + done, hi, hiOff + done, r, out, outOff + done, n - done);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public int sum(int[] a, int aOff, int n) {
        int done = VectorLanes.INTS.loopBound(n);
        int rest = REST.sum(a, aOff + done, n - done);
        return (int) ((VectorBase.sum(a, aOff, n) + rest) % KoalaBear.P);
    }

    @Override
    public int dot(int[] a, int aOff, int[] b, int bOff, int n) {
        try {
            int done = VectorLanes.INTS.loopBound(n);
            int rest = REST.dot(a, aOff + done, b, bOff + done, n - done);
            return KoalaBear.add(VectorBase.dot(a, aOff, b, bOff, n), rest);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public void dotBaseExt(int[] a, int aOff, int[][] b, int bOff, int n, int[] out, int outOff) {
        try {
            VectorExt.dotBase(a, aOff, b, bOff, n, out, outOff);
        } catch (Throwable t) {
            throw unexpected(t);
        }
        int done = VectorLanes.INTS.loopBound(n);
        for (int k = 0; k < Ext5.DEGREE; k++) {
            int rest = REST.dot(a, aOff + done, b[k], bOff + done, n - done);
            out[outOff + k] = KoalaBear.add(out[outOff + k], rest);
        }
    }

    @Override
    public void extMul(int[][] a, int aOff, int[][] b, int bOff, int[][] out, int outOff, int n) {
        try {
            int done = VectorExt.mul(a, aOff, b, bOff, out, outOff, n);
            REST.extMul(a, aOff + done, b, bOff + done, out, outOff + done, n - done);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public void extScale(int[][] a, int aOff, int[] c, int cOff, int[][] out, int outOff, int n) {
        try {
            int done = VectorExt.scale(a, aOff, c, cOff, out, outOff, n);
            REST.extScale(a, aOff + done, c, cOff, out, outOff + done, n - done);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public void extFold(
            int[][] lo, int loOff, int[][] hi, int hiOff, int[] r, int rOff, int[][] out, int outOff, int n) {
        try {
            int done = VectorExt.fold(lo, loOff, hi, hiOff, r, rOff, out, outOff, n);
            REST.extFold(lo, loOff + done, hi, hiOff + done, r, rOff, out, outOff + done, n - done);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public void butterflies(int[] a, int off, int blocks, int half, int[] twiddles, int twOff) {
        try {
            for (int j = 0; j < blocks; j++) {
                int z = twiddles[twOff + j];
                int from = off + 2 * half * j;
                int done = VectorNtt.radix2(a, from, half, z);
                ScalarKernels.radix2(a, from, half, done, z);
            }
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public void butterflies4(int[] a, int off, int blocks, int quarter, int[] twiddles, int twOff, int nextOff) {
        try {
            for (int j = 0; j < blocks; j++) {
                int z1 = twiddles[twOff + j];
                int z2 = twiddles[nextOff + 2 * j];
                int z3 = twiddles[nextOff + 2 * j + 1];
                int from = off + 4 * quarter * j;
                int done = VectorNtt.radix4(a, from, quarter, z1, z2, z3);
                ScalarKernels.radix4(a, from, quarter, done, z1, z2, z3);
            }
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public void inverseButterflies(int[] a, int off, int blocks, int half, int[] twiddles, int twOff) {
        try {
            for (int j = 0; j < blocks; j++) {
                int z = twiddles[twOff + j];
                int from = off + 2 * half * j;
                int done = VectorNtt.inverseRadix2(a, from, half, z);
                ScalarKernels.inverseRadix2(a, from, half, done, z);
            }
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public int batchInverse(int[] a, int aOff, int n, int[] scratch) {
        int done = VectorLanes.INTS.loopBound(n);
        if (done < 2 * VectorLanes.LANES) {
            return REST.batchInverse(a, aOff, n, scratch);
        }
        try {
            return VectorBase.batchInverse(a, aOff, n, scratch) + REST.batchInverse(a, aOff + done, n - done, scratch);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }
}
