package dev.firesteel.riscv.vm;

import dev.firesteel.riscv.ImageSegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The executable segments, decoded once. Instructions have indices; executable segments that touch form one stretch, in which
 * index and address grow together by 1 and 4, and behind which an {@link Opcode#END} stands. Immutable.
 *
 * <p>A decoded instruction is one {@code long}: operation in bits 0–7, rd in 8–13, rs1 in 16–20, rs2 in 24–28, and in the upper
 * 32 bits the immediate, or for JAL and branches the index of the target, -1 when that is not 4-aligned or outside the stretch.
 * An rd of x0 is stored as {@link #SINK}, a register that nobody reads.
 */
public final class Code {
    /** Register 32 takes what is written to x0. */
    public static final int SINK = 32;

    private final long[] packed;
    private final int[] words;
    private final long[] starts;
    private final int[] firsts;
    private final int[] lengths;
    private Object derived;

    private Code(List<Stretch> stretches) {
        int total = stretches.stream().mapToInt(s -> s.words().length + 1).sum();
        packed = new long[total];
        words = new int[total];
        starts = new long[stretches.size()];
        firsts = new int[stretches.size()];
        lengths = new int[stretches.size()];
        int at = 0;
        for (int s = 0; s < stretches.size(); s++) {
            int[] source = stretches.get(s).words();
            starts[s] = stretches.get(s).start();
            firsts[s] = at;
            lengths[s] = source.length;
            System.arraycopy(source, 0, words, at, source.length);
            for (int i = 0; i < source.length; i++) {
                packed[at + i] = pack(source[i], i, source.length, at);
            }
            packed[at + source.length] = Opcode.END;
            at += source.length + 1;
        }
    }

    private record Stretch(long start, int[] words) {}

    /** Decodes the executable ones of {@code segments}, which are sorted by address and do not overlap. */
    public static Code decode(List<ImageSegment> segments) {
        List<Stretch> stretches = new ArrayList<>();
        List<ImageSegment> joined = new ArrayList<>();
        for (ImageSegment segment : segments) {
            if (segment.executable()) {
                if (!joined.isEmpty() && joined.get(joined.size() - 1).end() != segment.address()) {
                    add(stretches, joined);
                    joined.clear();
                }
                joined.add(segment);
            }
        }
        add(stretches, joined);
        return new Code(stretches);
    }

    private static void add(List<Stretch> stretches, List<ImageSegment> joined) {
        if (joined.isEmpty()) {
            return;
        }
        // Only whole words at multiples of 4 can be fetched.
        long start = (joined.get(0).address() + 3) & ~3L;
        long end = joined.get(joined.size() - 1).end() & ~3L;
        if (start < end) {
            byte[] bytes = new byte[(int) (end - start)];
            joined.forEach(s -> s.copyInto(start, bytes));
            int[] words = new int[bytes.length / 4];
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
            stretches.add(new Stretch(start, words));
        }
    }

    private static long pack(int word, int index, int length, int first) {
        int operation = Decoder.operation(word);
        int upper = Decoder.immediate(operation, word);
        if (operation >= Opcode.JAL && operation <= Opcode.BGEU && operation != Opcode.JALR) {
            int target = index + (upper >> 2);
            upper = (upper & 3) == 0 && target >= 0 && target < length ? first + target : -1;
        }
        int rd = Decoder.writesRegister(operation) ? word >>> 7 & 31 : 0;
        long low = operation | (rd == 0 ? SINK : rd) << 8 | (word >>> 15 & 31) << 16 | (word >>> 20 & 31) << 24;
        return (long) upper << 32 | low;
    }

    /**
     * What an engine made from this code, to be shared by all runs and collected with the code. One type of thing only; made once.
     */
    public synchronized <T> T derived(Class<T> type, Supplier<T> make) {
        if (derived == null) {
            derived = make.get();
        }
        return type.cast(derived);
    }

    /** Number of instruction words, the ENDs not counted. */
    public int instructionCount() {
        return Arrays.stream(lengths).sum();
    }

    /** Number of indices, ENDs included. */
    public int size() {
        return packed.length;
    }

    /** The decoded instructions; not to be written. */
    long[] packed() {
        return packed;
    }

    /** Index of the instruction at {@code address}, or -1 when it is not 4-aligned or outside every stretch. */
    public int indexOf(long address) {
        int stretch = stretchAt(address);
        return stretch < 0 || (address & 3) != 0 ? -1 : firsts[stretch] + (int) ((address - starts[stretch]) >>> 2);
    }

    /** Address of index {@code index}; for an END the address behind the stretch. */
    public long addressOf(int index) {
        int stretch = Arrays.binarySearch(firsts, index);
        stretch = stretch >= 0 ? stretch : -stretch - 2;
        return starts[stretch] + 4L * (index - firsts[stretch]);
    }

    /** Number of stretches. */
    public int stretches() {
        return starts.length;
    }

    /** Index of the stretch that holds {@code address}, or -1. */
    int stretchAt(long address) {
        for (int s = 0; s < starts.length; s++) {
            if (Long.compareUnsigned(address - starts[s], 4L * lengths[s]) < 0) {
                return s;
            }
        }
        return -1;
    }

    /** First address of a stretch. */
    public long stretchStart(int stretch) {
        return starts[stretch];
    }

    /** Index of a stretch's first instruction. */
    public int stretchFirst(int stretch) {
        return firsts[stretch];
    }

    /** Instructions of a stretch, its END not counted. */
    public int stretchLength(int stretch) {
        return lengths[stretch];
    }

    /** The operation at {@code index}. */
    public int operation(int index) {
        return (int) packed[index] & 0xFF;
    }

    /** The destination at {@code index}: 1…31, or {@link #SINK} for x0 and for instructions without one. */
    public int rd(int index) {
        return (int) (packed[index] >>> 8) & 63;
    }

    /** The first source field at {@code index}, 0…31, also where the format has none. */
    public int rs1(int index) {
        return (int) (packed[index] >>> 16) & 31;
    }

    /** The second source field at {@code index}, 0…31, also where the format has none. */
    public int rs2(int index) {
        return (int) (packed[index] >>> 24) & 31;
    }

    /** The immediate at {@code index} as {@link Decoder#immediate} gives it: for jumps and branches the offset in bytes. */
    public int immediate(int index) {
        return Decoder.immediate(operation(index), words[index]);
    }

    /** For JAL and branches: index of the target, -1 when it is not 4-aligned or outside the stretch. */
    public int targetIndex(int index) {
        return (int) (packed[index] >>> 32);
    }

    /** The instruction word at {@code index}, 0 for an END. */
    public int word(int index) {
        return words[index];
    }
}
