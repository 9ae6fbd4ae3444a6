package dev.firesteel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code bench} on small runs. */
class GuestBenchTest {
    private static final Path GUESTS = Path.of(System.getProperty("firesteel.basedir", "."), "..", "guests")
            .normalize();

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object... args) {
        CommandLine bench = LocalMain.commandLine();
        bench.setOut(new PrintWriter(out));
        bench.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of("bench-guests"));
        Arrays.stream(args).map(Object::toString).forEach(all::add);
        if (!all.contains("--guests")) {
            all.addAll(List.of("--guests", GUESTS.toString()));
        }
        return bench.execute(all.toArray(String[]::new));
    }

    @Test
    void guestsAreProvedAndTheirFiguresPrinted() throws Exception {
        assumeTrue(Files.isDirectory(GUESTS), () -> "SKIPPED: no " + GUESTS);
        Path json = folder.resolve("bench.json");
        int status = run(
                "--guest",
                "compute,memory",
                "--segment-cycles",
                "4096,16384",
                "--preset",
                "test-fast",
                "--threads",
                2,
                "--warm-ups",
                0,
                "--repetitions",
                2,
                "--json",
                json);
        assertEquals(0, status, err::toString);
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertEquals(4, figures.get("runs").size());
        for (JsonNode run : figures.get("runs")) {
            long limit = run.get("segment_cycles").asLong();
            long cycles = run.get("cycles").asLong();
            // The longest run that fits: another element would not.
            assertTrue(cycles <= limit && cycles > limit * 3 / 4, run.toString());
            assertTrue(run.get("cells").asLong() > 10 * cycles, run.toString());
            assertTrue(run.get("cost").asLong() > run.get("cells").asLong(), run.toString());
            assertEquals(2, run.get("runs").size());
            JsonNode once = run.get("runs").get(0);
            double sum = 0;
            for (JsonNode phase : once.get("phases")) {
                sum += phase.asDouble();
            }
            assertEquals(once.get("seconds").asDouble(), sum, 1e-6);
            assertTrue(once.get("phases").has("commit") && once.get("phases").has("other"), once.toString());
            assertTrue(once.get("peak_heap_bytes").asLong() > 1 << 20, once.toString());
        }
        assertEquals(4, figures.get("fit").get("points").asInt());
        String text = out.toString();
        assertTrue(text.contains("INSECURE"), text);
        assertTrue(text.contains("memory (sort), segment of 16384: "), text);
        assertTrue(text.contains(" cycles/s, "), text);
        assertTrue(text.contains("R2 = "), text);
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        assertEquals(2, run("--segment-cycles", 1 << 21));
        assertTrue(err.toString().contains("--segment-cycles is 2097152, not within 1 and 1048576"), err.toString());
        assertEquals(2, run("--repetitions", 0));
        assertEquals(2, run("--guest", "nothing"));
        assertEquals(3, run("--guests", folder));
        assertTrue(err.toString().contains("fibonacci.elf: no such file"), err.toString());
        assertEquals(3, run("--guest", "compute", "--segment-cycles", 10, "--preset", "test-fast"));
        assertTrue(err.toString().contains("no run ends within 10 cycles"), err.toString());
    }

    private static RunBenchmark.Report report(long cost, double... seconds) {
        List<RunBenchmark.Run> runs = Arrays.stream(seconds)
                .mapToObj(s -> new RunBenchmark.Run(s, s, Map.of(), 0, 0, 0, 0, null))
                .toList();
        return new RunBenchmark.Report("g", "k", 1, 1, 1, cost, 0, runs);
    }

    @Test
    void theLineIsThatOfTheFastestProofs() {
        // Through (1, 3), (2, 5), (3, 7): 2·x + 1.
        CostFit line = CostFit.of(List.of(report(1, 9, 3), report(2, 5), report(3, 7, 8, 9)));
        assertEquals(2, line.secondsPerCost(), 1e-12);
        assertEquals(1, line.seconds(), 1e-12);
        assertEquals(1, line.rSquared(), 1e-12);
        // (0, 0), (1, 0), (2, 3): slope 1.5, R² = (Σ xy)² / (Σ x² Σ y²) = 9 / (2·6).
        assertEquals(
                0.75,
                CostFit.of(List.of(report(0, 0), report(1, 0), report(2, 3))).rSquared(),
                1e-12);
        assertNull(CostFit.of(List.of(report(1, 1), report(2, 2))));
        assertNull(CostFit.of(List.of(report(1, 1), report(1, 2), report(1, 3))));
        assertEquals(5, report(1, 9, 3, 4, 6).medianSeconds());
    }
}
