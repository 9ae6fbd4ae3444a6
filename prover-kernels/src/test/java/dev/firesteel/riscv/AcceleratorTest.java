package dev.firesteel.riscv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.functions.KeccakF;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Label;
import dev.firesteel.riscv.asm.Reg;
import dev.firesteel.riscv.oracle.Runs;
import dev.firesteel.riscv.vm.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of accelerators, on every engine. */
class AcceleratorTest {
    private static final long DATA = Assembler.DATA_BASE;

    private static void call(Assembler asm, Accelerator accelerator, long state, long block) {
        asm.li(Reg.A0, state);
        asm.li(Reg.A1, block);
        asm.li(Reg.A7, accelerator.call());
        asm.ecall();
    }

    private static void output(Assembler asm, long address, int words) {
        for (int i = 0; i < words; i++) {
            asm.li(Reg.T0, address + 8L * i);
            asm.ld(Reg.T1, 0, Reg.T0);
            asm.output(Reg.T1, 8);
        }
    }

    private static Assembler holding(long... words) {
        Assembler asm = new Assembler();
        for (long word : words) {
            asm.dword(word);
        }
        return asm;
    }

    private static ExecutionResult run(Assembler asm) {
        return Runs.onEveryEngine(asm.elf(), new byte[0], ExecutionOptions.defaults())
                .result();
    }

    private static long[] words(byte[] bytes) {
        long[] words = new long[bytes.length / 8];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
        return words;
    }

    @Test
    void keccakOfZeros() {
        Assembler asm = holding(new long[25]);
        call(asm, Accelerator.KECCAK_F1600, DATA, 1);
        output(asm, DATA, 25);
        asm.halt(0);
        ExecutionResult result = run(asm);
        long[] state = words(result.output());
        // The Keccak team's KeccakF-1600-IntermediateValues.txt.
        assertEquals(0xF1258F7940E1DDE7L, state[0]);
        assertEquals(0x84D5CCF933C0478AL, state[1]);
        assertEquals(0xEAF1FF7B5CECA249L, state[24]);
        assertEquals(Map.of("KECCAK_F1600", 1L), result.statistics().acceleratorCalls());
        assertEquals(25, result.statistics().touchedWords());
    }

