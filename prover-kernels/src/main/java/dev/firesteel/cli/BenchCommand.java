package dev.firesteel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firesteel.examples.ExampleMachine;
import dev.firesteel.examples.ExampleMachines;
import dev.firesteel.poly.Parallel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times the prover on an example machine. */
@Command(
        name = "bench",
        description = "Prove an example machine, verify the proof, and print what it took.",
        footer = {
            "",
            "Every repetition is a whole proof, which is verified; printed is the fastest. The first one is slow: the compiler",
            "is still at work. Memory is what the heap held at most, garbage included.",
            "",
            "Examples:",
            "  local bench --machine poseidon2 --log-rows 14",
            "  local bench --machine keccak-f --log-rows 10 --threads 1 --preset provable-128 --json keccak.json"
        })
final class BenchCommand extends LocalCommand {
    private static final int MAX_LOG_ROWS = 22;

    @Option(
            names = "--machine",
            paramLabel = "NAME",
            required = true,
            description =
                    "keccak-f, poseidon2 (width 24), or another example: fibonacci, adder, network, poseidon2-16.")
    private String machine;

    @Option(names = "--log-rows", paramLabel = "N", required = true, description = "The table has 2^N rows.")
    private int logRows;

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
            description = "Proofs to make. Default: ${DEFAULT-VALUE}.",
            defaultValue = "3")
    private int repetitions;

    @Option(names = "--json", paramLabel = "FILE", description = "Where to write the figures of all repetitions.")
    private Path json;

    @Override
    int execute() {
        ExampleMachine example = ExampleMachines.named(machine.equals("poseidon2") ? "poseidon2-24" : machine)
                .orElseThrow(() -> usage("--machine: no example '" + machine + "'; there are "
                        + ExampleMachines.all().stream()
                                .map(ExampleMachine::name)
                                .collect(Collectors.joining(", "))));
        if (logRows < 0 || logRows > MAX_LOG_ROWS) {
            throw usage("--log-rows is " + logRows + ", not within 0 and " + MAX_LOG_ROWS);
        }
        int used = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (used < 1) {
            throw usage("--threads is " + used + ", must be at least 1");
        }
        if (repetitions < 1) {
            throw usage("--repetitions is " + repetitions + ", must be at least 1");
        }
        CommandFiles.requireWritable(json);
        try (Parallel parallel = new Parallel(used)) {
            ProofBenchmark benchmark = new ProofBenchmark(example, logRows, Presets.of(preset, this), parallel);
            ProofBenchmark.Report report = benchmark.run(repetitions);
            if (json != null) {
                CommandFiles.write(json, bytes(report));
            }
            print(report);
        }
        return CommandLine.ExitCode.OK;
    }

    private void print(ProofBenchmark.Report report) {
        ProofBenchmark.Run best = report.best();
        if (report.bits() == 0) {
            out().println("preset " + report.preset() + " is INSECURE: figures of a test, not of proofs");
        }
        out().printf(
                        Locale.ROOT,
                        "%s, 2^%d rows, %d cells, %d threads, %s, kernels %s%n",
                        report.machine(),
                        report.logRows(),
                        report.cells(),
                        report.threads(),
                        report.preset(),
                        report.kernels());
        out().printf(
                        Locale.ROOT,
                        "%.3f s (%.3f s of CPU), %.0f cells/s, %.1f ns/cell; proof %d bytes, verified in %.3f s%n",
                        best.seconds(),
                        best.cpuSeconds(),
                        report.cells() / best.seconds(),
                        1e9 * best.seconds() / report.cells(),
                        best.proofBytes(),
                        best.verifySeconds());
        best.phases()
                .forEach((phase, seconds) -> out().printf(
                                Locale.ROOT,
                                "  %-10s %8.3f s %5.1f %%%n",
                                phase,
                                seconds,
                                100 * seconds / best.seconds()));
        out().printf(
                        Locale.ROOT,
                        "%.1f MB allocated, %.1f MB heap at most; trace made in %.3f s, keys in %.3f s%n",
                        best.allocatedBytes() / 1e6,
                        best.peakHeapBytes() / 1e6,
                        report.traceSeconds(),
                        report.setupSeconds());
    }

    private static byte[] bytes(ProofBenchmark.Report report) {
        try {
            ObjectMapper mapper = new ObjectMapper()
                    .setPropertyNamingStrategy(com.fasterxml.jackson.databind.PropertyNamingStrategies.SNAKE_CASE);
            String text = mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report);
            return (text + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of numbers and strings is always JSON", e);
        }
    }
}
