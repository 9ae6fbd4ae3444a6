package dev.firesteel.bench.pcs;

import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.Transcript;
import dev.firesteel.hash.TranscriptProverChannel;
import dev.firesteel.hash.TranscriptVerifierChannel;
import dev.firesteel.pcs.Commitment;
import dev.firesteel.pcs.CommitmentRoot;
import dev.firesteel.pcs.PcsClaims;
import dev.firesteel.pcs.PcsProver;
import dev.firesteel.pcs.PcsVerifier;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Multilinear;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.VerificationException;
import java.util.ArrayList;
import java.util.List;
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
 * Commitment, opening and verification of 2^log × width cells, milliseconds each. Divide a commitment by 2^log · width for the time of a cell.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx3g"})
public class OpeningBenchmark {

    /** The preset. */
    @Param("PROVABLE_128")
    public SecurityPreset preset;

    /** The binary logarithm of the number of rows; a second table has an eighth of them and a third as many columns. */
    @Param("16")
    public int log;

    /** Columns. */
    @Param("64")
    public int width;

    /** Threads. */
    @Param({"1", "2"})
    public int threads;

    private Parallel parallel;
    private PcsProver prover;
    private List<Trace> tables;
    private Commitment commitment;
    private PcsClaims<Ext> claims;
    private byte[] proof;

    /** Commits, and makes the proof for the verifier. */
    @Setup
    public void setUp() {
        parallel = new Parallel(threads);
        prover = new PcsProver(preset.opening(), parallel);
        SplittableRandom random = new SplittableRandom(1);
        tables = List.of(random(random, log, width), random(random, Math.max(log - 3, 0), Math.max(width / 3, 1)));
        commitment = prover.commit(tables);
        List<Ext> point = new Transcript("benchmark").sample("point", log);
        List<List<Ext>> values = new ArrayList<>();
        for (Trace table : tables) {
            List<Ext> own = new ArrayList<>();
            for (int c = 0; c < table.width(); c++) {
                own.add(evaluate(table, c, point));
            }
            values.add(own);
        }
        claims = new PcsClaims<>(point, List.of(values));
        proof = open();
    }

    private static Trace random(SplittableRandom random, int log, int width) {
        int[] cells = random.ints((long) width << log, 0, KoalaBear.P).toArray();
        return new Trace(1 << log, width, cells, 0);
    }

    private static Ext evaluate(Trace trace, int column, List<Ext> point) {
        int[] coordinates = new int[5 * point.size()];
        for (int k = 0; k < point.size(); k++) {
            point.get(k).copyTo(coordinates, 5 * (point.size() - 1 - k));
        }
        int[] value = new int[5];
        int variables = trace.logHeight();
        int off = trace.offset() + column * trace.height();
        Multilinear.evaluateBaseAtExt(
                trace.data(), off, variables, coordinates, 5 * (point.size() - variables), value, 0);
        return Ext.of(value, 0);
    }

    /** Ends the threads. */
    @TearDown
    public void tearDown() {
        System.out.println(
                "proof: " + proof.length + " bytes, " + commitment.layout().columns() + " columns of 2^"
                        + commitment.layout().logHeight());
        parallel.close();
    }

    /** The commitment, in the memory of the one before. */
    @Benchmark
    public Commitment commit() {
        return prover.commit(tables, commitment.layout(), commitment.memory());
    }

    /** The opening, with its proofs of work. */
    @Benchmark
    public byte[] open() {
        TranscriptProverChannel channel = new TranscriptProverChannel(new Transcript("benchmark"), parallel);
        prover.open(channel, List.of(commitment), claims);
        return channel.proof();
    }

    /** Its verification, which is scalar. */
    @Benchmark
    public void verify() throws VerificationException {
        TranscriptVerifierChannel channel = new TranscriptVerifierChannel(new Transcript("benchmark"), proof);
        List<CommitmentRoot> roots = List.of(commitment.root());
        PcsVerifier.verify(channel, preset.opening(), roots, claims);
        channel.end();
    }
}
