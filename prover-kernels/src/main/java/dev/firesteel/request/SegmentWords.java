package dev.firesteel.request;

import dev.firesteel.chips.Buses;
import dev.firesteel.chips.RiscvTables;
import dev.firesteel.chips.SegmentTrace;

/**
 * The words that one segment shares with others, by address, registers behind memory: what {@link RunWords} is made of. The arrays are not copied.
 *
 * @param index the segment's, from 0
 * @param addresses divided by 8, or registers'; strictly growing
 * @param in values before the segment
 * @param earlier numbers of the segments that touched them before, from 1; 0 for none
 * @param out values after it
 */
public record SegmentWords(int index, int[] addresses, long[] in, int[] earlier, long[] out) {
    private static final String MAGIC = "FSSW";
    private static final int VERSION = 1;
    private static final int LEAST_BYTES = 2 + 2 * Long.BYTES;

    static SegmentWords of(SegmentTrace trace) {
        int count = RiscvTables.sharedWords(trace);
        SegmentWords words = new SegmentWords(
                trace.segment().index(), new int[count], new long[count], new int[count], new long[count]);
        int[] filled = new int[1];
        RiscvTables.words(trace, (address, in, earlier, out) -> {
            int at = filled[0]++;
            words.addresses[at] = Math.toIntExact(address);
            words.in[at] = in;
            words.earlier[at] = earlier;
            words.out[at] = out;
        });
        return words;
    }

    /** How many. */
    public int count() {
        return addresses.length;
    }

    /** The words as bytes: addresses as differences. */
    public byte[] bytes() {
        PieceWriter bytes = new PieceWriter(MAGIC, VERSION).number(index).number(count());
        int before = -1;
        for (int i = 0; i < count(); i++) {
            bytes.small(addresses[i] - before - 1L)
                    .small(earlier[i])
                    .number(in[i])
                    .number(out[i]);
            before = addresses[i];
        }
        return bytes.bytes();
    }

    /**
     * The words of {@code bytes}.
     *
     * @throws IllegalArgumentException telling what is wrong
     */
    public static SegmentWords read(byte[] bytes) {
        PieceReader reader = new PieceReader("words of a segment", MAGIC, VERSION, bytes);
        int index = reader.number();
        reader.require(index >= 0 && index < CoreProof.MAX_SEGMENTS, "index " + index);
        int count = reader.count(LEAST_BYTES);
        SegmentWords words = new SegmentWords(index, new int[count], new long[count], new int[count], new long[count]);
        long before = -1;
        for (int i = 0; i < count; i++) {
            before += 1 + reader.small(Buses.LAST_ADDRESS);
            reader.require(before <= Buses.LAST_ADDRESS, "no memory at word " + before);
            words.addresses[i] = (int) before;
            words.earlier[i] = (int) reader.small(index);
            words.in[i] = reader.longNumber();
            words.out[i] = reader.longNumber();
        }
        reader.end();
        return words;
    }
}
