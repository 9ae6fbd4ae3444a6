package dev.firesteel.riscv.vm;

import java.util.Arrays;

/** The words that the current segment has touched, in the order of their first touch. */
public final class TouchLog implements TouchListener {
    private static final int RADIX_BITS = 10;

    private long[] addresses = new long[1024];
    private long[] values = new long[1024];
    private int[] stamps = new int[1024];
    private int size;

    @Override
    public void touched(long address, long value, int stamp) {
        if (size == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            stamps = Arrays.copyOf(stamps, 2 * size);
        }
        addresses[size] = address;
        values[size] = value;
        stamps[size++] = stamp;
    }

    /** Words so far. */
    public int size() {
        return size;
    }

    /**
     * Hands the words over, sorted by address, and forgets them.
     *
     * @param addresses multiples of 8, strictly increasing
     * @param values the value of each before the segment
     * @param stamps 1 + the index of the segment that touched each last, 0 for none
     */
    public record Words(long[] addresses, long[] values, int[] stamps) {}

    /** Sorts and empties the log. */
    public Words drain() {
        int[] order = sortedOrder();
        long[] sortedAddresses = new long[size];
        long[] sortedValues = new long[size];
        int[] sortedStamps = new int[size];
        for (int i = 0; i < size; i++) {
            sortedAddresses[i] = addresses[order[i]];
            sortedValues[i] = values[order[i]];
            sortedStamps[i] = stamps[order[i]];
        }
        size = 0;
        return new Words(sortedAddresses, sortedValues, sortedStamps);
    }

    /** Radix sort of the 29 bits of a word's number: comparing would cost a tenth of a segment's execution. */
    private int[] sortedOrder() {
        int[] order = new int[size];
        int[] other = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        int[] counts = new int[(1 << RADIX_BITS) + 1];
        for (int shift = 3; shift < 32; shift += RADIX_BITS) {
            Arrays.fill(counts, 0);
            for (int i = 0; i < size; i++) {
                counts[digit(i, shift) + 1]++;
            }
            for (int d = 0; d < 1 << RADIX_BITS; d++) {
                counts[d + 1] += counts[d];
            }
            for (int i = 0; i < size; i++) {
                other[counts[digit(order[i], shift)]++] = order[i];
            }
            int[] swap = order;
            order = other;
            other = swap;
        }
        return order;
    }

    private int digit(int index, int shift) {
        return (int) (addresses[index] >>> shift) & (1 << RADIX_BITS) - 1;
    }
}
