package dev.firesteel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.firesteel.chips.CostMetric;
import dev.firesteel.field.Kernels;
import dev.firesteel.hash.Hashes;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.request.ProgramSetup;
import dev.firesteel.riscv.Program;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times the prover on runs of bundled guests. */
@Command(
        name = "bench-guests",
        description = "Prove runs of bundled guests, verify the proofs, and print what they took.",
        footer = {
            "",
            "Each guest is run on the largest input whose run fits into one segment of each size, and the whole run is proved:",
            "executed again, committed, proved. Proofs before the first that is measured warm the JVM up. Every proof is",
            "verified. Times are those of the fastest proof and the median; phases and memory are those of the fastest.",
            "",
            "The last line fits time = k * cost + b over all that was measured (docs/cost-metric.md).",
            "",
            "Examples:",
            "  bench --json bench.json",
            "  bench --guest hash --segment-cycles 65536,262144 --threads 1 --preset provable-100 --repetitions 5"
        })
final class GuestBenchCommand extends LocalCommand {
    private static final int MAX_SEGMENT_CYCLES = 1 << ProgramSetup.DEFAULT_LOG_HEIGHT;

    @Option(
            names = "--guest",
            paramLabel = "KIND",
            split = ",",
            description = "compute (fibonacci), memory (sort) or hash (keccak-chain). Default: all three.",
            defaultValue = "compute,memory,hash")
    private List<Workload> workloads;

    @Option(
            names = "--segment-cycles",
            paramLabel = "N",
            split = ",",
            description = "Sizes of segments, at most 2^20 cycles. Default: 2^16, 2^18 and 2^20.",
            defaultValue = "65536,262144,1048576")
    private List<Integer> segmentCycles;

    @Option(
            names = "--guests",
            paramLabel = "DIR",
            description = "The folder of bundled guests. Default: guests/ of this installation.",
            defaultValue = "${sys:firesteel.home:-.}/guests")
    private Path guests;

    @Option(names = "--threads", paramLabel = "T", description = "Threads of the prover. Default: one per processor.")
    private Integer threads;

    @Option(
            names = "--preset",
            paramLabel = "P",
            description = "test-fast (insecure), provable-100 or provable-128. Default: ${DEFAULT-VALUE}.",
            defaultValue = "provable-128")
    private String preset;

    @Option(
            names = "--repetitions",
            paramLabel = "R",
            description = "Proofs that are measured, of each guest and size. Default: ${DEFAULT-VALUE}.",
            defaultValue = "3")
    private int repetitions;

    @Option(
            names = "--warm-ups",
            paramLabel = "W",
            description = "Proofs made before those, of each guest and size. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private int warmUps;

    @Option(names = "--json", paramLabel = "FILE", description = "Where to write the figures of all repetitions.")
    private Path json;

    /** The JSON. */
    private record Figures(
            String preset,
            int bits,
            int threads,
            String kernels,
            String jdk,
            String costMetric,
            List<RunBenchmark.Report> runs,
            CostFit fit) {}

    @Override
    int execute() {
        int used = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        SecurityPreset security = Presets.of(preset, this);
        check("--threads", used, 1);
        check("--repetitions", repetitions, 1);
        check("--warm-ups", warmUps, 0);
        for (int cycles : segmentCycles) {
            if (cycles < 1 || cycles > MAX_SEGMENT_CYCLES) {
                throw usage("--segment-cycles is " + cycles + ", not within 1 and " + MAX_SEGMENT_CYCLES);
            }
        }
        CommandFiles.requireWritable(json);
        if (!security.secure()) {
            out().println("preset " + preset + " is INSECURE: figures of a test, not of proofs");
        }
        out().printf(
                        "%s, %d threads, kernels %s, %s, Java %s%n",
                        preset, used, Kernels.get().name(), Hashes.get().name(), System.getProperty("java.vm.version"));
        List<RunBenchmark.Report> reports = new ArrayList<>();
        try (Parallel parallel = new Parallel(used)) {
            for (Workload workload : workloads) {
                Program program = Programs.load(guests.resolve(workload.guest()).resolve(workload.guest() + ".elf"));
                RunBenchmark benchmark = new RunBenchmark(workload, program, security, parallel);
                for (int cycles : segmentCycles) {
                    RunBenchmark.Report report = benchmark.run(cycles, warmUps, repetitions);
                    reports.add(report);
                    print(report);
                }
            }
        }
        CostFit fit = CostFit.of(reports);
        if (fit != null) {
            out().printf(
                            Locale.ROOT,
                            "time = %.3f ns * cost + %.3f s (%s), R2 = %.4f over %d runs%n",
                            1e9 * fit.secondsPerCost(),
                            fit.seconds(),
                            CostMetric.VERSION,
                            fit.rSquared(),
                            fit.points());
        }
        if (json != null) {
            CommandFiles.write(
                    json,
                    bytes(new Figures(
                            security.label(),
                            security.bits(),
                            used,
                            Kernels.get().name() + ", " + Hashes.get().name(),
                            System.getProperty("java.vendor") + " " + System.getProperty("java.vm.version"),
                            CostMetric.VERSION,
                            reports,
                            fit)));
        }
        return CommandLine.ExitCode.OK;
    }

    private void check(String option, int value, int least) {
        if (value < least) {
            throw usage(option + " is " + value + ", must be at least " + least);
        }
    }

    private void print(RunBenchmark.Report report) {
        RunBenchmark.Run best = report.best();
        out().printf(
                        Locale.ROOT,
                        "%s (%s), segment of %d: %d cycles, %.1f M cells, cost %.1f M%n",
                        report.kind(),
                        report.guest(),
                        report.segmentCycles(),
                        report.cycles(),
                        report.cells() / 1e6,
                        report.cost() / 1e6);
        out().printf(
                        Locale.ROOT,
                        "  best %.3f s, median %.3f s of %d (%.3f s of CPU): %.0f cycles/s, %.2f M cells/s%n",
                        best.seconds(),
                        report.medianSeconds(),
                        report.runs().size(),
                        best.cpuSeconds(),
                        report.cycles() / best.seconds(),
                        report.cells() / best.seconds() / 1e6);
        out().println("  " + shares(best.phases(), best.seconds()));
        out().printf(
                        Locale.ROOT,
                        "  heap %.0f MB at most, process %s at most, %.1f MB allocated; proof %d bytes, verified in %.3f s%n",
                        best.peakHeapBytes() / 1e6,
                        best.peakProcessBytes() == null
                                ? "?"
                                : String.format(Locale.ROOT, "%.0f MB", best.peakProcessBytes() / 1e6),
                        best.allocatedBytes() / 1e6,
                        best.proofBytes(),
                        best.verifySeconds());
        out().flush();
    }

    private static String shares(Map<String, Double> phases, double seconds) {
        return phases.entrySet().stream()
                .map(p -> String.format(Locale.ROOT, "%s %.1f %%", p.getKey(), 100 * p.getValue() / seconds))
                .collect(Collectors.joining(", "));
    }

    private static byte[] bytes(Figures figures) {
        try {
            ObjectMapper mapper = new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
            return (mapper.writerWithDefaultPrettyPrinter().writeValueAsString(figures) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of numbers and strings is always JSON", e);
        }
    }
}
