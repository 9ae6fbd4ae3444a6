package dev.firesteel.riscv;

import dev.firesteel.functions.KeccakF;
import dev.firesteel.functions.Sha256;

/** The functions that a guest can have computed by an ECALL ({@code docs/machine.md}, "Accelerators"). */
public enum Accelerator {
    /** Keccak-f[1600] of 25 lanes, lane (x, y) at word x + 5y. */
    KECCAK_F1600(512, 25, 0, 1536) {
        @Override
        public void apply(long[] state, long[] block) {
            KeccakF.permute(state);
        }
    },
    /** SHA-256's compression: 8 words of 32 bits as numbers, and a block of 64 bytes as they come in the message. */
    SHA256_COMPRESS(513, 4, 8, 320) {
        @Override
        public void apply(long[] state, long[] block) {
            int[] words = halves(state);
            int[] message = halves(block);
            for (int i = 0; i < message.length; i++) {
                message[i] = Integer.reverseBytes(message[i]);
            }
            Sha256.compress(words, message);
            for (int i = 0; i < state.length; i++) {
                state[i] = words[2 * i] & 0xFFFF_FFFFL | (long) words[2 * i + 1] << 32;
            }
        }
    };

    /** The most 8-byte words that a call touches. */
    public static final int MAX_WORDS = 25;

    private final long call;
    private final int stateWords;
    private final int blockWords;
    private final int weight;

    Accelerator(long call, int stateWords, int blockWords, int weight) {
        this.call = call;
        this.stateWords = stateWords;
        this.blockWords = blockWords;
        this.weight = weight;
    }

    /** Replaces {@code state} by the function's result on it and on {@code block}, both in words of memory. */
    public abstract void apply(long[] state, long[] block);

    /** The ECALL number. */
    public long call() {
        return call;
    }

    /** 8-byte words of the state, at the address in a0. */
    public int stateWords() {
        return stateWords;
    }

    /** 8-byte words of the block, at the address in a1; 0 for functions without one. */
    public int blockWords() {
        return blockWords;
    }

    /** As many rows of an instruction's table have as many cells as the tables have for one call, rounded up. */
    public int weight() {
        return weight;
    }

    /** The accelerator with that ECALL number, or null. */
    public static Accelerator of(long call) {
        for (Accelerator accelerator : values()) {
            if (accelerator.call == call) {
                return accelerator;
            }
        }
        return null;
    }

    /** The words of 32 bits in words of 64, the lower half first. */
    public static int[] halves(long[] words) {
        int[] halves = new int[2 * words.length];
        for (int i = 0; i < words.length; i++) {
            halves[2 * i] = (int) words[i];
            halves[2 * i + 1] = (int) (words[i] >>> 32);
        }
        return halves;
    }
}
