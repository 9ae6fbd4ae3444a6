package dev.firesteel.jobs.prove;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.ingest.Fixtures;
import dev.firesteel.jobs.ingest.IngestJob;
import dev.firesteel.jobs.ingest.WitnessTable;
import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.jobs.spark.Warehouse;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.request.ProgramKey;
import dev.firesteel.request.ProgramSetup;
import dev.firesteel.request.RunProver;
import dev.firesteel.request.RunStatement;
import dev.firesteel.request.RunVerifier;
import dev.firesteel.riscv.Emulator;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.ExecutionResult;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.SegmentLimits;
import dev.firesteel.schemas.Witness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transactions' root of a block of the main net, computed by the guest, proved at the preset of real proofs, and verified by key, root and proof alone. */
@Tag("nightly")
class RealBlockTest {
    /** Small enough for the tests' heap. */
    private static final int SEGMENT_CYCLES = 1 << 18;

    @TempDir
    private Path folder;

    @Test
    void theTransactionsRootOfARealBlockIsProved() throws Exception {
        Path blocks = Fixtures.data().resolve("blocks");
        assumeTrue(Files.isDirectory(blocks), () -> "SKIPPED: no real data at " + blocks);
        Path elf = Fixtures.guest("transactions-root");
        Warehouse warehouse = Warehouse.open(TestSpark.session(), folder.toString());
        IngestJob.open(TestSpark.session(), List.of(blocks.toString()), null, elf.toString())
                .run(warehouse, "test-run", Fixtures.silent());
        Witness block = RowCodec.of("witness", Witness.class)
                .fromRow(WitnessTable.readOrEmpty(warehouse)
                        .where("block_number = 24628607")
                        .first());
        Program program = Program.load(Files.readAllBytes(elf), "transactions-root");
        List<Segment> segments = new ArrayList<>();
        ExecutionResult result = Emulator.execute(
                program,
                block.input(),
                ExecutionOptions.defaults().withLimits(SegmentLimits.ofCycles(SEGMENT_CYCLES)),
                segments::add);
        assertEquals(0, result.exitCode());
        // The header's own root and the block's hash.
        assertArrayEquals(block.expectedOutput(), result.output());
        long start = System.nanoTime();
        try (Parallel parallel = new Parallel(Runtime.getRuntime().availableProcessors())) {
            ProgramSetup setup = ProgramSetup.of(program, SecurityPreset.PROVABLE_128, parallel);
            byte[] proof = new RunProver(setup, parallel).prove(segments, (phase, nanos) -> {});
            double seconds = (System.nanoTime() - start) / 1e9;
            byte[] key = setup.programKey().bytes();
            RunVerifier.of(ProgramKey.read(key)).verify(new RunStatement(block.expectedOutput(), 0), proof);
            System.out.printf(
                    "block 24628607: %d cycles, %d segments, %.1f s with keys, proof %d bytes%n",
                    result.statistics().cycles(), segments.size(), seconds, proof.length);
        }
    }
}
