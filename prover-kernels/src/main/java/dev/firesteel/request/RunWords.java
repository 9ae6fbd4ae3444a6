package dev.firesteel.request;

import dev.firesteel.chips.Buses;
import dev.firesteel.chips.FirstLastChip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All words that a run touches, by address, with the values before its first and after its last segment: what the first segment's proof opens and closes memory with. Made from
 * the segments' words one after the other, which finds segments that do not pass memory on. Immutable.
 */
public final class RunWords {
    private static final String MAGIC = "FSRW";
    private static final int VERSION = 1;
    private static final int LEAST_BYTES = 2 + 2 * Long.BYTES;

    private final int segments;
    private final int[] addresses;
    private final long[] first;
    private final long[] last;
    /** Numbers, from 1, of the segments that touched them last. */
    private final int[] touched;

    private RunWords(int segments, int[] addresses, long[] first, long[] last, int[] touched) {
        this.segments = segments;
        this.addresses = addresses;
        this.first = first;
        this.last = last;
        this.touched = touched;
    }

    /** A run of which no segment is known. */
    public static RunWords none() {
        return new RunWords(0, new int[0], new long[0], new long[0], new int[0]);
    }

    /** How many segments these words are from. */
    public int segments() {
        return segments;
    }

    /** How many words. */
    public int count() {
        return addresses.length;
    }

    /**
     * These and the next segment's words.
     *
     * @throws InconsistentSegmentsException when that is not the next segment, or starts with other words than were left
     */
    public RunWords then(SegmentWords next) throws InconsistentSegmentsException {
        if (next.index() != segments) {
            throw new InconsistentSegmentsException(
                    "segment " + next.index() + " stands where segment " + segments + " belongs");
        }
        return new Merge(next).run();
    }

    private final class Merge {
        private final SegmentWords next;
        private final int most;
        private final int[] mergedAddresses;
        private final long[] mergedFirst;
        private final long[] mergedLast;
        private final int[] mergedTouched;
        private int count;

        Merge(SegmentWords next) {
            this.next = next;
            most = count() + next.count();
            mergedAddresses = new int[most];
            mergedFirst = new long[most];
            mergedLast = new long[most];
            mergedTouched = new int[most];
        }

        RunWords run() throws InconsistentSegmentsException {
            int mine = 0;
            for (int i = 0; i < next.count(); i++) {
                int address = next.addresses()[i];
                while (mine < count() && addresses[mine] < address) {
                    add(addresses[mine], first[mine], last[mine], touched[mine]);
                    mine++;
                }
                boolean known = mine < count() && addresses[mine] == address;
                long left = known ? last[mine] : next.in()[i];
                int by = known ? touched[mine] : 0;
                if (next.in()[i] != left || next.earlier()[i] != by) {
                    throw new InconsistentSegmentsException(String.format(
                            "segment %d starts with 0x%x of segment number %d at word 0x%x, where 0x%x of number %d is",
                            next.index(), next.in()[i], next.earlier()[i], address, left, by));
                }
                add(address, known ? first[mine] : next.in()[i], next.out()[i], next.index() + 1);
                mine += known ? 1 : 0;
            }
            for (; mine < count(); mine++) {
                add(addresses[mine], first[mine], last[mine], touched[mine]);
            }
            return new RunWords(
                    segments + 1,
                    Arrays.copyOf(mergedAddresses, count),
                    Arrays.copyOf(mergedFirst, count),
                    Arrays.copyOf(mergedLast, count),
                    Arrays.copyOf(mergedTouched, count));
        }

        private void add(int address, long before, long after, int by) {
            mergedAddresses[count] = address;
            mergedFirst[count] = before;
            mergedLast[count] = after;
            mergedTouched[count] = by;
            count++;
        }
    }

    /** As the table of first and last values takes them. */
    List<FirstLastChip.Word> words() {
        List<FirstLastChip.Word> words = new ArrayList<>(count());
        for (int i = 0; i < count(); i++) {
            words.add(new FirstLastChip.Word(addresses[i], first[i], last[i], touched[i]));
        }
        return words;
    }

    /** The words as bytes: addresses as differences. */
    public byte[] bytes() {
        PieceWriter bytes = new PieceWriter(MAGIC, VERSION).number(segments).number(count());
        int before = -1;
        for (int i = 0; i < count(); i++) {
            bytes.small(addresses[i] - before - 1L)
                    .small(touched[i])
                    .number(first[i])
                    .number(last[i]);
            before = addresses[i];
        }
        return bytes.bytes();
    }

    /**
     * The words of {@code bytes}.
     *
     * @throws IllegalArgumentException telling what is wrong
     */
    public static RunWords read(byte[] bytes) {
        PieceReader in = new PieceReader("words of a run", MAGIC, VERSION, bytes);
        int segments = in.number();
        in.require(segments >= 0 && segments <= CoreProof.MAX_SEGMENTS, segments + " segments");
        int count = in.count(LEAST_BYTES);
        RunWords words = new RunWords(segments, new int[count], new long[count], new long[count], new int[count]);
        long before = -1;
        for (int i = 0; i < count; i++) {
            before += 1 + in.small(Buses.LAST_ADDRESS);
            in.require(before <= Buses.LAST_ADDRESS, "no memory at word " + before);
            words.addresses[i] = (int) before;
            words.touched[i] = (int) in.small(segments);
            words.first[i] = in.longNumber();
            words.last[i] = in.longNumber();
        }
        in.end();
        return words;
    }
}
