package dev.firesteel.riscv.vm;

import dev.firesteel.riscv.AddressSpace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The guest's 4 GiB: pages that exist once they are touched, and for every 8-byte word a stamp, 1 + the index of the segment that
 * touched it last.
 *
 * <p>One comparison decides the common case. An aligned access to a word whose stamp is the current segment's is plainly done;
 * everything else (another segment's stamp, a page that does not exist, a guard, an address above 4 GiB, a misaligned address)
 * takes the slow path. Guards never get a stamp, so they cost the fast path nothing.
 */
public final class Memory {
    /** Bytes of a page. */
    public static final int PAGE_BYTES = 1 << 16;

    private static final int PAGES = 1 << 16;
    private static final int PAGE_MASK = PAGE_BYTES - 1;
    /** Bits that must be 0 for an aligned access of 1, 2, 4, 8 bytes below 4 GiB. */
    private static final long SLOW_1 = 0xFFFF_FFFF_0000_0000L;

    private static final long SLOW_2 = SLOW_1 | 1;
    private static final long SLOW_4 = SLOW_1 | 3;
    private static final long SLOW_8 = SLOW_1 | 7;

    /** Stamps of every page that does not exist yet: none is ever current. */
    private static final int[] ABSENT = new int[PAGE_BYTES / 8];

    /** Bytes in words of 8, the lowest address in the lowest bits: words are what stamps count, and plain array accesses are what compilers like. */
    private final long[][] data = new long[PAGES][];

    private final int[][] stamps = new int[PAGES][];
    private final PageSource source;
    private final TouchListener listener;
    private int pagesLeft;
    private int current;
    private long touchedInSegment;
    private long touchedEver;
    private long misaligned;

    /** Memory whose first bytes come from {@code source}, all 4 GiB of it if need be; segment 0 begins. */
    public Memory(PageSource source, TouchListener listener) {
        this(source, listener, AddressSpace.END);
    }

    /** Memory of which pages of at most {@code maxBytes} may exist; who touches more gets {@link MemoryFault#LIMIT}. */
    public Memory(PageSource source, TouchListener listener, long maxBytes) {
        this.pagesLeft = (int) Math.min(PAGES, maxBytes / PAGE_BYTES);
        Arrays.fill(stamps, ABSENT);
        this.source = source;
        this.listener = listener;
        this.current = 1;
    }

    /** The next segment begins: all words count as untouched by it. */
    public void beginSegment() {
        current = Math.incrementExact(current);
        touchedInSegment = 0;
    }

    /** The pages' words by address / 64 KiB, null where there is none. For engines that inline the common case. */
    public long[][] pages() {
        return data;
    }

    /** The pages' stamps. A page that does not exist has stamps that are never current. */
    public int[][] stampPages() {
        return stamps;
    }

    /** The stamp of words that the current segment touched; changes with {@link #beginSegment} only. */
    public int currentStamp() {
        return current;
    }

    /** Distinct words touched in the current segment. */
    public long touchedInSegment() {
        return touchedInSegment;
    }

    /** Distinct words touched since the start. */
    public long touchedEver() {
        return touchedEver;
    }

    /** Misaligned accesses since the start. */
    public long misaligned() {
        return misaligned;
    }

    /** LBU's value. */
    public long loadByte(long address) {
        int page = (int) (address >>> 16);
        int word = ((int) address & PAGE_MASK) >>> 3;
        if ((address & SLOW_1) == 0 && stamps[page][word] == current) {
            return data[page][word] >>> ((int) address << 3) & 0xFFL;
        }
        return loadSlow(address, 1);
    }

    /** LHU's value. */
    public long loadHalf(long address) {
        int page = (int) (address >>> 16);
        int word = ((int) address & PAGE_MASK) >>> 3;
        if ((address & SLOW_2) == 0 && stamps[page][word] == current) {
            return data[page][word] >>> ((int) address << 3) & 0xFFFFL;
        }
        return loadSlow(address, 2);
    }

    /** LWU's value. */
    public long loadWord(long address) {
        int page = (int) (address >>> 16);
        int word = ((int) address & PAGE_MASK) >>> 3;
        if ((address & SLOW_4) == 0 && stamps[page][word] == current) {
            return data[page][word] >>> ((int) address << 3) & 0xFFFF_FFFFL;
        }
        return loadSlow(address, 4);
    }

    /** LD's value. */
    public long loadDouble(long address) {
        int page = (int) (address >>> 16);
        int word = ((int) address & PAGE_MASK) >>> 3;
        if ((address & SLOW_8) == 0 && stamps[page][word] == current) {
            return data[page][word];
        }
        return loadSlow(address, 8);
    }

    /** SB. */
    public void storeByte(long address, long value) {
        int page = (int) (address >>> 16);
        int word = ((int) address & PAGE_MASK) >>> 3;
        if ((address & SLOW_1) == 0 && stamps[page][word] == current) {
            data[page][word] = replace(data[page][word], 0xFFL, (int) address << 3, value);
        } else {
            storeSlow(address, 1, value);
        }
    }

    /** SH. */
    public void storeHalf(long address, long value) {
        int page = (int) (address >>> 16);
        int word = ((int) address & PAGE_MASK) >>> 3;
        if ((address & SLOW_2) == 0 && stamps[page][word] == current) {
            data[page][word] = replace(data[page][word], 0xFFFFL, (int) address << 3, value);
        } else {
            storeSlow(address, 2, value);
        }
    }

    /** SW. */
    public void storeWord(long address, long value) {
        int page = (int) (address >>> 16);
        int word = ((int) address & PAGE_MASK) >>> 3;
        if ((address & SLOW_4) == 0 && stamps[page][word] == current) {
            data[page][word] = replace(data[page][word], 0xFFFF_FFFFL, (int) address << 3, value);
        } else {
            storeSlow(address, 4, value);
        }
    }

    /** SD. */
    public void storeDouble(long address, long value) {
        int page = (int) (address >>> 16);
        int word = ((int) address & PAGE_MASK) >>> 3;
        if ((address & SLOW_8) == 0 && stamps[page][word] == current) {
            data[page][word] = value;
        } else {
            storeSlow(address, 8, value);
        }
    }

    /** {@code word} with the bits of {@code mask}, moved up by {@code shift} modulo 64, taken from {@code value}. */
    public static long replace(long word, long mask, int shift, long value) {
        return word & ~(mask << shift) | (value & mask) << shift;
    }

    private long loadSlow(long address, int size) {
        if (!AddressSpace.accessible(address, size)) {
            throw MemoryFault.LOAD;
        }
        touch(address, size);
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            long at = address + i;
            value = value << 8 | data[(int) (at >>> 16)][((int) at & PAGE_MASK) >>> 3] >>> ((int) at << 3) & 0xFF;
        }
        return value;
    }

    private void storeSlow(long address, int size, long value) {
        // All bytes are checked before any is written: a store that traps has no effect.
        if (!AddressSpace.accessible(address, size)) {
            throw MemoryFault.STORE;
        }
        touch(address, size);
        for (int i = 0; i < size; i++) {
            long at = address + i;
            long[] words = data[(int) (at >>> 16)];
            int word = ((int) at & PAGE_MASK) >>> 3;
            words[word] = replace(words[word], 0xFF, (int) at << 3, value >>> 8 * i);
        }
    }

    private void touch(long address, int size) {
        long last = (address + size - 1) & ~7L;
        if (last != (address & ~7L)) {
            // Both pages must be there before anything is counted: an access for which there is no memory touches
            // nothing.
            existing((int) (last >>> 16));
            touchWord(address & ~7L);
            touchWord(last);
        } else {
            touchWord(last);
        }
        if ((address & (size - 1)) != 0) {
            misaligned++;
        }
    }

    private void touchWord(long address) {
        int page = (int) (address >>> 16);
        int word = ((int) address & PAGE_MASK) >>> 3;
        int[] pageStamps = existing(page);
        int stamp = pageStamps[word];
        if (stamp != current) {
            listener.touched(address, data[page][word], stamp);
            pageStamps[word] = current;
            touchedInSegment++;
            if (stamp == 0) {
                touchedEver++;
            }
        }
    }

    private int[] existing(int page) {
        if (stamps[page] == ABSENT) {
            if (pagesLeft == 0) {
                throw MemoryFault.LIMIT;
            }
            pagesLeft--;
            byte[] bytes = new byte[PAGE_BYTES];
            source.fill((long) page << 16, bytes);
            long[] words = new long[PAGE_BYTES / 8];
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
            data[page] = words;
            stamps[page] = new int[PAGE_BYTES / 8];
        }
        return stamps[page];
    }

    /**
     * Makes the pages of {@code words} words from {@code address} on exist; they span two pages at most and lie where accesses may happen. What is done
     * for all words of an instruction before any of them is read or written touches nothing when there is no memory for it.
     */
    void reserve(long address, int words) {
        existing((int) (address >>> 16));
        existing((int) (address + 8L * words - 1 >>> 16));
    }

    /** {@code words} words from {@code address} on, a multiple of 8, touched; {@link #reserve} them first. */
    long[] read(long address, int words) {
        long[] values = new long[words];
        for (int i = 0; i < words; i++) {
            long at = address + 8L * i;
            touchWord(at);
            values[i] = data[(int) (at >>> 16)][((int) at & PAGE_MASK) >>> 3];
        }
        return values;
    }

    /** Sets words that {@link #read} has touched. */
    void write(long address, long[] values) {
        for (int i = 0; i < values.length; i++) {
            long at = address + 8L * i;
            data[(int) (at >>> 16)][((int) at & PAGE_MASK) >>> 3] = values[i];
        }
    }

    /** The word at {@code address} (a multiple of 8 below 4 GiB), not counted as touched. */
    public long peek(long address) {
        int page = (int) (address >>> 16);
        existing(page);
        return data[page][((int) address & PAGE_MASK) >>> 3];
    }

    /** The stamp of the word at {@code address} (a multiple of 8 below 4 GiB). */
    public int stamp(long address) {
        return stamps[(int) (address >>> 16)][((int) address & PAGE_MASK) >>> 3];
    }

    /** Sets the word at {@code address} (a multiple of 8 below 4 GiB) and its stamp, not counted as touched. */
    public void poke(long address, long value, int stamp) {
        int page = (int) (address >>> 16);
        existing(page)[((int) address & PAGE_MASK) >>> 3] = stamp;
        data[page][((int) address & PAGE_MASK) >>> 3] = value;
    }
}
