package dev.firesteel.riscv;

import static dev.firesteel.riscv.TestPrograms.assemble;
import static dev.firesteel.riscv.TestPrograms.run;
import static dev.firesteel.riscv.asm.Reg.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Label;
import dev.firesteel.riscv.asm.Op;
import dev.firesteel.riscv.oracle.Runs;
import dev.firesteel.riscv.vm.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmulatorTest {
    private static void assertTrap(Trap trap, long pc, long cycles, ExecutionResult result) {
        assertEquals(Outcome.TRAPPED, result.outcome());
        assertEquals(trap, result.trap());
        assertEquals(Long.toHexString(pc), Long.toHexString(result.trapPc()));
        assertEquals(cycles, result.statistics().cycles());
        assertFalse(result.success());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 255, 256, -1, 0x8000_0000L, 0x1_0000_0000L, 0x7_0000_0001L})
    void exitCodeIsTheLow32BitsInFull(long a0) {
        ExecutionResult result = run(a -> {
            a.li(A0, a0);
            a.halt();
        });
        assertEquals(Outcome.HALTED, result.outcome());
        assertEquals((int) a0, result.exitCode());
        assertEquals((int) a0 == 0, result.success());
        assertNull(result.trap());
    }

    @Test
    void registersStartAsZeroAndTheStackPointerAtTheTop() {
        ExecutionResult result = run(a -> {
            for (int r = 1; r < 32; r++) {
                if (r != SP && r != A0) {
                    a.or(A0, A0, r);
                }
            }
            a.xor(A0, A0, SP);
            a.li(T0, 0xF000_0000L);
            a.xor(A0, A0, T0);
            a.halt();
        });
        assertEquals(0, result.exitCode());
    }

    @Test
    void writesToX0AreDropped() {
        ExecutionResult result = run(a -> {
            a.addi(ZERO, ZERO, 7);
            a.lui(ZERO, 5);
            a.emit(Op.JAL, ZERO, 0, 0, 4);
            a.ld(ZERO, 0, SP);
            a.mv(A0, ZERO);
            a.halt();
        });
        assertTrue(result.success());
        assertEquals(1, result.statistics().touchedWords());
    }

    @Test
    void inputLiesInItsRegion() throws Exception {
        byte[] input = new byte[70_001];
        for (int i = 0; i < input.length; i++) {
            input[i] = (byte) (31 * i + i / 256);
        }
        Program program = assemble(a -> {
            a.li(S0, 0xC000_0000L);
            a.ld(S1, 0, S0);
            a.addi(S2, S0, 16);
            a.add(S3, S2, S1);
            a.output(S1, 8);
            Label loop = a.here();
            a.lbu(A0, 0, S2);
            a.li(A1, 1);
            a.ecall();
            a.addi(S2, S2, 1);
            a.bltu(S2, S3, loop);
            a.ld(S4, 0, S3);
            a.output(S4, 7);
            a.ld(S4, 8, S0);
            a.output(S4, 8);
            a.halt(0);
        });
        ByteBuffer expected = ByteBuffer.allocate(8 + input.length + 15).order(ByteOrder.LITTLE_ENDIAN);
        expected.putLong(input.length).put(input);
        assertArrayEquals(expected.array(), run(program, input).output());
    }

    @Test
    void theLargestInputReachesTheEndOfItsRegion() throws Exception {
        assertEquals(536_870_896, AddressSpace.MAX_INPUT_BYTES);
        Program program = assemble(a -> {
            a.li(S0, 0xDFFF_FFFFL);
            a.lbu(A0, 0, S0);
            a.halt();
        });
        byte[] largest = new byte[AddressSpace.MAX_INPUT_BYTES];
        largest[largest.length - 1] = 77;
        assertEquals(77, run(program, largest).exitCode());
    }

    @Test
    void aLargerInputIsRefused() {
        Program program = assemble(a -> a.halt(0));
        byte[] larger = new byte[AddressSpace.MAX_INPUT_BYTES + 1];
        InputTooLargeException refusal = assertThrows(
                InputTooLargeException.class,
                () -> Emulator.execute(program, larger, ExecutionOptions.defaults(), null));
        assertTrue(refusal.getMessage().contains("at most 536870896 bytes"), refusal.getMessage());
    }

    @Test
    void outputTakesOneToEightBytesLittleEndian() {
        ExecutionResult result = run(a -> {
            a.li(S0, 0x8877_6655_4433_2211L);
            a.output(S0, 1);
            a.output(S0, 3);
            a.output(S0, 8);
            a.halt(0);
        });
        assertArrayEquals(
                new byte[] {0x11, 0x11, 0x22, 0x33, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, (byte) 0x88},
                result.output());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, -1, 256, 1L << 32 | 1})
    void otherOutputCountsTrap(long count) {
        assertTrap(Trap.BAD_OUTPUT_COUNT, 0x10_0000 + 4 * (1 + words(count)), 1 + words(count), run(a -> {
            a.li(A1, count);
            a.li(A7, 256);
            a.ecall();
            a.halt(0);
        }));
    }

    private static int words(long constant) {
        Assembler a = new Assembler();
        a.li(A1, constant);
        return a.instructions();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 92, 94, 255, 257, 511, 514, -1, (1L << 32) + 93})
    void otherCallNumbersTrap(long number) {
        int n = words(number);
        assertTrap(Trap.UNKNOWN_ECALL, 0x10_0000 + 4L * n, n, run(a -> {
            a.li(A7, number);
            a.ecall();
            a.halt(0);
        }));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                -1,
                0x0000_100F,
                0x1000_2073,
                0x0000_1073,
                0x3020_0073,
                0x0020_0073,
                0x0000_00F3,
                0x0010_0173,
                0x0000_0001,
                0x0200_1013 | 1 << 26,
                0x0200_101B,
                0x4000_1013,
                0x2000_5013,
                0x4200_501B,
                0x0000_2063,
                0x0000_7003,
                0x0000_4023,
                0x0000_1067,
                0x0400_0033,
                0x4000_1033,
                0x0200_103B,
                0x0000_203B,
                0x1000_202F,
                0x0000_2007
            })
    void wordsThatAreNoInstructionTrapWhenTheyAreExecuted(int word) {
        Consumer<Assembler> body = a -> {
            a.nop();
            a.word(word);
            a.halt(0);
        };
        assertTrap(Trap.ILLEGAL_INSTRUCTION, 0x10_0004, 1, run(body));
        assertTrue(run(a -> {
                    a.halt(0);
                    a.word(word);
                })
                .success());
    }

    @Test
    void breakpointTraps() {
        assertTrap(Trap.BREAKPOINT, 0x10_0000, 0, run(Assembler::ebreak));
    }

    @Test
    void fenceDoesNothing() {
        ExecutionResult result = run(a -> {
            a.fence();
            a.word(0xFFFF_8F8F);
            a.halt(0);
        });
        assertEquals(5, result.statistics().cycles());
        assertEquals(2L, result.statistics().families().get(InstructionFamily.FENCE));
    }

    @Test
    void misalignedTargetsTrapAtTheJump() {
        assertTrap(Trap.MISALIGNED_FETCH, 0x10_0004, 1, run(a -> {
            a.li(T0, 1);
            a.emit(Op.JAL, RA, 0, 0, 6);
        }));
        assertTrap(Trap.MISALIGNED_FETCH, 0x10_0004, 1, run(a -> {
            a.li(T0, 1);
            a.emit(Op.BNE, 0, T0, ZERO, 2);
        }));
        assertTrap(Trap.MISALIGNED_FETCH, 0x10_0004, 1, run(a -> {
            a.li(RA, 0x102);
            a.jalr(RA, 0, RA);
        }));
        // Not taken: no trap.
        assertTrue(run(a -> {
                    a.emit(Op.BNE, 0, ZERO, ZERO, 2);
                    a.halt(0);
                })
                .success());
    }

    @Test
    void theLinkRegisterKeepsItsValueWhenTheJumpTraps() throws Exception {
        Program program = assemble(a -> {
            a.li(RA, 0x102);
            a.jalr(RA, 0, RA);
        });
        Segment only = SegmentChecks.segments(program, new byte[0], ExecutionOptions.defaults())
                .get(0);
        assertEquals(0x102, only.endRegisters()[RA]);
        assertEquals(Outcome.TRAPPED, only.outcome());
    }

    @Test
    void jalrClearsBitZero() {
        assertTrue(run(a -> {
                    Label target = a.label();
                    a.auipc(T0, 0);
                    a.jalr(RA, 17, T0);
                    a.ebreak();
                    a.ebreak();
                    a.bind(target);
                    a.halt(0);
                })
                .success());
    }

    @Test
    void fetchOutsideTheCodeFaultsAtTheTarget() {
        assertTrap(Trap.FETCH_FAULT, 0x10_0008, 2, run(a -> {
            a.nop();
            a.nop();
        }));
        assertTrap(Trap.FETCH_FAULT, 0x20_0000, 2, run(a -> {
            a.dword(0x13);
            a.lui(T0, 0x200);
            a.jalr(ZERO, 0, T0);
        }));
        assertTrap(Trap.FETCH_FAULT, -4, 1, run(a -> a.jalr(ZERO, -4, ZERO)));
        assertTrap(Trap.FETCH_FAULT, 0x10_0000 - 8, 1, run(a -> a.emit(Op.JAL, ZERO, 0, 0, -8)));
        assertTrap(Trap.FETCH_FAULT, 0x10_0100, 1, run(a -> a.emit(Op.BEQ, 0, ZERO, ZERO, 0x100)));
    }

    @Test
    void controlMayPassBetweenExecutableSegments() throws Exception {
        byte[] nops = TestElf.code(0x13, 0x13);
        // jal over to a far segment; the touching one falls through into the halt.
        TestElf elf = new TestElf()
                .segment(TestElf.X, TestElf.TEXT, TestElf.code(0x4000_00EF), 4)
                .segment(TestElf.R | TestElf.X, TestElf.TEXT + 0x400, nops, 8)
                .segment(TestElf.X, TestElf.TEXT + 0x408, TestElf.HALT, 8);
        ExecutionResult result = run(Program.load(elf.bytes(), "three"), new byte[0]);
        assertTrue(result.success(), result.toString());
        assertEquals(5, result.statistics().cycles());
    }

    @Test
    void storesNeverChangeWhatIsExecuted() {
        ExecutionResult result = run(a -> {
            a.auipc(T0, 0);
            a.li(T1, 0x0010_0073);
            a.sw(T1, 16, T0);
            a.lw(S0, 16, T0);
            a.addi(S1, S1, 5);
            a.xor(A0, S0, T1);
            a.addi(A0, A0, 0);
            a.halt();
        });
        assertTrue(result.success(), result.toString());
    }

    @ParameterizedTest(name = "{1} bytes at {0}: {2}")
    @CsvSource({
        "0x0, 1, false",
        "0xFFF, 1, false",
        "0xFFC, 8, false",
        "0xFFF, 2, false",
        "0x1000, 8, true",
        "0xDFFFFFFF, 1, true",
        "0xDFFFFFF8, 8, true",
        "0xDFFFFFF9, 8, false",
        "0xE0000000, 1, false",
        "0xE0008000, 4, false",
        "0xE000FFFF, 2, false",
        "0xE000FFFF, 1, false",
        "0xE0010000, 8, true",
        "0xEFFFFFFC, 8, true",
        "0xFFFFFFF8, 8, true",
        "0xFFFFFFFF, 1, true",
        "0xFFFFFFFF, 2, false",
        "0xFFFFFFFD, 4, false",
        "0x100000000, 1, false",
        "0x100001000, 8, false",
        "0x1000000010000, 8, false",
        "-1, 1, false",
        "-4, 8, false",
        "0x8000000000001000, 4, false"
    })
    void guardsAndTheEndOfTheAddressSpaceTrap(String text, int size, boolean allowed) {
        long address = text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseLong(text);
        Op load = size == 1 ? Op.LBU : size == 2 ? Op.LH : size == 4 ? Op.LWU : Op.LD;
        Op store = size == 1 ? Op.SB : size == 2 ? Op.SH : size == 4 ? Op.SW : Op.SD;
        int n = words(address);
        for (boolean stores : new boolean[] {false, true}) {
            ExecutionResult result = run(a -> {
                a.li(T0, address);
                if (stores) {
                    a.emit(store, 0, T0, T0, 0);
                } else {
                    a.emit(load, T1, T0, 0, 0);
                }
                a.halt(0);
            });
            if (allowed) {
                assertTrue(result.success(), result.toString());
            } else {
                Trap trap = stores ? Trap.STORE_FAULT : Trap.LOAD_FAULT;
                assertTrap(trap, 0x10_0000 + 4L * n, n, result);
                assertEquals(0, result.statistics().touchedWords());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0x2000_0000L, 0x2000_FFF0L, 0x2FFF_FFF0L, 0xC000_FFF0L, 0x000F_FFF0L})
    void misalignedAccessesWorkAcrossWordsAndPages(long base) {
        for (int size : new int[] {2, 4, 8}) {
            Op load = size == 2 ? Op.LHU : size == 4 ? Op.LWU : Op.LD;
            Op store = size == 2 ? Op.SH : size == 4 ? Op.SW : Op.SD;
            for (int offset = 0; offset < 24; offset++) {
                int at = offset;
                ExecutionResult result = run(a -> {
                    a.li(S0, base);
                    a.li(S1, 0x0102_0304_0506_0708L);
                    a.emit(store, 0, S0, S1, at);
                    a.emit(load, S2, S0, 0, at);
                    a.output(S2, size);
                    for (int b = 0; b < 32; b++) {
                        a.emit(Op.LBU, S2, S0, 0, b);
                        a.output(S2, 1);
                    }
                    a.halt(0);
                });
                ByteBuffer expected = ByteBuffer.allocate(size + 32).order(ByteOrder.LITTLE_ENDIAN);
                ByteBuffer image = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
                if (base == 0x000F_FFF0L) {
                    // The window reaches into the code.
                    System.arraycopy(firstWords(base, size, at), 0, image.array(), 16, 16);
                }
                for (int b = 0; b < size; b++) {
                    expected.put(b, (byte) (8 - b));
                    image.put(at + b, (byte) (8 - b));
                }
                System.arraycopy(image.array(), 0, expected.array(), size, 32);
                assertArrayEquals(expected.array(), result.output(), "offset " + offset + " size " + size);
                assertEquals(offset % size == 0 ? 0 : 2, result.statistics().misalignedAccesses());
            }
        }
    }

    private static byte[] firstWords(long base, int size, int at) {
        Assembler a = new Assembler();
        a.li(S0, base);
        a.li(S1, 0x0102_0304_0506_0708L);
        int[] words = a.words();
        return TestElf.code(words[0], words[1], words[2], words[3]);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "5,5", "99,99", "100,100"})
    void theCycleLimitStopsTheRun(long limit, long cycles) throws Exception {
        Program program = assemble(a -> a.j(a.here()));
        ExecutionOptions options = ExecutionOptions.defaults().withMaxCycles(limit);
        for (SegmentSink sink : new SegmentSink[] {null, s -> assertEquals(Outcome.CYCLE_LIMIT, s.outcome())}) {
            ExecutionResult result = Emulator.execute(program, new byte[0], options, sink);
            assertEquals(Outcome.CYCLE_LIMIT, result.outcome());
            assertEquals(cycles, result.statistics().cycles());
            assertFalse(result.success());
        }
    }

    @Test
    void haltAtTheLimitIsStillAHalt() throws Exception {
        Program program = assemble(a -> a.halt(0));
        ExecutionOptions options = ExecutionOptions.defaults();
        assertTrue(Emulator.execute(program, new byte[0], options.withMaxCycles(3), null)
                .success());
        assertEquals(
                Outcome.CYCLE_LIMIT,
                Emulator.execute(program, new byte[0], options.withMaxCycles(2), null)
                        .outcome());
    }

    private static final long PAGE = Memory.PAGE_BYTES;

    /** Stores to one page after another for ever; the code lies in front of it and is not touched. */
    private static final Consumer<Assembler> GREEDY = a -> {
        a.li(T0, 0x2000_0000);
        a.li(T1, PAGE);
        Label loop = a.here();
        a.addi(T2, T2, 1);
        a.sd(T2, 8, T0);
        a.add(T0, T0, T1);
        a.j(loop);
    };

    @ParameterizedTest
    @CsvSource({"1,0", "2,0", "10,1", "100,65535"})
    void theMemoryLimitStopsTheRunAtTheFirstAccessToAFurtherPage(long pages, long more) throws Exception {
        Assembler assembler = new Assembler();
        GREEDY.accept(assembler);
        for (SegmentLimits limits : new SegmentLimits[] {SegmentLimits.defaults(), new SegmentLimits(4, 4, 25)}) {
            ExecutionOptions options =
                    ExecutionOptions.defaults().withLimits(limits).withMaxMemoryBytes(pages * PAGE + more);
            ExecutionResult result =
                    Runs.onEveryEngine(assembler.elf(), new byte[0], options).result();
            assertEquals(Outcome.MEMORY_LIMIT, result.outcome());
            assertNull(result.trap());
            assertFalse(result.success());
            assertEquals(pages, result.statistics().touchedWords());
            assertEquals(pages, result.statistics().families().get(InstructionFamily.STORE_DOUBLE));
            assertEquals(2 + 4 * pages + 1, result.statistics().cycles());
            ExecutionResult checked = SegmentChecks.run(assemble(GREEDY), new byte[0], options);
            assertEquals(result.trapPc(), checked.trapPc());
        }
    }

    @Test
    void aGuestMayTouchAllOfItsLimit() {
        Consumer<Assembler> body = a -> {
            a.li(T0, 0x2000_0000);
            a.sd(T0, 0, T0);
            a.li(T0, 0x2000_0000 + PAGE - 4);
            a.ld(T1, 0, T0);
            a.halt(0);
        };
        Assembler assembler = new Assembler();
        body.accept(assembler);
        ExecutionOptions options = ExecutionOptions.defaults();
        assertTrue(Runs.onEveryEngine(assembler.elf(), new byte[0], options.withMaxMemoryBytes(2 * PAGE))
                .result()
                .success());
    }

    @Test
    void anAccessAcrossTwoPagesOfWhichOneIsTooManyTouchesNothing() {
        for (long start : new long[] {0x2000_0000 + PAGE - 4, 0x2000_0000 - 4}) {
            Assembler a = new Assembler();
            a.li(T0, 0x2000_0000);
            a.sd(T0, 0, T0);
            a.li(T0, start);
            a.sd(T0, 0, T0);
            a.halt(0);
            ExecutionResult result = Runs.onEveryEngine(
                            a.elf(), new byte[0], ExecutionOptions.defaults().withMaxMemoryBytes(PAGE))
                    .result();
            assertEquals(Outcome.MEMORY_LIMIT, result.outcome());
            assertEquals(1, result.statistics().touchedWords());
            assertEquals(0, result.statistics().misalignedAccesses());
        }
    }

    @Test
    void countsFamiliesAndWords() {
        ExecutionStatistics statistics = run(a -> {
                    a.li(T0, 0x2000_0000);
                    a.sd(T0, 0, T0);
                    a.lw(T1, 4, T0);
                    a.ld(T1, 3, T0);
                    a.mulhu(T1, T1, T1);
                    a.divw(T1, T1, T1);
                    a.halt(0);
                })
                .statistics();
        assertEquals(2, statistics.touchedWords());
        assertEquals(1, statistics.misalignedAccesses());
        assertEquals(9, statistics.cycles());
        assertEquals(InstructionFamily.values().length, statistics.families().size());
        assertEquals(1L, statistics.families().get(InstructionFamily.LOAD_DOUBLE));
        assertEquals(1L, statistics.families().get(InstructionFamily.LOAD_WORD));
        assertEquals(1L, statistics.families().get(InstructionFamily.STORE_DOUBLE));
        assertEquals(1L, statistics.families().get(InstructionFamily.MULTIPLY));
        assertEquals(1L, statistics.families().get(InstructionFamily.DIVIDE));
        assertEquals(1L, statistics.families().get(InstructionFamily.UPPER_IMMEDIATE));
        assertEquals(2L, statistics.families().get(InstructionFamily.ADD_IMMEDIATE));
        assertEquals(1L, statistics.families().get(InstructionFamily.ECALL));
        assertEquals(0L, statistics.families().get(InstructionFamily.JUMP));
    }

    @Test
    void limitsThatAllowNoStepAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new SegmentLimits(0, 1, 25));
        assertThrows(IllegalArgumentException.class, () -> new SegmentLimits(1, 0, 25));
        assertThrows(IllegalArgumentException.class, () -> new SegmentLimits(1, 1, 24));
        assertThrows(
                IllegalArgumentException.class,
                () -> ExecutionOptions.defaults().withMaxCycles(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> ExecutionOptions.defaults().withMaxMemoryBytes(PAGE - 1));
    }
}
