package dev.firesteel.chips;

import dev.firesteel.riscv.Segment;
import java.util.Arrays;

/** When each word of a segment was accessed last: a hash table from addresses to the segment's indices. */
final class WordTimes {
    private final long[] addresses;
    private final int[] slots;
    private final int[] clocks;

    WordTimes(Segment segment) {
        addresses = segment.addresses();
        slots = new int[Math.max(2, Integer.highestOneBit(Math.max(1, addresses.length)) << 2)];
        clocks = new int[addresses.length];
        Arrays.fill(slots, -1);
        for (int i = 0; i < addresses.length; i++) {
            int slot = slot(addresses[i]);
            while (slots[slot] >= 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = i;
        }
    }

    private int slot(long address) {
        // Fibonacci hashing: neighbours, which are accessed together, are spread.
        return (int) ((address >>> 3) * 0x9E3779B97F4A7C15L >>> Long.numberOfLeadingZeros(slots.length) + 1);
    }

    /**
     * The clock of the last access to the word at {@code address}, 0 when there was none, and {@code clock} from now on.
     *
     * @throws IllegalArgumentException when the segment does not list the word
     */
    int exchange(long address, int clock) {
        for (int slot = slot(address); slots[slot] >= 0; slot = slot + 1 & slots.length - 1) {
            if (addresses[slots[slot]] == address) {
                int before = clocks[slots[slot]];
                clocks[slots[slot]] = clock;
                return before;
            }
        }
        throw new IllegalArgumentException(
                "the segment accesses the word at 0x" + Long.toHexString(address) + " but does not list it");
    }

    /** Per listed word, the clock of its last access. */
    int[] clocks() {
        return clocks;
    }
}
