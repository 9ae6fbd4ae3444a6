package dev.firesteel.chips;

import dev.firesteel.air.Trace;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.riscv.AddressSpace;
import dev.firesteel.riscv.ImageSegment;
import dev.firesteel.riscv.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What memory holds at the start, as the key fixes it: the words of the image, and the regions between them, which begin as zeros or hold the input.
 * Guards are in no region, so no word of theirs can be opened, and an access to one cannot be proved.
 */
final class RegionRows {
    /** Kind of regions whose words are 0 at first. */
    static final int ZERO = 0;
    /** Kind of the region whose words are the prover's to choose. */
    static final int INPUT = 1;

    private static final long SP_ADDRESS = Buses.REGISTERS + 2L;
    /** Kind of rows that are no region. */
    private static final int NONE = 2;

    /** @param first its first address, divided by 8 as everywhere here */
    record Region(long first, long last, int kind) {}

    /** Rows that the two tables need. */
    record Sizes(int image, int regions) {}

    private final long[] addresses;
    private final long[] values;
    private final List<Region> regions = new ArrayList<>();

    RegionRows(Program program) {
        SortedMap<Long, Long> image = image(program);
        addresses = image.keySet().stream().mapToLong(a -> a).toArray();
        values = image.values().stream().mapToLong(v -> v).toArray();
        long next = 0;
        for (long address : addresses) {
            gap(regions, next, address - 1);
            next = address + 1;
        }
        gap(regions, next, Buses.LAST_ADDRESS);
    }

    /** The sizes of a program's tables, without making them: by stretches of words instead of words. */
    static Sizes sizes(Program program) {
        SortedMap<Long, Long> stretches = new TreeMap<>();
        for (ImageSegment segment : program.segments()) {
            int bytes = segment.fileBytes().length;
            if (bytes > 0) {
                stretches.merge(segment.address() >>> 3, segment.address() + bytes - 1 >>> 3, Math::max);
            }
        }
        stretches.put(SP_ADDRESS, SP_ADDRESS);
        List<Region> regions = new ArrayList<>();
        long words = 0;
        long next = 0;
        for (Map.Entry<Long, Long> stretch : stretches.entrySet()) {
            gap(regions, next, stretch.getKey() - 1);
            // Two segments may share a word.
            words += stretch.getValue() + 1 - Math.max(next, stretch.getKey());
            next = stretch.getValue() + 1;
        }
        gap(regions, next, Buses.LAST_ADDRESS);
        return new Sizes(Math.toIntExact(words), regions.size());
    }

    /** Every word that has a byte from the file, and the stack pointer. */
    private static SortedMap<Long, Long> image(Program program) {
        SortedMap<Long, Long> words = new TreeMap<>();
        for (ImageSegment segment : program.segments()) {
            byte[] bytes = segment.fileBytes();
            for (int i = 0; i < bytes.length; i++) {
                long address = segment.address() + i;
                words.merge(address >>> 3, (bytes[i] & 0xFFL) << 8 * (address & 7), (x, y) -> x | y);
            }
        }
        words.put(SP_ADDRESS, AddressSpace.STACK_TOP);
        return words;
    }

    /** The parts of [from, to] that may be touched. */
    private static void gap(List<Region> regions, long from, long to) {
        cut(regions, from, to, AddressSpace.NULL_GUARD_END >>> 3, (AddressSpace.INPUT_START >>> 3) - 1, ZERO);
        cut(regions, from, to, AddressSpace.INPUT_START >>> 3, (AddressSpace.INPUT_END >>> 3) - 1, INPUT);
        cut(regions, from, to, AddressSpace.STACK_GUARD_END >>> 3, (AddressSpace.END >>> 3) - 1, ZERO);
        cut(regions, from, to, Buses.REGISTERS, Buses.REGISTERS + Buses.SINK - 1, ZERO);
        cut(regions, from, to, Buses.REGISTERS + Buses.OUTPUT_POSITION, Buses.REGISTERS + Buses.OUTPUT_POSITION, ZERO);
    }

    private static void cut(List<Region> regions, long from, long to, long first, long last, int kind) {
        long start = Math.max(from, first);
        long end = Math.min(to, last);
        if (start <= end) {
            regions.add(new Region(start, end, kind));
        }
    }

    /** The row of the image's word at {@code address}, or a negative number when the image does not have it. */
    int imageRow(long address) {
        return Arrays.binarySearch(addresses, address);
    }

    /** The row of the region that has {@code address}, −1 when none does. */
    int regionRow(long address) {
        for (int i = 0; i < regions.size(); i++) {
            if (regions.get(i).first <= address && address <= regions.get(i).last) {
                return i;
            }
        }
        return -1;
    }

    Region region(int row) {
        return regions.get(row);
    }

    /** The row of the region that begins at {@code first}, −1 when none does. */
    int regionFrom(long first) {
        int row = regionRow(first);
        return row >= 0 && regions.get(row).first == first ? row : -1;
    }

    int imageSize() {
        return addresses.length;
    }

    int regionCount() {
        return regions.size();
    }

    /** The preprocessed table of {@link ImageChip}; rows that hold no word have an address that no row asks for. */
    Trace imageTrace() {
        Trace trace = Trace.zeros(TableFiller.height(addresses.length), 1 + Buses.LIMBS);
        for (int row = 0; row < trace.height(); row++) {
            boolean word = row < addresses.length;
            trace.set(row, 0, KoalaBear.fromCanonical(word ? addresses[row] : -1));
            for (int i = 0; word && i < Buses.LIMBS; i++) {
                trace.set(row, 1 + i, KoalaBear.fromCanonical(values[row] >>> 16 * i & 0xFFFF));
            }
        }
        return trace;
    }

    /** The preprocessed table of {@link RegionChip}; rows that are no region have a kind that no row asks for. */
    Trace regionTrace() {
        Trace trace = Trace.zeros(TableFiller.height(regions.size()), 3);
        for (int row = 0; row < trace.height(); row++) {
            boolean is = row < regions.size();
            trace.set(row, 0, KoalaBear.fromCanonical(is ? regions.get(row).first : 0));
            trace.set(row, 1, KoalaBear.fromCanonical(is ? regions.get(row).last : 0));
            trace.set(row, 2, KoalaBear.fromCanonical(is ? regions.get(row).kind : NONE));
        }
        return trace;
    }
}
