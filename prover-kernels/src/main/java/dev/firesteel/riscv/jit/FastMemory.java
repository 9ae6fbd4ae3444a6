package dev.firesteel.riscv.jit;

import dev.firesteel.riscv.vm.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The common case of {@link Memory}'s loads and stores, for inlining into regions: an aligned access to a word that the
 * segment has touched before. Anything else goes to {@link Memory} itself.
 *
 * <p>The arrays and the current stamp are parameters because a region holds them in local variables: as fields they would
 * be read again after every call that was not inlined, which is after every access.
 */
final class FastMemory {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    /** Bits above 4 GiB. */
    private static final long HIGH = 0xFFFF_FFFF_0000_0000L;

    private static final int MASK = Memory.PAGE_BYTES - 1;

    private FastMemory() {}

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    static long loadByte(Memory memory, byte[][] data, int[][] stamps, int current, long address) {
        int offset = (int) address & MASK;
        if ((address & HIGH) == 0 && stamps[(int) address >>> 16][offset >>> 3] == current) {
            return data[(int) address >>> 16][offset] & 0xFFL;
        }
        return memory.loadByte(address);
    }

    static long loadHalf(Memory memory, byte[][] data, int[][] stamps, int current, long address) {
        int offset = (int) address & MASK;
        if ((address & (HIGH | 1)) == 0 && stamps[(int) address >>> 16][offset >>> 3] == current) {
            return (short) SHORT.get(data[(int) address >>> 16], offset) & 0xFFFFL;
        }
        return memory.loadHalf(address);
    }

    static long loadWord(Memory memory, byte[][] data, int[][] stamps, int current, long address) {
        int offset = (int) address & MASK;
        if ((address & (HIGH | 3)) == 0 && stamps[(int) address >>> 16][offset >>> 3] == current) {
            return (int) INT.get(data[(int) address >>> 16], offset) & 0xFFFF_FFFFL;
        }
        return memory.loadWord(address);
    }

    static long loadDouble(Memory memory, byte[][] data, int[][] stamps, int current, long address) {
        int offset = (int) address & MASK;
        if ((address & (HIGH | 7)) == 0 && stamps[(int) address >>> 16][offset >>> 3] == current) {
            return (long) LONG.get(data[(int) address >>> 16], offset);
        }
        return memory.loadDouble(address);
    }

    static void storeByte(Memory memory, byte[][] data, int[][] stamps, int current, long address, long value) {
        int offset = (int) address & MASK;
        if ((address & HIGH) == 0 && stamps[(int) address >>> 16][offset >>> 3] == current) {
            data[(int) address >>> 16][offset] = (byte) value;
        } else {
            memory.storeByte(address, value);
        }
    }

    static void storeHalf(Memory memory, byte[][] data, int[][] stamps, int current, long address, long value) {
        int offset = (int) address & MASK;
        if ((address & (HIGH | 1)) == 0 && stamps[(int) address >>> 16][offset >>> 3] == current) {
            SHORT.set(data[(int) address >>> 16], offset, (short) value);
        } else {
            memory.storeHalf(address, value);
        }
    }

    static void storeWord(Memory memory, byte[][] data, int[][] stamps, int current, long address, long value) {
        int offset = (int) address & MASK;
        if ((address & (HIGH | 3)) == 0 && stamps[(int) address >>> 16][offset >>> 3] == current) {
            INT.set(data[(int) address >>> 16], offset, (int) value);
        } else {
            memory.storeWord(address, value);
        }
    }

    static void storeDouble(Memory memory, byte[][] data, int[][] stamps, int current, long address, long value) {
        int offset = (int) address & MASK;
        if ((address & (HIGH | 7)) == 0 && stamps[(int) address >>> 16][offset >>> 3] == current) {
            LONG.set(data[(int) address >>> 16], offset, value);
        } else {
            memory.storeDouble(address, value);
        }
    }
}
