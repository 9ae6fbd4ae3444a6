package dev.firesteel.hash;

import dev.firesteel.field.KoalaBear;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Runs vector kernels beside the scalar ones and compares the bits, before and after the JVM's compiler has compiled them: wrong code can only be seen
 * after. Vector code that is not compiled is some twenty times slower than scalar code and compiled code some ten times faster, so a kernel counts as
 * compiled once a run of it took less than the fastest scalar run. This also leaves the kernels warm.
 *
 * <p>Slow and wrong are different outcomes: how fast a machine gets there depends on what else it does, so slowness is never a failure.
 */
final class HashSelfTest {
    /** What came of it. */
    enum Outcome {
        /** All kernels agreed, also after compilation. */
        FAST,
        /** All kernels agreed, but not all got fast before the patience ended. */
        SLOW,
        /** A kernel gave other bits. */
        WRONG
    }

    /** Runs compared after a kernel was seen to be fast. */
    static final int RUNS_COMPILED = 200;

    /** States, rows, nodes of a run; not a multiple of any number of lanes. */
    private static final int N = 37;

    private static final int OFFSETS = 11;
    private static final int WIDTH = 2 * Sponge.RATE + 4;

    /** One kernel on the test's data: writes all it gives to out. */
    private interface Body {
        void run(HashKernels kernels, int off, int[][] out);
    }

    private static final class Case {
        final String name;
        final Body body;
        long fastestScalar = Long.MAX_VALUE;
        int runsCompiled;

        Case(String name, Body body) {
            this.name = name;
            this.body = body;
        }
    }

    private final HashKernels tested;
    private final long patienceNanos;
    private final int[] matrix = data(1, N * WIDTH + OFFSETS);
    private final int[][] elements = new int[Sponge.WIDTH][];
    private final List<Case> cases = List.of(
            new Case("permute", (kernels, off, out) -> kernels.permute(out, off, N)),
            new Case("rows", (kernels, off, out) -> kernels.rows(matrix, off, WIDTH, N, out, off)),
            new Case("nodes", (kernels, off, out) -> kernels.nodes(out, off, off + N, off + 2 * N, N)),
            new Case("work", (kernels, off, out) -> out[0][0] = kernels.work(matrix, off, N, 63)));

    private String difference = "";

    HashSelfTest(HashKernels tested, long patienceNanos) {
        this.tested = tested;
        this.patienceNanos = patienceNanos;
        for (int k = 0; k < elements.length; k++) {
            elements[k] = data(2 + k, 3 * N + OFFSETS);
        }
    }

    /** Runs until every kernel has been compared often enough after compilation, or the patience ends. */
    Outcome run() {
        long start = System.nanoTime();
        boolean open = true;
        for (int round = 0; open; round++) {
            open = false;
            for (Case c : cases) {
                if (!agrees(c, round % OFFSETS)) {
                    difference = c.name + " at offset " + round % OFFSETS + " in run " + round;
                    return Outcome.WRONG;
                }
                open |= c.runsCompiled < RUNS_COMPILED;
            }
            if (open && System.nanoTime() - start > patienceNanos) {
                return Outcome.SLOW;
            }
        }
        return Outcome.FAST;
    }

    /** What was wrong, if anything was. */
    String difference() {
        return difference;
    }

    private boolean agrees(Case c, int off) {
        int[][] expected = Arrays.stream(elements).map(int[]::clone).toArray(int[][]::new);
        int[][] actual = Arrays.stream(elements).map(int[]::clone).toArray(int[][]::new);
        long t0 = System.nanoTime();
        c.body.run(ScalarHash.INSTANCE, off, expected);
        long t1 = System.nanoTime();
        c.body.run(tested, off, actual);
        long t2 = System.nanoTime();
        c.fastestScalar = Math.min(c.fastestScalar, t1 - t0);
        if (t2 - t1 < c.fastestScalar) {
            c.runsCompiled++;
        }
        return Arrays.deepEquals(expected, actual);
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
}
