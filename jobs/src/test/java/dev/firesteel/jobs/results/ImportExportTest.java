package dev.firesteel.jobs.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.cli.Firesteel;
import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.schemas.BenchmarkResult;
import dev.firesteel.schemas.Execution;
import dev.firesteel.schemas.Quarantine;
import io.delta.tables.DeltaTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportExportTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private static ResultCollector collect(Path... roots) {
        return ResultSources.of(List.of(roots).stream().map(Path::toString).toList(), List.of())
                .collect();
    }

    private static List<BenchmarkResult> rows(ResultCollector collected) {
        List<BenchmarkResult> rows = new ArrayList<>();
        collected.distinct().forEach(r -> rows.add(r.row(NOW)));
        return rows;
    }

    /** Rows by identity without what tells only where and when they were read. */
    private static Map<String, BenchmarkResult> facts(List<BenchmarkResult> rows) {
        Map<String, BenchmarkResult> facts = new TreeMap<>();
        for (BenchmarkResult row : rows) {
            List<Object> values = new ArrayList<>();
            for (var component : BenchmarkResult.class.getRecordComponents()) {
                try {
                    Object value = component.getAccessor().invoke(row);
                    values.add(
                            switch (component.getName()) {
                                case "sourcePath" -> "";
                                case "importedAt" -> NOW;
                                default -> value;
                            });
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                }
            }
            facts.put(row.resultId(), make(values));
        }
        return facts;
    }

    private static BenchmarkResult make(List<Object> values) {
        try {
            return (BenchmarkResult) BenchmarkResult.class.getDeclaredConstructors()[0].newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static BenchmarkResult named(List<BenchmarkResult> rows, String name) {
        return rows.stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void everyFileOfAnOddTreeIsARowASidecarOrInQuarantine() {
        ResultTrees.odd(folder.resolve("t"));
        ResultCollector collected = collect(folder.resolve("t"));
        assertEquals(ResultTrees.ODD_RESULTS, collected.results());
        assertEquals(ResultTrees.ODD_REFUSED, collected.refusals());
        assertEquals(
                Map.of("empty_file", 1, "broken_json", 1, "not_a_result", 1, "sidecar", 1), collected.refusedByClass());
        assertEquals(10, collected.sidecars());
        assertEquals(1, collected.others());
        Quarantine empty = collected.quarantine("r", NOW).stream()
                .filter(q -> q.reasonClass().equals("empty_file"))
                .findFirst()
                .orElseThrow();
        assertTrue(empty.sourceFile().endsWith("/empty.json"), empty.sourceFile());
        assertEquals(0, empty.bytes());
        assertEquals("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", empty.contentSha256());
    }

    @Test
    void hostileNamesComeThroughWhole() {
        ResultTrees.odd(folder.resolve("t"));
        List<BenchmarkResult> rows = rows(collect(folder.resolve("t")));
        for (String name : ResultTrees.HOSTILE_NAMES) {
            BenchmarkResult row = named(rows, name);
            assertEquals("proving/8x5090/eest-abc1234/reth-v1.11.0/zisk-v0.16.1/" + name + ".json", row.sourcePath());
        }
    }

    @Test
    void hardwareIsKnownByItsContentNotByItsFolder() {
        ResultTrees.odd(folder.resolve("t"));
        List<BenchmarkResult> rows = rows(collect(folder.resolve("t")));
        BenchmarkResult a = named(rows, "case_0_3");
        BenchmarkResult b = named(rows, "case_4_3");
        assertEquals(a.hardwareFolder(), b.hardwareFolder());
        assertFalse(a.hardwareSha256().equals(b.hardwareSha256()));
        assertEquals(b.hardwareSha256(), named(rows, "case_1_3").hardwareSha256());
        assertEquals(List.of("GPU X", "GPU X"), a.gpuModels());
        assertNull(named(rows, "case_3_3").hardwareSha256());
        assertEquals(61, named(rows, "case_6_3").totalRamGib());
    }

    @Test
    void theSameRunAtTwoPlacesIsOneRowAndARerunIsAnother() {
        ResultTrees.odd(folder.resolve("t"));
        ResultCollector collected = collect(folder.resolve("t"));
        List<BenchmarkResult> rows = rows(collected);
        assertEquals(collected.results() - 1, rows.size());
        assertEquals(2, rows.stream().filter(r -> r.name().equals("case_0_4")).count());
        // The same content in two samples is two measurements.
        assertEquals(
                List.of(1, 2),
                rows.stream()
                        .filter(r -> "marginal".equals(r.layout()) && r.sample() != null)
                        .map(BenchmarkResult::sample)
                        .distinct()
                        .sorted()
                        .toList());
        assertEquals("2", named(rows, "case_8_4").runMetadata().get("num_samples"));
    }

    @Test
    void aTimeoutIsARightCensoredRow() {
        ResultTrees.odd(folder.resolve("t"));
        BenchmarkResult row = named(rows(collect(folder.resolve("t"))), "crash_0");
        assertEquals("crashed", row.provingOutcome());
        assertEquals("timeout", row.provingCrashClass());
        assertEquals(300_000, row.provingCensoredMs());
        assertEquals(90_000_000, row.gasUsed());
        assertNull(row.provingMs());
    }

    @Test
    void importingPartOfATreeFindsTheSameRows() {
        ResultTrees.odd(folder.resolve("t"));
        Map<String, BenchmarkResult> all = facts(rows(collect(folder.resolve("t"))));
        Path part = folder.resolve("t/proving/8x5090/eest-abc1234/reth-v1.11.0/zisk-v0.16.1");
        Map<String, BenchmarkResult> some = facts(rows(collect(part)));
        assertEquals(6 + ResultTrees.HOSTILE_NAMES.size() + ResultTrees.REASONS.size() + 1, some.size());
        some.forEach((id, row) -> assertEquals(all.get(id), row));
        Map<String, BenchmarkResult> one = facts(rows(collect(part.resolve("case_0_4.json"))));
        assertEquals(1, one.size());
        assertTrue(all.keySet().containsAll(one.keySet()));
    }

    @Test
    void aPackHoldsTheSameRowsAsItsTrees() {
        ResultTrees.odd(folder.resolve("t"));
        Path pack = folder.resolve("results.tar");
        PackResultsCommand.pack(List.of(folder.resolve("t")), pack);
        ResultCollector tree = collect(folder.resolve("t"));
        ResultCollector packed =
                ResultSources.of(List.of(), List.of(pack.toString())).collect();
        assertEquals(facts(rows(tree)), facts(rows(packed)));
        assertEquals(tree.refusedByClass(), packed.refusedByClass());
        assertThrows(UserException.class, () -> PackResultsCommand.pack(List.of(folder.resolve("t")), pack));
    }

    @Test
    void aTarOfTheSystemsToolIsAPack() throws Exception {
        ResultTrees.odd(folder.resolve("t"));
        for (String format : List.of("pax", "gnu")) {
            Path pack = folder.resolve(format + ".tgz");
            Process tar = new ProcessBuilder(
                            "tar", "--format=" + format, "-czf", pack.toString(), "-C", folder.toString(), "t")
                    .inheritIO()
                    .start();
            assertEquals(0, tar.waitFor());
            assertEquals(
                    facts(rows(collect(folder.resolve("t")))),
                    facts(rows(ResultSources.of(List.of(), List.of(pack.toString()))
                            .collect())));
        }
    }

    @Test
    void brokenPacksAreRefusedWithoutAResult() throws Exception {
        ResultTrees.odd(folder.resolve("t"));
        Path pack = folder.resolve("results.tar");
        PackResultsCommand.pack(List.of(folder.resolve("t")), pack);
        byte[] whole = Files.readAllBytes(pack);
        for (int cut : new int[] {100, 700, whole.length / 2 + 13}) {
            Path broken = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(whole, cut));
            assertThrows(
                    UserException.class,
                    () -> ResultSources.of(List.of(), List.of(broken.toString()))
                            .collect(),
                    "cut at " + cut);
        }
        byte[] flipped = whole.clone();
        flipped[0] ^= 1;
        Path broken = Files.write(folder.resolve("flipped"), flipped);
        assertThrows(
                UserException.class,
                () -> ResultSources.of(List.of(), List.of(broken.toString())).collect());
    }

    @Test
    void exportedFilesAreImportedAsTheSameRows() {
        ResultTrees.odd(folder.resolve("t"));
        List<BenchmarkResult> rows = rows(collect(folder.resolve("t")));
        rows.sort(Comparator.comparing(BenchmarkResult::resultId));
        Path out = folder.resolve("out");
        try (ResultExporter exporter = new ResultExporter(out)) {
            exporter.write(rows.iterator());
            assertFalse(Files.exists(out), "nothing shows before the end");
            assertEquals(rows.size(), exporter.finish());
        }
        ResultCollector again = collect(out);
        assertEquals(0, again.refusals());
        assertEquals(facts(rows), facts(rows(again)));
        // The file of a row is its canonical form: its digest is the row's.
        BenchmarkResult one = named(rows, "case_0_6");
        assertEquals(one.contentSha256(), Strings.sha256(ResultWriter.bytes(ResultRows.file(one))));
    }

    @Test
    void namesThatNoFileSystemHoldsSurviveTheExport() {
        List<String> names =
                List.of("a/../../b", "..", "hardware", "%~x", "line\nbreak", "x".repeat(3000), "Case", "case");
        try (ResultExporter exporter = new ResultExporter(folder.resolve("out"))) {
            RunPlace place = new RunPlace(RunPlace.TREE, "proving", "h", "s", "reth", null, "zisk", "0.1", null);
            for (String name : names) {
                exporter.write(
                        new ResultFile(
                                name,
                                null,
                                3,
                                new ResultFile.Metadata(1L, null, null, null, null, null, null, null, null),
                                null,
                                new ResultFile.Proving(null, null, 1L, 2L, null, null),
                                null,
                                null),
                        place,
                        "proving",
                        null,
                        null);
            }
            exporter.finish();
        }
        assertEquals(
                names.stream().sorted().toList(),
                rows(collect(folder.resolve("out"))).stream()
                        .map(BenchmarkResult::name)
                        .sorted()
                        .toList());
    }

    @Test
    void aFolderThatIsInUseIsNotOverwritten() throws Exception {
        Files.writeString(folder.resolve("f"), "x");
        var e = assertThrows(UserException.class, () -> new ResultExporter(folder));
        assertTrue(e.getMessage().startsWith(folder.toString()), e.getMessage());
        ResultExporter given = new ResultExporter(folder.resolve("gone"));
        given.close();
        assertFalse(Files.exists(folder.resolve("gone")));
        try (var left = Files.list(folder)) {
            assertEquals(List.of(folder.resolve("f")), left.toList());
        }
    }

    @Test
    void anImportIsCommittedOnceAndItsRepetitionAddsNothing() {
        ResultTrees.odd(folder.resolve("t"));
        ResultCollector collected = collect(folder.resolve("t"));
        Warehouse warehouse =
                Warehouse.open(TestSpark.session(), folder.resolve("w").toString());
        ResultImporter.Counts first = ResultImporter.write(warehouse, collected, "r1");
        assertEquals(collected.results() - 1, first.newResults());
        assertEquals(ResultTrees.ODD_REFUSED, first.newRefusals());
        ResultImporter.Counts second = ResultImporter.write(warehouse, collected, "r2");
        assertEquals(0, second.newResults());
        assertEquals(0, second.newRefusals());
        // One commit makes the table and fills it.
        assertEquals(
                1,
                DeltaTable.forPath(warehouse.spark(), warehouse.path("benchmark_results"))
                        .history()
                        .count());
        RowCodec<BenchmarkResult> codec = RowCodec.of("benchmark_results", BenchmarkResult.class);
        List<BenchmarkResult> stored = warehouse.read("benchmark_results").collectAsList().stream()
                .map(codec::fromRow)
                .toList();
        assertEquals(facts(rows(collected)), facts(stored));
    }

    @Test
    void importsAtTheSameTimeAddEachRowOnce() throws Exception {
        ResultTrees.odd(folder.resolve("t"));
        ResultCollector collected = collect(folder.resolve("t"));
        Warehouse warehouse =
                Warehouse.open(TestSpark.session(), folder.resolve("w").toString());
        warehouse.create("benchmark_results");
        warehouse.create("quarantine");
        var pool = Executors.newFixedThreadPool(3);
        try {
            List<CompletableFuture<ResultImporter.Counts>> imports = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                String run = "r" + i;
                imports.add(CompletableFuture.supplyAsync(() -> ResultImporter.write(warehouse, collected, run), pool));
            }
            long added = 0;
            for (var each : imports) {
                added += each.get().newResults();
            }
            assertEquals(collected.results() - 1, added);
        } finally {
            pool.shutdownNow();
        }
        assertEquals(
                collected.results() - 1, warehouse.read("benchmark_results").count());
        assertEquals(ResultTrees.ODD_REFUSED, warehouse.read("quarantine").count());
    }

    @Test
    void ourOwnExecutionsAreResultsOfFiresteel() {
        Execution good = execution("halted", 0, null, "test_add[op_count_5]");
        Execution bad = execution("halted", 7, null, null);
        Execution trap = execution("trapped", null, "illegal_instruction", "t");
        try (ResultExporter exporter = new ResultExporter(folder.resolve("out"))) {
            for (Execution row : List.of(good, bad, trap)) {
                exporter.write(
                        OwnRuns.file(row),
                        OwnRuns.place(row, "local", "firesteel", "reth-v1.0.0"),
                        "execution",
                        null,
                        null);
            }
            exporter.finish();
        }
        assertTrue(Files.exists(folder.resolve(
                "out/executions/local/firesteel/reth-v1.0.0/firesteel-v0.1.0+abc/test_add[op_count_5].json")));
        List<BenchmarkResult> rows = rows(collect(folder.resolve("out")));
        BenchmarkResult row = named(rows, "test_add[op_count_5]");
        assertEquals("firesteel", row.zkvm());
        assertEquals("0.1.0+abc", row.zkvmVersion());
        assertEquals("add", row.opcode());
        assertEquals(1000, row.cycles());
        assertEquals(12_500_000, row.executionNs());
        assertEquals(true, row.executionOutputMatched());
        assertEquals("guest_panic", named(rows, "rpc_block_9").executionCrashClass());
        assertEquals("guest_panic", named(rows, "t").executionCrashClass());
    }

    private static Execution execution(String outcome, Integer exit, String trap, String fixture) {
        return new Execution(
                "req",
                "ph",
                "ih",
                "prm",
                "0.1.0+abc",
                "run",
                "guest",
                "block",
                1L,
                9L,
                fixture,
                null,
                null,
                100L,
                1L,
                Map.of(),
                outcome,
                exit,
                trap,
                trap == null ? null : 64L,
                true,
                new byte[0],
                0,
                "sha",
                0,
                1000,
                1,
                0,
                0,
                Map.of(),
                Map.of(),
                1,
                "cost",
                12.5,
                "driver",
                "host",
                NOW);
    }

    private record Outcome(int exit, String out, String err) {}

    private static Outcome command(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Firesteel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Outcome(exit, out.toString(), err.toString());
    }

    @Test
    void whatCannotBeReadIsNamedInOneLineAndNothingIsWritten() throws Exception {
        Path warehouse = folder.resolve("w");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path dangling = Files.createDirectory(folder.resolve("dangling"));
        Files.createSymbolicLink(dangling.resolve("x.json"), folder.resolve("nothing"));
        Path text = Files.writeString(folder.resolve("no.tar"), "this is no archive");
        for (String[] arguments : new String[][] {
            {"import-results", folder.resolve("missing").toString()},
            {"import-results", "--packed", folder.resolve("missing.tar").toString()},
            {"import-results", "--packed", folder.toString()},
            {"import-results"},
            {
                "pack-results",
                empty.toString(),
                "--packed",
                folder.resolve("p.tar").toString()
            }
        }) {
            List<String> line = new ArrayList<>(List.of(arguments));
            if (!arguments[0].equals("pack-results")) {
                line.addAll(List.of("--warehouse", warehouse.toString()));
            }
            Outcome outcome = command(line.toArray(String[]::new));
            assertEquals(UserException.EXIT_CODE, outcome.exit(), String.join(" ", line) + outcome.err());
            assertEquals(1, outcome.err().lines().count(), outcome.err());
        }
        assertThrows(UserException.class, () -> collect(empty));
        assertThrows(UserException.class, () -> collect(dangling));
        var e = assertThrows(
                UserException.class,
                () -> ResultSources.of(List.of(), List.of(text.toString())).collect());
        assertTrue(e.getMessage().startsWith(text.toString()), e.getMessage());
        assertFalse(Files.exists(warehouse));
        assertFalse(Files.exists(folder.resolve("p.tar")));
    }

    @Test
    void aFileThatIsTooLargeIsRefusedUnread() throws Exception {
        Path file = folder.resolve("t/big.json");
        Files.createDirectories(file.getParent());
        try (var big = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            big.setLength(ResultReader.MAX_FILE_BYTES + 1);
        }
        ResultCollector collected = collect(folder.resolve("t"));
        assertEquals(Map.of("too_large", 1), collected.refusedByClass());
        assertEquals(
                ResultReader.MAX_FILE_BYTES + 1,
                collected.quarantine("r", NOW).get(0).bytes());
    }

    @Test
    void aFolderOfAnotherFileSystemIsRead() {
        ResultTrees.odd(folder.resolve("t"));
        // Hadoop's own paths cannot hold the names of the other folders: that is what packs are for.
        Path plain = folder.resolve("t/runs");
        ResultCollector collected = new ResultCollector();
        HadoopTree.read(plain.toUri().toString(), collected);
        assertEquals(18, collected.results());
        assertEquals(facts(rows(collect(plain))), facts(rows(collected)));
        assertThrows(
                UserException.class,
                () -> HadoopTree.read(folder.resolve("none").toUri().toString(), new ResultCollector()));
    }
}
