package dev.firesteel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.examples.ExampleMachine;
import dev.firesteel.examples.Instance;
import dev.firesteel.field.Ext;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.VerificationException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Keys that a stranger made. Each is refused by an {@link IllegalArgumentException}, or is a key: then it has the one encoding that was read, another digest, and a
 * verifier with it gives nothing but refusals.
 */
class KeyParserTest {
    private static final Parallel PARALLEL = new Parallel(1);
    private static final int[] FIELDS = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7F000001, 1 << 16, 1 << 20};

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    private static VerifyingKey key(ExampleMachine machine) {
        Instance instance = machine.instance(1, 1);
        return ProvingKey.setup(
                        SecurityPreset.TEST_FAST,
                        Machine.of(machine.name(), machine.chips()),
                        Proved.MAX_LOG_HEIGHT,
                        instance.preprocessed(),
                        PARALLEL)
                .verifyingKey();
    }

    @Test
    void everyKeyIsReadAsItWasWritten() {
        for (ExampleMachine machine : SmallMachines.all()) {
            VerifyingKey key = key(machine);
            VerifyingKey read = VerifyingKey.read(key.bytes());
            assertEquals(key, read);
            assertArrayEquals(key.bytes(), read.bytes());
            assertArrayEquals(key.digest(), read.digest());
            assertArrayEquals(key.preprocessedRoot(), read.preprocessedRoot());
            assertEquals(key.maxLogHeight(), read.maxLogHeight());
            assertEquals(machine.name(), read.machine().name());
        }
    }

    @Test
    void namesThatTheEncodingLacksAreNoNames() {
        for (String name : new String[] {"b\u00e9n\u00e8s", "n".repeat(256)}) {
            Machine machine = new Machine(name, TestChips.zeros().chips());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new VerifyingKey(SecurityPreset.TEST_FAST, machine, 4, new int[] {-1}, new int[0]));
        }
    }

    @Test
    void shorterAndLongerKeysAreRefused() {
        for (ExampleMachine machine : SmallMachines.all()) {
            byte[] bytes = key(machine).bytes();
            int step = 1 + bytes.length / 1000;
            for (int length = 0; length < bytes.length; length += step) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThrows(IllegalArgumentException.class, () -> VerifyingKey.read(cut), machine.name() + length);
            }
            for (int more = 1; more <= 8; more++) {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + more);
                assertThrows(IllegalArgumentException.class, () -> VerifyingKey.read(longer));
            }
        }
    }

    @Test
    void everyByteOfASmallKeyCounts() {
        everyByteCounts(Proved.of(SmallMachines.fibonacci(), 1, SecurityPreset.TEST_FAST, PARALLEL));
        ProvingKey segments = ProvedRequest.key(SecurityPreset.TEST_FAST, PARALLEL);
        everyByteCounts(Proved.of(ProvedRequest.of(segments, SharedMemory.run(1, 2, 2), PARALLEL), 0));
    }

    private static void everyByteCounts(Proved proved) {
        byte[] bytes = proved.key().verifyingKey().bytes();
        int accepted = 0;
        for (int at = 0; at < bytes.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = bytes.clone();
                changed[at] ^= (byte) (1 << bit);
                accepted += isOtherKey(proved, changed) ? 1 : 0;
            }
            byte[] all = bytes.clone();
            all[at] ^= (byte) 0xFF;
            accepted += isOtherKey(proved, all) ? 1 : 0;
        }
        // Letters of names, bounds, operands: there are other keys nearby.
        assertTrue(accepted > 0);
    }

    @Test
    void numbersAnywhereInAKeyAreBounded() {
        for (ExampleMachine machine : new ExampleMachine[] {SmallMachines.fibonacci(), SmallMachines.adder()}) {
            Proved proved = Proved.of(machine, 1, SecurityPreset.TEST_FAST, PARALLEL);
            byte[] bytes = proved.key().verifyingKey().bytes();
            for (int at = 0; at + Integer.BYTES <= bytes.length; at++) {
                byte[] changed = bytes.clone();
                ByteBuffer.wrap(changed).putInt(at, FIELDS[at % FIELDS.length]);
                isOtherKey(proved, changed);
                ByteBuffer.wrap(changed).putInt(at, FIELDS[(at + 3) % FIELDS.length]);
                isOtherKey(proved, changed);
            }
        }
    }

    @Test
    void keysCutAndSplicedAtRandomAreRefused() {
        Proved proved = Proved.of(SmallMachines.adder(), 1, SecurityPreset.TEST_FAST, PARALLEL);
        byte[] bytes = proved.key().verifyingKey().bytes();
        byte[] other = key(SmallMachines.fibonacci()).bytes();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 4000; i++) {
            byte[] from = random.nextInt(3) == 0 ? other : bytes;
            int cut = random.nextInt(bytes.length);
            int taken = random.nextInt(from.length);
            int end = taken + random.nextInt(Math.min(64, from.length - taken));
            int dropped = Math.min(bytes.length - cut, random.nextInt(3) == 0 ? 0 : random.nextInt(64));
            ByteBuffer spliced = ByteBuffer.allocate(bytes.length - dropped + end - taken);
            spliced.put(bytes, 0, cut).put(from, taken, end - taken);
            spliced.put(bytes, cut + dropped, bytes.length - cut - dropped);
            if (!Arrays.equals(spliced.array(), bytes)) {
                isOtherKey(proved, spliced.array());
            }
        }
    }

    /** Whether the bytes are a key at all; if so it is another one, and the honest proof is none for it, even when it says it is. */
    private static boolean isOtherKey(Proved proved, byte[] bytes) {
        if (Arrays.equals(bytes, proved.key().verifyingKey().bytes())) {
            return false;
        }
        VerifyingKey key;
        try {
            key = VerifyingKey.read(bytes);
        } catch (IllegalArgumentException e) {
            return false;
        }
        assertArrayEquals(bytes, key.bytes());
        assertFalse(Arrays.equals(proved.key().verifyingKey().digest(), key.digest()));
        byte[] proof = proved.proof().clone();
        ByteBuffer header =
                ByteBuffer.wrap(proof).order(ByteOrder.LITTLE_ENDIAN).position(6);
        for (int element : key.digest()) {
            header.putInt(dev.firesteel.field.KoalaBear.toCanonical(element));
        }
        List<PublicMessage> messages = proved.instance().messages();
        Verifier verifier = Verifier.allowingInsecure(key);
        assertThrows(VerificationException.class, () -> {
            if (key.machine().hasBoundary()) {
                verifier.verify(messages, new GlobalChallenge(Ext.ONE, Ext.ofLong(2)), proof);
            } else {
                verifier.verify(messages, proof);
            }
        });
        return true;
    }

    /** Numbers that promise much: what is not there is not allocated. 128 bytes a byte are names, lists and instructions; 64 KiB the rest. */
    @Test
    void aKeyOfAFewBytesDoesNotAllocateMuch() {
        byte[] bytes = key(SmallMachines.fibonacci()).bytes();
        for (int at = 0; at + Integer.BYTES <= bytes.length; at++) {
            for (int field : FIELDS) {
                byte[] changed = bytes.clone();
                ByteBuffer.wrap(changed).putInt(at, field);
                long allocated = Allocation.of(() -> {
                    try {
                        VerifyingKey.read(changed);
                    } catch (IllegalArgumentException e) {
                        assertFalse(e.getMessage().isEmpty());
                    }
                });
                long bound = (1 << 16) + 128L * bytes.length;
                assertTrue(allocated < bound, "byte " + at + " = " + field + ": " + allocated + " of " + bound);
            }
        }
    }
}
