package dev.firesteel.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/** A bundled guest with inputs of any size, for benchmarks. */
enum Workload {
    /** Additions and multiplications in registers. */
    COMPUTE("fibonacci") {
        @Override
        byte[] input(int size) {
            return words(0, size);
        }
    },
    /** Loads and stores over an array. */
    MEMORY("sort") {
        @Override
        byte[] input(int size) {
            ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * size).order(ByteOrder.LITTLE_ENDIAN);
            new SplittableRandom(SEED).longs(size).forEach(bytes::putLong);
            return bytes.array();
        }
    },
    /** Keccak-256 of the last hash, again and again. */
    HASH("keccak-chain") {
        @Override
        byte[] input(int size) {
            return words(4, size);
        }
    };

    private static final long SEED = 1;

    private final String guest;

    Workload(String guest) {
        this.guest = guest;
    }

    /** The guest's name, which is that of its folder. */
    String guest() {
        return guest;
    }

    /** The input that takes more cycles, the greater {@code size} is. */
    abstract byte[] input(int size);

    /** So many words that do not matter, then {@code count}. */
    private static byte[] words(int first, long count) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * (first + 1)).order(ByteOrder.LITTLE_ENDIAN);
        new SplittableRandom(SEED).longs(first).forEach(bytes::putLong);
        return bytes.putLong(count).array();
    }
}
