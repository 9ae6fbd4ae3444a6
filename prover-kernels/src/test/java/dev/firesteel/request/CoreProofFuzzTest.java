package dev.firesteel.request;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.oracle.Runs;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Bytes that a stranger made: nothing but the refusal that is documented comes of them, and nothing is allocated that they do not hold. */
class CoreProofFuzzTest {
    private static final Parallel PARALLEL = new Parallel(2);
    private static final Program PROGRAM = Runs.load(ProvedRuns.everything().elf());
    private static final ProgramSetup SETUP = ProvedRuns.setup(PROGRAM, PARALLEL);
    private static final ProgramKey KEY = SETUP.programKey();
    private static final List<Segment> SEGMENTS = ProvedRuns.segments(PROGRAM, ProvedRuns.input(5, 0), 14);
    private static final RunStatement STATEMENT = RunProver.statement(SEGMENTS);
    private static final byte[] PROOF = ProvedRuns.prove(SETUP, SEGMENTS, PARALLEL);
    private static final int[] NUMBERS = {
        0,
        1,
        -1,
        4,
        255,
        256,
        0xFFFF,
        0x10000,
        1 << 24,
        0x7F00_0000,
        0x7F00_0001,
        0x7F00_0002,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE
    };

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    /** Bytes before the first segment's proof, where all numbers and lengths are. */
    private static int headers() throws VerificationException {
        return 6 + 36 + 32 + 4 + 1 + CoreProof.read(PROOF).work().length + 2 + 16 + 36 + 4;
    }

