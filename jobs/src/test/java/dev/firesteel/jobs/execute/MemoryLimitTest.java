package dev.firesteel.jobs.execute;

import static dev.firesteel.jobs.ingest.Fixtures.number;
import static dev.firesteel.jobs.ingest.Fixtures.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.cli.Firesteel;
import dev.firesteel.jobs.ingest.Fixtures;
import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.SegmentReplayer;
import dev.firesteel.schemas.Execution;
import dev.firesteel.schemas.Segment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest that wants more memory than it may have, through the command line. */
class MemoryLimitTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aGuestThatNeedsTooMuchHasATypedRowAndTheOthersGoOn() throws Exception {
        Path manifest = Fixtures.manifest(
                folder,
                request("small", "fibonacci", number(1000)),
                Map.of(
                        "request_id",
                        "large",
                        "program",
                        Fixtures.guest("sort").toString(),
                        "input",
                        Fixtures.root().resolve("guests/sort/samples/n4000.in").toString()));
        String warehouse = folder.resolve("w").toString();
        assertEquals(0, firesteel("ingest", manifest.toString(), "--warehouse", warehouse), err.toString());
        anOlderVersionsConstraint(warehouse);
        assertEquals(
                ExecuteCommand.EXIT_UNEXPECTED,
                firesteel("execute", "--warehouse", warehouse, "--max-memory", "192k", "--segment-cycles", "4096"),
                err.toString());
        assertTrue(out.toString().contains("request 'large': memory_limit after "), out.toString());

        Warehouse tables = Warehouse.existing(TestSpark.session(), warehouse);
        assertEquals("halted", execution(tables, "small").outcome());
        Execution large = execution(tables, "large");
        assertEquals("memory_limit", large.outcome());
        assertNull(large.exitCode());
        assertNull(large.trap());
        assertTrue(large.cycles() > 0);
        assertEquals(0, tables.read("attempts").where("outcome = 'failure'").count());
        Segment last = RowCodec.of("segments", Segment.class)
                .fromRow(tables.read("segments")
                        .where("is_last AND program_hash = '" + large.programHash() + "'")
                        .first());
        assertEquals("memory_limit", last.outcome());
        Program program = Program.load(Files.readAllBytes(Fixtures.guest("sort")), "sort");
        assertEquals(
                "MEMORY_LIMIT",
                SegmentReplayer.replay(program, SegmentRows.fromRow(last))
                        .outcome()
                        .name());

        // Another limit is other parameters: rows beside these.
        assertEquals(0, firesteel("execute", "--warehouse", warehouse), err.toString());
        assertEquals(
                4,
                Warehouse.existing(TestSpark.session(), warehouse)
                        .read("executions")
                        .count());
    }

    /** The table as a version made it that knew no memory limit. */
    private static void anOlderVersionsConstraint(String warehouse) {
        Warehouse tables = Warehouse.open(TestSpark.session(), warehouse);
        tables.create("executions");
        String alter = "ALTER TABLE delta.`" + tables.path("executions") + "` ";
        tables.spark().sql(alter + "DROP CONSTRAINT outcome_known");
        tables.spark()
                .sql(alter + "ADD CONSTRAINT outcome_known CHECK (outcome IN ('halted', 'trapped', 'cycle_limit'))");
    }

    @Test
    void aLimitThatNoGuestCanKeepIsRefusedBeforeSparkStarts() {
        assertEquals(3, firesteel("execute", "--max-memory", "10k"));
        assertTrue(err.toString().contains("--max-memory 10k: must be at least 64k"), err.toString());
        assertEquals(2, firesteel("execute", "--max-memory", "plenty"));
        assertTrue(err.toString().contains("'plenty' is no number of bytes"), err.toString());
        assertEquals(3, firesteel("run", "--manifest", "m.json", "--max-memory", "0"));
    }

    @Test
    void limitsThatMeanTheSameAreTheSameParameters() {
        assertEquals(
                ExecutionParameters.of(1, 1L << 32, 1).hash(),
                ExecutionParameters.of(1, 1L << 40, 1).hash());
        assertEquals(
                ExecutionParameters.of(1, 65536, 1).hash(),
                ExecutionParameters.of(1, 65537, 1).hash());
    }

    private int firesteel(String... arguments) {
        err.getBuffer().setLength(0);
        return Firesteel.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static Execution execution(Warehouse warehouse, String request) {
        return RowCodec.of("executions", Execution.class)
                .fromRow(warehouse
                        .read("executions")
                        .where("request_id = '" + request + "'")
                        .first());
    }
}
