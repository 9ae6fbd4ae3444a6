package dev.firesteel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firesteel.field.Kernels;
import dev.firesteel.hash.Hashes;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.request.KeyCache;
import dev.firesteel.request.ProgramSetup;
import dev.firesteel.request.RunProver;
import dev.firesteel.request.RunVerifier;
import dev.firesteel.riscv.Emulator;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.ExecutionResult;
import dev.firesteel.riscv.InputTooLargeException;
import dev.firesteel.riscv.Outcome;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.SegmentLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Executes a guest and proves the run. */
@Command(
        name = "prove",
        description = "Execute a guest program and prove the run.",
        footer = {
            "",
            "Writes the core proof (the proofs of all segments) and the program's key, which is what a verifier needs besides",
            "the output. The proof is verified before it is written. It says which program ran, what it put out and how it",
            "ended; it is not zero-knowledge. A run that ends with another exit code than 0 is proved as such; one that traps",
            "or reaches a limit has no proof.",
            "",
            "With --key-cache the second start of the same build takes the key from a file; what takes seconds at every start is that",
            "the JVM compiles the prover, and that stays.",
            "",
            "Exit codes: 0 proved, and the guest ended with exit code 0; 10 the guest ended otherwise (proved, if it halted);",
            "3 a file cannot be used; 2 wrong options; 1 an error of this program.",
            "",
            "Examples:",
            "  local prove fibonacci.elf --input n.bin --proof fib.proof --key fib.key --output fib.bin",
            "  local prove block.elf --input w.bin --proof b.proof --key b.key --threads 2 --stats stats.json"
        })
final class ProveCommand extends LocalCommand {
    private static final int EXIT_GUEST_FAILED = 10;
    private static final int MAX_SEGMENT_CYCLES = 1 << ProgramSetup.DEFAULT_LOG_HEIGHT;

    @Parameters(paramLabel = "PROGRAM.elf", description = "A static RV64IM ELF.")
    private Path program;

    @Option(names = "--input", paramLabel = "FILE", description = "The private input; none is the empty input.")
    private Path input;

    @Option(names = "--proof", paramLabel = "FILE", required = true, description = "Where to write the proof.")
    private Path proof;

    @Option(names = "--key", paramLabel = "FILE", required = true, description = "Where to write the program's key.")
    private Path key;

    @Option(names = "--output", paramLabel = "FILE", description = "Where to write the public output.")
    private Path output;

    @Option(names = "--stats", paramLabel = "FILE.json", description = "Where to write what it took.")
    private Path stats;

    @Option(
            names = "--segment-cycles",
            paramLabel = "N",
            description = "Cut the run into segments of at most N cycles, at most 2^20. Default: 2^20.",
            defaultValue = "" + MAX_SEGMENT_CYCLES)
    private int segmentCycles;

    @Option(
            names = "--preset",
            paramLabel = "P",
            description = "test-fast (insecure), provable-100 or provable-128. Default: ${DEFAULT-VALUE}.",
            defaultValue = "provable-128")
    private String preset;

    @Option(
            names = "--key-cache",
            paramLabel = "DIR",
            description = "Keep the prover's key of a program in files of this folder, and take it from there the next"
                    + " time. Default: it is made each time.")
    private Path keyCache;

    @Option(names = "--threads", paramLabel = "T", description = "Threads of the prover. Default: one per processor.")
    private Integer threads;

    @Override
    int execute() {
        if (segmentCycles < 1 || segmentCycles > MAX_SEGMENT_CYCLES) {
            throw usage("--segment-cycles is " + segmentCycles + ", not within 1 and " + MAX_SEGMENT_CYCLES);
        }
        int used = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (used < 1) {
            throw usage("--threads is " + used + ", must be at least 1");
        }
        SecurityPreset security = Presets.of(preset, this);
        Program loaded = Programs.load(program);
        byte[] bytes = input == null ? new byte[0] : CommandFiles.read(input, "input");
        for (Path file : new Path[] {proof, key, output, stats}) {
            CommandFiles.requireWritable(file);
        }
        List<Segment> segments = new ArrayList<>();
        ExecutionResult result = run(loaded, bytes, segments);
        if (result.outcome() != Outcome.HALTED) {
            err().println(program + ": the guest did not halt but ended as " + result.outcome()
                    + (result.trap() == null ? "" : ": " + result.trap()) + " at "
                    + loaded.symbols().describe(result.trapPc()) + "; there is nothing to prove");
            return EXIT_GUEST_FAILED;
        }
        try (Parallel parallel = new Parallel(used)) {
            prove(loaded, security, segments, result, parallel);
        }
        if (result.exitCode() == 0) {
            return CommandLine.ExitCode.OK;
        }
        err().println(program + ": the guest ended with exit code " + result.exitCode() + ", which is what is proved");
        return EXIT_GUEST_FAILED;
    }

