package dev.firesteel.jobs.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.ingest.Fixtures;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.riscv.ElfException;
import dev.firesteel.riscv.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry is a JVM's: a new one is a new start. */
class KeyRegistryTest {
    private static final SecurityPreset PRESET = SecurityPreset.TEST_FAST;

    @TempDir
    private Path folder;

    private final SparkSession spark = TestSpark.session();
    private final List<ProverEvent.SetUp> told = new ArrayList<>();
    private Consumer<ProverEvent> sessions;
    private byte[] elf;
    private String hash;

    @BeforeEach
    void start() throws Exception {
        elf = Files.readAllBytes(Fixtures.guest("panic"));
        hash = Program.load(elf, "panic").hashHex();
        sessions = ProverEvents.listen(event -> told.add((ProverEvent.SetUp) event));
    }

    @AfterEach
    void stop() {
        ProverEvents.listen(sessions);
        SparkEnv.get().conf().remove(KeyRegistry.CACHE_SETTING);
    }

    private KeyRegistry.Entry get(KeyRegistry registry) throws ElfException {
        try (Parallel parallel = new Parallel(2)) {
            return registry.get(hash, "panic", elf, PRESET, parallel);
        }
    }

    @Test
    void theSecondStartTakesKeysFromTheCacheAndBothAreRowsOfSetups() throws Exception {
        SparkEnv.get()
                .conf()
                .set(KeyRegistry.CACHE_SETTING, folder.resolve("keys").toString());
        KeyRegistry.Entry made = get(new KeyRegistry());
        KeyRegistry second = new KeyRegistry();
        KeyRegistry.Entry read = get(second);
        assertSame(read.setup(), get(second).setup());
        assertEquals(made.setup().programKey(), read.setup().programKey());
        assertEquals(
                List.of(false, true),
                told.stream().map(ProverEvent.SetUp::cached).toList());
        told.forEach(SetupLog::add);
        Warehouse warehouse = Warehouse.open(spark, folder.resolve("w").toString());
        SetupLog.write(warehouse, "this run");
        SetupLog.write(warehouse, "the next run");
        List<Row> rows = warehouse
                .read("setups")
                .where("program_hash = '" + hash + "'")
                .orderBy("set_up_at")
                .collectAsList();
        assertEquals(2, rows.size());
        for (int i = 0; i < 2; i++) {
            Row row = rows.get(i);
            assertEquals(i == 1, row.getAs("cached"));
            assertEquals(false, row.getAs("preloaded"));
            assertEquals("this run", row.getAs("run_id"));
            assertEquals("driver", row.getAs("executor_id"));
            assertTrue(row.<Double>getAs("key_ms") > 0);
            assertNull(row.getAs("warm_up_ms"));
        }
    }

    @Test
    void theFirstProofIsColdUnlessItWasPreloaded() throws Exception {
        KeyRegistry cold = new KeyRegistry();
        get(cold);
        assertTrue(cold.cold());
        assertFalse(cold.cold());
        KeyRegistry warm = new KeyRegistry();
        warm.preload(new RunPrograms.Elf(hash, "panic", elf), PRESET, 2);
        assertFalse(warm.cold());
        assertEquals(
                List.of(false, true),
                told.stream().map(ProverEvent.SetUp::preloaded).toList());
        assertNotNull(told.get(1).warmUpMs(), "the proof that warms up was not made");
    }

    @Test
    void whatHasKeysIsNotLoadedAgain() throws Exception {
        KeyRegistry registry = new KeyRegistry();
        get(registry);
        registry.preload(new RunPrograms.Elf(hash, "panic", elf), PRESET, 2);
        assertEquals(1, told.size());
    }

    @Test
    void aProgramThatIsNoneIsSaidToEverybodyAndNotKept() {
        KeyRegistry registry = new KeyRegistry();
        elf = new byte[] {1, 2, 3};
        assertThrows(ElfException.class, () -> get(registry));
        assertThrows(ElfException.class, () -> get(registry));
        assertEquals(List.of(), told);
    }
}
