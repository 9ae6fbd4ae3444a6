package dev.firesteel.bench;

import dev.firesteel.riscv.Emulator;
import dev.firesteel.riscv.Engine;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.ExecutionResult;
import dev.firesteel.riscv.InputTooLargeException;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.SegmentSink;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * Guest instructions per microsecond, that is MIPS, in the steady state: the column {@code :mips}. The column without a
 * name is whole runs and means little.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx1g"})
public class EmulatorBenchmark {
    private static final int TURNS = 2_000_000;

    @Param
    public BenchmarkProgram program;

    @Param({"INTERPRETER", "AUTO"})
    public Engine engine;

    /** Whether the run is cut into segments of 2^20 cycles. */
    @Param({"false", "true"})
    public boolean segments;

    private Program loaded;
    private ExecutionOptions options;

    /** JMH divides it by time as it divides the number of invocations. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Instructions {
        public long mips;
    }

    /**
     * The same by the CPU time of the thread that executes, which other processes on the machine disturb less. The JVM's
     * compiler threads are not in it. JMH adds iterations up: divide the table's value by its Cnt.
     */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class CpuTime {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        private long cycles;
        private long nanos;
        private long begun;

        @Setup(Level.Iteration)
        public void reset() {
            cycles = 0;
            nanos = 0;
        }

        void begin() {
            begun = THREADS.getCurrentThreadCpuTime();
        }

        void end(long executed) {
            nanos += THREADS.getCurrentThreadCpuTime() - begun;
            cycles += executed;
        }

        public double cpuMips() {
            return nanos == 0 ? 0 : cycles * 1e3 / nanos;
        }
    }

    @Setup
    public void load() {
        loaded = program.load(TURNS);
        options = ExecutionOptions.defaults().withEngine(engine);
    }

    @Benchmark
    public ExecutionResult run(Instructions instructions, CpuTime cpu, Blackhole hole) throws InputTooLargeException {
        cpu.begin();
        SegmentSink sink = segments ? hole::consume : null;
        ExecutionResult result = Emulator.execute(loaded, new byte[0], options, sink);
        if (!result.success()) {
            throw new IllegalStateException("the program failed: " + result);
        }
        instructions.mips += result.statistics().cycles();
        cpu.end(result.statistics().cycles());
        return result;
    }
}