    @Test
    void keccakIsTheJdksSha3() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        for (int length : new int[] {0, 1, 135}) {
            byte[] message = new byte[length];
            random.nextBytes(message);
            byte[] padded = Arrays.copyOf(message, 200);
            padded[length] = 6;
            padded[135] |= (byte) 0x80;
            Assembler asm = holding(words(padded));
            call(asm, Accelerator.KECCAK_F1600, DATA, 0);
            output(asm, DATA, 4);
            asm.halt(0);
            assertArrayEquals(MessageDigest.getInstance("SHA3-256").digest(message), run(asm).output());
        }
    }

    @Test
    void sha256IsTheJdks() throws Exception {
        SplittableRandom random = new SplittableRandom(4);
        for (int length : new int[] {0, 3, 55, 119, 183}) {
            byte[] message = new byte[length];
            random.nextBytes(message);
            int blocks = (length + 72) / 64;
            ByteBuffer padded = ByteBuffer.allocate(64 * blocks);
            padded.put(message).put((byte) 0x80).putLong(64 * blocks - 8, 8L * length);
            Assembler asm =
                    holding(0xbb67ae85_6a09e667L, 0xa54ff53a_3c6ef372L, 0x9b05688c_510e527fL, 0x5be0cd19_1f83d9abL);
            long block = asm.data(padded.array());
            for (int i = 0; i < blocks; i++) {
                call(asm, Accelerator.SHA256_COMPRESS, DATA, block + 64L * i);
            }
            output(asm, DATA, 4);
            asm.halt(0);
            ExecutionResult result = run(asm);
            ByteBuffer digest = ByteBuffer.allocate(32);
            ByteBuffer words = ByteBuffer.wrap(result.output()).order(ByteOrder.LITTLE_ENDIAN);
            while (words.hasRemaining()) {
                digest.putInt(words.getInt());
            }
            assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(message), digest.array());
            assertEquals(
                    Map.of("SHA256_COMPRESS", (long) blocks),
                    result.statistics().acceleratorCalls());
        }
    }

    @Test
    void aBlockThatOverlapsTheStateIsWhatItWasBefore() {
        long[] data = new SplittableRandom(5).longs(12).toArray();
        for (int at = 0; at <= 8; at++) {
            Assembler asm = holding(data);
            call(asm, Accelerator.SHA256_COMPRESS, DATA + 8L * at, DATA);
            output(asm, DATA, 12);
            asm.halt(0);
            long[] expected = data.clone();
            long[] state = Arrays.copyOfRange(data, at, at + 4);
            Accelerator.SHA256_COMPRESS.apply(state, Arrays.copyOf(data, 8));
            System.arraycopy(state, 0, expected, at, 4);
            assertArrayEquals(expected, words(run(asm).output()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Keccak: 200 bytes.
        "KECCAK_F1600, 0x200001, 0, MISALIGNED_POINTER",
        "KECCAK_F1600, 0x200004, 0, MISALIGNED_POINTER",
        "KECCAK_F1600, 0x7, 0, MISALIGNED_POINTER",
        "KECCAK_F1600, 0x0, 0, POINTER_FAULT",
        "KECCAK_F1600, 0xff8, 0, POINTER_FAULT",
        "KECCAK_F1600, 0xdfffff40, 0, POINTER_FAULT",
        "KECCAK_F1600, 0xe0000000, 0, POINTER_FAULT",
        "KECCAK_F1600, 0xe000fff8, 0, POINTER_FAULT",
        "KECCAK_F1600, 0xffffff40, 0, POINTER_FAULT",
        "KECCAK_F1600, 0xfffffff8, 0, POINTER_FAULT",
        "KECCAK_F1600, 0x100000000, 0, POINTER_FAULT",
        "KECCAK_F1600, 0x100200000, 0, POINTER_FAULT",
        "KECCAK_F1600, -8, 0, POINTER_FAULT",
        "KECCAK_F1600, -0x8000000000000000, 0, POINTER_FAULT",
        // SHA-256: 32 and 64 bytes.
        "SHA256_COMPRESS, 0x200000, 0x200004, MISALIGNED_POINTER",
        "SHA256_COMPRESS, 0x200001, 0x200008, MISALIGNED_POINTER",
        "SHA256_COMPRESS, 0x0, 0x200001, MISALIGNED_POINTER",
        "SHA256_COMPRESS, 0x200000, 0xff8, POINTER_FAULT",
        "SHA256_COMPRESS, 0xff8, 0x200000, POINTER_FAULT",
        "SHA256_COMPRESS, 0xdfffffe8, 0x200000, POINTER_FAULT",
        "SHA256_COMPRESS, 0x200000, 0xdfffffc8, POINTER_FAULT",
        "SHA256_COMPRESS, 0x200000, 0xffffffc8, POINTER_FAULT",
        "SHA256_COMPRESS, 0xffffffe8, 0x200000, POINTER_FAULT",
        "SHA256_COMPRESS, 0x200000, 0x100000000, POINTER_FAULT"
    })
    void badPointersTrapAndTouchNothing(Accelerator accelerator, String state, String block, Trap trap)
            throws Exception {
        Assembler asm = new Assembler();
        asm.dword(1);
        asm.zeroFill(4096);
        call(asm, accelerator, Long.decode(state), Long.decode(block));
        asm.halt(0);
        ExecutionResult result = run(asm);
        assertEquals(Outcome.TRAPPED, result.outcome());
        assertEquals(trap, result.trap());
        // HALT is LI, LI, ECALL.
        assertEquals(asm.pc() - 4 * 4, result.trapPc());
        assertEquals(0, result.statistics().touchedWords());
        assertEquals(Map.of(), result.statistics().acceleratorCalls());
        assertEquals(0, result.statistics().families().get(InstructionFamily.ECALL));
        SegmentChecks.run(Runs.load(asm.elf()), new byte[0], ExecutionOptions.defaults());
    }

    @ParameterizedTest
    @ValueSource(longs = {0x1000, 0xDFFF_FF38L, 0xE001_0000L, 0xFFFF_FF38L, 0xBFFF_FFC0L, 0x2FFF_FFF8L})
    void pointersMayReachUpToTheEndsOfMemory(long state) {
        Assembler asm = new Assembler();
        call(asm, Accelerator.KECCAK_F1600, state, 0);
        asm.li(Reg.T0, state + 8 * 24);
        asm.ld(Reg.T1, 0, Reg.T0);
        asm.output(Reg.T1, 8);
        asm.halt(0);
        ExecutionResult result = run(asm);
        assertTrue(result.success(), result.toString());
        long[] lanes = new long[25];
        KeccakF.permute(lanes);
        assertEquals(lanes[24], words(result.output())[0]);
    }

    @Test
    void aCallForWhichThereIsNoMemoryTouchesNothing() {
        long page = Memory.PAGE_BYTES;
        for (long[] pointers : new long[][] {{0x2000_0000 + page - 8, 0}, {0x2000_0000, 0x3000_0000}}) {
            Assembler asm = new Assembler();
            Accelerator accelerator = pointers[1] == 0 ? Accelerator.KECCAK_F1600 : Accelerator.SHA256_COMPRESS;
            call(asm, accelerator, pointers[0], pointers[1]);
            asm.halt(0);
            ExecutionResult result = Runs.onEveryEngine(
                            asm.elf(), new byte[0], ExecutionOptions.defaults().withMaxMemoryBytes(page))
                    .result();
            assertEquals(Outcome.MEMORY_LIMIT, result.outcome());
            assertEquals(0, result.statistics().touchedWords());
            assertEquals(Map.of(), result.statistics().acceleratorCalls());
        }
    }

    /** Calls both in turn, {@code count} times, on states that move through memory. */
    private static Assembler loop(int count) {
        Assembler asm = new Assembler();
        asm.li(Reg.S0, 0x3000_0000L);
        asm.li(Reg.S1, count);
        Label loop = asm.here();
        asm.mv(Reg.A0, Reg.S0);
        asm.li(Reg.A7, Accelerator.KECCAK_F1600.call());
        asm.ecall();
        asm.addi(Reg.A1, Reg.S0, 40);
        asm.li(Reg.A7, Accelerator.SHA256_COMPRESS.call());
        asm.ecall();
        asm.addi(Reg.S0, Reg.S0, 24);
        asm.addi(Reg.S1, Reg.S1, -1);
        asm.bne(Reg.S1, Reg.ZERO, loop);
        output(asm, 0x3000_0000L + 24L * (count - 1), 8);
        asm.halt(0);
        return asm;
    }

    @ParameterizedTest
    @CsvSource({
        "1000000, 1000000, 1000000",
        "1, 1, 25",
        "2, 2, 25",
        "7, 7, 26",
        "1000, 1000, 50",
        "1000, 4608, 1000",
        "5000, 1, 1000",
        "97, 97, 120"
    })
    void segmentsWithCallsReplayAloneWhereverTheyAreCut(long cycles, long rows, long touched) throws Exception {
        byte[] elf = loop(20).elf();
        ExecutionOptions options = ExecutionOptions.defaults().withLimits(new SegmentLimits(cycles, rows, touched));
        Runs.Run run = Runs.onEveryEngine(elf, new byte[0], options);
        assertTrue(run.result().success());
        ExecutionResult checked = SegmentChecks.run(Runs.load(elf), new byte[0], options);
        assertArrayEquals(run.result().output(), checked.output());
        assertEquals(
                Map.of("KECCAK_F1600", 20L, "SHA256_COMPRESS", 20L),
                checked.statistics().acceleratorCalls());
        SegmentLimits limits = options.limits();
        for (Segment segment : run.segments()) {
            Map<Accelerator, Long> calls = SegmentChecks.calls(Runs.load(elf), segment);
            for (Accelerator accelerator : Accelerator.values()) {
                assertTrue(calls.get(accelerator) <= limits.maxCalls(accelerator));
            }
        }
    }

    @Test
    void aFamilysRowsLimitCallsToo() {
        assertEquals(682, SegmentLimits.defaults().maxCalls(Accelerator.KECCAK_F1600));
        assertEquals(1, SegmentLimits.ofCycles(3).maxCalls(Accelerator.SHA256_COMPRESS));
        List<Segment> segments = Runs.run(
                        Runs.load(loop(20).elf()),
                        new byte[0],
                        ExecutionOptions.defaults().withLimits(new SegmentLimits(1 << 20, 3 * 1536, 1 << 18)),
                        true)
                .segments();
        // Three calls of Keccak each, and what comes before the fourth.
        assertEquals(7, segments.size());
    }
}
