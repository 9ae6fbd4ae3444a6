package dev.firesteel.jobs.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.schemas.Challenge;
import dev.firesteel.schemas.Environment;
import dev.firesteel.schemas.Execution;
import dev.firesteel.schemas.Proof;
import dev.firesteel.schemas.Segment;
import dev.firesteel.schemas.SegmentProof;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One request of two segments that was proved twice, and another that shares its execution. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProvingRowsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    static Path folder;

    private Warehouse warehouse;

    @BeforeAll
    void fill() {
        warehouse = Warehouse.open(TestSpark.session(), folder.resolve("w").toString());
        // 700 and 200 of segments, 100 of the run's words.
        warehouse.append("executions", Execution.class, List.of(execution("a"), execution("b")));
        warehouse.append("segments", Segment.class, List.of(segment(0, 700), segment(1, 200)));
        warehouse.append("challenges", Challenge.class, List.of(challenge("proving"), challenge("proving-old")));
        warehouse.append(
                "segment_proofs",
                SegmentProof.class,
                List.of(
                        proof(0, "proving", "run", 1000, 0, true),
                        proof(1, "proving", "run", 400, 60, false),
                        proof(0, "proving-old", "old", 5000, 0, false)));
        warehouse.append("proofs", Proof.class, List.of(core("a"), core("b")));
        warehouse.append("environments", Environment.class, List.of(environment()));
    }

    @Test
    void segmentsHaveTheirExecutionsFigures() {
        List<ProvedSegment> rows = new ProvingRows(warehouse, "run")
                .segments().stream()
                        .sorted(Comparator.comparing(ProvedSegment::index))
                        .toList();
        assertEquals(List.of(0, 1), rows.stream().map(ProvedSegment::index).toList());
        assertEquals("fib", rows.get(0).program());
        // The first one's has the table of the run's words.
        assertEquals(List.of(800L, 200L), rows.stream().map(ProvedSegment::cost).toList());
        assertEquals("cost/1", rows.get(0).costMetric());
        assertEquals(Map.of("commit", 250.0), rows.get(0).phases());
        assertEquals("test-fast, cpu-vector, 2 threads", rows.get(0).setting().toString());
        // Two of eight processors, for proving, keys and 20 ms of verifying.
        assertEquals((1000 + 20) / 4.0, rows.get(0).machineMs());
        assertEquals((400 + 60 + 20) / 4.0, rows.get(1).machineMs());
        assertTrue(rows.get(0).cold());
        assertNull(rows.get(0).peakHeapBytes());
        assertEquals(NOW.plusSeconds(1), rows.get(1).provedAt());
        assertEquals(3, new ProvingRows(warehouse, null).segments().size());
    }

    @Test
    void requestsThatShareAnExecutionHaveItsFiguresEach() {
        List<ProvedRequest> rows = new ProvingRows(warehouse, null)
                .requests().stream()
                        .sorted(Comparator.comparing(ProvedRequest::requestId))
                        .toList();
        assertEquals(
                List.of("a", "b"), rows.stream().map(ProvedRequest::requestId).toList());
        for (ProvedRequest row : rows) {
            assertEquals(1000, row.cost());
            assertEquals(1400, row.provingMs());
            assertEquals(1500 / 4.0, row.machineMs());
            assertTrue(row.cold());
            assertEquals(10, row.updates());
            assertEquals(900, row.cycles());
        }
    }

    @Test
    void theReportIsWrittenWithItsFiles() throws Exception {
        Path output = folder.resolve("out");
        StringWriter said = new StringWriter();
        ProvingWriter.write(
                warehouse, null, new Price(3.6, "USD"), OutputOptions.to(output), new PrintWriter(said, true));
        String page = Files.readString(output.resolve("report.md"));
        assertTrue(page.contains("model, 8 cores"), page);
        assertTrue(page.contains("USD per proof"), page);
        for (String csv : List.of("segments.csv", "phases.csv", "fits.csv", "requests.csv")) {
            assertTrue(Files.size(output.resolve(csv)) > 50, csv);
        }
        // 0.375 s of machine at 3.6 an hour.
        assertTrue(Files.readString(output.resolve("requests.csv")).contains(",3.75E-4\n"));
        UserException e = assertThrows(
                UserException.class,
                () -> ProvingWriter.write(
                        warehouse, "other", null, OutputOptions.to(output), new PrintWriter(said, true)));
        assertTrue(e.getMessage().contains("segment_proofs has no row of run 'other'"), e.getMessage());
    }

    private static Execution execution(String request) {
        return new Execution(
                request,
                "p",
                "i",
                "prm",
                "v",
                "run",
                "fib",
                "guest",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of("updates", "10"),
                "halted",
                0,
                null,
                null,
                null,
                new byte[0],
                0,
                "",
                0,
                900,
                2,
                0,
                5,
                Map.of(),
                Map.of(),
                1000,
                "cost/1",
                2.0,
                "driver",
                "host",
                NOW);
    }

    private static Segment segment(int index, long cost) {
        List<Long> registers = Collections.nCopies(32, 0L);
        return new Segment(
                "p",
                "i",
                "prm",
                "v",
                index,
                index == 1,
                0,
                index == 0 ? 600 : 300,
                0,
                0,
                registers,
                registers,
                5,
                new byte[0],
                0,
                new byte[0],
                Map.of(),
                0,
                cost,
                index == 1 ? "halted" : null,
                index == 1 ? 0 : null,
                "run");
    }

    private static Challenge challenge(String parameters) {
        return new Challenge(
                "p", "i", parameters, "v", "prm", "test-fast", 2, 900, new byte[0], "key", new byte[0], "run", NOW);
    }

    private static SegmentProof proof(int index, String parameters, String run, double ms, double setup, boolean cold) {
        return new SegmentProof(
                "p",
                "i",
                parameters,
                "v",
                index,
                "test-fast",
                new byte[100],
                100,
                index == 0 ? 600 : 300,
                5000,
                ms,
                Map.of("commit", ms / 4),
                setup,
                20,
                null,
                null,
                "cpu-vector",
                2,
                cold,
                0,
                "1",
                "host",
                run,
                NOW.plusSeconds(index));
    }

    private static Proof core(String request) {
        return new Proof(
                "proof-" + request,
                "core",
                "request",
                request,
                "p",
                "i",
                "proving",
                "prm",
                null,
                null,
                new byte[0],
                "key",
                "test-fast",
                new byte[200],
                200,
                List.of(),
                2,
                900,
                1400,
                30,
                null,
                "v",
                "run",
                NOW);
    }

    private static Environment environment() {
        return new Environment(
                "run", "host", "os", "model", 8, 1L << 34, List.of(), null, "jdk", "4", "4", "local", "v", "f", NOW);
    }
}
