package dev.firesteel.jobs.ingest;

import static dev.firesteel.jobs.ingest.Fixtures.content;
import static dev.firesteel.jobs.ingest.Fixtures.manifest;
import static dev.firesteel.jobs.ingest.Fixtures.number;
import static dev.firesteel.jobs.ingest.Fixtures.request;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.ingest.ethereum.Keccak;
import dev.firesteel.jobs.spark.Digests;
import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.schemas.Quarantine;
import dev.firesteel.schemas.Witness;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestJobTest {
    @TempDir
    Path folder;

    private SparkSession spark;
    private Warehouse warehouse;

    @BeforeEach
    void open() {
        spark = TestSpark.session();
        warehouse = Warehouse.open(spark, folder.resolve("w").toString());
    }

    @Test
    void aManifestBecomesProgramsAndRequests() throws Exception {
        Files.write(folder.resolve("a.in"), new byte[] {1, 2});
        Path source = manifest(
                folder,
                Map.of(
                        "request_id", "a",
                        "program", Fixtures.guest("fibonacci").toString(),
                        "input", "a.in",
                        "expected_output_hex", "0x0102",
                        "expected_exit_code", 4294967295L,
                        "kind", "state-batch",
                        "parameters", Map.of("updates", 10)),
                request("b", "fibonacci", "0x", "fixture_name", "m.py::test_add[op_count_7]", "gas_used", 100));
        assertEquals(new IngestJob.Summary(1, 2, 0, 0), Fixtures.ingest(spark, warehouse, source));
        Witness a = witness("a");
        assertArrayEquals(new byte[] {1, 2}, a.input());
        assertEquals(Digests.sha256(new byte[] {1, 2}), a.inputHash());
        assertEquals("state-batch", a.kind());
        assertEquals("10", a.parameters().get("updates"));
        assertEquals(-1, a.expectedExitCode());
        assertArrayEquals(new byte[] {1, 2}, a.expectedOutput());
        Witness b = witness("b");
        assertEquals("add", b.opcode());
        assertEquals(7, b.opCount());
        assertEquals(a.programHash(), b.programHash());
        assertEquals("fibonacci", warehouse.read("programs").first().<String>getAs("name"));
    }

    @Test
    void ingestingTwiceAddsNothing() throws Exception {
        Path source = manifest(folder, request("a", "fibonacci", number(1)), request("b", "sort", "0x", "bad", 1));
        Fixtures.ingest(spark, warehouse, source);
        List<List<String>> before = tables();
        assertEquals(new IngestJob.Summary(0, 0, 1, 1), Fixtures.ingest(spark, warehouse, source));
        assertEquals(before, tables());
        try (var files = Files.list(folder.resolve("w/witness"))) {
            assertEquals(1, files.filter(f -> f.toString().endsWith(".parquet")).count());
        }
    }

    @Test
    void badRowsAreQuarantinedAndGoodOnesKept() throws Exception {
        Path notElf = Files.writeString(folder.resolve("not.elf"), "hello");
        Path source = manifest(
                folder,
                request("good", "fibonacci", number(1)),
                Map.of("request_id", "elf", "program", notElf.toString(), "input_hex", "0x"),
                Map.of("request_id", "input", "input", "nowhere.in"),
                request("hex", "fibonacci", "0xzz"),
                request("field", "fibonacci", "0x", "gas", 1),
                Map.of("input_hex", "0x"));
        assertEquals(1, Fixtures.ingest(spark, warehouse, source).requests());
        Map<Long, Quarantine> refused = quarantine();
        assertEquals("bad_elf", refused.get(1L).reasonClass());
        assertTrue(refused.get(1L).reason().contains("not.elf"), refused.get(1L).reason());
        assertEquals("missing_file", refused.get(2L).reasonClass());
        assertEquals("bad_hex", refused.get(3L).reasonClass());
        assertEquals("bad_manifest", refused.get(4L).reasonClass());
        assertEquals("bad_manifest", refused.get(5L).reasonClass());
        assertEquals(source.toString(), refused.get(1L).sourceFile());
        assertTrue(refused.get(1L).bytes() > 0);
    }

    @Test
    void anInputOverTheRegionsSizeIsRefusedUnread() throws Exception {
        try (RandomAccessFile sparse =
                new RandomAccessFile(folder.resolve("big.in").toFile(), "rw")) {
            sparse.setLength(536_870_897L);
        }
        Path source = manifest(folder, Map.of("request_id", "big", "input", "big.in"));
        var e = assertThrows(UserException.class, () -> Fixtures.ingest(spark, warehouse, source));
        assertTrue(e.getMessage().contains("536870897 bytes"), e.getMessage());
        assertEquals("input_too_large", quarantine().get(0L).reasonClass());
    }

    @Test
    void aKnownRequestWithAnotherContentIsRefused() throws Exception {
        Fixtures.ingest(spark, warehouse, manifest(folder.resolve("1"), request("a", "fibonacci", number(1))));
        Path other = manifest(
                folder.resolve("2"),
                request("a", "fibonacci", number(2)),
                request("b", "fibonacci", number(3)),
                request("b", "fibonacci", number(4)));
        assertEquals(new IngestJob.Summary(0, 1, 0, 2), Fixtures.ingest(spark, warehouse, other));
        assertEquals(
                List.of("request_id_taken", "request_id_taken"),
                quarantine().values().stream().map(Quarantine::reasonClass).toList());
        assertEquals(
                Digests.sha256(new byte[] {1, 0, 0, 0, 0, 0, 0, 0}),
                witness("a").inputHash());
    }

    @Test
    void aRunThatWasKilledWhileWritingLeavesNothingVisible() throws Exception {
        Path source = manifest(folder, request("a", "fibonacci", number(1)));
        Path staging = Files.createDirectories(folder.resolve("w/witness/.staging-dead"));
        Files.writeString(staging.resolve("part-0.parquet"), "half");
        assertEquals(0, WitnessTable.readOrEmpty(warehouse).count());
        Fixtures.ingest(spark, warehouse, source);
        assertEquals(1, WitnessTable.readOrEmpty(warehouse).count());
    }

    @Test
    void blocksAreCheckedAndGetWhatTheirHeaderSays() throws Exception {
        SyntheticBlock good = new SyntheticBlock(100);
        SyntheticBlock bad = new SyntheticBlock(101);
        bad.headers.clear();
        Path source = SyntheticBlock.write(spark, folder, good, bad);
        var job = IngestJob.open(
                spark,
                List.of(source.toString()),
                null,
                Fixtures.guest("transactions-root").toString());
        assertEquals(new IngestJob.Summary(1, 1, 0, 1), job.run(warehouse, "r", Fixtures.silent()));
        Witness witness = codec().fromRow(WitnessTable.readOrEmpty(warehouse).first());
        String hash = Keccak.hash(good.header).toString();
        assertEquals("block-7-100-" + hash.substring(2, 10) + "-transactions-root", witness.requestId());
        assertEquals(7, witness.chainId());
        assertEquals(100, witness.blockNumber());
        assertEquals(21000, witness.gasUsed());
        assertEquals(1, witness.transactionCount());
        assertArrayEquals(good.block, witness.input());
        assertEquals(64, witness.expectedOutput().length);
        Quarantine refused = quarantine().get(8L);
        assertEquals("parent_missing", refused.reasonClass());
        assertTrue(refused.reason().startsWith("block 101: "), refused.reason());
    }

    @Test
    void theRealBlockKeepsTheInvariants() throws Exception {
        Path blocks = Fixtures.data().resolve("blocks");
        assumeTrue(Files.isDirectory(blocks), "no real data at " + blocks);
        assertEquals(new IngestJob.Summary(0, 1, 0, 0), Fixtures.ingest(spark, warehouse, blocks));
        Witness block = codec().fromRow(WitnessTable.readOrEmpty(warehouse).first());
        assertEquals(24628607, block.blockNumber());
        assertEquals(66, block.transactionCount());
        assertEquals(1, block.chainId());
        assertNull(block.programHash());
        assertNull(block.expectedOutput());
    }

    @Test
    void fixturesAreStoredWithTheirMetadata() throws Exception {
        SyntheticBlock block = new SyntheticBlock(3);
        String rlp = "0x" + java.util.HexFormat.of().formatHex(block.block);
        String valid = "{\"rlp\": \"" + rlp + "\", \"blockHeader\": {\"hash\": \"" + Keccak.hash(block.header)
                + "\"}, \"statelessInputBytes\": \"0x0301ff\", \"statelessOutputBytes\": \"0xaa\"}";
        String invalid = "{\"rlp\": \"0xc0\", \"expectException\": \"BlockException.X\", \"rlp_decoded\": "
                + "{\"blockHeader\": {\"number\": \"0x04\", \"gasUsed\": \"0x10\"}, \"transactions\": []}}";
        String lying = "{\"rlp\": \"" + rlp + "\", \"blockHeader\": {\"hash\": \"0x00\"}}";
        Path file = Files.writeString(
                folder.resolve("a::b[c] d.json"),
                "{\"t.py::test_mul[op_count_9]\": {\"network\": \"Prague\", \"config\": {\"chainid\": \"0x05\"}, \"blocks\": ["
                        + valid + "," + invalid + "," + lying + "]}, \"other\": {\"env\": 1}}");
        assertEquals(new IngestJob.Summary(0, 2, 0, 2), Fixtures.ingest(spark, warehouse, file));
        Witness stateless = witness("t.py::test_mul[op_count_9]#0");
        assertArrayEquals(new byte[] {3, 1, (byte) 0xff}, stateless.input());
        assertArrayEquals(new byte[] {(byte) 0xaa}, stateless.expectedOutput());
        assertEquals("0301", stateless.parameters().get("fork_tag"));
        assertEquals("Prague", stateless.parameters().get("network"));
        assertEquals("marginal", stateless.kind());
        assertEquals("mul", stateless.opcode());
        assertEquals(9, stateless.opCount());
        assertEquals(5, stateless.chainId());
        assertEquals(21000, stateless.gasUsed());
        assertNull(stateless.programHash());
        Witness refusedByEvm = witness("t.py::test_mul[op_count_9]#1");
        assertEquals("BlockException.X", refusedByEvm.parameters().get("expect_exception"));
        assertEquals(16, refusedByEvm.gasUsed());
        assertEquals(4, refusedByEvm.blockNumber());
        assertEquals("block_hash", quarantine().get(2L).reasonClass());
        assertEquals("no_blocks", quarantine().get(3L).reasonClass());
    }

    @Test
    void theRealFixturesAreStored() throws Exception {
        Path eest = Fixtures.data().resolve("eest");
        assumeTrue(Files.isDirectory(eest), "no real data at " + eest);
        assertEquals(new IngestJob.Summary(0, 2, 0, 0), Fixtures.ingest(spark, warehouse, eest));
        List<Witness> rows = WitnessTable.readOrEmpty(warehouse).orderBy("request_id").collectAsList().stream()
                .map(codec()::fromRow)
                .toList();
        assertEquals(0, rows.get(0).gasUsed());
        assertEquals(0, rows.get(0).transactionCount());
        assertEquals(
                "BlockException.INCORRECT_EXCESS_BLOB_GAS",
                rows.get(1).parameters().get("expect_exception"));
        assertEquals(0xa861, rows.get(1).gasUsed());
        assertEquals(1, rows.get(1).transactionCount());
    }

    @Test
    void brokenFilesOfAFolderAreQuarantined() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree/deep"));
        Files.writeString(tree.resolve("empty.json"), "");
        Files.writeString(tree.resolve("cut.json"), "{\"a\": {\"blocks\"");
        Files.writeString(tree.resolve("list.json"), "[]");
        Files.writeString(tree.resolve("good.json"), "{\"x\": {\"blocks\": [{\"statelessInputBytes\": \"0x0000\"}]}}");
        assertEquals(new IngestJob.Summary(0, 1, 0, 3), Fixtures.ingest(spark, warehouse, folder.resolve("tree")));
        Map<String, String> reasons = warehouse.readOrEmpty("quarantine").collectAsList().stream()
                .collect(java.util.stream.Collectors.toMap(
                        r -> Path.of(r.<String>getAs("source_file"))
                                .getFileName()
                                .toString(),
                        r -> r.getAs("reason_class")));
        assertEquals(
                Map.of("empty.json", "empty_file", "cut.json", "broken_json", "list.json", "unknown_layout"), reasons);
    }

    private List<List<String>> tables() {
        return List.of(content(warehouse, "programs"), content(warehouse, "witness"), content(warehouse, "quarantine"));
    }

    private Witness witness(String id) {
        return codec().fromRow(WitnessTable.readOrEmpty(warehouse)
                .where(org.apache.spark.sql.functions.col("request_id").equalTo(id))
                .first());
    }

    private Map<Long, Quarantine> quarantine() {
        RowCodec<Quarantine> codec = RowCodec.of("quarantine", Quarantine.class);
        return warehouse.readOrEmpty("quarantine").collectAsList().stream()
                .map(codec::fromRow)
                .collect(java.util.stream.Collectors.toMap(Quarantine::rowIndex, q -> q));
    }

    private static RowCodec<Witness> codec() {
        return RowCodec.of("witness", Witness.class);
    }
}
