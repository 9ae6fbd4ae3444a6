package dev.firesteel.field;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Runs every kernel of a vector implementation beside the scalar one and compares the bits, before and after the JVM's compiler has compiled it:
 * wrong code can only be seen after. In code that is not compiled by the optimising compiler every vector is an object, so a run counts as compiled when
 * it allocated nothing, however fast it was: on a loaded machine times say little. {@link #RUNS_COMPILED} of those are compared. This also leaves
 * the kernels warm. All kernels take turns, so that one runs while another is being compiled.
 */
final class KernelSelfTest {

    /** Runs compared that allocated nothing. */
    static final int RUNS_COMPILED = 500;

    /** A vector of the smallest lanes is larger as an object, and a run makes hundreds. */
    private static final long NOTHING = 1024;

    private static final int N = 261; // not a multiple of any number of lanes
    private static final int OFFSETS = 19;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(90);

    /** One kernel on the test's data: writes all it gives to {@code out}, which holds zeros. */
    private interface Body {
        void run(FieldKernels kernels, int off, int[][] out);
    }

    private static final class Case {
        final String name;
        final Body body;
        final int[][] expected = new int[Ext5.DEGREE][N + 1];
        final int[][] actual = new int[Ext5.DEGREE][N + 1];
        int runsCompiled;

        Case(String name, Body body) {
            this.name = name;
            this.body = body;
        }
    }

    private final FieldKernels tested;
    private final int[] a = data(1, N + OFFSETS);
    private final int[] b = data(2, N + OFFSETS);
    private final int[][] x = {data(3, N + OFFSETS), data(4, N + OFFSETS), data(5, N + OFFSETS), a, b};
    private final int[][] y = {b, data(6, N + OFFSETS), a, data(7, N + OFFSETS), data(8, N + OFFSETS)};
    private final int[] inverses = new int[N];
    private final List<Case> cases = new ArrayList<>();

    KernelSelfTest(FieldKernels tested) {
        this.tested = tested;
        base();
        extension();
        transform();
    }

    /**
     * Runs until every kernel has been compared after compilation.
     *
     * @return what differed, or null; that a kernel goes on making objects, or that the JVM cannot tell, counts as a difference
     */
    String run() {
        if (!Allocation.known()) {
            return "this JVM does not tell what a thread allocates, which is how compiled kernels are known";
        }
        long start = System.nanoTime();
        List<Case> open = new ArrayList<>(cases);
        for (int round = 0; !open.isEmpty(); round++) {
            int off = round % OFFSETS;
            for (Case c : open) {
                if (!agrees(c, off)) {
                    return c.name + " at offset " + off + " in run " + round;
                }
            }
            open.removeIf(c -> c.runsCompiled >= RUNS_COMPILED);
            if (System.nanoTime() - start > PATIENCE && !open.isEmpty()) {
                return open.get(0).name + " still had its vectors as objects after " + round + " runs";
            }
        }
        return null;
    }

    private boolean agrees(Case c, int off) {
        for (int k = 0; k < Ext5.DEGREE; k++) {
            Arrays.fill(c.expected[k], 0);
            Arrays.fill(c.actual[k], 0);
        }
        c.body.run(ScalarKernels.INSTANCE, off, c.expected);
        long before = Allocation.bytes();
        c.body.run(tested, off, c.actual);
        if (Allocation.bytes() - before < NOTHING) {
            c.runsCompiled++;
        }
        return Arrays.deepEquals(c.expected, c.actual);
    }

    private static int[] data(long seed, int length) {
        int[] edges = {0, 1, KoalaBear.P - 1, KoalaBear.P / 2, KoalaBear.P / 2 + 1, KoalaBear.ONE};
        SplittableRandom random = new SplittableRandom(seed);
        int[] d = new int[length];
        for (int i = 0; i < length; i++) {
            d[i] = random.nextInt(4) == 0 ? edges[random.nextInt(edges.length)] : random.nextInt(KoalaBear.P);
        }
        return d;
    }

    private void base() {
        add("add", (k, o, out) -> k.add(a, o, b, o, out[0], 0, N));
        add("sub", (k, o, out) -> k.sub(a, o, b, o, out[0], 0, N));
        add("mul", (k, o, out) -> k.mul(a, o, b, o, out[0], 0, N));
        add("scale", (k, o, out) -> k.scale(a, o, b[o], out[0], 0, N));
        add("axpy", (k, o, out) -> {
            System.arraycopy(b, o, out[0], 0, N);
            k.axpy(a, o, b[o], out[0], 0, N);
        });
        add("fold", (k, o, out) -> k.fold(a, o, b, o, a[o], out[0], 0, N));
        add("sum", (k, o, out) -> out[0][0] = k.sum(a, o, N));
        add("dot", (k, o, out) -> out[0][0] = k.dot(a, o, b, o, N));
        add("batchInverse", (k, o, out) -> {
            System.arraycopy(a, o, out[0], 0, N);
            out[0][N] = k.batchInverse(out[0], 0, N, inverses);
        });
    }

    private void extension() {
        int[] c = data(9, OFFSETS + Ext5.DEGREE);
        add("dotBaseExt", (k, o, out) -> k.dotBaseExt(a, o, x, o, N, out[0], 0));
        add("extMul", (k, o, out) -> k.extMul(x, o, y, o, out, 0, N));
        add("extScale", (k, o, out) -> k.extScale(x, o, c, o, out, 0, N));
        add("extFold", (k, o, out) -> k.extFold(x, o, y, o, c, o, out, 0, N));
    }

    private void transform() {
        int quarter = N / 8; // two blocks of four
        add("butterflies", (k, o, out) -> {
            System.arraycopy(a, o, out[0], 0, N);
            k.butterflies(out[0], 0, 2, 2 * quarter, b, o);
        });
        add("butterflies4", (k, o, out) -> {
            System.arraycopy(a, o, out[0], 0, N);
            k.butterflies4(out[0], 1, 2, quarter, b, o, o + 2);
        });
        add("inverseButterflies", (k, o, out) -> {
            System.arraycopy(a, o, out[0], 0, N);
            k.inverseButterflies(out[0], 0, 2, 2 * quarter, b, o);
        });
    }

    private void add(String name, Body body) {
        cases.add(new Case(name, body));
    }
}
