package dev.firesteel.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.spark.Warehouse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The product as it is shipped, against a real standalone cluster on the loopback address: a master and two worker JVMs,
 * the launcher, {@code firesteel.jar}. What it writes must be what an embedded Spark writes, whatever is killed meanwhile.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {
    private static final int REQUESTS = 6;
    private static final int LONG_REQUESTS = 2;
    private static final int PORT = 17077;
    /** Columns that say who, when and how fast: they differ between two runs of the same work. */
    private static final List<String> OF_THE_RUN =
            List.of("run_id", "execution_ms", "executor_id", "host", "executed_at", "ingested_at");

    @TempDir
    static Path folder;

    private Product product;
    private Path manifest;

    @BeforeAll
    void baseline() throws Exception {
        product = new Product(folder, "it-cluster", PORT);
        manifest = Files.writeString(folder.resolve("manifest.json"), manifest());
        product.run(0, "local", run("local"));
        product.cluster("start", "--memory", "1g");
    }

    @AfterAll
    void stop() throws Exception {
        product.cluster("stop");
    }

    @Test
    @Order(1)
    void aClusterWritesTheTablesOfAnEmbeddedSpark() throws Exception {
        product.run(0, "clean", run("clean", "--master", product.master()));
        assertSameTables("clean");
    }

    @Test
    @Order(2)
    void soItDoesWhenAWorkerIsKilledInTheMiddle() throws Exception {
        Process run = product.launch("killed", run("killed", "--master", product.master()));
        // What the job says when the first guest runs.
        product.await(run, "killed", () -> product.log("killed").contains("executed 0 of " + REQUESTS));
        product.cluster("kill-worker", "1");
        product.finish(run, "killed", 0);
        assertSameTables("killed");
        assertAttemptsOfTheLostExecutor();
    }

    /** The executor that was killed said nothing; its attempts are rows, and later ones of the same requests succeeded. */
    private static void assertAttemptsOfTheLostExecutor() {
        Dataset<Row> attempts = Warehouse.existing(
                        TestSpark.session(), folder.resolve("killed").toString())
                .read("attempts");
        List<Row> lost = attempts.where("outcome = 'failure'").collectAsList();
        assertFalse(lost.isEmpty(), "no guest ran on the executor that was killed");
        for (Row row : lost) {
            assertEquals("executor_lost", row.getAs("reason_class"), row.toString());
            assertEquals(true, row.getAs("retryable"), row.toString());
            assertFalse(row.<String>getAs("message").isBlank(), row.toString());
        }
        assertEquals(
                REQUESTS,
                attempts.where("outcome = 'success'")
                        .select("request_id")
                        .distinct()
                        .count());
        assertEquals(REQUESTS + lost.size(), attempts.count());
        Attempts.assertEachEndsWithItsOnlySuccess(attempts);
    }

    /**
     * Fibonacci numbers of large indices, 5 cycles each. The first two, one for each executor, take seconds: when the worker is
     * killed some tenth of a second after they began, it has one.
     */
    private String manifest() {
        return IntStream.range(0, REQUESTS)
                .mapToObj(i -> {
                    byte[] n = ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong((i < LONG_REQUESTS ? 100_000_000L : 12_000_000L) + i)
                            .array();
                    return "{\"request_id\": \"f" + i + "\", \"program\": \""
                            + Product.home().resolve("guests/fibonacci/fibonacci.elf") + "\", \"input_hex\": \"0x"
                            + HexFormat.of().formatHex(n) + "\", \"expected_exit_code\": 0, \"kind\": \"guest\"}";
                })
                .collect(Collectors.joining(",\n", "{\"requests\": [\n", "]}\n"));
    }

    private String[] run(String name, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--no-prove",
                "--manifest",
                manifest.toString(),
                "--warehouse",
                folder.resolve(name).toString(),
                "--reports",
                folder.resolve(name + "-reports").toString()));
        arguments.addAll(List.of(options));
        return arguments.toArray(String[]::new);
    }

    private void assertSameTables(String name) {
        Warehouse expected =
                Warehouse.existing(TestSpark.session(), folder.resolve("local").toString());
        Warehouse actual =
                Warehouse.existing(TestSpark.session(), folder.resolve(name).toString());
        for (String table : List.of("programs", "witness", "executions", "segments")) {
            Dataset<Row> a = comparable(expected.read(table));
            Dataset<Row> b = comparable(actual.read(table));
            assertTrue(a.count() >= 1, table);
            assertEquals(a.count(), b.count(), table);
            assertEquals(0, a.exceptAll(b).count(), table);
        }
        assertEquals(REQUESTS, actual.read("executions").count());
        assertFalse(actual.exists("quarantine"), "nothing was refused");
    }

    /** Without the columns of the run, and maps as sorted text: Spark does not compare maps. */
    private static Dataset<Row> comparable(Dataset<Row> rows) {
        Dataset<Row> kept = rows.drop(OF_THE_RUN.toArray(String[]::new));
        for (var field : kept.schema().fields()) {
            if (field.dataType().typeName().equals("map")) {
                kept = kept.withColumn(
                        field.name(),
                        org.apache.spark.sql.functions.expr("array_sort(map_entries(" + field.name() + "))"));
            }
        }
        return kept;
    }
}
