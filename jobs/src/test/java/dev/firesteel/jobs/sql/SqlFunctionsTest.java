package dev.firesteel.jobs.sql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.ingest.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The functions of docs/sql.md, its examples first. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlFunctionsTest {
    private static final List<String> VIEWS = List.of(
            "programs",
            "program_keys",
            "executions",
            "proofs",
            "challenges",
            "commitments",
            "segment_proofs",
            "segments");

    private final SparkSession spark = TestSpark.session();
    private ProvedRun run;
    private List<String> examples;

    @BeforeAll
    void prove() throws Exception {
        run = ProvedRun.get();
        run.views(spark);
        examples = examples();
    }

    @AfterAll
    void drop() {
        VIEWS.forEach(spark.catalog()::dropTempView);
    }

    private static List<String> examples() throws IOException {
        String page = Files.readString(Fixtures.root().resolve("docs/sql.md"));
        return Pattern.compile("(?s)```sql\n(.*?)```")
                .matcher(page)
                .results()
                .map(r -> r.group(1))
                .toList();
    }

    private Row example(int number) {
        List<Row> rows = spark.sql(examples.get(number)).collectAsList();
        assertEquals(1, rows.size(), rows.toString());
        return rows.get(0);
    }

    @Test
    void thePageHasTheExamplesThatAreTriedHere() {
        assertEquals(4, examples.size());
    }

    @Test
    void theFirstExampleRefusesAnInsecurePreset() {
        Row row = example(0);
        assertEquals("fib", row.getAs("request_id"));
        assertEquals(false, row.getAs("ok"));
        assertTrue(row.<String>getAs("reason").startsWith("INSECURE_PRESET"), row.toString());
    }

    @Test
    void theSecondExampleSaysWhatIsClaimedFalsely() {
        assertTrue(
                example(1).getString(0).startsWith("OTHER_OUTPUT"), example(1).toString());
    }

    @Test
    void theThirdExampleTellsSizesAndSecurity() {
        Row row = example(2);
        assertEquals(run.segments.size(), row.<Integer>getAs("segments"));
        assertEquals((double) run.core.length / run.segments.size(), row.<Double>getAs("bytes_per_segment"));
        assertEquals("test-fast", row.getAs("preset"));
        assertEquals(0, row.<Integer>getAs("security_bits"));
    }

    @Test
    void theFourthExampleProvesTheSameBytes() {
        Row row = example(3);
        assertNull(row.getAs("reason"), row.toString());
        assertEquals(true, row.getAs("same_bytes"));
        assertTrue(row.<Double>getAs("seconds") > 0);
        assertTrue(row.<Long>getAs("committed_cells") > 100_000);
    }

    @Test
    void aTrueProofVerifiesWithEveryArgumentAndNotWithAnotherExitCode() {
        Row verdict = value("verify_proof(p.proof, k.program_key, e.output, e.exit_code, true)");
        assertEquals(true, verdict.getAs("ok"));
        assertNull(verdict.getAs("reason"));
        verdict = value("verify_proof(p.proof, k.program_key, e.output, CAST(7 AS BIGINT), true)");
        assertEquals(false, verdict.getAs("ok"));
        assertTrue(verdict.<String>getAs("reason").startsWith("OTHER_EXIT_CODE"), verdict.toString());
    }

    private Row value(String expression) {
        return spark.sql("SELECT " + expression + " AS v FROM proofs p, program_keys k, executions e")
                .first()
                .getStruct(0);
    }

    @Test
    void nullsGiveNulls() {
        for (String call : List.of(
                "verify_proof(NULL, k.program_key, e.output, 0)",
                "verify_proof(p.proof, NULL, e.output, 0)",
                "verify_proof(p.proof, k.program_key, NULL, 0)",
                "verify_proof(p.proof, k.program_key, e.output, NULL)",
                "proof_info(NULL)",
                "proof_info(CAST(NULL AS BINARY), k.program_key)",
                "prove_segment(NULL, named_struct('x', 1), X'00', NULL, X'00', 'test-fast')",
                "prove_segment(X'00', named_struct('x', 1), X'00', NULL, X'00', NULL)")) {
            assertNull(value(call), call);
        }
    }

    @Test
    void garbageGivesAReason() {
        for (String call : List.of(
                "verify_proof(X'00', k.program_key, e.output, 0, true)",
                "verify_proof(p.proof, X'00', e.output, 0, true)",
                "proof_info(X'')",
                "proof_info(X'46534350000100')",
                "proof_info(p.proof, X'00')",
                "prove_segment(X'00', named_struct('x', 1), X'00', NULL, X'00', 'test-fast')",
                "prove_segment(X'00', named_struct('x', 1), X'00', NULL, X'00', 'no preset')")) {
            Row row = value(call);
            assertFalse(row.<String>getAs("reason").isBlank(), call);
            for (String field : row.schema().fieldNames()) {
                boolean said = field.equals("reason") || field.equals("ok");
                assertTrue(said || row.isNullAt(row.fieldIndex(field)), call + ": " + field);
            }
        }
    }

    @Test
    void aSegmentThatIsNotTheCommittedOneHasAReasonAndNoProof() {
        String call = "prove_segment(g.elf, struct(s.*), c.commitment, w.run_words, h.challenge, 'test-fast')";
        String from = " FROM programs g, segments s, challenges h, commitments c, commitments w"
                + " WHERE w.segment_index = 0 AND ";
        Row other = spark.sql("SELECT " + call + from + "s.segment_index = 0 AND c.segment_index = 1")
                .first()
                .getStruct(0);
        assertNull(other.getAs("proof"));
        assertEquals("segment 0 is not the one that was committed", other.getAs("reason"));
        Row garbage = spark.sql("SELECT " + call.replace("c.commitment", "X'01'") + from
                        + "s.segment_index = 1 AND c.segment_index = 1")
                .first()
                .getStruct(0);
        assertTrue(garbage.<String>getAs("reason").contains("commitment"), garbage.toString());
        Row withoutWords = spark.sql("SELECT " + call.replace("w.run_words", "NULL") + from
                        + "s.segment_index = 0 AND c.segment_index = 0")
                .first()
                .getStruct(0);
        assertEquals("the first segment needs run_words", withoutWords.getAs("reason"));
    }

    @Test
    void withoutAKeyTheProofTellsOfItselfAlone() {
        Row info = value("proof_info(p.proof)");
        assertEquals((long) run.core.length, info.<Long>getAs("bytes"));
        assertEquals(1, info.<Integer>getAs("version"));
        assertEquals(0, info.<Integer>getAs("exit_code"));
        assertEquals((long) run.statement.output().length, info.<Long>getAs("output_bytes"));
        assertNull(info.getAs("preset"));
        assertNull(info.getAs("fits_key"));
        Row both = value("proof_info(p.proof, k.program_key)");
        assertEquals(true, both.getAs("fits_key"));
        assertEquals(run.programHash(), both.getAs("program_hash"));
    }

    @Test
    void wrongCallsAreAnalysisErrors() {
        for (String call : List.of(
                "proof_info()",
                "proof_info(X'00', X'00', X'00')",
                "verify_proof(X'00', X'00', X'00')",
                "verify_proof(array(1), X'00', X'00', 0)")) {
            assertThrows(AnalysisException.class, () -> spark.sql("SELECT " + call), call);
        }
    }

    @Test
    void theyDescribeThemselves() {
        String said =
                spark.sql("DESCRIBE FUNCTION verify_proof").collectAsList().toString();
        assertTrue(said.contains("verify_proof(proof, program_key, output, exit_code[, allow_insecure])"), said);
    }

    @Test
    void theViewsHoldWhatWasProved() {
        assertArrayEquals(run.core, spark.table("proofs").first().<byte[]>getAs("proof"));
    }
}
