package dev.firesteel.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.cli.Firesteel;
import dev.firesteel.jobs.ingest.Fixtures;
import dev.firesteel.jobs.spark.Warehouse;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens to a night of proving, on one warehouse after another: the driver is killed, rows are bad, memory is short, everything is killed, a worker is killed. In the end the proofs are those
 * of a job that nobody disturbed.
 */
@Tag("nightly")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProvingScenariosIT {
    /** Five of "long", one of each other request. */
    private static final int SEGMENTS = 7;

    /** Provers have 60 % of it: enough for 600 MiB and a few cycles, not for segments of 8,192. */
    private static final String TOO_SMALL = "spark.executor.memory=1040m";

    private static final String ENOUGH = "spark.executor.memory=1200m";

    /** For JVMs that mostly start up. The scalar kernels need no self-test, which would be most of their time; proofs are the same. */
    private static final String QUICK = "-Dfiresteel.kernels=scalar -XX:TieredStopAtLevel=1";

    private static final String ROOM = "128K";

    @TempDir
    static Path folder;

    private Product product;

    @BeforeAll
    void baseline() throws Exception {
        product = new Product(
                folder,
                "it-proving",
                17078,
                "FIRESTEEL_JAVA_OPTS=-Xmx1g " + QUICK,
                "FIRESTEEL_SPARK_CONF=" + settings());
        String manifest = Fixtures.manifest(
                        folder,
                        Fixtures.request("long", "fibonacci", Fixtures.number(8000)),
                        Fixtures.request("short", "fibonacci", Fixtures.number(10)),
                        Fixtures.request("panic", "panic", "0x00010000", "expected_exit_code", 256))
                .toString();
        String undisturbed = folder.resolve("undisturbed").toString();
        here(0, "ingest", manifest, "--warehouse", undisturbed);
        here(0, "execute", "--segment-cycles", "8192", "--warehouse", undisturbed);
        assertEquals(0, command("cp", "-a", undisturbed, folder.resolve("w").toString()));
        here(0, "commit", "--preset", "test-fast", "--warehouse", undisturbed);
        here(0, prove(undisturbed));
        startCluster();
    }

    /** A job on an embedded Spark, here. Returns what it says. */
    private static String here(int status, String... arguments) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        assertEquals(status, Firesteel.commandLine().setOut(out).setErr(out).execute(arguments), said::toString);
        return said.toString();
    }

    /** Those of the repository for such a cluster, and the kernels. */
    private static Path settings() throws IOException {
        String shipped = Files.readString(Product.home().resolve("conf/standalone/spark-defaults.conf"));
        return Files.writeString(
                folder.resolve("spark.conf"), shipped + "\nspark.executor.extraJavaOptions " + QUICK + "\n");
    }

    private void startCluster() throws Exception {
        product.cluster("start", "--memory", "1200m");
    }

    @AfterAll
    void stop() throws Exception {
        product.cluster("stop");
    }

    private static String[] prove(String warehouse, String... options) {
        return Stream.concat(
                        Stream.of(
                                "prove", "--preset", "test-fast", "--proofs-per-commit", "1", "--warehouse", warehouse),
                        Stream.of(options))
                .toArray(String[]::new);
    }

    private String[] proveOnCluster(String memory) {
        return prove(folder.resolve("w").toString(), "--master", product.master(), "-c", memory);
    }

    @Test
    @Order(1)
    void theDriverIsKilledBetweenCommitAndProve() throws Exception {
        Process job = product.launch(
                "driver-killed",
                "commit",
                "--preset",
                "test-fast",
                "--warehouse",
                folder.resolve("w").toString(),
                "--master",
                product.master(),
                "-c",
                ENOUGH);
        product.await(job, "driver-killed", () -> product.log("driver-killed").contains("executions committed"));
        kill(job);
        assertEquals(3, tables("w").read("challenges").count());
        assertEquals(0, tables("w").readOrEmpty("segment_proofs").count());
    }

    @Test
    @Order(2)
    void aRowWasChangedAndMemoryIsShort() throws Exception {
        Warehouse warehouse = tables("w");
        DeltaTable segments = DeltaTable.forPath(warehouse.spark(), warehouse.path("segments"));
        long good = segments.history(1).first().<Long>getAs("version");
        segments.update(
                functions.expr("outcome = 'halted' AND cycles < 100"),
                Map.of("start_pc", functions.expr("start_pc + 4")));
        product.run(1, "bad-row", proveOnCluster(TOO_SMALL));
        String log = product.log("bad-row");
        assertTrue(log.contains("of 'long' has 8192 cycles"), log);
        assertTrue(log.contains("set -c spark.executor.memory="), log);
        assertTrue(log.contains("segment 0 of 'panic': bad_segment: "), log);
        Dataset<Row> failed = tables("w").read("attempts").where("stage = 'prove' AND outcome = 'failure'");
        assertEquals(
                5,
                failed.where("reason_class = 'does_not_fit' AND request_id = 'long' AND NOT retryable")
                        .count());
        assertEquals(
                1,
                failed.where("reason_class = 'bad_segment' AND request_id = 'panic' AND NOT retryable")
                        .count());
        assertEquals(6, failed.count(), "what no attempt mends is not tried again");
        assertEquals(1, tables("w").read("segment_proofs").count(), "the others go on");
        segments.restoreToVersion(good);
    }

    /** Executors' heaps are smaller than they claim, so that what should fit does not. */
    @Test
    @Order(3)
    void aTaskRunsOutOfMemoryAndTheJobSaysSo() throws Exception {
        String[] job = Stream.concat(
                        Stream.of(proveOnCluster(ENOUGH)),
                        Stream.of(
                                "--request",
                                "panic",
                                "-c",
                                "spark.testing.reservedMemory=16777216",
                                "-c",
                                "spark.scheduler.excludeOnFailure.unschedulableTaskSetTimeout=1s",
                                "-c",
                                "spark.executor.extraJavaOptions=-XX:MaxHeapSize=96m -XX:MaxDirectMemorySize=512m "
                                        + QUICK))
                .toArray(String[]::new);
        product.run(1, "out-of-memory", job);
        String log = product.log("out-of-memory");
        assertTrue(log.matches("(?s).*segment 0 of 'panic': given up after \\d+ attempts.*"), log);
        assertTrue(log.contains("0 segments proved; "), log);
        // Two that ran out, each on an executor that ended with them, and those that came for what such an executor had
        // shuffled.
        Dataset<Row> failed = tables("w")
                .read("attempts")
                .where(
                        "reason_class IN ('out_of_memory', 'executor_lost') AND stage = 'prove' AND request_id = 'panic'");
        assertEquals(0, failed.where("NOT retryable").count());
        assertTrue(failed.select("executor_id").distinct().count() >= 2, "another executor is asked");
    }

    @Test
    @Order(4)
    void everythingIsKilledWhileSegmentsAreProved() throws Exception {
        Process job = product.launch("all-killed", proveOnCluster(ENOUGH));
        product.await(job, "all-killed", () -> commits("segment_proofs") > 2);
        kill(job);
        product.cluster("kill");
        long proved = tables("w").read("segment_proofs").count();
        assertTrue(proved > 1 && proved < SEGMENTS, "proved: " + proved);
        startCluster();
    }

    @Test
    @Order(5)
    void aWorkerIsKilledWhileTheRestIsProved() throws Exception {
        List<Row> before = proofs("w", "segment_proofs");
        Process job = product.launch("worker-killed", proveOnCluster(ENOUGH));
        product.await(job, "worker-killed", () -> product.log("worker-killed").contains("proved 0 of"));
        product.cluster("kill-worker", "1");
        product.finish(job, "worker-killed", 0);
        assertTrue(
                product.log("worker-killed").contains((SEGMENTS - before.size()) + " segments proved; "),
                "nothing is proved twice that was committed");
        assertTrue(proofs("w", "segment_proofs").containsAll(before));
        for (String table : List.of("segment_proofs", "proofs")) {
            assertEquals(proofs("undisturbed", table), proofs("w", table), table);
        }
        Dataset<Row> attempts = tables("w").read("attempts");
        String last = attempts.orderBy(functions.col("ended_at").desc()).first().getAs("run_id");
        Dataset<Row> ofLast = attempts.where(functions.col("run_id").equalTo(last));
        Attempts.assertEachEndsWithItsOnlySuccess(ofLast);
        assertFalse(
                ofLast.where("reason_class = 'executor_lost'").isEmpty(),
                "no segment was on the worker that was killed");
    }

    @Test
    @Order(6)
    void theDiskIsFullThenReadOnlyThenGoodAgain() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Path view = Files.createDirectory(folder.resolve("view"));
        assumeTrue(
                command("mount", "-t", "tmpfs", "-o", "size=64m", "none", disk.toString()) == 0,
                "SKIPPED: a full disk and a read-only one need the right to mount a file system");
        try {
            Path there = disk.resolve("w");
            assertEquals(0, command("cp", "-a", folder.resolve("undisturbed").toString(), there.toString()));
            Warehouse warehouse = Warehouse.existing(TestSpark.session(), there.toString());
            DeltaTable.forPath(warehouse.spark(), warehouse.path("proofs")).delete();
            DeltaTable.forPath(warehouse.spark(), warehouse.path("segment_proofs"))
                    .delete("segment_index = 0");
            Path filler = disk.resolve("filler");
            command("dd", "if=/dev/zero", "of=" + filler, "bs=4k");
            // Room to begin, not for all that is to be written.
            assertEquals(0, command("truncate", "-s", "-" + ROOM, filler.toString()));
            String full = here(3, prove(there.toString()));
            assertTrue(full.matches("(?s).*: cannot write table \\w+ \\(No space left on device\\).*"), full);
            // Another view of the same folder: the disk itself cannot become read-only while a file is open on it.
            assertEquals(0, command("mount", "--bind", disk.toString(), view.toString()));
            assertEquals(0, command("mount", "-o", "remount,bind,ro", view.toString()));
            String readOnly = here(3, prove(view.resolve("w").toString()));
            assertTrue(readOnly.contains("cannot write the warehouse"), readOnly);
            Files.delete(filler);
            here(0, prove(there.toString()));
            for (String table : List.of("segment_proofs", "proofs")) {
                assertEquals(proofs("undisturbed", table), proofs(there.toString(), table), table);
            }
        } finally {
            command("umount", "-l", view.toString());
            command("umount", "-l", disk.toString());
        }
    }

    private static void kill(Process job) throws InterruptedException {
        job.destroyForcibly(); // SIGKILL
        job.waitFor();
    }

    private static int command(String... line) throws Exception {
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("commands.log").toFile()))
                .start()
                .waitFor();
    }

    /** Commits that a table of warehouse "w" has had, its creation among them. */
    private static int commits(String table) {
        try (Stream<Path> files = Files.list(folder.resolve("w").resolve(table).resolve("_delta_log"))) {
            return (int) files.filter(f -> f.toString().endsWith(".json")).count();
        } catch (IOException e) {
            return 0;
        }
    }

    private static Warehouse tables(String warehouse) {
        return Warehouse.existing(TestSpark.session(), folder.resolve(warehouse).toString());
    }

    /** Keys and bytes, a row for each row: a doubled one would be seen. */
    private static List<Row> proofs(String warehouse, String table) {
        String part = table.equals("proofs") ? "request_id" : "segment_index";
        return tables(warehouse)
                .read(table)
                .selectExpr("program_hash", "input_hash", "parameters_hash", part, "sha2(proof, 256) AS proof")
                .orderBy("program_hash", "input_hash", part, "proof")
                .collectAsList();
    }
}
