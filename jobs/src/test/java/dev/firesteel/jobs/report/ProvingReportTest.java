package dev.firesteel.jobs.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.jobs.report.ProvedSegment.Setting;
import dev.firesteel.jobs.report.document.Block;
import dev.firesteel.jobs.report.document.HtmlWriter;
import dev.firesteel.jobs.report.document.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Figures of made-up proofs, worked out by hand. */
class ProvingReportTest {
    private static final Setting SETTING = new Setting("provable-128", "cpu-vector", 2);
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final List<ProvedSegment> segments = new ArrayList<>();
    private final List<ProvedRequest> requests = new ArrayList<>();

    /** A proof that ended so many milliseconds after the first one of its run began. */
    private void segment(String program, long cycles, Long cost, double ms, boolean cold, long endMs) {
        segments.add(new ProvedSegment(
                program,
                SETTING,
                segments.size(),
                cycles,
                4 * cycles,
                cost,
                "cost/1",
                ms,
                Map.of("commit", 0.25 * ms, "gkr", 0.75 * ms),
                cold ? 500 : 0,
                10,
                ms + 10,
                1000,
                null,
                cold,
                "host 1",
                "run",
                START.plusMillis(endMs)));
    }

    private void request(String id, String program, long cycles, double ms, Long updates, Long gas) {
        requests.add(new ProvedRequest(
                id,
                program,
                "guest",
                "provable-128",
                "same input",
                1,
                cycles,
                10 * cycles,
                "cost/1",
                ms,
                1,
                2 * ms,
                false,
                1000,
                updates,
                gas,
                null));
    }

    private ProvingReport report(Price price) {
        return new ProvingReport(segments, requests, price);
    }

    /** The rows of the table that has a column of this name. */
    private static List<List<String>> table(List<Block> blocks, String column) {
        return blocks.stream()
                .filter(b -> b instanceof Block.Table t && t.header().contains(column))
                .map(b -> ((Block.Table) b).rows())
                .findFirst()
                .orElseThrow();
    }

    private static boolean has(List<Block> blocks, String column) {
        return blocks.stream()
                .anyMatch(b -> b instanceof Block.Table t && t.header().contains(column));
    }

    @Test
    void timesRatesAndPercentilesAreThoseOfWarmProofs() {
        segment("fib", 1000, 100L, 90_000, true, 90_000);
        segment("fib", 1000, 100L, 1000, false, 91_010);
        segment("fib", 2000, 200L, 2000, false, 93_020);
        segment("fib", 3000, 300L, 3000, false, 96_030);
        List<String> row = table(report(null).blocks(), "P95, s").get(0);
        // 2 + 0.9·(3 − 2) and 2 + 0.98; 6000 cycles in 6 s; four cells a cycle.
        assertEquals(
                List.of(
                        "fib",
                        SETTING.toString(),
                        "4",
                        "1",
                        "7,000",
                        "2",
                        "2.9",
                        "2.98",
                        "1,000",
                        "0.004",
                        "10",
                        "1",
                        "–"),
                row);
    }

    @Test
    void theLineOverTheCostIsThatOfWarmProofs() {
        // 3 ms a unit and 50 ms, exactly; the cold one would bend it.
        for (int i = 1; i <= 5; i++) {
            segment("fib", 1000 + i * i, 100L * i, 300.0 * i + 50, false, 1000 * i);
        }
        segment("fib", 1000, 100L, 9000, true, 20_000);
        ProvingReport report = report(null);
        List<List<String>> fits = table(report.blocks(), "k, ns per x");
        List<String> cost =
                fits.stream().filter(r -> r.get(2).equals("cost")).findFirst().orElseThrow();
        assertEquals("segments", cost.get(0));
        assertEquals("5", cost.get(3));
        assertEquals("3,000,000", cost.get(4));
        assertEquals("0.05", cost.get(6));
        assertEquals("1", cost.get(7));
        String line = report.fitsCsv()
                .lines()
                .filter(l -> l.contains(",cost,"))
                .findFirst()
                .orElseThrow();
        assertTrue(line.contains(",5,0.003"), line);
    }

    @Test
    void aSegmentWhoseExecutionIsGoneHasNoCost() {
        segment("fib", 1000, null, 1000, false, 1000);
        segment("fib", 2000, null, 2000, false, 2000);
        List<List<String>> fits = table(report(null).blocks(), "k, ns per x");
        assertEquals("no point", fits.get(2).get(4));
        assertEquals("1,000,000", fits.get(0).get(4));
    }

