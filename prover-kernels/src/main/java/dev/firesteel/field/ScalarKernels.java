package dev.firesteel.field;

/** The kernels as plain loops: the reference for every other implementation, and what runs where the Vector API does not. */
public final class ScalarKernels implements FieldKernels {

    /** The one instance. */
    public static final ScalarKernels INSTANCE = new ScalarKernels();

    private ScalarKernels() {}

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void add(int[] a, int aOff, int[] b, int bOff, int[] out, int outOff, int n) {
        for (int i = 0; i < n; i++) {
            out[outOff + i] = KoalaBear.add(a[aOff + i], b[bOff + i]);
        }
    }

    @Override
    public void sub(int[] a, int aOff, int[] b, int bOff, int[] out, int outOff, int n) {
        for (int i = 0; i < n; i++) {
            out[outOff + i] = KoalaBear.sub(a[aOff + i], b[bOff + i]);
        }
    }

    @Override
    public void mul(int[] a, int aOff, int[] b, int bOff, int[] out, int outOff, int n) {
        for (int i = 0; i < n; i++) {
            out[outOff + i] = KoalaBear.mul(a[aOff + i], b[bOff + i]);
        }
    }

    @Override
    public void scale(int[] a, int aOff, int c, int[] out, int outOff, int n) {
        for (int i = 0; i < n; i++) {
            out[outOff + i] = KoalaBear.mul(a[aOff + i], c);
        }
    }

    @Override
    public void axpy(int[] a, int aOff, int c, int[] out, int outOff, int n) {
        for (int i = 0; i < n; i++) {
            out[outOff + i] = KoalaBear.add(out[outOff + i], KoalaBear.mul(a[aOff + i], c));
        }
    }

    @Override
    public void fold(int[] lo, int loOff, int[] hi, int hiOff, int r, int[] out, int outOff, int n) {
        for (int i = 0; i < n; i++) {
            int x = lo[loOff + i];
            out[outOff + i] = KoalaBear.add(x, KoalaBear.mul(r, KoalaBear.sub(hi[hiOff + i], x)));
        }
    }

    @Override
    public int sum(int[] a, int aOff, int n) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += a[aOff + i];
        }
        return (int) (sum % KoalaBear.P);
    }

    @Override
    public int dot(int[] a, int aOff, int[] b, int bOff, int n) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum = Ext5.wrap(sum + ((long) a[aOff + i] * b[bOff + i] - Ext5.P_SHIFTED));
        }
        return KoalaBear.reduce(sum);
    }

    @Override
    public void dotBaseExt(int[] a, int aOff, int[][] b, int bOff, int n, int[] out, int outOff) {
        for (int k = 0; k < Ext5.DEGREE; k++) {
            out[outOff + k] = dot(a, aOff, b[k], bOff, n);
        }
    }

    @Override
    public void extMul(int[][] a, int aOff, int[][] b, int bOff, int[][] out, int outOff, int n) {
        int[] x = new int[2 * Ext5.DEGREE];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < Ext5.DEGREE; k++) {
                x[k] = a[k][aOff + i];
                x[Ext5.DEGREE + k] = b[k][bOff + i];
            }
            Ext5.mul(x, 0, x, Ext5.DEGREE, x, 0);
            for (int k = 0; k < Ext5.DEGREE; k++) {
                out[k][outOff + i] = x[k];
            }
        }
    }

    @Override
    public void extScale(int[][] a, int aOff, int[] c, int cOff, int[][] out, int outOff, int n) {
        int[] x = new int[Ext5.DEGREE];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < Ext5.DEGREE; k++) {
                x[k] = a[k][aOff + i];
            }
            Ext5.mul(x, 0, c, cOff, x, 0);
            for (int k = 0; k < Ext5.DEGREE; k++) {
                out[k][outOff + i] = x[k];
            }
        }
    }

    @Override
    public void extFold(
            int[][] lo, int loOff, int[][] hi, int hiOff, int[] r, int rOff, int[][] out, int outOff, int n) {
        int[] x = new int[Ext5.DEGREE];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < Ext5.DEGREE; k++) {
                x[k] = KoalaBear.sub(hi[k][hiOff + i], lo[k][loOff + i]);
            }
            Ext5.mul(x, 0, r, rOff, x, 0);
            for (int k = 0; k < Ext5.DEGREE; k++) {
                out[k][outOff + i] = KoalaBear.add(lo[k][loOff + i], x[k]);
            }
        }
    }

    @Override
    public void butterflies(int[] a, int off, int blocks, int half, int[] twiddles, int twOff) {
        for (int j = 0; j < blocks; j++) {
            radix2(a, off + 2 * half * j, half, 0, twiddles[twOff + j]);
        }
    }

    @Override
    public void butterflies4(int[] a, int off, int blocks, int quarter, int[] twiddles, int twOff, int nextOff) {
        for (int j = 0; j < blocks; j++) {
            int z2 = twiddles[nextOff + 2 * j];
            int z3 = twiddles[nextOff + 2 * j + 1];
            radix4(a, off + 4 * quarter * j, quarter, 0, twiddles[twOff + j], z2, z3);
        }
    }

    @Override
    public void inverseButterflies(int[] a, int off, int blocks, int half, int[] twiddles, int twOff) {
        for (int j = 0; j < blocks; j++) {
            inverseRadix2(a, off + 2 * half * j, half, 0, twiddles[twOff + j]);
        }
    }

    /** One block of {@link #butterflies}, its pairs from {@code from} on. */
    static void radix2(int[] a, int off, int half, int from, int z) {
        for (int i = off + from; i < off + half; i++) {
            int u = a[i];
            int v = KoalaBear.mul(z, a[i + half]);
            a[i] = KoalaBear.add(u, v);
            a[i + half] = KoalaBear.sub(u, v);
        }
    }

    /** One block of {@link #butterflies4}, its quadruples from {@code from} on. */
    static void radix4(int[] a, int off, int quarter, int from, int z1, int z2, int z3) {
        for (int i = off + from; i < off + quarter; i++) {
            int y2 = KoalaBear.mul(z1, a[i + 2 * quarter]);
            int y3 = KoalaBear.mul(z1, a[i + 3 * quarter]);
            int s0 = KoalaBear.add(a[i], y2);
            int d0 = KoalaBear.sub(a[i], y2);
            int t1 = KoalaBear.mul(z2, KoalaBear.add(a[i + quarter], y3));
            int t3 = KoalaBear.mul(z3, KoalaBear.sub(a[i + quarter], y3));
            a[i] = KoalaBear.add(s0, t1);
            a[i + quarter] = KoalaBear.sub(s0, t1);
            a[i + 2 * quarter] = KoalaBear.add(d0, t3);
            a[i + 3 * quarter] = KoalaBear.sub(d0, t3);
        }
    }

    /** One block of {@link #inverseButterflies}, its pairs from {@code from} on. */
    static void inverseRadix2(int[] a, int off, int half, int from, int z) {
        for (int i = off + from; i < off + half; i++) {
            int u = a[i];
            int v = a[i + half];
            a[i] = KoalaBear.add(u, v);
            a[i + half] = KoalaBear.mul(z, KoalaBear.sub(u, v));
        }
    }

    @Override
    public int batchInverse(int[] a, int aOff, int n, int[] scratch) {
        return KoalaBear.batchInverse(a, aOff, n, scratch);
    }
}
