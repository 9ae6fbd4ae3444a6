package dev.firesteel.bench.hash;

import dev.firesteel.field.Kernels;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.HashKernels;
import dev.firesteel.hash.Hashes;
import dev.firesteel.hash.Poseidon2;
import dev.firesteel.hash.Sponge;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The hash's kernels: nanoseconds per permutation, per element of a row, per node. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class HashBenchmark {

    /** States, rows, nodes of a call: what a task of the Merkle tree has. */
    private static final int N = 512;

    /** Columns of the long rows: five blocks of fifteen, the last not full. */
    private static final int WIDTH = 64;

    /** Eight elements of the extension: a leaf of a folded layer. */
    private static final int COSET = 40;

    /** Which implementation. */
    @Param({"scalar", "vector"})
    public String implementation;

    private HashKernels kernels;
    private final int[][] elements = new int[Sponge.WIDTH][N];
    private final int[][] digests = new int[Sponge.DIGEST][3 * N];
    private final int[] matrix = new int[N * WIDTH];
    private final int[] narrow = new int[16];

    /** Fills the arrays. The self-tests run here, the field's as well: as in a prover, other vector code has run before. */
    @Setup
    public void setUp() {
        Kernels.choose(implementation);
        kernels = Hashes.choose(implementation);
        SplittableRandom random = new SplittableRandom(1);
        for (int[] column : elements) {
            fill(random, column);
        }
        for (int[] column : digests) {
            fill(random, column);
        }
        fill(random, matrix);
        fill(random, narrow);
    }

    private static void fill(SplittableRandom random, int[] a) {
        for (int i = 0; i < a.length; i++) {
            a[i] = random.nextInt(KoalaBear.P);
        }
    }

    /** Permutations of states by columns. */
    @Benchmark
    @OperationsPerInvocation(N)
    public int[][] permute() {
        kernels.permute(elements, 0, N);
        return elements;
    }

    /** Rows of 64, per element. */
    @Benchmark
    @OperationsPerInvocation(N * WIDTH)
    public int[][] rows() {
        kernels.rows(matrix, 0, WIDTH, N, digests, 0);
        return digests;
    }

    /** Rows of 40, per element. */
    @Benchmark
    @OperationsPerInvocation(N * COSET)
    public int[][] cosets() {
        kernels.rows(matrix, 0, COSET, N, digests, 0);
        return digests;
    }

    /** Nodes, per node. */
    @Benchmark
    @OperationsPerInvocation(N)
    public int[][] nodes() {
        kernels.nodes(digests, 0, N, 2 * N, N);
        return digests;
    }

    /** One permutation of width 16, scalar whatever the parameter says: for comparison. */
    @Benchmark
    public int[] width16() {
        Poseidon2.WIDTH_16.permute(narrow, 0);
        return narrow;
    }
}