    @Test
    void phasesAreMeansOfWarmProofs() {
        segment("fib", 1000, 100L, 9000, true, 1000);
        segment("fib", 1000, 100L, 1000, false, 2000);
        segment("fib", 1000, 100L, 3000, false, 3000);
        List<Block> blocks = report(null).blocks();
        assertEquals(List.of("fib", "1,500", "500"), table(blocks, "gkr, ms").get(0));
        assertTrue(report(null).phasesCsv().contains("fib,run,0,true,commit,2250.0\n"));
    }

    @Test
    void throughputIsFromTheFirstProofsBeginToTheLastOnesEnd() {
        // Two at a time: from 0 to 4 s.
        segment("fib", 1000, 100L, 990, true, 1000);
        segment("fib", 3000, 100L, 2990, false, 4000);
        List<String> row = table(report(null).blocks(), "segments/h").get(0);
        assertEquals(List.of("run", START.toString(), "1", "2", "4,000", "4", "1,000", "1,800"), row);
    }

    @Test
    void coldAndWarmAreComparedPerCell() {
        segment("fib", 1000, 100L, 8000, true, 1000);
        segment("fib", 2000, 100L, 4000, false, 2000);
        List<String> row = table(report(null).blocks(), "cold : warm").get(0);
        // 8 s for 4,000 cells, 4 s for 8,000; keys took half a second once.
        assertEquals(List.of("fib", SETTING.toString(), "1", "1", "2,000", "500", "4", "1", "0.5"), row);
        segments.removeIf(ProvedSegment::cold);
        assertFalse(has(report(null).blocks(), "cold : warm"));
    }

    @Test
    void aProofsPriceIsThatOfItsMachineTime() {
        segment("fib", 1000, 100L, 1000, false, 1000);
        request("a", "fib", 1_000_000, 1_800_000, null, 500_000L);
        request("b", "fib", 3_000_000, 5_400_000, null, null);
        List<String> row =
                table(report(new Price(2, "EUR")).blocks(), "EUR per proof").get(0);
        // One hour and three hours of machine at 2 an hour.
        assertEquals(List.of("4", "2", "4", "–"), row.subList(row.size() - 4, row.size()));
        assertTrue(report(new Price(2, "EUR")).requestsCsv().contains(",6.0\n"));
        assertFalse(has(report(null).blocks(), "USD per proof"));
    }

    @Test
    void anUpdateIsCheaperInABatch() {
        segment("state-batch", 1000, 100L, 1000, false, 1000);
        request("one", "state-batch", 1000, 2000, 1L, null);
        request("ten", "state-batch", 4000, 5000, 10L, null);
        request("hundred", "state-batch", 20_000, 20_000, 100L, null);
        List<List<String>> rows = table(report(new Price(36, "USD")).blocks(), "proving per update, s");
        assertEquals(List.of("1", "10", "100"), rows.stream().map(r -> r.get(1)).toList());
        // 2 s alone; 0.5 s and 0.2 s; 4 s, 1 s and 0.4 s of machine at a cent a second.
        assertEquals(
                List.of("2", "0.5", "0.2"), rows.stream().map(r -> r.get(5)).toList());
        assertEquals(List.of("1", "4", "10"), rows.stream().map(r -> r.get(6)).toList());
        assertEquals(
                List.of("0.04", "0.01", "0.004"),
                rows.stream().map(r -> r.get(7)).toList());
    }

    @Test
    void softwareIsComparedWithTheAcceleratorOnTheSameInput() {
        segment("keccak-chain", 1000, 100L, 1000, false, 1000);
        request("fast", "keccak-chain", 1000, 500, null, null);
        assertFalse(has(report(null).blocks(), "cycles, ratio"));
        request("slow", "keccak-chain-software", 50_000, 4000, null, null);
        List<String> row = table(report(null).blocks(), "cycles, ratio").get(0);
        assertEquals(
                List.of("keccak-chain", "fast", "provable-128", "50,000", "1,000", "50", "50", "4", "0.5", "8"), row);
    }

    @Test
    void plotsAreInThePage() {
        for (int i = 1; i <= 5; i++) {
            segment("fib", 1000L * i, 100L * i, 300.0 * i + 50, false, 1000 * i);
        }
        request("one", "state-batch", 1000, 2000, 1L, null);
        String html = HtmlWriter.write(new Report("t", Map.of(), report(null).blocks()));
        assertTrue(html.contains("Proving time of segments against cost"));
        assertTrue(html.contains("Proving time by phase"));
        assertTrue(html.contains("Proving time of an update by size of the batch"));
    }
}
