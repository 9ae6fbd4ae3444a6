package dev.firesteel.jobs.run;

import static dev.firesteel.jobs.ingest.Fixtures.manifest;
import static dev.firesteel.jobs.ingest.Fixtures.number;
import static dev.firesteel.jobs.ingest.Fixtures.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.cli.Firesteel;
import dev.firesteel.jobs.ingest.Fixtures;
import dev.firesteel.jobs.ingest.Parquet;
import dev.firesteel.jobs.ingest.WitnessTable;
import dev.firesteel.jobs.spark.Warehouse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of input that cannot be used, through the real command line: exit status, one line, tables untouched. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    @TempDir
    Path folder;

    private Path warehouse;
    private TreeMap<String, Long> before;

    @BeforeAll
    void ingestOneRequest() throws Exception {
        warehouse = folder.resolve("w");
        Fixtures.ingest(
                TestSpark.session(),
                Warehouse.open(TestSpark.session(), warehouse.toString()),
                manifest(folder, request("a", "fibonacci", number(1))));
        before = snapshot();
    }

    /** Files and sizes of the warehouse: nothing may have been written. */
    private TreeMap<String, Long> snapshot() throws Exception {
        TreeMap<String, Long> files = new TreeMap<>();
        try (var all = Files.walk(warehouse)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file.toString(), Files.size(file));
            }
        }
        return files;
    }

    @AfterEach
    void theTablesAreUntouched() throws Exception {
        assertEquals(before, snapshot());
    }

    private void refused(List<String> arguments, String... said) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        var line = Firesteel.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        String[] all = new java.util.ArrayList<>(arguments).toArray(String[]::new);
        assertEquals(3, line.execute(all), err.toString());
        List<String> lines = err.toString().lines().toList();
        assertEquals(1, lines.size(), err.toString());
        assertTrue(lines.get(0).startsWith("error: "), lines.get(0));
        for (String part : said) {
            assertTrue(lines.get(0).contains(part), lines.get(0));
        }
    }

    private List<String> execute(Path witness) {
        return List.of(
                "execute",
                "--master",
                "local[2]",
                "--warehouse",
                warehouse.toString(),
                "--witness",
                witness.toString());
    }

    private List<String> ingest(Path source, String... more) {
        var arguments = new java.util.ArrayList<>(
                List.of("ingest", "--master", "local[2]", "--warehouse", warehouse.toString(), source.toString()));
        arguments.addAll(Arrays.asList(more));
        return arguments;
    }

    private Dataset<Row> good() {
        return WitnessTable.readOrEmpty(Warehouse.open(TestSpark.session(), warehouse.toString()));
    }

    private Path witness(Dataset<Row> rows, String name) throws Exception {
        return Parquet.write(rows, folder.resolve("witnesses"), name + ".parquet");
    }

    @Test
    void aTruncatedWitness() throws Exception {
        Path whole = witness(good(), "truncated");
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(whole, Arrays.copyOf(bytes, bytes.length / 2));
        refused(execute(whole), whole.toString(), "truncated");
    }

    @Test
    void aColumnOfAnotherType() throws Exception {
        Path file = witness(
                good().withColumn("input_bytes", functions.col("input_bytes").cast("string")), "type");
        refused(execute(file), file.toString(), "'input_bytes' is string, must be bigint");
    }

    @Test
    void aMissingColumn() throws Exception {
        Path file = witness(good().drop("input_hash"), "missing");
        refused(execute(file), file.toString(), "'input_hash' (string) is missing");
    }

    @Test
    void anEmptyFolder() throws Exception {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        refused(execute(empty), empty.toString(), "no Parquet file");
        refused(ingest(empty), empty.toString(), "neither manifest.json nor");
    }

    @Test
    void anUnknownProgram() throws Exception {
        Path file = witness(good().withColumn("program_hash", functions.lit("00".repeat(32))), "program");
        refused(execute(file), file.toString(), "request 'a'", "00".repeat(32), "not in table programs");
    }

    @Test
    void anInputOverTheRegionsSize() throws Exception {
        Path file = witness(good().withColumn("input_bytes", functions.lit(536_870_897L)), "large");
        refused(execute(file), file.toString(), "row 0 (request 'a')", "at most 536870896");
    }

    @Test
    void anInputThatIsNotTheOneOfTheHash() throws Exception {
        Path file = witness(good().withColumn("input", functions.lit(new byte[8])), "hash");
        refused(execute(file), file.toString(), "row 0 (request 'a')", "not the SHA-256");
    }

    @Test
    void aNullWhereNoneMayBe() throws Exception {
        Path file = witness(good().withColumn("kind", functions.lit(null).cast("string")), "null");
        refused(execute(file), file.toString(), "row 0", "kind is NULL");
    }

    @Test
    void aRequestThatIsThereTwice() throws Exception {
        Path file = witness(good().union(good().withColumn("gas_used", functions.lit(5L))), "twice");
        refused(execute(file), file.toString(), "request 'a' is there twice");
    }

    @Test
    void aRequestThatIsNotThere() {
        refused(
                List.of("execute", "--master", "local[2]", "--warehouse", warehouse.toString(), "--request", "nobody"),
                "no request 'nobody'");
    }

    @Test
    void limitsThatNoExecutionCanHave() {
        refused(List.of("execute", "--max-cycles", "0"), "--max-cycles 0");
        refused(List.of("execute", "--segment-cycles", "99999999"), "--segment-cycles 99999999");
    }

    @Test
    void sourcesThatCannotBeRead() throws Exception {
        refused(ingest(folder.resolve("nowhere.json")), "nowhere.json", "no such file");
        Path text = Files.writeString(folder.resolve("notes.txt"), "x");
        refused(ingest(text), "notes.txt", "--kind");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"a\": [");
        refused(ingest(broken), "broken.json", "broken JSON");
        Path list = Files.writeString(folder.resolve("list.json"), "{\"requests\": []}");
        refused(ingest(list), "list.json", "no request");
        Path parquet = Files.writeString(folder.resolve("no.parquet"), "PAR1 but no more");
        refused(ingest(parquet), "no.parquet", "not Parquet, or truncated");
    }

    @Test
    void aGuestForBlocksThatIsNoElf() throws Exception {
        Path blocks = Parquet.write(
                TestSpark.session().sql("SELECT 1L AS block_number, 'block' AS kind, 0 AS idx, X'c0' AS bytes"),
                folder.resolve("blocks"),
                "b.parquet");
        Path text = Files.writeString(folder.resolve("not.elf"), "no");
        refused(ingest(blocks, "--program", text.toString()), "not.elf", "TRUNCATED_HEADER");
        refused(ingest(blocks, "--kind", "manifest"), "b.parquet", "not JSON");
    }

    @Test
    void aWarehouseThatCannotBeWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        refused(
                List.of(
                        "ingest",
                        "--master",
                        "local[2]",
                        "--warehouse",
                        file.toString(),
                        folder.resolve("manifest.json").toString()),
                file.toString());
        assertFalse(Files.isDirectory(file));
    }
}
