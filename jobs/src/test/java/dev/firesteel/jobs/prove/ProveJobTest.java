package dev.firesteel.jobs.prove;

import static dev.firesteel.jobs.ingest.Fixtures.content;
import static dev.firesteel.jobs.ingest.Fixtures.manifest;
import static dev.firesteel.jobs.ingest.Fixtures.number;
import static dev.firesteel.jobs.ingest.Fixtures.request;
import static dev.firesteel.jobs.ingest.Fixtures.silent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.execute.ExecuteJob;
import dev.firesteel.jobs.execute.ExecuteJob.Checkpoint;
import dev.firesteel.jobs.execute.ExecutionParameters;
import dev.firesteel.jobs.ingest.Fixtures;
import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.request.ProgramKey;
import dev.firesteel.request.RunStatement;
import dev.firesteel.request.RunVerifier;
import dev.firesteel.schemas.TableDefinition;
import io.delta.tables.DeltaTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Requests from witness to verdict on an embedded Spark: committed in one run, proved in others that end early. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProveJobTest {
    /** 5,137 cycles of fib make two segments; endless is stopped. */
    private static final ExecutionParameters PARAMETERS = ExecutionParameters.of(20_000, 1 << 12);

    private static final Set<String> PHASES =
            Set.of("wait-for-heap", "keys", "boundary", "trace", "zerocheck", "verify");

    private static final List<String> TABLES =
            List.of("commitments", "challenges", "program_keys", "segment_proofs", "proofs", "verdicts", "attempts");

    @TempDir
    static Path folder;

    private Warehouse warehouse;

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static Selection selection(String... ids) {
        return new Selection(Set.of(ids), PARAMETERS.hash(), ProofParameters.of("test-fast"), Long.MAX_VALUE);
    }

    private static CommitJob.Summary commit(Warehouse warehouse, String runId, String... ids) {
        return commit(warehouse, runId, Checkpoint.NONE, ids);
    }

    private static CommitJob.Summary commit(Warehouse warehouse, String runId, Checkpoint checkpoint, String... ids) {
        return CommitJob.open(warehouse, selection(ids), ProverOptions.DEFAULTS).run(runId, silent(), checkpoint);
    }

    private static ProveJob.Summary prove(Warehouse warehouse, String runId, Checkpoint checkpoint, String... ids) {
        return ProveJob.open(warehouse, selection(ids), ProverOptions.DEFAULTS).run(runId, 1, silent(), checkpoint);
    }

    private static VerifyJob.Summary verify(Warehouse warehouse, boolean allowInsecure, StringWriter said) {
        return VerifyJob.open(warehouse, Set.of(), allowInsecure, false).run("verify", new PrintWriter(said));
    }

    @BeforeAll
    void commitThenProveInRunsThatEndEarly() throws Exception {
        SparkSession spark = TestSpark.session();
        warehouse = Warehouse.open(spark, folder.resolve("w").toString());
        Fixtures.ingest(
                spark,
                warehouse,
                manifest(
                        folder,
                        request("fib", "fibonacci", number(1000)),
                        request("fib-again", "fibonacci", number(1000)),
                        request("endless", "fibonacci", number(1_000_000)),
                        request("panic", "panic", "0x00010000")));
        ExecuteJob.open(warehouse, null, PARAMETERS, Set.of()).run("execute", 4, silent(), ExecuteJob.Checkpoint.NONE);
        corruptedSegmentRow();
        for (String table : List.of("commitments", "attempts", "challenges")) {
            assertThrows(Killed.class, () -> commit(warehouse, "commit-" + table, killAfter(table)), table);
        }
        // The challenge comes last: where it is, nothing is missing.
        assertEquals(new CommitJob.Summary(0, 2, 1, 0), commit(warehouse, "commit"));
        assertThrows(Killed.class, () -> prove(warehouse, "killed-1", killAfter("attempts")));
        assertEquals(0, warehouse.readOrEmpty("segment_proofs").count());
        assertThrows(Killed.class, () -> prove(warehouse, "killed-2", killAfter("segment_proofs")));
        int proved = (int) warehouse.read("segment_proofs").count();
        // What finished at the same time shares a commit.
        assertTrue(proved == 1 || proved == 2, "proved: " + proved);
        List<String> first = content(warehouse, "segment_proofs");
        assertThrows(Killed.class, () -> prove(warehouse, "killed-3", killAfter("proofs")));
        assertTrue(content(warehouse, "segment_proofs").containsAll(first), "what was committed is not proved again");
        assertEquals(3, warehouse.read("segment_proofs").count());
        assertEquals(new ProveJob.Summary(0, 0, 3, 0, 0), prove(warehouse, "prove", Checkpoint.NONE));
    }

    private static Checkpoint killAfter(String table) {
        return committed -> {
            if (committed.equals(table)) {
                throw new Killed();
            }
        };
    }

    /** A row that claims another end than it executes to costs its request, not the others; corrected, it is committed. */
    private void corruptedSegmentRow() {
        DeltaTable segments = DeltaTable.forPath(warehouse.spark(), warehouse.path("segments"));
        long good = version("segments");
        segments.update(
                functions.expr("cycles > 1000 AND segment_index = 1 AND is_last"),
                Map.of("end_pc", functions.expr("end_pc + 4")));
        assertEquals(new CommitJob.Summary(0, 0, 0, 1), commit(warehouse, "corrupted", "fib", "fib-again"));
        assertEquals(
                List.of("bad_segment"),
                warehouse
                        .read("attempts")
                        .where("run_id = 'corrupted' AND outcome = 'failure' AND NOT retryable")
                        .select("reason_class")
                        .collectAsList()
                        .stream()
                        .map(r -> r.getString(0))
                        .toList());
        segments.restoreToVersion(good);
        assertEquals(0, warehouse.readOrEmpty("challenges").count());
    }

    private long version(String table) {
        return DeltaTable.forPath(warehouse.spark(), warehouse.path(table))
                .history(1)
                .first()
                .<Long>getAs("version");
    }

    @Test
    @Order(1)
    void everySegmentIsProvedOnceWithItsTimes() {
        List<Row> rows = warehouse.read("segment_proofs").collectAsList();
        assertEquals(3, rows.size());
        for (Row row : rows) {
            assertTrue(row.<Long>getAs("committed_cells") > 100_000, row.toString());
            assertTrue(row.<Double>getAs("proving_ms") > 0);
            assertTrue(row.getJavaMap(row.fieldIndex("phase_ms")).containsKey("zerocheck"));
            assertEquals("test-fast", row.getAs("preset"));
        }
        assertTrue(
                rows.stream().filter(r -> r.<Boolean>getAs("cold")).count() <= 1,
                "only the first proof of a JVM is cold, and another test may have made it");
        for (Row row : rows) {
            Row attempt = warehouse
                    .read("attempts")
                    .where(functions
                            .col("run_id")
                            .equalTo(row.getAs("run_id"))
                            .and(functions.col("segment_index").equalTo(row.getAs("segment_index")))
                            .and(functions.col("committed_cells").equalTo(row.getAs("committed_cells"))))
                    .first();
            assertEquals("prove success", attempt.getAs("stage") + " " + attempt.getAs("outcome"));
            assertTrue(
                    attempt.getJavaMap(attempt.fieldIndex("phase_ms")).keySet().containsAll(PHASES),
                    attempt.toString());
        }
    }

    /** What was lost is made again, the same to the byte, and nothing else is. */
    @Test
    @Order(5)
    void aProofThatIsMadeAgainIsTheSame() {
        List<String> before = proofs();
        DeltaTable.forPath(warehouse.spark(), warehouse.path("segment_proofs")).delete("segment_index = 1");
        assertEquals(2, warehouse.read("segment_proofs").count());
        assertEquals(new ProveJob.Summary(1, 0, 3, 0, 0), prove(warehouse, "lost", Checkpoint.NONE));
        assertEquals(before, proofs());
    }

    private List<String> proofs() {
        return warehouse
                .read("segment_proofs")
                .selectExpr("concat_ws(' ', program_hash, input_hash, segment_index, sha2(proof, 256))")
                .collectAsList()
                .stream()
                .map(r -> r.getString(0))
                .sorted()
                .toList();
    }

    @Test
    @Order(2)
    void requestsThatShareAnExecutionHaveAProofEachAndItVerifiesWithoutTheWarehouse() throws Exception {
        List<Row> rows = warehouse.read("proofs").orderBy("request_id").collectAsList();
        assertEquals(
                List.of("fib", "fib-again", "panic"),
                rows.stream().map(r -> r.<String>getAs("request_id")).toList());
        for (Row row : rows) {
            byte[] key = warehouse
                    .read("program_keys")
                    .where(functions.col("key_hash").equalTo(row.getAs("key_hash")))
                    .first()
                    .getAs("program_key");
            RunStatement statement = RunStatement.read(row.getAs("statement"));
            assertEquals(row.getAs("request_id").equals("panic") ? 256 : 0, statement.exitCode());
            RunVerifier.allowingInsecure(ProgramKey.read(key)).verify(statement, row.getAs("proof"));
        }
    }

    @Test
    @Order(2)
    void anExecutionThatDidNotHaltIsRecordedOnce() {
        assertEquals(
                1,
                warehouse
                        .read("attempts")
                        .where("request_id = 'endless' AND stage = 'commit' AND reason_class = 'not_provable'")
                        .count());
    }

    @Test
    @Order(3)
    void insecureProofsAreRefusedUnlessAskedFor() {
        StringWriter said = new StringWriter();
        assertEquals(new VerifyJob.Summary(0, 3, 0), verify(warehouse, false, said));
        assertTrue(said.toString().contains("'fib' DOES NOT VERIFY: INSECURE_PRESET"), said.toString());
        assertEquals(new VerifyJob.Summary(3, 0, 0), verify(warehouse, true, said));
        assertEquals(6, warehouse.read("verdicts").count());
    }

    @Test
    @Order(4)
    void aSecondRunAddsNothing() {
        List<List<String>> before =
                TABLES.stream().map(t -> content(warehouse, t)).toList();
        assertEquals(new CommitJob.Summary(0, 2, 1, 0), commit(warehouse, "again"));
        assertEquals(new ProveJob.Summary(0, 0, 3, 0, 0), prove(warehouse, "again", Checkpoint.NONE));
        assertEquals(new VerifyJob.Summary(3, 0, 0), verify(warehouse, true, new StringWriter()));
        for (int i = 0; i < TABLES.size(); i++) {
            assertEquals(before.get(i), content(warehouse, TABLES.get(i)), TABLES.get(i));
        }
    }

    @Test
    @Order(6)
    void whatJobsWriteAgreesWithTheDdl() {
        for (String table : TABLES) {
            assertEquals(
                    RowCodec.schema(TableDefinition.of(table)).simpleString(),
                    warehouse.read(table).schema().simpleString(),
                    table);
        }
    }

    @Test
    @Order(6)
    void aRequestThatWasNotExecutedIsSaid() {
        var e = assertThrows(UserException.class, () -> commit(warehouse, "x", "nobody"));
        assertTrue(e.getMessage().contains("'nobody' has not been executed"), e.getMessage());
        assertNotNull(
                assertThrows(UserException.class, () -> VerifyJob.open(warehouse, Set.of("endless"), true, false)));
        assertFalse(warehouse.read("challenges").isEmpty());
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void whatWasChangedInStorageIsFound() {
        change("executions", "request_id = 'fib'", "output", "X'0102'");
        change("proofs", "request_id = 'fib-again'", "proof", "concat(substring(proof, 1, length(proof) - 1), X'00')");
        change("program_keys", "program_hash = '" + hashOf("panic") + "'", "program_key", "concat(program_key, X'00')");
        StringWriter said = new StringWriter();
        assertEquals(new VerifyJob.Summary(0, 3, 0), verify(warehouse, true, said));
        for (String expected : List.of(
                "'fib' DOES NOT VERIFY: table executions has another output",
                "'fib-again' DOES NOT VERIFY: ",
                "'panic' DOES NOT VERIFY: the key is not that of key_hash")) {
            assertTrue(said.toString().contains(expected), said.toString());
        }
    }

    private String hashOf(String program) {
        return warehouse
                .read("programs")
                .where(functions.col("name").equalTo(program))
                .first()
                .getAs("program_hash");
    }

    private void change(String table, String where, String column, String value) {
        DeltaTable.forPath(warehouse.spark(), warehouse.path(table))
                .update(functions.expr(where), Map.of(column, functions.expr(value)));
    }
}
