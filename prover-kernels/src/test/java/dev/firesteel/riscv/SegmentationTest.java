package dev.firesteel.riscv;

import static dev.firesteel.riscv.asm.Reg.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Label;
import dev.firesteel.riscv.vm.Engines;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentationTest {
    private static final byte[] INPUT = new byte[300];

    private static ExecutionOptions limits(long cycles, long rows, long words) {
        return ExecutionOptions.defaults().withLimits(new SegmentLimits(cycles, rows, words));
    }

    static IntStream cuts() {
        return IntStream.rangeClosed(12, 20);
    }

    @ParameterizedTest(name = "2^{0} cycles")
    @MethodSource("cuts")
    void everySegmentReplaysAloneAndTheyFormOneRun(int log) throws Exception {
        ExecutionOptions options = ExecutionOptions.defaults().withLimits(SegmentLimits.ofCycles(1L << log));
        ExecutionResult result = SegmentChecks.run(TestPrograms.mixer(40_000), INPUT, options);
        assertTrue(result.success(), result.toString());
        long cycles = result.statistics().cycles();
        assertEquals((cycles - 1 >> log) + 1, result.segmentCount());
        assertTrue(cycles > 1L << 20);
    }

    @ParameterizedTest
    @CsvSource({
        "1,1,25",
        "2,1,25",
        "1000,1,25",
        "7,7,1000",
        "1000,3,1000",
        "1000000,100,1000000",
        "1000000,1000000,25",
        "1000000,1000000,26",
        "1000000,1000000,64",
        "1000000,1000000,1001",
        "50,20,30"
    })
    void anyLimitsGiveAConsistentRun(long cycles, long rows, long words) throws Exception {
        Program program = TestPrograms.mixer(150);
        ExecutionResult result = SegmentChecks.run(program, INPUT, limits(cycles, rows, words));
        ExecutionResult whole = TestPrograms.run(program, INPUT);
        assertTrue(result.success());
        assertEquals(whole.statistics().cycles(), result.statistics().cycles());
        assertEquals(whole.statistics().families(), result.statistics().families());
        assertEquals(whole.statistics().touchedWords(), result.statistics().touchedWords());
        assertEquals(
                whole.statistics().misalignedAccesses(), result.statistics().misalignedAccesses());
        assertEquals(0, whole.segmentCount());
    }

    static Stream<Engine> engines() {
        return Stream.of(Engine.values()).filter(engine -> {
            try {
                Engines.create(engine, TestPrograms.mixer(1), false);
                return true;
            } catch (UnsupportedOperationException e) {
                return false;
            }
        });
    }

    @ParameterizedTest
    @MethodSource("engines")
    void twoRunsGiveTheSameSegments(Engine engine) throws Exception {
        Program program = TestPrograms.mixer(3000);
        for (ExecutionOptions options :
                List.of(limits(4096, 4096, 1 << 18), limits(50_000, 700, 1 << 18), limits(50_000, 50_000, 500))) {
            List<Segment> first = SegmentChecks.segments(program, INPUT, options.withEngine(Engine.INTERPRETER));
            List<Segment> second = SegmentChecks.segments(program, INPUT, options.withEngine(engine));
            assertTrue(first.size() > 3);
            assertEquals(first, second);
            for (int i = 0; i < first.size(); i++) {
                org.junit.jupiter.api.Assertions.assertArrayEquals(
                        SegmentCodec.encodeMemory(first.get(i)), SegmentCodec.encodeMemory(second.get(i)));
            }
        }
    }

    @Test
    void aTrapRightBehindACutLeavesNoEmptySegment() throws Exception {
        Program program = TestPrograms.assemble(a -> {
            for (int i = 0; i < 8; i++) {
                a.nop();
            }
            a.ebreak();
        });
        for (int cycles = 1; cycles <= 10; cycles++) {
            ExecutionOptions options = limits(cycles, cycles, 100);
            ExecutionResult result = SegmentChecks.run(program, INPUT, options);
            assertEquals(Trap.BREAKPOINT, result.trap());
            List<Segment> segments = SegmentChecks.segments(program, INPUT, options);
            assertEquals((8 + cycles - 1) / cycles, segments.size());
            for (Segment segment : segments) {
                boolean last = segment.index() == segments.size() - 1;
                assertEquals(last, segment.last());
                assertEquals(last ? Outcome.TRAPPED : null, segment.outcome());
            }
        }
    }

    @Test
    void aTrapAtTheFirstInstructionHasNoSegment() throws Exception {
        ExecutionResult result =
                SegmentChecks.run(TestPrograms.assemble(Assembler::ebreak), INPUT, ExecutionOptions.defaults());
        assertEquals(0, result.segmentCount());
        assertEquals(Trap.BREAKPOINT, result.trap());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 99, 100, 101, 200})
    void aCycleLimitEndsTheLastSegment(long maxCycles) throws Exception {
        Program program = TestPrograms.assemble(a -> a.j(a.here()));
        ExecutionOptions options = limits(100, 100, 100).withMaxCycles(maxCycles);
        ExecutionResult result = SegmentChecks.run(program, INPUT, options);
        assertEquals(Outcome.CYCLE_LIMIT, result.outcome());
        assertEquals((maxCycles + 99) / 100, result.segmentCount());
    }

    @Test
    void wordsAreRecordedBeforeTheFirstWriteAndSortedByAddress() throws Exception {
        Program program = TestPrograms.assemble(a -> {
            long high = a.dword(111);
            a.dword(222);
            a.li(T0, high);
            a.li(T1, 5);
            a.sd(T1, 8, T0);
            a.ld(T2, 8, T0);
            a.sb(T1, -100, SP);
            a.ld(T2, 0, T0);
            a.sd(T1, 0, T0);
            a.halt(0);
        });
        Segment only = SegmentChecks.segments(program, INPUT, ExecutionOptions.defaults())
                .get(0);
        assertEquals(
                new SegmentMemory(
                        new long[] {0x20_0000, 0x20_0008, 0xEFFF_FF98L}, new long[] {111, 222, 0}, new int[3]),
                new SegmentMemory(only.addresses(), only.valuesIn(), only.lastSegments()));
        assertTrue(only.last());
        assertEquals(only.startPc() + 4 * only.cycles(), only.endPc());
    }

    @Test
    void theEmulatorHandsSegmentsOverAsTheyClose() throws Exception {
        Program program = TestPrograms.assemble(a -> {
            Label loop = a.here();
            a.addi(T0, T0, 1);
            a.j(loop);
        });
        List<Segment> seen = new ArrayList<>();
        assertThrows(
                IllegalStateException.class,
                () -> Emulator.execute(program, INPUT, limits(10, 10, 25), segment -> {
                    seen.add(segment);
                    if (seen.size() == 5) {
                        throw new IllegalStateException("enough");
                    }
                }));
        assertEquals(5, seen.size());
        assertFalse(seen.get(4).last());
        assertNull(seen.get(4).outcome());
    }
}
