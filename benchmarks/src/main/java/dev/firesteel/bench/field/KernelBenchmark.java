package dev.firesteel.bench.field;

import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.field.FieldKernels;
import dev.firesteel.field.Kernels;
import dev.firesteel.field.KoalaBear;
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

/** Kernels on data in the first-level cache: nanoseconds per element, for the transform's steps per pair (a step by four counts two). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class KernelBenchmark {

    /** Elements; sixteen arrays of them are within 32 KiB twice over, what one kernel touches is within it. */
    private static final int N = 512;

    /** Where the data of an array starts: at 64 bytes from a multiple of 64 where the array is at one, see the page of results. */
    private static final int OFF = 12;

    /** Which implementation. */
    @Param({"scalar", "vector"})
    public String implementation;

    private FieldKernels kernels;
    private final int[] a = new int[OFF + N];
    private final int[] b = new int[OFF + N];
    private final int[] out = new int[OFF + N];
    private final int[] scratch = new int[N];
    private final int[] challenge = new int[Ext5.DEGREE];
    private final int[] five = new int[Ext5.DEGREE];
    private final ExtVector x = new ExtVector(OFF + N);
    private final ExtVector y = new ExtVector(OFF + N);
    private final ExtVector z = new ExtVector(OFF + N);

    /** Fills the arrays; the self-test of the vector kernels runs here. */
    @Setup
    public void setUp() {
        kernels = Kernels.choose(implementation);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < OFF + N; i++) {
            a[i] = random.nextInt(1, KoalaBear.P);
            b[i] = random.nextInt(KoalaBear.P);
            for (int k = 0; k < Ext5.DEGREE; k++) {
                x.coordinate(k)[i] = random.nextInt(KoalaBear.P);
                y.coordinate(k)[i] = random.nextInt(KoalaBear.P);
            }
        }
        for (int k = 0; k < Ext5.DEGREE; k++) {
            challenge[k] = random.nextInt(KoalaBear.P);
        }
    }

    /** Montgomery multiplication of two arrays. */
    @Benchmark
    @OperationsPerInvocation(N)
    public int[] mul() {
        kernels.mul(a, OFF, b, OFF, out, OFF, N);
        return out;
    }

    /** Multiplication by a constant. */
    @Benchmark
    @OperationsPerInvocation(N)
    public int[] scale() {
        kernels.scale(a, OFF, challenge[0], out, OFF, N);
        return out;
    }

    /** Addition. */
    @Benchmark
    @OperationsPerInvocation(N)
    public int[] add() {
        kernels.add(a, OFF, b, OFF, out, OFF, N);
        return out;
    }

    /** Inner product in the base field. */
    @Benchmark
    @OperationsPerInvocation(N)
    public int dot() {
        return kernels.dot(a, OFF, b, OFF, N);
    }

    /** Inner product of base and extension. */
    @Benchmark
    @OperationsPerInvocation(N)
    public int[] dotBaseExt() {
        kernels.dotBaseExt(a, OFF, x.coordinates(), OFF, N, five, 0);
        return five;
    }

    /** Multiplication of two extension vectors. */
    @Benchmark
    @OperationsPerInvocation(N)
    public ExtVector extMul() {
        kernels.extMul(x.coordinates(), OFF, y.coordinates(), OFF, z.coordinates(), OFF, N);
        return z;
    }

    /** Extension fold, per element of the result. */
    @Benchmark
    @OperationsPerInvocation(N)
    public ExtVector extFold() {
        kernels.extFold(x.coordinates(), OFF, y.coordinates(), OFF, challenge, 0, z.coordinates(), OFF, N);
        return z;
    }

    /** Batch inversion; the array is inverted in place each time, so it stays free of zeros. */
    @Benchmark
    @OperationsPerInvocation(N)
    public int batchInverse() {
        return kernels.batchInverse(a, OFF, N, scratch);
    }

    /** Two steps of the transform at once on one block: N / 4 quadruples, each four pairs. */
    @Benchmark
    @OperationsPerInvocation(N)
    public int[] butterflies4() {
        kernels.butterflies4(b, OFF, 1, N / 4, a, OFF, OFF + 1);
        return b;
    }
}
