package dev.firesteel.bench;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Trace;
import dev.firesteel.examples.ExampleMachines;
import dev.firesteel.examples.Instance;
import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.gkr.GkrClaim;
import dev.firesteel.gkr.GkrProver;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.protocol.ProverChannel;
import dev.firesteel.protocol.TableLayout;
import dev.firesteel.zerocheck.Batching;
import dev.firesteel.zerocheck.Fingerprint;
import dev.firesteel.zerocheck.Leaves;
import dev.firesteel.zerocheck.ZerocheckProver;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The provers of LogUp-GKR and of the zerocheck on example machines, milliseconds per proof. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 15)
@Fork(
        value = 3,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx3g"})
public class SumcheckBenchmark {

    /** The machine and log2 of its rows. */
    @Param({"keccak-f:10", "poseidon2-24:14"})
    public String table;

    /** Threads. */
    @Param({"1", "2"})
    public int threads = 1;

    private Parallel parallel;
    private TableLayout layout;
    private final List<Trace> main = new ArrayList<>();
    private final List<Trace> fixed = new ArrayList<>();
    private Fingerprint<Ext> fingerprint;
    private Batching<Ext> batching;
    private List<Ext> point;
    private ExtVector numerators;
    private ExtVector denominators;

    /** Makes the traces and the challenges. */
    @Setup
    public void setUp() {
        parallel = new Parallel(threads);
        String[] parts = table.split(":");
        var machine = ExampleMachines.named(parts[0]).orElseThrow();
        List<ChipDescription> chips =
                machine.chips().stream().map(ChipDescription::of).toList();
        Instance instance = machine.instance(Integer.parseInt(parts[1]), 1);
        layout = TableLayout.of(
                chips, instance.main().stream().mapToInt(Trace::logHeight).toArray());
        main.clear();
        fixed.clear();
        layout.tables().forEach(t -> {
            main.add(instance.main().get(t.index()));
            fixed.add(instance.preprocessed().get(t.index()));
        });
        int width = chips.stream()
                .map(ChipDescription::interactions)
                .flatMap(List::stream)
                .mapToInt(i -> i.bus().width())
                .max()
                .orElse(0);
        Challenges channel = new Challenges();
        fingerprint = Fingerprint.of(ExtArithmetic.INSTANCE, channel.sample("alpha"), channel.sample("beta"), width);
        Leaves leaves = leaves();
        GkrClaim<Ext> claim = GkrProver.prove(channel, leaves.numerators(), leaves.denominators(), parallel);
        point = claim.point();
        batching = Batching.of(
                ExtArithmetic.INSTANCE, layout, fingerprint, claim, channel.sample("gamma"), channel.sample("eta"));
    }

    /** Ends the threads. */
    @TearDown
    public void tearDown() {
        parallel.close();
    }

    /** GKR overwrites its leaves. */
    @Setup(Level.Invocation)
    public void fresh() {
        Leaves leaves = leaves();
        numerators = leaves.numerators();
        denominators = leaves.denominators();
    }

    /** Evaluates all messages. */
    @Benchmark
    public Leaves leaves() {
        return Leaves.of(layout, fixed, main, fingerprint, parallel);
    }

    /** LogUp-GKR. */
    @Benchmark
    public int gkr() {
        Challenges channel = new Challenges();
        GkrProver.prove(channel, numerators, denominators, parallel);
        return channel.hash;
    }

    /** The zerocheck. */
    @Benchmark
    public int zerocheck() {
        Challenges channel = new Challenges();
        ZerocheckProver.prove(channel, layout, fixed, main, point, batching, parallel);
        return channel.hash;
    }

    /**
     * Prints, for each of several runs' best, the milliseconds of every phase with one thread and with two, and a hash of what was written:
     * {@code <runs> <table>…}. Quicker to ask than JMH, and the two numbers of threads alternate, so that neighbours disturb both.
     */
    public static void main(String[] args) {
        int runs = Integer.parseInt(args[0]);
        for (String table : List.of(args).subList(1, args.length)) {
            SumcheckBenchmark[] benchmarks = new SumcheckBenchmark[2];
            for (int t = 0; t < 2; t++) {
                benchmarks[t] = new SumcheckBenchmark();
                benchmarks[t].table = table;
                benchmarks[t].threads = t + 1;
                benchmarks[t].setUp();
            }
            long[][] best = new long[2][3];
            for (long[] b : best) {
                Arrays.fill(b, Long.MAX_VALUE);
            }
            int[][] hash = new int[2][3];
            for (int run = 0; run < runs; run++) {
                for (int t = 0; t < 2; t++) {
                    for (int phase = 0; phase < 3; phase++) {
                        best[t][phase] = Math.min(best[t][phase], benchmarks[t].time(phase, hash[t]));
                    }
                }
            }
            long cells = benchmarks[0].main.stream()
                    .mapToLong(m -> (long) m.width() * m.height())
                    .sum();
            for (int t = 0; t < 2; t++) {
                System.out.printf(
                        "%s, %d cells, %d leaves, %d threads: leaves %.2f gkr %.2f zerocheck %.2f ms, %.1f ns/cell, wrote %08x %08x%n",
                        table,
                        cells,
                        benchmarks[t].layout.leafCount(),
                        t + 1,
                        best[t][0] / 1e6,
                        best[t][1] / 1e6,
                        best[t][2] / 1e6,
                        Arrays.stream(best[t]).sum() / (double) cells,
                        hash[t][1],
                        hash[t][2]);
                benchmarks[t].tearDown();
            }
        }
    }

    /** The processor time of the busiest thread: what the phase takes on a machine that does nothing else, also when this one does. */
    private long time(int phase, int[] hash) {
        fresh();
        long[] before = cpu();
        hash[phase] = phase == 0 ? leaves().numerators().length() : phase == 1 ? gkr() : zerocheck();
        long[] after = cpu();
        return Math.max(after[0] - before[0], after[1] - before[1]);
    }

    /** Of this thread and of the pool's, nanoseconds. */
    private long[] cpu() {
        ThreadMXBean threadsBean = ManagementFactory.getThreadMXBean();
        long pool = 0;
        for (ThreadInfo info : threadsBean.getThreadInfo(threadsBean.getAllThreadIds())) {
            if (info != null && info.getThreadName().startsWith("prover-")) {
                pool += threadsBean.getThreadCpuTime(info.getThreadId());
            }
        }
        return new long[] {threadsBean.getCurrentThreadCpuTime(), pool};
    }

    /** Challenges that depend on nothing but their number, and a hash of what is written. */
    private static final class Challenges implements ProverChannel {
        private final SplittableRandom random = new SplittableRandom(1);
        private int hash;

        @Override
        public void write(String label, Ext element) {
            hash = 31 * hash + element.hashCode();
        }

        @Override
        public Ext sample(String label) {
            return Ext.of(random.ints(Ext5.DEGREE, 0, KoalaBear.P).toArray(), 0);
        }

        @Override
        public void grind(String label, int bits) {
            throw new UnsupportedOperationException("the sumchecks do not grind");
        }
    }
}
