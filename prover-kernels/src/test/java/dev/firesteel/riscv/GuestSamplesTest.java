package dev.firesteel.riscv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every request of {@code guests/manifest.json} gives the output and exit code that it states, in segments that replay alone. */
class GuestSamplesTest {
    private static final Path GUESTS = Path.of(System.getProperty("firesteel.basedir", "."), "..", "guests")
            .normalize();
    private static final Path MANIFEST = GUESTS.resolve("manifest.json");

    @Test
    void manifestExists() {
        assumeTrue(Files.exists(MANIFEST), "skipped: there is no " + MANIFEST.toAbsolutePath());
        assertTrue(Files.isRegularFile(MANIFEST));
    }

    @TestFactory
    List<DynamicTest> requests() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        if (Files.exists(MANIFEST)) {
            for (JsonNode request :
                    new ObjectMapper().readTree(MANIFEST.toFile()).get("requests")) {
                tests.add(DynamicTest.dynamicTest(request.get("request_id").asText(), () -> check(request)));
            }
            assertTrue(!tests.isEmpty(), "the manifest has no requests");
        }
        return tests;
    }

    private static void check(JsonNode request) throws Exception {
        Path elf = GUESTS.resolve(request.get("program").asText());
        Program program =
                Program.load(Files.readAllBytes(elf), elf.getFileName().toString());
        byte[] input = Files.readAllBytes(GUESTS.resolve(request.get("input").asText()));
        byte[] expected =
                Files.readAllBytes(GUESTS.resolve(request.get("expected_output").asText()));
        ExecutionOptions options = ExecutionOptions.defaults();
        ExecutionResult whole = Emulator.execute(program, input, options, null);
        assertEquals(Outcome.HALTED, whole.outcome(), whole.toString());
        assertEquals(request.get("expected_exit_code").asInt(), whole.exitCode());
        assertArrayEquals(expected, whole.output());
        for (int log : new int[] {16, 20}) {
            ExecutionResult cut =
                    SegmentChecks.run(program, input, options.withLimits(SegmentLimits.ofCycles(1L << log)));
            assertArrayEquals(expected, cut.output());
            assertEquals(whole.statistics().cycles(), cut.statistics().cycles());
        }
    }
}
