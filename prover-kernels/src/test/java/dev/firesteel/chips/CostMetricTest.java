package dev.firesteel.chips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firesteel.air.Chip;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Trace;
import dev.firesteel.poly.Parallel;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.InstructionFamily;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.SegmentLimits;
import dev.firesteel.riscv.oracle.RandomProgram;
import dev.firesteel.riscv.oracle.Runs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is computed from counts is the work for the tables that are filled. */
class CostMetricTest {
    private static final Path ROOT =
            Path.of(System.getProperty("firesteel.basedir", "."), "..").normalize();

    /** The work of a run by its counts, and by its filled tables, with the tables of misaligned accesses apart. */
    private record Work(long counted, long filled, long misaligned) {}

    private static Work work(Program program, byte[] input, long segmentCycles) {
        Runs.Run run = Runs.run(
                program, input, ExecutionOptions.defaults().withLimits(SegmentLimits.ofCycles(segmentCycles)), true);
        RunCost cost = new RunCost(program);
        RiscvTables tables = new RiscvTables(program);
        List<String> misalignedTables = List.of(new MisalignedLoadChip().name(), new MisalignedStoreChip().name());
        long filled = 0;
        long misaligned = 0;
        try (Parallel parallel = new Parallel(2)) {
            List<FirstLastChip.Word> words = words(run.segments(), tables);
            for (Segment segment : run.segments()) {
                cost.add(segment);
                SegmentTrace trace = tables.trace(segment);
                List<Trace> main =
                        tables.fill(trace, tables.boundary(trace, segment.index() == 0 ? words : List.of()), parallel);
                for (int i = 0; i < main.size(); i++) {
                    ChipDescription chip = RiscvTables.descriptions().get(i);
                    long work = main.get(i).height()
                            * ((long) CostMetric.CELL * main.get(i).width()
                                    + (long) CostMetric.MESSAGE
                                            * chip.interactions().size());
                    filled += work;
                    misaligned += misalignedTables.contains(chip.name()) ? work : 0;
                }
            }
        }
        return new Work(cost.total(run.result().statistics().touchedWords()), filled, misaligned);
    }

    /** As many words as the run touches, in this order; what they hold does not matter here. */
    private static List<FirstLastChip.Word> words(List<Segment> segments, RiscvTables tables) {
        Map<Long, FirstLastChip.Word> words = new java.util.TreeMap<>();
        for (Segment segment : segments) {
            RiscvTables.words(
                    tables.trace(segment),
                    (address, in, earlier, out) -> words.put(address, new FirstLastChip.Word(address, in, out, 1)));
        }
        return new ArrayList<>(words.values());
    }

    @ParameterizedTest
    @CsvSource({
        "fibonacci,n1000.in,2000",
        "fibonacci,n1000.in,1048576",
        "sort,n100.in,4096",
        "state-batch,n1.in,32768",
        "keccak-chain,n10.in,32768",
        "sha256-chain,n10.in,32768"
    })
    void theWorkOfGuestsIsThatOfTheirTables(String guest, String sample, long cycles) throws Exception {
        Path folder = ROOT.resolve("guests").resolve(guest);
        assumeTrue(Files.isDirectory(folder), () -> "SKIPPED: no " + folder);
        Program program = Runs.load(Files.readAllBytes(folder.resolve(guest + ".elf")));
        Work work = work(program, Files.readAllBytes(folder.resolve("samples").resolve(sample)), cycles);
        assertEquals(0, work.misaligned);
        assertEquals(work.filled, work.counted);
    }

    @Test
    void misalignedAccessesCountInTheirFamiliesAndOnTop() {
        Program program = Runs.load(RandomProgram.generate(4, 400, 20, true).elf());
        Work work = work(program, new byte[0], 1 << 12);
        assertTrue(work.misaligned > 0);
        assertTrue(work.counted >= work.filled, work.toString());
        assertTrue(work.counted < work.filled + work.filled / 2, work.toString());
    }

    @Test
    void aRunWithoutSegmentsCostsNothing() {
        Program program = Runs.load(RandomProgram.generate(4, 10, 2, true).elf());
        assertEquals(0, new RunCost(program).total(0));
    }

    @Test
    void everyFamilyHasATable() {
        Map<InstructionFamily, CostMetric.Weight> families = CostMetric.families();
        assertEquals(InstructionFamily.values().length, families.size());
        assertEquals(
                new AddSubChip().name(), families.get(InstructionFamily.ADD_SUB).table());
        Chip add = new AddSubChip();
        ChipDescription chip = ChipDescription.of(add);
        assertEquals(
                2L * chip.mainWidth() + 3L * chip.interactions().size(),
                families.get(InstructionFamily.ADD_SUB).work());
    }

    /** A chip that changes changes costs: then the metric needs another version, and the page its new weights. */
    @Test
    void thePageHasTheWeights() throws Exception {
        String page = Files.readString(ROOT.resolve("docs/cost-metric.md"));
        assertTrue(page.contains(CostMetric.VERSION), CostMetric.VERSION);
        String expected = CostMetric.weights().stream()
                .map(w -> "| " + w.table() + " | " + w.cells() + " | " + w.messages() + " | " + w.work() + " |\n")
                .collect(Collectors.joining());
        assertTrue(page.contains(expected), () -> "docs/cost-metric.md does not have\n" + expected);
    }
}
