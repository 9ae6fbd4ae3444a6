package dev.firesteel.bench;

import dev.firesteel.riscv.ElfException;
import dev.firesteel.riscv.Emulator;
import dev.firesteel.riscv.Engine;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.ExecutionResult;
import dev.firesteel.riscv.InputTooLargeException;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.SegmentSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Compiled guests from {@code guests/}, steady state and the first run of a fresh JVM. Runs in the repository's root, where
 * {@code scripts/bench} goes.
 */
@State(Scope.Benchmark)
public class GuestBenchmark {
    /** Guest, sample and, where the guest counts from the end of its input, how often to repeat. */
    public enum Work {
        KECCAK("keccak-chain-software", "n10", 12_000),
        SHA256("sha256-chain-software", "n10", 20_000),
        STATE_BATCH("state-batch", "n100", 0),
        MLP("mlp", "digits", 0),
        TRANSACTIONS_ROOT("transactions-root", "n260", 0);

        private final String guest;
        private final String sample;
        private final long count;

        Work(String guest, String sample, long count) {
            this.guest = guest;
            this.sample = sample;
            this.count = count;
        }
    }

    @Param
    public Work work;

    @Param({"INTERPRETER", "AUTO"})
    public Engine engine;

    @Param({"false", "true"})
    public boolean segments;

    private Program program;
    private byte[] input;
    private ExecutionOptions options;

    @Setup
    public void load() throws IOException, ElfException {
        Path folder = Path.of("guests", work.guest);
        program = Program.load(Files.readAllBytes(folder.resolve(work.guest + ".elf")), work.guest);
        input = Files.readAllBytes(folder.resolve("samples").resolve(work.sample + ".in"));
        if (work.count != 0) {
            ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN).putLong(input.length - 8, work.count);
        }
        options = ExecutionOptions.defaults().withEngine(engine);
    }

    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    @Warmup(iterations = 6, time = 1)
    @Measurement(iterations = 7, time = 1)
    @Fork(
            value = 1,
            jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx1g"})
    public ExecutionResult steady(
            EmulatorBenchmark.Instructions instructions, EmulatorBenchmark.CpuTime cpu, Blackhole hole)
            throws InputTooLargeException {
        cpu.begin();
        ExecutionResult result = run(hole);
        instructions.mips += result.statistics().cycles();
        cpu.end(result.statistics().cycles());
        return result;
    }

    /** Milliseconds of the first run in a JVM: no warm-up. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    @Fork(
            value = 5,
            jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx1g"})
    public ExecutionResult first(Blackhole hole) throws InputTooLargeException {
        return run(hole);
    }

    private ExecutionResult run(Blackhole hole) throws InputTooLargeException {
        SegmentSink sink = segments ? hole::consume : null;
        ExecutionResult result = Emulator.execute(program, input, options, sink);
        if (!result.success()) {
            throw new IllegalStateException("the guest failed: " + result);
        }
        return result;
    }
}
