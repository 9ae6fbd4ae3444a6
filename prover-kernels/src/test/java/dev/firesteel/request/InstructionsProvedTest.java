package dev.firesteel.request;

import static dev.firesteel.request.ProvedRuns.assertAccepted;
import static dev.firesteel.request.ProvedRuns.prove;
import static dev.firesteel.request.ProvedRuns.segments;
import static dev.firesteel.request.ProvedRuns.setup;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.chips.InstructionChips;
import dev.firesteel.chips.RiscvTables;
import dev.firesteel.poly.Parallel;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.SegmentStepper;
import dev.firesteel.riscv.oracle.CornerPrograms;
import dev.firesteel.riscv.oracle.CornerPrograms.Case;
import dev.firesteel.riscv.oracle.MemoryPrograms;
import dev.firesteel.riscv.oracle.RandomProgram;
import dev.firesteel.riscv.oracle.Runs;
import dev.firesteel.riscv.vm.Code;
import dev.firesteel.riscv.vm.Opcode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every instruction proved and verified: on corner operands, whose results are compared with the reference, and in random programs. */
class InstructionsProvedTest {
    private static final int SEGMENT_CYCLES = 1 << 14;
    private static final Parallel PARALLEL = new Parallel(2);

    private final Set<String> executed = new TreeSet<>();
    private final long[] rows = new long[RiscvTables.descriptions().size()];
    private long cycles;

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    /** Proves a run of a program in segments of so many cycles, verifies it by the bytes of key and proof, and returns its output. */
    private byte[] proved(byte[] elf, int segmentCycles) {
        Program program = Runs.load(elf);
        List<Segment> segments = segments(program, new byte[0], segmentCycles);
        ProgramSetup setup = setup(program, PARALLEL);
        byte[] proof = prove(setup, segments, PARALLEL);
        RunStatement statement = RunProver.statement(segments);
        assertAccepted(ProgramKey.read(setup.programKey().bytes()), statement, proof);
        Code code = program.code();
        for (Segment segment : segments) {
            long[] some = RiscvTables.rows(setup.tables().trace(segment));
            IntStream.range(0, rows.length).forEach(i -> rows[i] += some[i]);
            cycles += segment.cycles();
            SegmentStepper stepper = new SegmentStepper(program, segment);
            while (stepper.hasNext()) {
                executed.add(Opcode.name(code.operation(code.indexOf(stepper.pc()))));
                stepper.step();
            }
        }
        return statement.output();
    }

    /** The least rows that a table of instructions has so far. */
    private long leastRows() {
        Set<String> names = InstructionChips.ALL.stream().map(c -> c.name()).collect(Collectors.toSet());
        return IntStream.range(0, rows.length)
                .filter(i -> names.contains(RiscvTables.descriptions().get(i).name()))
                .mapToLong(i -> rows[i])
                .min()
                .orElseThrow();
    }

    @Test
    void everyInstructionOnCornerOperands() {
        List<Case> programs = new ArrayList<>(CornerPrograms.folded());
        programs.add(MemoryPrograms.everyWidthAndMisalignment().program());
        for (Case program : programs) {
            ByteBuffer expected =
                    ByteBuffer.allocate(8 * program.expected().size()).order(ByteOrder.LITTLE_ENDIAN);
            program.expected().forEach(e -> expected.putLong(e.value()));
            assertArrayEquals(expected.array(), proved(program.elf(), SEGMENT_CYCLES));
        }
        // A fence, and output of another size.
        proved(ProvedRuns.everything().elf(), SEGMENT_CYCLES);
        Set<String> all =
                IntStream.range(0, Opcode.EBREAK).mapToObj(Opcode::name).collect(Collectors.toSet());
        assertEquals(new TreeSet<>(all), executed);
        assertTrue(leastRows() > 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void randomPrograms(int seed) {
        assertTrue(proved(RandomProgram.ofAllFamilies(seed, 300, 12).elf(), 1 << 9 + seed).length >= 31 * 8);
        assertTrue(cycles > 500, () -> cycles + " cycles");
    }

    /** Needs about ten minutes: {@code -Pnightly}. Other seeds with {@code -Dfiresteel.seed=N}. */
    @Test
    @Tag("nightly")
    void tenThousandInstructionsOfEveryFamily() {
        long seed = Long.getLong("firesteel.seed", 1);
        int programs = 0;
        while (leastRows() < 10_000) {
            proved(RandomProgram.ofAllFamilies(seed * 1000 + programs, 2000, 40).elf(), 1 << 16);
            programs++;
            assertTrue(programs < 500, () -> "a rare family: " + leastRows());
        }
        System.out.printf("%d random programs, %d cycles proved; rows of tables:%n", programs, cycles);
        for (int i = 0; i < rows.length; i++) {
            System.out.printf("  %s %d%n", RiscvTables.descriptions().get(i).name(), rows[i]);
        }
    }
}
