package dev.firesteel.jobs.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.TestSpark;
import dev.firesteel.schemas.Run;
import io.delta.tables.DeltaTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseTest {
    @TempDir
    Path folder;

    private Warehouse warehouse;

    @BeforeEach
    void open() {
        warehouse = Warehouse.open(TestSpark.session(), folder.resolve("w").toString());
    }

    @Test
    void aCreatedTableHasItsConstraintsFromTheFirstVersionOn() {
        warehouse.create("runs");
        var history = DeltaTable.forPath(warehouse.spark(), warehouse.path("runs"))
                .history()
                .collectAsList();
        assertEquals(1, history.size());
        var bad = run("r", "no such status", null);
        Exception e = assertThrows(Exception.class, () -> warehouse.insertNew("runs", Run.class, List.of(bad)));
        assertTrue(String.valueOf(e.getMessage()).contains("status_known"), e.getMessage());
        assertEquals(0, warehouse.read("runs").count());
    }

    @Test
    void aRowComesBackAsItWasWritten() {
        Run run = run("r1", "failed", Instant.parse("2026-01-02T03:04:05.678901Z"));
        warehouse.insertNew("runs", Run.class, List.of(run));
        assertEquals(
                run,
                RowCodec.of("runs", Run.class).fromRow(warehouse.read("runs").first()));
    }

    @Test
    void insertingTheSameKeyTwiceAddsNothing() {
        assertEquals(1, warehouse.insertNew("runs", Run.class, List.of(run("r1", "running", null))));
        assertEquals(0, warehouse.insertNew("runs", Run.class, List.of(run("r1", "failed", Instant.EPOCH))));
        assertEquals(1, warehouse.read("runs").count());
        assertEquals("running", warehouse.read("runs").first().<String>getAs("status"));
    }

    @Test
    void duplicateKeysWithinOneWriteBecomeOneRow() {
        Run run = run("r1", "running", null);
        assertEquals(1, warehouse.insertNew("runs", Run.class, List.of(run, run)));
    }

    @Test
    void upsertReplacesTheRowOfTheSameKey() {
        warehouse.insertNew("runs", Run.class, List.of(run("r1", "running", null)));
        warehouse.upsert("runs", Run.class, List.of(run("r1", "succeeded", Instant.EPOCH)));
        assertEquals(1, warehouse.read("runs").count());
        assertEquals("succeeded", warehouse.read("runs").first().<String>getAs("status"));
    }

    @Test
    void aTableThatWasNeverWrittenIsNamed() {
        var e = assertThrows(UserException.class, () -> warehouse.read("segments"));
        assertTrue(e.getMessage().contains("'segments'"), e.getMessage());
        assertEquals(0, warehouse.readOrEmpty("segments").count());
    }

    @Test
    void aFileIsNotAWarehouse() throws Exception {
        Path file = Files.writeString(folder.resolve("f"), "x");
        var e = assertThrows(UserException.class, () -> Warehouse.open(TestSpark.session(), file.toString()));
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
        assertThrows(UserException.class, () -> Warehouse.open(TestSpark.session(), file + "/below"));
        assertThrows(UserException.class, () -> Warehouse.existing(TestSpark.session(), folder + "/nothing"));
    }

    @Test
    void aRunIsRecordedWhetherItSucceedsOrFails() throws Exception {
        assertEquals(0, RunLog.record(warehouse, "job", "a b", id -> 0));
        assertThrows(
                UserException.class,
                () -> RunLog.record(warehouse, "job", "a b", id -> {
                    throw new UserException("no\nmore");
                }));
        var codec = RowCodec.of("runs", Run.class);
        List<Run> runs = warehouse.read("runs").orderBy("started_at").collectAsList().stream()
                .map(codec::fromRow)
                .toList();
        assertEquals(
                List.of("succeeded", "failed"), runs.stream().map(Run::status).toList());
        assertNull(runs.get(0).message());
        assertEquals("no", runs.get(1).message());
        assertEquals(2, warehouse.read("environments").count());
    }

    @Test
    void aLongRunIsVisibleBeforeItEnds() throws Exception {
        var codec = RowCodec.of("runs", Run.class);
        RunLog.record(warehouse, "job", "", 0, id -> {
            while (warehouse.readOrEmpty("runs").isEmpty()) {
                Thread.onSpinWait();
            }
            assertEquals(
                    "running", codec.fromRow(warehouse.read("runs").first()).status());
            return 4;
        });
        Run ended = codec.fromRow(warehouse.read("runs").first());
        assertEquals("failed", ended.status());
        assertEquals("exit status 4", ended.message());
        assertEquals(1, warehouse.read("runs").count());
    }

    @Test
    void aRunThatCouldNotBeShownHalfwayLeavesOneRowInEachTableAllTheSame() throws Exception {
        RunLog log = new RunLog(warehouse, "job", "");
        // The table of environments can be written, that of runs cannot.
        Path obstacle = Files.writeString(folder.resolve("w/runs"), "in the way");
        assertThrows(Exception.class, log::show);
        assertEquals(1, warehouse.read("environments").count());
        Files.delete(obstacle);
        log.end("succeeded", null);
        assertEquals(1, warehouse.read("environments").count());
        Run run = RowCodec.of("runs", Run.class).fromRow(warehouse.read("runs").first());
        assertEquals("succeeded", run.status());
        assertEquals(1, warehouse.read("runs").count());
    }

    private static Run run(String id, String status, Instant ended) {
        return new Run(id, "job", "", "app", "v", status, null, Instant.parse("2026-01-01T00:00:00Z"), ended);
    }
}
