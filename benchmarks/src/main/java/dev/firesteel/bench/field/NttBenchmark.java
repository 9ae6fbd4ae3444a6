package dev.firesteel.bench.field;

import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.Kernels;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.poly.Ntt;
import dev.firesteel.poly.Parallel;
import dev.firesteel.poly.ReedSolomon;
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

/**
 * Whole transforms, milliseconds each. Divide by log/2 · 2^log · width for the time of a butterfly, and an encoding by 2^log · width for the time of a
 * cell.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 15)
@Fork(
        value = 3,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx1g"})
public class NttBenchmark {

    /** See the kernels' benchmark. */
    private static final int OFF = 12;

    /** Which implementation. */
    @Param({"scalar", "vector"})
    public String implementation;

    /** The binary logarithm of the number of rows. */
    @Param({"9", "18"})
    public int log;

    /** Columns. */
    @Param("64")
    public int width;

    /** Threads. */
    @Param({"1", "2"})
    public int threads;

    private int[] matrix;
    private int[] code;
    private Ntt ntt;
    private ReedSolomon reedSolomon;
    private Parallel parallel;

    /** Fills the matrix; the self-test of the vector kernels runs here. */
    @Setup
    public void setUp() {
        FieldKernels kernels = Kernels.choose(implementation);
        ntt = new Ntt(log, KoalaBear.ONE, kernels);
        reedSolomon = new ReedSolomon(log, 1, KoalaBear.ONE, kernels);
        parallel = new Parallel(threads);
        SplittableRandom random = new SplittableRandom(1);
        matrix = random.ints(OFF + ((long) width << log), 0, KoalaBear.P).toArray();
        code = new int[OFF + (width << (log + 1))];
    }

    /** Ends the threads. */
    @TearDown
    public void tearDown() {
        parallel.close();
    }

    /** Coefficients to values, in place. */
    @Benchmark
    public int[] forward() {
        ntt.forward(matrix, OFF, width, parallel);
        return matrix;
    }

    /** Values to coefficients, in place. */
    @Benchmark
    public int[] inverse() {
        ntt.inverse(matrix, OFF, width, parallel);
        return matrix;
    }

    /** The code of rate 1/2 into another array. */
    @Benchmark
    public int[] encode() {
        reedSolomon.encode(matrix, OFF, width, code, OFF, parallel);
        return code;
    }
}
