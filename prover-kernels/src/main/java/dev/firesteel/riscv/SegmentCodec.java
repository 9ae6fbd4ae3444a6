package dev.firesteel.riscv;

import java.io.ByteArrayOutputStream;

/**
 * The memory of a segment as bytes: one encoding per value, so equal segments have equal bytes.
 *
 * <p>Version 1: the byte 1; the number of words; then the columns one after the other: addresses as the distance in words from the word
 * behind the previous one (from address 0 for the first), values, last segments. All numbers are unsigned LEB128 of minimal length.
 */
public final class SegmentCodec {
    private static final byte VERSION = 1;
    private static final long WORDS = AddressSpace.END / 8;
    /** One byte in each of the three columns. */
    private static final int MIN_BYTES_PER_WORD = 3;

    private SegmentCodec() {}

    /**
     * Encodes three columns of one length.
     *
     * @param addresses multiples of 8 below 2³², strictly increasing
     * @param valuesIn any values
     * @param last numbers ≥ 0
     * @throws IllegalArgumentException when the columns are not so
     */
    public static byte[] encodeMemory(long[] addresses, long[] valuesIn, int[] last) {
        if (addresses.length != valuesIn.length || addresses.length != last.length) {
            throw new IllegalArgumentException("the columns differ in length");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 + 8 * addresses.length);
        out.write(VERSION);
        write(out, addresses.length);
        long next = 0;
        for (long address : addresses) {
            long word = address >>> 3;
            if ((address & 7) != 0 || word < next || word >= WORDS) {
                throw new IllegalArgumentException("addresses are not sorted multiples of 8 below 2^32");
            }
            write(out, word - next);
            next = word + 1;
        }
        for (long value : valuesIn) {
            write(out, value);
        }
        for (int segment : last) {
            if (segment < 0) {
                throw new IllegalArgumentException("a last segment is negative");
            }
            write(out, segment);
        }
        return out.toByteArray();
    }

    /** Encodes the memory of {@code segment}. */
    public static byte[] encodeMemory(Segment segment) {
        return encodeMemory(segment.addresses(), segment.valuesIn(), segment.lastSegments());
    }

    private static void write(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /**
     * Decodes what {@link #encodeMemory} wrote, and nothing else.
     *
     * @throws SegmentCodecException on an unknown version, numbers of more bytes than needed, addresses or segments out of range, missing
     *     or trailing bytes
     */
    public static SegmentMemory decodeMemory(byte[] bytes) throws SegmentCodecException {
        Reader reader = new Reader(bytes);
        if (bytes.length == 0 || bytes[reader.at++] != VERSION) {
            throw new SegmentCodecException("not version " + VERSION);
        }
        long count = reader.number();
        if (count < 0 || count > (bytes.length - reader.at) / MIN_BYTES_PER_WORD) {
            throw new SegmentCodecException(
                    Long.toUnsignedString(count) + " words cannot lie in " + (bytes.length - reader.at) + " bytes");
        }
        long[] addresses = new long[(int) count];
        long[] values = new long[(int) count];
        int[] last = new int[(int) count];
        long next = 0;
        for (int i = 0; i < addresses.length; i++) {
            long gap = reader.number();
            if (gap < 0 || gap >= WORDS - next) {
                throw new SegmentCodecException("an address is not below 2^32");
            }
            addresses[i] = next + gap << 3;
            next += gap + 1;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = reader.number();
        }
        for (int i = 0; i < last.length; i++) {
            long segment = reader.number();
            if (segment < 0 || segment > Integer.MAX_VALUE) {
                throw new SegmentCodecException("a last segment exceeds 2^31 - 1");
            }
            last[i] = (int) segment;
        }
        if (reader.at != bytes.length) {
            throw new SegmentCodecException((bytes.length - reader.at) + " trailing bytes");
        }
        return new SegmentMemory(addresses, values, last);
    }

    private static final class Reader {
        private final byte[] bytes;
        private int at;

        private Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        private long number() throws SegmentCodecException {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                if (at == bytes.length) {
                    throw new SegmentCodecException("truncated");
                }
                long part = bytes[at++];
                value |= (part & 0x7F) << shift;
                if (part >= 0) {
                    // Canonical: no zero byte at the end, and the tenth byte holds only bit 63.
                    if (part == 0 && shift > 0 || shift == 63 && part > 1) {
                        throw new SegmentCodecException("a number is not canonical");
                    }
                    return value;
                }
            }
            throw new SegmentCodecException("a number exceeds 64 bits");
        }
    }
}
