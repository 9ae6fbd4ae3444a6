package dev.firesteel.jobs.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.TestSpark;
import dev.firesteel.schemas.BenchmarkResult;
import dev.firesteel.schemas.Run;
import dev.firesteel.schemas.Segment;
import dev.firesteel.schemas.TableDefinition;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle is Spark's own writer: the same rows, the same schema, the same refusals. */
class DeltaAppendTest {
    @TempDir
    Path folder;

    private Warehouse warehouse;

    @BeforeEach
    void open() {
        warehouse = Warehouse.open(TestSpark.session(), folder.resolve("w").toString());
    }

    static List<String> deltaTables() {
        return TableDefinition.all().stream()
                .filter(TableDefinition::delta)
                .map(TableDefinition::name)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("deltaTables")
    void theParquetSchemaIsWhatSparkWrites(String table) throws IOException {
        RowCodec<?> codec = RowCodec.of(table, TableDefinition.of(table).recordClass());
        String file = folder.resolve("spark").toString();
        String timestamps = "spark.sql.parquet.outputTimestampType";
        warehouse.spark().conf().set(timestamps, "TIMESTAMP_MICROS");
        try {
            warehouse
                    .spark()
                    .createDataFrame(List.of(), codec.schema())
                    .coalesce(1)
                    .write()
                    .parquet(file);
        } finally {
            warehouse.spark().conf().unset(timestamps);
        }
        try (var written = Files.list(Path.of(file))) {
            Path part = written.filter(p -> p.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            var input = org.apache.parquet.hadoop.util.HadoopInputFile.fromPath(
                    new org.apache.hadoop.fs.Path(part.toUri()),
                    warehouse.spark().sessionState().newHadoopConf());
            try (var reader = org.apache.parquet.hadoop.ParquetFileReader.open(input)) {
                assertEquals(reader.getFileMetaData().getSchema(), RecordParquet.schema(codec));
            }
        }
    }

    @Test
    void everyTypeComesBackAsItWasWritten() {
        Random random = new Random(7);
        List<Segment> segments = IntStream.range(0, 500)
                .mapToObj(i -> random(random, Segment.class, 0.3))
                .toList();
        roundTrip("segments", Segment.class, segments);
        List<BenchmarkResult> results = IntStream.range(0, 500)
                .mapToObj(i -> random(random, BenchmarkResult.class, 0.5))
                .toList();
        roundTrip("benchmark_results", BenchmarkResult.class, results);
    }

    /** Enough rows for several pages of a column, for columns without a dictionary, and for a last batch that is not full. */
    @Test
    void manyRowsComeBackAsTheyWereWritten() {
        Random random = new Random(8);
        List<BenchmarkResult> results = IntStream.range(0, 21 * RecordParquet.SAMPLE_ROWS + 1)
                .mapToObj(i -> random(random, BenchmarkResult.class, 0.5))
                .toList();
        roundTrip("benchmark_results", BenchmarkResult.class, results);
    }

    @Test
    void aFileWithoutRowsIsRead() {
        roundTrip("benchmark_results", BenchmarkResult.class, List.of());
    }

    @Test
    void onlyColumnsThatRepeatThemselvesHaveADictionary() {
        List<Integer> items =
                IntStream.range(0, 2 * RecordParquet.SAMPLE_ROWS).boxed().toList();
        java.util.function.Function<Integer, Object[]> row =
                i -> new Object[] {i, i / 100, i % 2 == 0 ? null : i, i < 8 ? i : null};
        assertEquals(java.util.BitSet.valueOf(new long[] {1}), RecordParquet.distinct(4, items, row));
        assertTrue(
                RecordParquet.distinct(4, items.subList(1, items.size()), row).isEmpty(), "too few to tell");
    }

    /** Without the table's CHECK constraints, which random values break. */
    private <R extends Record> void roundTrip(String table, Class<R> recordClass, List<R> records) {
        RowCodec<R> codec = RowCodec.of(table, recordClass);
        org.apache.hadoop.fs.Path file =
                new org.apache.hadoop.fs.Path(folder.resolve(table + ".parquet").toUri());
        try {
            RecordParquet.write(
                    file,
                    warehouse.spark().sessionState().newHadoopConf(),
                    org.apache.parquet.hadoop.metadata.CompressionCodecName.SNAPPY,
                    warehouse.spark().version(),
                    codec,
                    records,
                    r -> r,
                    row -> {});
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        List<Row> read = warehouse
                .spark()
                .read()
                .schema(codec.schema())
                .parquet(file.toString())
                .collectAsList();

        assertEquals(
                records.stream()
                        .map(Object::toString)
                        .map(DeltaAppendTest::withoutIdentity)
                        .toList(),
                read.stream()
                        .map(codec::fromRow)
                        .map(Object::toString)
                        .map(DeltaAppendTest::withoutIdentity)
                        .toList());
    }

    /** Arrays of bytes print where they lie. */
    private static String withoutIdentity(String text) {
        return text.replaceAll("\\[B@[0-9a-f]+", "bytes");
    }

    /** A record of random values; components are NULL with the given probability. */
    private static <R extends Record> R random(Random random, Class<R> recordClass, double nulls) {
        RecordComponent[] components = recordClass.getRecordComponents();
        List<String> nullable = new ArrayList<>();
        TableDefinition.all().stream()
                .filter(t -> t.recordClass() == recordClass)
                .flatMap(t -> t.columns().stream())
                .filter(c -> c.nullable())
                .forEach(c -> nullable.add(c.component()));
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < values.length; i++) {
            types[i] = components[i].getType();
            boolean none = nullable.contains(components[i].getName()) && random.nextDouble() < nulls;
            values[i] = none ? null : value(random, components[i]);
        }
        try {
            return recordClass.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(Random random, RecordComponent component) {
        Class<?> type = component.getType();
        if (type == String.class) {
            return text(random);
        }
        if (type == Long.class || type == long.class) {
            return random.nextBoolean() ? random.nextLong() : (long) random.nextInt(3);
        }
        if (type == Integer.class || type == int.class) {
            return random.nextInt();
        }
        if (type == Boolean.class || type == boolean.class) {
            return random.nextBoolean();
        }
        if (type == Double.class || type == double.class) {
            return random.nextGaussian();
        }
        if (type == byte[].class) {
            byte[] bytes = new byte[random.nextInt(5)];
            random.nextBytes(bytes);
            return bytes;
        }
        if (type == Instant.class) {
            return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000L);
        }
        boolean texts = component.getGenericType().toString().matches(".*String>");
        int size = random.nextInt(4);
        if (type == List.class) {
            return IntStream.range(0, size)
                    .mapToObj(i -> texts ? text(random) : (Object) random.nextLong())
                    .toList();
        }
        // One entry at most: maps of Scala and Java print in different orders.
        Map<Object, Object> map = new HashMap<>();
        if (size > 0) {
            map.put(text(random), texts ? text(random) : (Object) random.nextLong());
        }
        return map;
    }

    private static String text(Random random) {
        return List.of("", "a", "ä€😀", "long ".repeat(20), "\n\"'\\", "x" + random.nextInt(1000))
                .get(random.nextInt(6));
    }

    @Test
    void aTableThatItCreatesIsTheTableThatSqlCreates() {
        warehouse.create("runs");
        Warehouse other =
                Warehouse.open(TestSpark.session(), folder.resolve("other").toString());
        other.append("runs", Run.class, List.of(run("r", "failed", Instant.EPOCH)));
        Row sql = detail(warehouse);
        Row ours = detail(other);
        for (String column : List.of("format", "description", "partitionColumns", "properties", "minReaderVersion")) {
            assertEquals(sql.<Object>getAs(column), ours.getAs(column), column);
        }
        assertEquals(sql.<Object>getAs("minWriterVersion"), ours.getAs("minWriterVersion"));
        assertEquals(warehouse.read("runs").schema(), other.read("runs").schema());
        assertEquals(1, other.read("runs").count());
    }

    private static Row detail(Warehouse warehouse) {
        return DeltaTable.forPath(warehouse.spark(), warehouse.path("runs"))
                .detail()
                .first();
    }

    @Test
    void aRowThatBreaksAConstraintIsRefusedAndNothingIsLeft() throws IOException {
        Run good = run("r1", "failed", Instant.EPOCH);
        for (Run bad : List.of(
                run("r2", "no such status", Instant.EPOCH),
                run("r2", "running", Instant.EPOCH),
                run(null, "failed", Instant.EPOCH))) {
            var e = assertThrows(
                    RowChecks.ConstraintViolation.class,
                    () -> warehouse.append("runs", Run.class, List.of(good, good, bad)));
            assertTrue(e.getMessage().matches("(?s).*(status_known|ended_iff_not_running|run_id).*"), e.getMessage());
            assertFalse(warehouse.exists("runs"));
            try (var files = Files.walk(folder.resolve("w/runs"))) {
                assertEquals(List.of(), files.filter(Files::isRegularFile).toList());
            }
        }
        warehouse.append("runs", Run.class, List.of(good));
        assertEquals(1, warehouse.read("runs").count());
    }

    @Test
    void constraintsThatAUserAddedHoldToo() {
        warehouse.append("runs", Run.class, List.of(run("r1", "failed", Instant.EPOCH)));
        warehouse
                .spark()
                .sql("ALTER TABLE delta.`" + warehouse.path("runs")
                        + "` ADD CONSTRAINT short CHECK (length(run_id) < 5)");
        assertThrows(
                RowChecks.ConstraintViolation.class,
                () -> warehouse.append("runs", Run.class, List.of(run("too long", "failed", Instant.EPOCH))));
        warehouse.append("runs", Run.class, List.of(run("r2", "failed", Instant.EPOCH)));
        assertEquals(2, warehouse.read("runs").count());
    }

    @Test
    void aTableWithOtherColumnsGoesThroughSpark() {
        warehouse.append("runs", Run.class, List.of(run("r1", "failed", Instant.EPOCH)));
        warehouse.spark().sql("ALTER TABLE delta.`" + warehouse.path("runs") + "` ADD COLUMN mine STRING");
        assertFalse(DeltaAppend.begin(warehouse, "runs", Run.class).plain());
        warehouse.append("runs", Run.class, List.of(run("r2", "failed", Instant.EPOCH)));
        assertEquals(2, warehouse.read("runs").count());
    }

    @Test
    void ofTwoTransactionsThatReadTheTableOneFails() {
        warehouse.append("runs", Run.class, List.of(run("r1", "failed", Instant.EPOCH)));
        DeltaAppend<Run> first = DeltaAppend.begin(warehouse, "runs", Run.class);
        DeltaAppend<Run> second = DeltaAppend.begin(warehouse, "runs", Run.class);
        first.readWholeTable();
        second.readWholeTable();
        first.commit(List.of(run("r2", "failed", Instant.EPOCH)));
        assertThrows(
                ConcurrentModificationException.class,
                () -> second.commit(List.of(run("r2", "failed", Instant.EPOCH))));
        assertEquals(2, warehouse.read("runs").count());
    }

    @Test
    void firstAppendsAtTheSameTimeAllArrive() {
        List<CompletableFuture<Void>> all = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> warehouse.append("runs", Run.class, List.of(run("r" + i, "failed", Instant.EPOCH)))))
                .toList();
        all.forEach(CompletableFuture::join);
        assertEquals(6, warehouse.read("runs").select("run_id").distinct().count());
        assertEquals(6, warehouse.read("runs").count());
    }

    @Test
    void manyRowsBecomeSeveralFilesWithTheirCounts() {
        List<Run> runs = IntStream.range(0, 25_000)
                .mapToObj(i -> run("r" + i, "failed", Instant.EPOCH))
                .toList();
        warehouse.append("runs", Run.class, runs);
        assertEquals(25_000, warehouse.read("runs").count());
        assertEquals(25_000, warehouse.read("runs").select("run_id").distinct().count());
    }

    @Test
    void dataWithoutALogIsNotBegunAnew() throws IOException {
        warehouse.append("runs", Run.class, List.of(run("r1", "failed", Instant.EPOCH)));
        Path log = folder.resolve("w/runs/_delta_log");
        Files.move(log, folder.resolve("lost"));
        org.apache.spark.sql.delta.DeltaLog.clearCache();
        var e = assertThrows(UserException.class, () -> DeltaAppend.begin(warehouse, "runs", Run.class));
        assertTrue(e.getMessage().contains("no Delta log"), e.getMessage());
    }

    private static Run run(String id, String status, Instant endedAt) {
        return new Run(id, "job", "args", "app", "v", status, null, Instant.EPOCH, endedAt);
    }
}
