package dev.firesteel.riscv.jit;

import dev.firesteel.riscv.vm.Memory;

/**
 * The common case of {@link Memory}'s loads and stores, for inlining into regions: an aligned access to a word that the
 * segment has touched before. Anything else goes to {@link Memory} itself.
 *
 * <p>The arrays and the current stamp are parameters because a region holds them in local variables: as fields they would
 * be read again after every call that was not inlined, which is after every access.
 */
final class FastMemory {
    /** Bits above 4 GiB. */
    private static final long HIGH = 0xFFFF_FFFF_0000_0000L;

    private static final int MASK = Memory.PAGE_BYTES - 1;

    private FastMemory() {}

    /**
     * Where the words of a {@link MemoryGroups.Group} lie.
     *
     * @param address of its first byte, to be a multiple of 8
     * @param span bytes from there to its last byte
     * @return {@code address / 8} when the whole group lies in one page below 4 GiB, else 0, the null guard's first word
     */
    static int anchor(long address, int span) {
        return (address & (HIGH | 7)) == 0 && ((int) address & MASK) + span <= MASK ? (int) (address >>> 3) : 0;
    }

    static long loadByte(Memory memory, long[][] data, int[][] stamps, int current, long address) {
        int word = ((int) address & MASK) >>> 3;
        if ((address & HIGH) == 0 && stamps[(int) address >>> 16][word] == current) {
            return data[(int) address >>> 16][word] >>> ((int) address << 3) & 0xFFL;
        }
        return memory.loadByte(address);
    }

    static long loadHalf(Memory memory, long[][] data, int[][] stamps, int current, long address) {
        int word = ((int) address & MASK) >>> 3;
        if ((address & (HIGH | 1)) == 0 && stamps[(int) address >>> 16][word] == current) {
            return data[(int) address >>> 16][word] >>> ((int) address << 3) & 0xFFFFL;
        }
        return memory.loadHalf(address);
    }

    static long loadWord(Memory memory, long[][] data, int[][] stamps, int current, long address) {
        int word = ((int) address & MASK) >>> 3;
        if ((address & (HIGH | 3)) == 0 && stamps[(int) address >>> 16][word] == current) {
            return data[(int) address >>> 16][word] >>> ((int) address << 3) & 0xFFFF_FFFFL;
        }
        return memory.loadWord(address);
    }

    static long loadDouble(Memory memory, long[][] data, int[][] stamps, int current, long address) {
        int word = ((int) address & MASK) >>> 3;
        if ((address & (HIGH | 7)) == 0 && stamps[(int) address >>> 16][word] == current) {
            return data[(int) address >>> 16][word];
        }
        return memory.loadDouble(address);
    }

    static void storeByte(Memory memory, long[][] data, int[][] stamps, int current, long address, long value) {
        int word = ((int) address & MASK) >>> 3;
        if ((address & HIGH) == 0 && stamps[(int) address >>> 16][word] == current) {
            long[] page = data[(int) address >>> 16];
            page[word] = Memory.replace(page[word], 0xFFL, (int) address << 3, value);
        } else {
            memory.storeByte(address, value);
        }
    }

    static void storeHalf(Memory memory, long[][] data, int[][] stamps, int current, long address, long value) {
        int word = ((int) address & MASK) >>> 3;
        if ((address & (HIGH | 1)) == 0 && stamps[(int) address >>> 16][word] == current) {
            long[] page = data[(int) address >>> 16];
            page[word] = Memory.replace(page[word], 0xFFFFL, (int) address << 3, value);
        } else {
            memory.storeHalf(address, value);
        }
    }

    static void storeWord(Memory memory, long[][] data, int[][] stamps, int current, long address, long value) {
        int word = ((int) address & MASK) >>> 3;
        if ((address & (HIGH | 3)) == 0 && stamps[(int) address >>> 16][word] == current) {
            long[] page = data[(int) address >>> 16];
            page[word] = Memory.replace(page[word], 0xFFFF_FFFFL, (int) address << 3, value);
        } else {
            memory.storeWord(address, value);
        }
    }

    static void storeDouble(Memory memory, long[][] data, int[][] stamps, int current, long address, long value) {
        int word = ((int) address & MASK) >>> 3;
        if ((address & (HIGH | 7)) == 0 && stamps[(int) address >>> 16][word] == current) {
            data[(int) address >>> 16][word] = value;
        } else {
            memory.storeDouble(address, value);
        }
    }
}
