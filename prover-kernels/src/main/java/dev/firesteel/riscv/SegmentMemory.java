package dev.firesteel.riscv;

import java.util.Arrays;

/**
 * The memory columns of a segment, all of one length.
 *
 * @param addresses multiples of 8 below 2³², strictly increasing
 * @param valuesIn the words' values before the segment
 * @param lastSegments 1 + the index of the segment that touched each word last, 0 for none
 */
public record SegmentMemory(long[] addresses, long[] valuesIn, int[] lastSegments) {
    @Override
    public boolean equals(Object o) {
        return o instanceof SegmentMemory other
                && Arrays.equals(addresses, other.addresses)
                && Arrays.equals(valuesIn, other.valuesIn)
                && Arrays.equals(lastSegments, other.lastSegments);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(addresses) + Arrays.hashCode(valuesIn);
    }

    @Override
    public String toString() {
        return "SegmentMemory[" + addresses.length + " words]";
    }
}
