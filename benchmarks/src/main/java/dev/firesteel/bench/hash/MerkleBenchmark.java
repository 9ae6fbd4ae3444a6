package dev.firesteel.bench.hash;

import dev.firesteel.field.Kernels;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.HashKernels;
import dev.firesteel.hash.Hashes;
import dev.firesteel.hash.MerkleOpening;
import dev.firesteel.hash.MerkleTree;
import dev.firesteel.hash.Transcript;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.VerificationException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Whole trees and openings, milliseconds each. Divide a tree by 2^log · width for the time of a cell. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(
        value = 3,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx1g"})
public class MerkleBenchmark {

    /** The queries of the preset provable-128. */
    private static final int QUERIES = 261;

    /** Bits of a proof of work, as before the queries. */
    private static final int BITS = 20;

    /** Which implementation. */
    @Param({"scalar", "vector"})
    public String implementation;

    /** The binary logarithm of the number of rows. */
    @Param("16")
    public int log;

    /** Columns. */
    @Param("64")
    public int width;

    /** Threads. */
    @Param({"1", "2"})
    public int threads;

    private HashKernels kernels;
    private Parallel parallel;
    private int[] matrix;
    private MerkleTree tree;
    private int[] indices;
    private int[] rows;
    private int[] siblings;
    private int nonce;

    /** Makes the tree that is opened; the self-tests run here. */
    @Setup
    public void setUp() {
        Kernels.choose(implementation);
        kernels = Hashes.choose(implementation);
        parallel = new Parallel(threads);
        SplittableRandom random = new SplittableRandom(1);
        matrix = random.ints((long) width << log, 0, KoalaBear.P).toArray();
        tree = MerkleTree.of(matrix, 0, width, log, kernels, parallel);
        indices = random.ints(QUERIES, 0, 1 << log).sorted().distinct().toArray();
        rows = Arrays.stream(indices)
                .flatMap(i -> Arrays.stream(matrix, i * width, (i + 1) * width))
                .toArray();
        siblings = tree.open(indices);
    }

    /** Ends the threads. */
    @TearDown
    public void tearDown() {
        parallel.close();
    }

    /** The tree. */
    @Benchmark
    public MerkleTree tree() {
        return MerkleTree.of(matrix, 0, width, log, kernels, parallel);
    }

    /** An opening of 261 rows. */
    @Benchmark
    public int[] open() {
        return tree.open(indices);
    }

    /** Its verification, which is scalar. */
    @Benchmark
    public void verify() throws VerificationException {
        MerkleOpening.verify(tree.root(), log, width, indices, rows, siblings);
    }

    /** A proof of work of 20 bits, another one each time, with the kernels of this JVM: run it with -Dfiresteel.kernels for the others. */
    @Benchmark
    public int grind() {
        Transcript transcript = new Transcript("benchmark");
        transcript.absorb("before", nonce);
        nonce = transcript.grind("work", BITS, parallel);
        return nonce;
    }
}
