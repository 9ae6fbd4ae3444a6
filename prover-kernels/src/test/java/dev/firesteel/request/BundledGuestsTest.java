package dev.firesteel.request;

import static dev.firesteel.request.ProvedRuns.assertAccepted;
import static dev.firesteel.request.ProvedRuns.prove;
import static dev.firesteel.request.ProvedRuns.segments;
import static dev.firesteel.request.ProvedRuns.setup;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firesteel.poly.Parallel;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.oracle.Runs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every guest of {@code guests/manifest.json}, with the smallest of its inputs that takes some cycles: proved and verified against the output that the manifest states. */
class BundledGuestsTest {
    private static final Path GUESTS = Path.of(System.getProperty("firesteel.basedir", "."), "..", "guests")
            .normalize();
    private static final int SEGMENT_CYCLES = 1 << 15;
    /** An input of less does not reach the guest's work. */
    private static final long LEAST_CYCLES = 1000;

    private static final Parallel PARALLEL = new Parallel(2);

    /** A request of the manifest, and how many cycles it takes. */
    private record Sample(JsonNode request, Program program, byte[] input, long cycles) {}

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    @TestFactory
    List<DynamicTest> guests() throws Exception {
        Path manifest = GUESTS.resolve("manifest.json");
        assumeTrue(Files.exists(manifest), "SKIPPED: there is no " + manifest.toAbsolutePath());
        Map<String, Sample> smallest = new HashMap<>();
        for (JsonNode request : new ObjectMapper().readTree(manifest.toFile()).get("requests")) {
            Program program = Runs.load(
                    Files.readAllBytes(GUESTS.resolve(request.get("program").asText())));
            byte[] input =
                    Files.readAllBytes(GUESTS.resolve(request.get("input").asText()));
            long cycles = Runs.run(program, input, ExecutionOptions.defaults(), false)
                    .result()
                    .statistics()
                    .cycles();
            smallest.merge(
                    request.get("program").asText(),
                    new Sample(request, program, input, cycles),
                    (a, b) -> preferred(a, b) ? a : b);
        }
        assertTrue(smallest.size() >= 8, () -> smallest.size() + " guests");
        List<DynamicTest> tests = new ArrayList<>();
        smallest.forEach((name, sample) -> tests.add(DynamicTest.dynamicTest(name, () -> proves(sample))));
        return tests;
    }

    private static boolean preferred(Sample a, Sample b) {
        boolean works = a.cycles >= LEAST_CYCLES;
        return works == b.cycles >= LEAST_CYCLES ? works == a.cycles < b.cycles : works;
    }

    private static void proves(Sample sample) throws Exception {
        List<Segment> segments = segments(sample.program, sample.input, SEGMENT_CYCLES);
        ProgramSetup setup = setup(sample.program, PARALLEL);
        byte[] proof = prove(setup, segments, PARALLEL);
        JsonNode request = sample.request;
        byte[] output =
                Files.readAllBytes(GUESTS.resolve(request.get("expected_output").asText()));
        RunStatement statement =
                new RunStatement(output, request.get("expected_exit_code").asInt());
        assertArrayEquals(output, RunProver.statement(segments).output());
        assertAccepted(ProgramKey.read(setup.programKey().bytes()), statement, proof);
    }
}
