package dev.firesteel.functions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Sha256Test {
    /** FIPS 180-4, section 5.3.3. */
    private static final int[] FIRST = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };

    @Test
    void compressionsInAChainAreTheJdksDigest() throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        for (int length = 0; length < 300; length++) {
            byte[] message = new byte[length];
            random.nextBytes(message);
            ByteBuffer padded = ByteBuffer.allocate((length + 9 + 63) / 64 * 64);
            padded.put(message).put((byte) 0x80).putLong(padded.capacity() - 8, 8L * length);
            padded.rewind();
            int[] state = FIRST.clone();
            while (padded.hasRemaining()) {
                int[] block = new int[Sha256.BLOCK_WORDS];
                for (int i = 0; i < block.length; i++) {
                    block[i] = padded.getInt();
                }
                Sha256.compress(state, block);
            }
            ByteBuffer digest = ByteBuffer.allocate(32);
            for (int word : state) {
                digest.putInt(word);
            }
            assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(message), digest.array());
        }
    }
}
