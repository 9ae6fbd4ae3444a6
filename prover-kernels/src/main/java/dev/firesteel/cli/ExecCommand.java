package dev.firesteel.cli;

import dev.firesteel.chips.RunCost;
import dev.firesteel.riscv.Emulator;
import dev.firesteel.riscv.Engine;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.ExecutionResult;
import dev.firesteel.riscv.ExecutionStatistics;
import dev.firesteel.riscv.InputTooLargeException;
import dev.firesteel.riscv.Outcome;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.SegmentLimits;
import dev.firesteel.riscv.SegmentSink;
import dev.firesteel.riscv.profile.PprofWriter;
import dev.firesteel.riscv.profile.SpeedscopeWriter;
import dev.firesteel.riscv.vm.Memory;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Executes a guest and reports what it did. */
@Command(
        name = "exec",
        description = "Execute a guest program without proving it.",
        footer = {
            "",
            "The public output is written only if the guest halts, whatever its exit code; statistics and profiles",
            "are written whenever it ran. Files appear whole or not at all.",
            "",
            "Statistics tell what proving the run will cost (docs/cost-metric.md). The cost is that of segments: for it the",
            "run is cut into segments of 2^20 cycles when --segment-cycles does not say otherwise.",
            "",
            "Exit codes: 0 the guest ended with exit code 0; 10 it ended otherwise, trapped or reached the limit;",
            "3 a file cannot be used; 2 wrong options; 1 an error of this program.",
            "",
            "Examples:",
            "  local exec fibonacci.elf --input n.bin --output fib.bin",
            "  local exec block.elf --input witness.bin --stats stats.json --pprof cycles.pb.gz"
        })
final class ExecCommand extends LocalCommand {
    /** Exit status when the guest ran and failed. */
    private static final int EXIT_GUEST_FAILED = 10;

    @Parameters(paramLabel = "PROGRAM.elf", description = "A static RV64IM ELF.")
    private Path program;

    @Option(names = "--input", paramLabel = "FILE", description = "The private input; none is the empty input.")
    private Path input;

    @Option(names = "--output", paramLabel = "FILE", description = "Where to write the public output.")
    private Path output;

    @Option(names = "--stats", paramLabel = "FILE.json", description = "Where to write statistics.")
    private Path stats;

    @Option(
            names = "--max-cycles",
            paramLabel = "N",
            description = "Stop after N cycles. Default: 2^36.",
            defaultValue = "" + ExecutionOptions.DEFAULT_MAX_CYCLES)
    private long maxCycles;

    @Option(
            names = "--max-memory",
            paramLabel = "SIZE",
            description = "Stop when the guest touches more memory, such as 512m; the heap takes 1.5 times that."
                    + " Default: 2g.",
            converter = ByteCount.class,
            defaultValue = "2g")
    private long maxMemory;

    @Option(
            names = "--segment-cycles",
            paramLabel = "N",
            description = "Cut the run into segments of at most N cycles and count them. Default: no segments.")
    private Long segmentCycles;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "auto, interpreter or translator. Default: auto.",
            defaultValue = "AUTO")
    private Engine engine;

    @Option(names = "--pprof", paramLabel = "FILE", description = "Where to write cycles per call path for pprof.")
    private Path pprof;

    @Option(
            names = "--speedscope",
            paramLabel = "FILE",
            description = "Where to write cycles per call path for speedscope.")
    private Path speedscope;

    @Override
    int execute() {
        ExecutionOptions options = options();
        Program loaded = Programs.load(program);
        byte[] bytes = input == null ? new byte[0] : CommandFiles.read(input, "input");
        for (Path file : new Path[] {output, stats, pprof, speedscope}) {
            CommandFiles.requireWritable(file);
        }
        RunCost cost = new RunCost(loaded);
        boolean segments = segmentCycles != null || stats != null;
        ExecutionResult result = run(loaded, bytes, options, segments ? cost::add : null);
        if (output != null && result.outcome() == Outcome.HALTED) {
            CommandFiles.write(output, result.output());
        }
        if (stats != null) {
            CommandFiles.write(stats, StatisticsJson.write(loaded, bytes, result, cost));
        }
        if (pprof != null) {
            CommandFiles.write(pprof, PprofWriter.write(result.profile()));
        }
        if (speedscope != null) {
            CommandFiles.write(speedscope, SpeedscopeWriter.write(result.profile()));
        }
        out().println(summary(result));
        if (result.success()) {
            return CommandLine.ExitCode.OK;
        }
        err().println(failure(loaded, result));
        return EXIT_GUEST_FAILED;
    }

    private ExecutionOptions options() {
        if (maxCycles < 1) {
            throw usage("--max-cycles is " + maxCycles + ", must be at least 1");
        }
        if (maxMemory < Memory.PAGE_BYTES) {
            throw usage("--max-memory is " + ByteCount.text(maxMemory) + ", must be at least "
                    + ByteCount.text(Memory.PAGE_BYTES));
        }
        if (segmentCycles != null && segmentCycles < 1) {
            throw usage("--segment-cycles is " + segmentCycles + ", must be at least 1");
        }
        SegmentLimits limits = segmentCycles == null ? SegmentLimits.defaults() : SegmentLimits.ofCycles(segmentCycles);
        return new ExecutionOptions(maxCycles, maxMemory, limits, pprof != null || speedscope != null, engine);
    }

    private ExecutionResult run(Program loaded, byte[] bytes, ExecutionOptions options, SegmentSink sink) {
        try {
            return Emulator.execute(loaded, bytes, options, sink);
        } catch (InputTooLargeException e) {
            throw new UserException(input + ": " + e.getMessage(), e);
        } catch (UnsupportedOperationException e) {
            throw new UserException(e.getMessage(), e);
        }
    }

    private static String summary(ExecutionResult result) {
        ExecutionStatistics statistics = result.statistics();
        return String.format(
                Locale.ROOT,
                "%d cycles in %.3f s (%.1f MIPS), %d output bytes, %d words touched, %d misaligned accesses%s",
                statistics.cycles(),
                statistics.nanos() / 1e9,
                statistics.cyclesPerSecond() / 1e6,
                result.output().length,
                statistics.touchedWords(),
                statistics.misalignedAccesses(),
                result.segmentCount() == 0 ? "" : ", " + result.segmentCount() + " segments");
    }

    private String failure(Program loaded, ExecutionResult result) {
        String place = loaded.symbols().describe(result.trapPc());
        return switch (result.outcome()) {
            case HALTED ->
                String.format(
                        Locale.ROOT,
                        "%s: the guest ended with exit code %d (0x%08x)",
                        program,
                        result.exitCode(),
                        result.exitCode());
            case TRAPPED -> program + ": the guest trapped: " + result.trap() + " at " + place;
            case CYCLE_LIMIT ->
                program + ": the guest did not end within " + maxCycles + " cycles, pc " + place
                        + "; raise --max-cycles";
            case MEMORY_LIMIT ->
                program + ": the guest needs more than " + ByteCount.text(maxMemory) + " of memory, pc " + place
                        + "; raise --max-memory, and the JVM's heap (-Xmx) to 1.5 times that";
        };
    }
}