    /** Bits, numbers, bytes doubled or left out: in the headers more often than elsewhere. */
    private static byte[] mutated(byte[] bytes, int headers, SplittableRandom random) {
        byte[] changed = bytes.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int within = random.nextInt(4) == 0 ? changed.length : Math.min(headers, changed.length);
            if (within < 8) {
                return changed;
            }
            int at = random.nextInt(within - 4);
            switch (random.nextInt(5)) {
                case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> ByteBuffer.wrap(changed).putInt(at, NUMBERS[random.nextInt(NUMBERS.length)]);
                case 2 -> changed = Arrays.copyOf(changed, random.nextInt(changed.length + 9));
                case 3 -> System.arraycopy(changed, at + 4, changed, at, changed.length - at - 4);
                default -> System.arraycopy(changed, at, changed, at + 4, changed.length - at - 4);
            }
        }
        return changed;
    }

    @Test
    void changedCoreProofsAreReadOrRefused() throws Exception {
        SplittableRandom random = new SplittableRandom(21);
        // Of the segments' proofs only their lengths matter here; short ones make many tries cheap.
        CoreProof core = CoreProof.read(PROOF);
        byte[] small = new CoreProof(
                        core.keyDigest(),
                        core.outputHash(),
                        core.exitCode(),
                        core.work(),
                        core.segments().stream()
                                .map(s -> new CoreProof.SegmentPart(
                                        s.endPc(),
                                        s.endClock(),
                                        s.sharedWords(),
                                        s.outputLength(),
                                        s.boundaryRoot(),
                                        Arrays.copyOf(s.proof(), 40)))
                                .toList())
                .bytes();
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = mutated(small, small.length, random);
            try {
                CoreProof again = CoreProof.read(changed);
                // One encoding: what is read is written as it was.
                assertArrayEquals(changed, again.bytes());
                read++;
            } catch (VerificationException e) {
                assertTrue(e.getMessage().length() < 200);
            }
        }
        assertTrue(read > 100 && read < 19_000, read + " read");
    }

    @Test
    void changedCoreProofsAreRefusedByTheVerifier() throws Exception {
        SplittableRandom random = new SplittableRandom(22);
        RunVerifier verifier = RunVerifier.allowingInsecure(KEY);
        int headers = headers();
        for (int i = 0; i < 400; i++) {
            byte[] changed = mutated(PROOF, headers, random);
            if (!Arrays.equals(changed, PROOF)) {
                assertThrows(VerificationException.class, () -> verifier.verify(STATEMENT, changed));
            }
        }
    }

    @Test
    void changedHeadersOfAProofThatAnswersToNothingAreRefused() throws Exception {
        // With the early digests put right and a work that is right by chance once in a while: the numbers reach the
        // transcript and the tables' verifier.
        SplittableRandom random = new SplittableRandom(23);
        RunVerifier verifier = RunVerifier.allowingInsecure(KEY);
        int from = 6 + 36 + 32 + 4;
        int headers = headers();
        for (int i = 0; i < 600; i++) {
            byte[] changed = PROOF.clone();
            int at = from + random.nextInt(headers - from - 4);
            ByteBuffer.wrap(changed)
                    .putInt(at, random.nextBoolean() ? random.nextInt() : NUMBERS[random.nextInt(NUMBERS.length)]);
            if (!Arrays.equals(changed, PROOF)) {
                assertThrows(VerificationException.class, () -> verifier.verify(STATEMENT, changed));
            }
        }
    }

    @Test
    void randomBytesAreNoCoreProofAndNoKey() {
        SplittableRandom random = new SplittableRandom(24);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            assertThrows(VerificationException.class, () -> CoreProof.read(bytes));
            assertThrows(IllegalArgumentException.class, () -> ProgramKey.read(bytes));
        }
    }

    @Test
    void aFewHostileBytesDoNotAllocateMuch() throws Exception {
        byte[] hostile = Arrays.copyOf(PROOF, headers());
        // 65535 segments, a proof of 2 GiB.
        ByteBuffer.wrap(hostile).putInt(hostile.length - 4, Integer.MAX_VALUE);
        ByteBuffer.wrap(hostile).putShort(hostile.length - 4 - 36 - 16 - 2, (short) -1);
        Runnable read = () -> assertThrows(VerificationException.class, () -> CoreProof.read(hostile));
        read.run();
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        read.run();
        assertTrue(threads.getThreadAllocatedBytes(thread) - before < 1 << 16);
    }

    @Test
    void keysAreReadAsTheyWereWrittenOrRefused() {
        byte[] bytes = KEY.bytes();
        ProgramKey again = ProgramKey.read(bytes);
        assertEquals(KEY, again);
        assertArrayEquals(bytes, again.bytes());
        assertArrayEquals(KEY.digest(), again.digest());
        SplittableRandom random = new SplittableRandom(25);
        int header = 4 + 2 + 32 + 8;
        for (int i = 0; i < 200; i++) {
            byte[] changed = mutated(bytes, random.nextBoolean() ? header + 30 : bytes.length, random);
            try {
                ProgramKey read = ProgramKey.read(changed);
                // Another program's hash or entry, another root, bound or name: a key, but another one.
                assertArrayEquals(changed, read.bytes());
                assertEquals(Arrays.equals(changed, bytes), read.equals(KEY));
                assertEquals(Arrays.equals(changed, bytes), Arrays.equals(read.digest(), KEY.digest()));
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage() != null);
            }
        }
        for (int length = 0; length < bytes.length; length += 1 + length / 16) {
            int cut = length;
            assertThrows(IllegalArgumentException.class, () -> ProgramKey.read(Arrays.copyOf(bytes, cut)));
        }
        assertThrows(IllegalArgumentException.class, () -> ProgramKey.read(Arrays.copyOf(bytes, bytes.length + 1)));
    }

    @Test
    void aKeyWithWeakerTablesIsRefused() {
        // Every byte of the chips' descriptions: a constraint, a bound, a bus, a name.
        byte[] bytes = KEY.bytes();
        SplittableRandom random = new SplittableRandom(26);
        int descriptions = 4 + 2 + 32 + 8 + 6 + 1 + 9 + 1 + 6 + 1 + 2;
        int end = bytes.length - 36;
        // Most bytes are of the accelerators' tables, which come last: every second change is in front of them.
        int first = descriptions + (end - descriptions) / 8;
        for (int i = 0; i < 200; i++) {
            byte[] changed = bytes.clone();
            int at = descriptions + random.nextInt((i % 2 == 0 ? first : end) - descriptions);
            changed[at] ^= (byte) (1 << random.nextInt(8));
            try {
                ProgramKey read = ProgramKey.read(changed);
                // Heights of preprocessed tables are among them, and they are the program's, not the machine's.
                assertEquals(
                        KEY.tables().machine().chips().size(),
                        read.tables().machine().chips().size());
                assertTrue(!read.equals(KEY));
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage() != null);
            }
        }
    }
}
