package dev.firesteel.bench;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Interaction;
import dev.firesteel.air.Trace;
import dev.firesteel.examples.ExampleMachines;
import dev.firesteel.examples.Instance;
import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.gkr.GkrClaim;
import dev.firesteel.gkr.GkrProver;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.protocol.ProverChannel;
import dev.firesteel.protocol.TableLayout;
import dev.firesteel.zerocheck.Batching;
import dev.firesteel.zerocheck.Fingerprint;
import dev.firesteel.zerocheck.Leaves;
import dev.firesteel.zerocheck.ZerocheckProver;
import java.util.ArrayList;
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
        GkrClaim<Ext> claim = GkrProver.prove(channel, leaves.numerators(), leaves.denominators());
        point = claim.point();
        batching = Batching.of(
                ExtArithmetic.INSTANCE, layout, fingerprint, claim, channel.sample("gamma"), channel.sample("eta"));
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
        return Leaves.of(layout, fixed, main, fingerprint);
    }

    /** LogUp-GKR. */
    @Benchmark
    public int gkr() {
        Challenges channel = new Challenges();
        GkrProver.prove(channel, numerators, denominators);
        return channel.hash;
    }

    /** The zerocheck. */
    @Benchmark
    public int zerocheck() {
        Challenges channel = new Challenges();
        ZerocheckProver.prove(channel, layout, fixed, main, point, batching);
        return channel.hash;
    }

    /** Prints the best of several runs of each phase: {@code <table> <runs>}. */
    public static void main(String[] args) {
        for (int i = 1; i < args.length; i++) {
            SumcheckBenchmark b = new SumcheckBenchmark();
            b.table = args[i];
            b.setUp();
            long[] best = {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
            int[] hash = new int[3];
            var cpu = java.lang.management.ManagementFactory.getThreadMXBean();
            for (int run = 0; run < Integer.parseInt(args[0]); run++) {
                for (int phase = 0; phase < 3; phase++) {
                    b.fresh();
                    long start = cpu.getCurrentThreadCpuTime();
                    hash[phase] = phase == 0 ? b.leaves().hashCode() : phase == 1 ? b.gkr() : b.zerocheck();
                    best[phase] = Math.min(best[phase], cpu.getCurrentThreadCpuTime() - start);
                }
            }
            long cells = 0;
            for (Trace t : b.main) {
                cells += t.width() * (long) t.height();
            }
            System.out.printf(
                    "%s %d cells, %d leaves: leaves %.2f gkr %.2f zerocheck %.2f ms; %.1f ns/cell; bits %08x %08x%n",
                    args[i],
                    cells,
                    b.layout.leafCount(),
                    best[0] / 1e6,
                    best[1] / 1e6,
                    best[2] / 1e6,
                    (best[0] + best[1] + best[2]) / (double) cells,
                    hash[1],
                    hash[2]);
        }
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