    private ExecutionResult run(Program loaded, byte[] bytes, List<Segment> segments) {
        try {
            return Emulator.execute(
                    loaded,
                    bytes,
                    ExecutionOptions.defaults().withLimits(SegmentLimits.ofCycles(segmentCycles)),
                    segments::add);
        } catch (InputTooLargeException e) {
            throw new UserException(input + ": " + e.getMessage(), e);
        }
    }

    private void prove(
            Program loaded,
            SecurityPreset security,
            List<Segment> segments,
            ExecutionResult result,
            Parallel parallel) {
        Map<String, Double> phases = new LinkedHashMap<>();
        long start = System.nanoTime();
        // Otherwise whoever uses them first seems to take what their self-test takes.
        Kernels.get();
        Hashes.get();
        double kernelSeconds = seconds(start);
        start = System.nanoTime();
        KeyCache.Entry keys = keys(loaded, security, parallel);
        ProgramSetup setup = keys.setup();
        double setupSeconds = seconds(start);
        start = System.nanoTime();
        byte[] made;
        try {
            made = new RunProver(setup, parallel)
                    .prove(segments, (phase, nanos) -> phases.merge(phase, nanos / 1e9, Double::sum));
        } catch (RunProver.NotProvableException e) {
            throw new UserException(program + ": " + e.getMessage(), e);
        }
        double proveSeconds = seconds(start);
        start = System.nanoTime();
        verify(setup, security, segments, made);
        double verifySeconds = seconds(start);
        CommandFiles.write(key, setup.programKey().bytes());
        if (output != null) {
            CommandFiles.write(output, result.output());
        }
        CommandFiles.write(proof, made);
        long cycles = result.statistics().cycles();
        out().printf(
                        Locale.ROOT,
                        "%d cycles in %d segments proved in %.3f s (%.0f cycles/s), %s; proof %d bytes, verified in %.3f s;"
                                + " kernels tested in %.3f s, keys %s in %.3f s%n",
                        cycles,
                        segments.size(),
                        proveSeconds,
                        cycles / proveSeconds,
                        security.secure() ? security.label() : security.label() + " (INSECURE)",
                        made.length,
                        verifySeconds,
                        kernelSeconds,
                        keys.hit() ? "from the cache" : "made",
                        setupSeconds);
        if (stats != null) {
            ObjectNode json = new ObjectMapper().createObjectNode();
            json.put("program_hash", setup.programKey().programHashHex())
                    .put("preset", security.label())
                    .put("security_bits", security.bits())
                    .put("threads", parallel.threads())
                    .put("exit_code", result.exitCode())
                    .put("cycles", cycles)
                    .put("segments", segments.size())
                    .put("kernel_test_seconds", kernelSeconds)
                    .put("setup_seconds", setupSeconds)
                    .put("keys_from_cache", keys.hit())
                    .put("prove_seconds", proveSeconds)
                    .put("verify_seconds", verifySeconds)
                    .put("cycles_per_second", cycles / proveSeconds)
                    .put("proof_bytes", made.length)
                    .put("output_bytes", result.output().length);
            ObjectNode times = json.putObject("phase_seconds");
            phases.forEach(times::put);
            CommandFiles.write(stats, text(json));
        }
    }

    private KeyCache.Entry keys(Program loaded, SecurityPreset security, Parallel parallel) {
        try {
            return keyCache == null
                    ? new KeyCache.Entry(ProgramSetup.of(loaded, security, parallel), false)
                    : KeyCache.in(keyCache, err()::println).get(loaded, security, parallel);
        } catch (IllegalArgumentException e) {
            throw new UserException(program + ": no key can be made: " + e.getMessage(), e);
        }
    }

    /** What would not verify is not written. */
    private static void verify(ProgramSetup setup, SecurityPreset security, List<Segment> segments, byte[] made) {
        RunVerifier verifier = security.secure()
                ? RunVerifier.of(setup.programKey())
                : RunVerifier.allowingInsecure(setup.programKey());
        try {
            verifier.verify(RunProver.statement(segments), made);
        } catch (VerificationException e) {
            throw new IllegalStateException("the proof that was made does not verify: " + e.getMessage(), e);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static byte[] text(ObjectNode json) {
        try {
            return (new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and strings are always JSON", e);
        }
    }
}
