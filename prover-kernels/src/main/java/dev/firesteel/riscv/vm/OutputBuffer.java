package dev.firesteel.riscv.vm;

import java.util.Arrays;

/** The public output so far. It has no cap but the size of a Java array. */
public final class OutputBuffer {
    private byte[] bytes = new byte[256];
    private int size;

    /** Appends the low {@code count} (1…8) bytes of {@code value}, little-endian. */
    void append(long value, int count) {
        if (size > bytes.length - count) {
            if (size > Integer.MAX_VALUE - 16 - count) {
                throw new IllegalStateException("the guest's public output exceeds 2 GiB");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * bytes.length));
        }
        for (int i = 0; i < count; i++) {
            bytes[size++] = (byte) (value >>> 8 * i);
        }
    }

    /** Bytes so far. */
    public int size() {
        return size;
    }

    /** A copy of the bytes from {@code start} on. */
    public byte[] from(int start) {
        return Arrays.copyOfRange(bytes, start, size);
    }
}
