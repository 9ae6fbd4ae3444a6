package dev.firesteel.request;

import static dev.firesteel.request.ProvedRuns.assertAccepted;
import static dev.firesteel.request.ProvedRuns.prove;
import static dev.firesteel.request.ProvedRuns.segments;
import static dev.firesteel.request.ProvedRuns.setup;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Label;
import dev.firesteel.riscv.asm.Reg;
import dev.firesteel.riscv.oracle.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs as they are, proved and verified; and all their tables checked without proving. */
class HonestRunsTest {
    private static final Parallel PARALLEL = new Parallel(2);
    private static final Program EVERYTHING = Runs.load(ProvedRuns.everything().elf());
    private static final ProgramSetup SETUP = setup(EVERYTHING, PARALLEL);

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    /** Checks the tables, which is fast and says what is wrong, and then a proof by its bytes alone. */
    private static void proves(ProgramSetup setup, List<Segment> segments) {
        assertEquals(Set.of(), ForgedRun.of(setup, segments).violations());
        byte[] proof = prove(setup, segments, PARALLEL);
        assertAccepted(ProgramKey.read(setup.programKey().bytes()), RunProver.statement(segments), proof);
    }

    /** What the SDK makes of the machine's accelerators; the samples' outputs are Python's, in one segment and in several with calls in each. */
    @ParameterizedTest
    @CsvSource({"keccak-chain, 1048576, 1", "keccak-chain, 3200, 4", "sha256-chain, 1048576, 1", "sha256-chain, 1100, 3"
    })
    void guestsThatHashAreProved(String guest, long cycles, int least) throws IOException {
        Path folder = Path.of(System.getProperty("firesteel.basedir", "."), "../guests", guest);
        assumeTrue(Files.isDirectory(folder), "SKIPPED: no guests at " + folder);
        Program program = Runs.load(Files.readAllBytes(folder.resolve(guest + ".elf")));
        byte[] input = Files.readAllBytes(folder.resolve("samples/n10.in"));
        ProgramSetup setup = setup(program, PARALLEL);
        List<Segment> segments = segments(program, input, cycles);
        assertTrue(segments.size() >= least, segments.size() + " segments");
        byte[] proof = prove(setup, segments, PARALLEL);
        byte[] output = Files.readAllBytes(folder.resolve("samples/n10.out"));
        assertAccepted(setup.programKey(), new RunStatement(output, 0), proof);
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 14, 4})
    void runsOfOneAndMoreSegments(long cycles) {
        List<Segment> segments = segments(EVERYTHING, ProvedRuns.input(5, 0), cycles);
        assertEquals(cycles == 100 ? 1 : cycles == 14 ? 2 : 7, segments.size());
        assertEquals(11, RunProver.statement(segments).output().length);
        proves(SETUP, segments);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 255, 256, -1, 1L << 31, 1L << 16, 0x1234_5678_0000_0001L})
    void everyExitCodeIsProvedAsItself(long code) {
        List<Segment> segments = segments(EVERYTHING, ProvedRuns.input(1, code), 100);
        RunStatement statement = RunProver.statement(segments);
        assertEquals((int) code, statement.exitCode());
        ForgedRun run = ForgedRun.of(SETUP, segments);
        assertEquals(Set.of(), run.violations());
        // With another code, 0 above all, the same tables are wrong.
        for (int other : new int[] {0, 1, 255, 256, -1, Integer.MIN_VALUE, 1 << 16}) {
            SegmentClaim claim = run.claims.get(0);
            run.claims.set(0, Claims.exitCode(claim, other));
            assertEquals(other == (int) code ? Set.of() : Set.of("bus halt"), run.violations());
            run.claims.set(0, claim);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {255, 1L << 31})
    void failedRunsHaveProofsOfTheirFailure(long code) {
        List<Segment> segments = segments(EVERYTHING, ProvedRuns.input(1, code), 100);
        byte[] proof = prove(SETUP, segments, PARALLEL);
        RunStatement statement = RunProver.statement(segments);
        assertAccepted(SETUP.programKey(), statement, proof);
        assertEquals(
                Rejection.OTHER_EXIT_CODE,
                ProvedRuns.rejection(SETUP.programKey(), new RunStatement(statement.output(), 0), proof));
    }

    @Test
    void manySegmentsWithOutputOverTheirBordersAndMisalignedAccessesAcrossWords() {
        Assembler asm = new Assembler();
        asm.dword(0x0102_0304_0506_0708L);
        asm.zeroFill(64);
        asm.lui(Reg.S1, (int) (Assembler.DATA_BASE >>> 12));
        asm.addi(Reg.S2, Reg.ZERO, 2);
        Label loop = asm.here();
        // Stores across words; the next segment loads what this one stored, from another offset.
        asm.ld(Reg.T0, 3, Reg.S1);
        asm.addi(Reg.T0, Reg.T0, 0x7F);
        asm.sd(Reg.T0, 5, Reg.S1);
        asm.lw(Reg.T1, 6, Reg.S1);
        asm.sh(Reg.T1, 15, Reg.S1);
        asm.lhu(Reg.T1, 15, Reg.S1);
        asm.sb(Reg.T1, 17, Reg.S1);
        asm.sw(Reg.T0, 1, Reg.S1);
        for (int count : new int[] {8, 1, 7}) {
            asm.output(Reg.T0, count);
        }
        asm.addi(Reg.S2, Reg.S2, -1);
        asm.bne(Reg.S2, Reg.ZERO, loop);
        asm.halt(0);
        Program program = Runs.load(asm.elf());
        ProgramSetup setup = setup(program, PARALLEL);
        List<Segment> segments = segments(program, new byte[0], 2);
        assertTrue(segments.size() >= 24, () -> segments.size() + " segments");
        assertEquals(32, RunProver.statement(segments).output().length);
        proves(setup, segments);
    }

    @Test
    void aRunThatTouchesNoMemory() {
        Assembler asm = new Assembler();
        Label over = asm.label();
        asm.j(over);
        asm.ebreak();
        asm.bind(over);
        asm.fence();
        asm.halt(7);
        Program program = Runs.load(asm.elf());
        List<Segment> segments = segments(program, new byte[0], 2);
        assertEquals(0, segments.stream().mapToInt(s -> s.addresses().length).sum());
        assertEquals(0, RunProver.statement(segments).output().length);
        proves(setup(program, PARALLEL), segments);
    }

    @Test
    void inputIsNoPartOfTheStatement() {
        // The output's first word is the sum with the input's first word: other input, other statement; other input
        // that is not looked at, the same one.
        List<Segment> one = segments(EVERYTHING, ProvedRuns.input(5, 0), 100);
        List<Segment> longer = segments(EVERYTHING, ProvedRuns.input(5, 0, 99), 100);
        List<Segment> other = segments(EVERYTHING, ProvedRuns.input(6, 0), 100);
        assertArrayEquals(
                RunProver.statement(one).output(), RunProver.statement(longer).output());
        assertNotEquals(
                RunProver.statement(one).output()[0], RunProver.statement(other).output()[0]);
        assertArrayEquals(prove(SETUP, one, PARALLEL), prove(SETUP, longer, PARALLEL));
    }

    @Test
    void theSameBytesForAnyNumberOfThreads() {
        List<Segment> segments = segments(EVERYTHING, ProvedRuns.input(5, 0), 14);
        byte[] proof = prove(SETUP, segments, PARALLEL);
        try (Parallel one = new Parallel(1)) {
            ProgramSetup again = setup(EVERYTHING, one);
            assertArrayEquals(SETUP.programKey().bytes(), again.programKey().bytes());
            assertArrayEquals(proof, prove(again, segments, one));
        }
        assertArrayEquals(proof, prove(SETUP, segments, PARALLEL));
        assertArrayEquals(proof, assertRead(proof).bytes());
    }

    private static CoreProof assertRead(byte[] proof) {
        try {
            return CoreProof.read(proof);
        } catch (dev.firesteel.protocol.VerificationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void runsThatDoNotHaltHaveNoProof() {
        Assembler asm = new Assembler();
        asm.fence();
        asm.ebreak();
        Program program = Runs.load(asm.elf());
        ProgramSetup setup = setup(program, PARALLEL);
        List<Segment> segments = segments(program, new byte[0], 100);
        RunProver prover = new RunProver(setup, PARALLEL);
        assertThrows(RunProver.NotProvableException.class, () -> prover.prove(segments, (phase, nanos) -> {}));
        assertThrows(RunProver.NotProvableException.class, () -> prover.prove(List.of(), (phase, nanos) -> {}));
    }
}
