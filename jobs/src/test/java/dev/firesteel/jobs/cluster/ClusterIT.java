package dev.firesteel.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.spark.Warehouse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The product as it is shipped, against a real standalone cluster on the loopback address: a master and two worker JVMs,
 * the launcher, {@code firesteel.jar}. What it writes must be what an embedded Spark writes, whatever is killed meanwhile.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterIT {
    private static final int REQUESTS = 6;
    private static final int LONG_REQUESTS = 2;
    private static final int PORT = 17077;
    private static final String MASTER = "spark://127.0.0.1:" + PORT;
    /** Columns that say who, when and how fast: they differ between two runs of the same work. */
    private static final List<String> OF_THE_RUN =
            List.of("run_id", "execution_ms", "executor_id", "host", "executed_at", "ingested_at");

    @TempDir
    static Path folder;

    private Path home;
    private Path manifest;

    @BeforeAll
    void baseline() throws Exception {
        home = Path.of(System.getProperty("firesteel.basedir")).getParent();
        manifest = Files.writeString(folder.resolve("manifest.json"), manifest());
        assertEquals(0, finish(launch("local", Map.of()), "local"), () -> log("local"));
    }

    @AfterAll
    void stop() throws Exception {
        cluster("stop");
    }

    @Test
    void aClusterWritesTheTablesOfAnEmbeddedSpark() throws Exception {
        cluster("start", "--port", Integer.toString(PORT), "--memory", "1g");
        try {
            assertEquals(0, finish(launch("clean", Map.of("--master", MASTER)), "clean"), () -> log("clean"));
        } finally {
            cluster("stop");
        }
        assertSameTables("clean");
    }

    @Test
    void soItDoesWhenAWorkerIsKilledInTheMiddle() throws Exception {
        cluster("start", "--port", Integer.toString(PORT), "--memory", "1g");
        try {
            Process run = launch("killed", Map.of("--master", MASTER));
            // What the job says when the first guest runs.
            while (run.isAlive() && !log("killed").contains("executed 0 of " + REQUESTS)) {
                Thread.onSpinWait();
            }
            assertTrue(run.isAlive(), () -> "it ended before anything could be killed\n" + log("killed"));
            cluster("kill-worker", "1");
            assertEquals(0, finish(run, "killed"), () -> log("killed"));
        } finally {
            cluster("stop");
        }
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
        String failed = lost.get(0).getAs("request_id");
        assertEquals(
                lost.get(0).<Integer>getAs("attempt") + 1,
                attempts.where("outcome = 'success' AND request_id = '" + failed + "'")
                        .first()
                        .<Integer>getAs("attempt"));
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
                            .putLong((i < LONG_REQUESTS ? 1_000_000_000L : 12_000_000L) + i)
                            .array();
                    return "{\"request_id\": \"f" + i + "\", \"program\": \""
                            + home.resolve("guests/fibonacci/fibonacci.elf") + "\", \"input_hex\": \"0x"
                            + HexFormat.of().formatHex(n) + "\", \"expected_exit_code\": 0, \"kind\": \"guest\"}";
                })
                .collect(Collectors.joining(",\n", "{\"requests\": [\n", "]}\n"));
    }

    private Process launch(String name, Map<String, String> options) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                home.resolve("scripts/firesteel").toString(),
                "run",
                "--manifest",
                manifest.toString(),
                "--warehouse",
                folder.resolve(name).toString(),
                "--reports",
                folder.resolve(name + "-reports").toString());
        options.forEach((k, v) -> builder.command().addAll(List.of(k, v)));
        builder.environment().put("FIRESTEEL_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("SPARK_HOME");
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    private int finish(Process process, String name) throws InterruptedException {
        int status = process.waitFor();
        System.out.println(name + ": " + log(name).lines().reduce((a, b) -> b).orElse(""));
        return status;
    }

    private String log(String name) {
        try {
            return Files.readString(folder.resolve(name + ".log"));
        } catch (IOException e) {
            return "";
        }
    }

    private void cluster(String... arguments) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(home.resolve("scripts/cluster").toString());
        builder.command().addAll(List.of(arguments));
        builder.command()
                .addAll(List.of("--dir", home.resolve("jobs/target/it-cluster").toString()));
        builder.environment().put("FIRESTEEL_JAVA_HOME", System.getProperty("java.home"));
        Path log = folder.resolve("cluster.log");
        int status = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .waitFor();
        assertEquals(0, status, () -> String.join(" ", arguments) + "\n" + log("cluster"));
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
