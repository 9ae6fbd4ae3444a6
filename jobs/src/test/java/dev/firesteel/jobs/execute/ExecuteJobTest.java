package dev.firesteel.jobs.execute;

import static dev.firesteel.jobs.ingest.Fixtures.content;
import static dev.firesteel.jobs.ingest.Fixtures.manifest;
import static dev.firesteel.jobs.ingest.Fixtures.number;
import static dev.firesteel.jobs.ingest.Fixtures.request;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.chips.CostMetric;
import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.ingest.Fixtures;
import dev.firesteel.jobs.ingest.WitnessTable;
import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.SegmentEnd;
import dev.firesteel.riscv.SegmentReplayer;
import dev.firesteel.schemas.Execution;
import dev.firesteel.schemas.Segment;
import dev.firesteel.schemas.TableDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One warehouse, executed once; the tests look at it from all sides and repeat the execution last. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExecuteJobTest {
    /** Small segments: even small guests are cut several times. */
    static final ExecutionParameters PARAMETERS = ExecutionParameters.of(5_000_000, 1 << 16);

    /** Columns that say when and where, not what. */
    static final String[] VOLATILE = {"run_id", "execution_ms", "executor_id", "host", "executed_at"};

    @TempDir
    static Path folder;

    private SparkSession spark;
    private Warehouse warehouse;
    private ExecuteJob.Summary summary;
    private final AtomicLong shuffled = new AtomicLong();

    static Warehouse ingested(SparkSession spark, Path folder) throws Exception {
        Warehouse warehouse = Warehouse.open(spark, folder.resolve("w").toString());
        Fixtures.ingest(
                spark,
                warehouse,
                manifest(
                        folder,
                        request("fib", "fibonacci", number(1000), "chain_id", 1, "opcode", "add", "op_count", 5),
                        request("fib-again", "fibonacci", number(1000), "expected_output_hex", "0x00"),
                        request("endless", "fibonacci", number(1_000_000_000), "gas_used", 77),
                        request("no-guest", null, "0xff"),
                        request("panic", "panic", "0x00010000", "expected_exit_code", 256),
                        java.util.Map.of(
                                "request_id", "state",
                                "program", Fixtures.guest("state-batch").toString(),
                                "input", sample("state-batch", "n10.in"),
                                "expected_output", sample("state-batch", "n10.out"),
                                "expected_exit_code", 0,
                                "parameters", java.util.Map.of("updates", 10)),
                        java.util.Map.of(
                                "request_id", "sort",
                                "program", Fixtures.guest("sort").toString(),
                                "input", sample("sort", "n4000.in")),
                        request("unexpected-panic", "panic", "0x07000000")));
        return warehouse;
    }

    private static String sample(String guest, String name) {
        return Fixtures.root()
                .resolve("guests")
                .resolve(guest)
                .resolve("samples")
                .resolve(name)
                .toString();
    }

    static ExecuteJob.Summary execute(Warehouse warehouse, String runId, ExecuteJob.Checkpoint checkpoint) {
        return ExecuteJob.open(warehouse, null, PARAMETERS, Set.of()).run(runId, 4, Fixtures.silent(), checkpoint);
    }

    @BeforeAll
    void ingestAndExecute() throws Exception {
        spark = TestSpark.session();
        warehouse = ingested(spark, folder);
        SparkListener listener = new SparkListener() {
            @Override
            public void onTaskEnd(SparkListenerTaskEnd event) {
                shuffled.accumulateAndGet(
                        event.taskMetrics().shuffleWriteMetrics().bytesWritten(), Math::max);
            }
        };
        spark.sparkContext().addSparkListener(listener);
        summary = execute(warehouse, "run-1", ExecuteJob.Checkpoint.NONE);
        spark.sparkContext().removeSparkListener(listener);
    }

    @Test
    void everyRequestWithAProgramGetsItsRow() {
        assertEquals(new ExecuteJob.Summary(7, 0, 1, 0, 3), summary);
        assertEquals(7, warehouse.read("executions").count());
        Execution fib = execution("fib");
        assertEquals("halted", fib.outcome());
        assertEquals(0, fib.exitCode());
        assertNull(fib.expectedMatched());
        assertEquals(1, fib.chainId());
        assertEquals("add", fib.opcode());
        assertEquals(5, fib.opCount());
        assertEquals("fibonacci", fib.programName());
        assertEquals(
                fib.cycles(),
                fib.familyCounts().values().stream().mapToLong(Long::longValue).sum());
        Execution state = execution("state");
        assertEquals(true, state.expectedMatched());
        assertEquals("10", state.parameters().get("updates"));
        assertTrue(state.segmentCount() > 1, "cut into " + state.segmentCount());
    }

    @Test
    void aGuestThatPanicsHasARowWithItsExitCodeInFull() {
        assertEquals(256, execution("panic").exitCode());
        assertEquals(true, execution("panic").expectedMatched());
        assertEquals(7, execution("unexpected-panic").exitCode());
        assertNull(execution("unexpected-panic").expectedMatched());
    }

    @Test
    void aGuestThatReachesTheCycleLimitHasATypedRow() {
        Execution endless = execution("endless");
        assertEquals("cycle_limit", endless.outcome());
        assertEquals(PARAMETERS.maxCycles(), endless.cycles());
        assertNull(endless.exitCode());
        assertEquals(77, endless.gasUsed());
    }

    @Test
    void requestsThatShareProgramAndInputShareOneExecution() {
        assertEquals(execution("fib").executedAt(), execution("fib-again").executedAt());
        assertEquals(false, execution("fib-again").expectedMatched());
        assertEquals(
                6,
                warehouse
                        .read("segments")
                        .select("program_hash", "input_hash")
                        .distinct()
                        .count());
        assertEquals(6, warehouse.read("attempts").where("outcome = 'success'").count());
    }

    @Test
    void segmentRowsReplayAloneAndFollowEachOther() throws Exception {
        for (String id : List.of("fib", "endless", "state", "sort", "panic")) {
            Execution execution = execution(id);
            Program program = Program.load(elf(execution), id);
            List<Segment> rows = segments(execution);
            assertEquals(execution.segmentCount(), rows.size(), id);
            List<Byte> output = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                Segment row = rows.get(i);
                SegmentEnd end = SegmentReplayer.replay(program, SegmentRows.fromRow(row));
                assertEquals(i == rows.size() - 1, row.isLast());
                assertEquals(output.size(), row.outputStart());
                for (byte b : row.output()) {
                    output.add(b);
                }
                if (!row.isLast()) {
                    Segment next = rows.get(i + 1);
                    assertEquals(row.endRegisters(), next.startRegisters());
                    assertArrayEquals(
                            end.endRegisters(),
                            next.startRegisters().stream()
                                    .mapToLong(Long::longValue)
                                    .toArray());
                    assertEquals(end.endPc(), next.startPc());
                    assertEquals(row.startCycle() + row.cycles(), next.startCycle());
                }
            }
            assertEquals(execution.outputBytes(), output.size());
            assertEquals(execution.outcome(), rows.get(rows.size() - 1).outcome());
            assertEquals(
                    execution.cycles(), rows.stream().mapToLong(Segment::cycles).sum());
        }
    }

    @Test
    void whatProvingCostsIsThatOfTheSegmentsAndOfTheRunsWords() throws Exception {
        for (String id : List.of("fib", "endless", "state", "sort", "panic")) {
            Execution execution = execution(id);
            Program program = Program.load(elf(execution), id);
            CostMetric metric = new CostMetric(program);
            long sum = 0;
            for (Segment row : segments(execution)) {
                assertEquals(metric.segment(SegmentRows.fromRow(row)), row.cost());
                sum += row.cost();
            }
            assertEquals(sum + CostMetric.words(execution.touchedWords()), execution.cost());
            assertEquals(CostMetric.VERSION, execution.costMetric());
        }
        assertEquals(execution("fib").cost(), execution("fib-again").cost());
    }

    private byte[] elf(Execution execution) {
        return warehouse
                .read("programs")
                .where("program_hash = '" + execution.programHash() + "'")
                .first()
                .getAs("elf");
    }

    @Test
    void segmentsAreWrittenWithoutBeingShuffled() {
        long largest = warehouse
                .read("segments")
                .selectExpr("sum(length(memory_in))")
                .first()
                .getLong(0);
        assertTrue(largest > 100_000, "too little to tell: " + largest);
        assertTrue(shuffled.get() < largest / 4, shuffled + " bytes shuffled by one task, rows have " + largest);
    }

    @Test
    void whatJobsWriteAgreesWithTheDdl() {
        for (String table : List.of("programs", "segments", "executions", "attempts")) {
            assertSchema(
                    RowCodec.schema(TableDefinition.of(table)),
                    warehouse.read(table).schema(),
                    table);
        }
        // Spark reads every Parquet column as nullable; the file's own schema says what is required.
        StructType declared = RowCodec.schema(TableDefinition.of("witness"));
        assertSchema(
                declared.asNullable(),
                WitnessTable.readOrEmpty(warehouse).schema().asNullable(),
                "witness");
        String footer = footer();
        for (StructField field : declared.fields()) {
            String repetition = field.nullable() ? "optional" : "required";
            assertTrue(
                    footer.lines().anyMatch(l -> l.matches("  " + repetition + " .*\\b" + field.name() + "\\b.*")),
                    repetition + " " + field.name() + " in\n" + footer);
        }
    }

    private String footer() {
        try (var files = Files.list(folder.resolve("w/witness"))) {
            Path file = files.filter(f -> f.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            var input = org.apache.parquet.hadoop.util.HadoopInputFile.fromPath(
                    new org.apache.hadoop.fs.Path(file.toUri()),
                    spark.sessionState().newHadoopConf());
            try (var reader = org.apache.parquet.hadoop.ParquetFileReader.open(input)) {
                return reader.getFooter().getFileMetaData().getSchema().toString();
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void assertSchema(StructType declared, StructType found, String table) {
        assertEquals(List.of(declared.fieldNames()), List.of(found.fieldNames()), table);
        for (int i = 0; i < declared.size(); i++) {
            StructField wanted = declared.fields()[i];
            assertEquals(
                    wanted.dataType().asNullable(),
                    found.fields()[i].dataType().asNullable(),
                    table + "." + wanted.name());
            assertEquals(wanted.nullable(), found.fields()[i].nullable(), table + "." + wanted.name());
        }
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void executingAgainExecutesNothing() {
        List<List<String>> before = tables(warehouse);
        assertEquals(new ExecuteJob.Summary(0, 7, 1, 0, 3), execute(warehouse, "run-2", ExecuteJob.Checkpoint.NONE));
        assertEquals(before, tables(warehouse));
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void aNewRequestForAKnownExecutionIsNotExecuted() throws Exception {
        Fixtures.ingest(
                spark, warehouse, manifest(folder.resolve("more"), request("fib-third", "fibonacci", number(1000))));
        long segments = warehouse.read("segments").count();
        var third = ExecuteJob.open(warehouse, null, PARAMETERS, Set.of("fib-third"))
                .run("run-3", 4, Fixtures.silent(), ExecuteJob.Checkpoint.NONE);
        assertEquals(new ExecuteJob.Summary(1, 0, 0, 0, 0), third);
        assertEquals(execution("fib").cycles(), execution("fib-third").cycles());
        assertEquals(segments, warehouse.read("segments").count());
        assertEquals(0, warehouse.read("attempts").where("run_id = 'run-3'").count());
    }

    static List<List<String>> tables(Warehouse warehouse) {
        return List.of(
                content(warehouse, "segments", "run_id"),
                content(warehouse, "executions", VOLATILE),
                content(warehouse, "attempts"));
    }

    private Execution execution(String id) {
        return RowCodec.of("executions", Execution.class)
                .fromRow(warehouse
                        .read("executions")
                        .where("request_id = '" + id + "'")
                        .first());
    }

    private List<Segment> segments(Execution execution) {
        RowCodec<Segment> codec = RowCodec.of("segments", Segment.class);
        return warehouse
                .read("segments")
                .where("program_hash = '" + execution.programHash() + "' AND input_hash = '" + execution.inputHash()
                        + "'")
                .orderBy("segment_index")
                .collectAsList()
                .stream()
                .map(codec::fromRow)
                .toList();
    }
}
