package dev.firesteel.poly;

import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Arrays that are used again: Java fills a new array with zeros, on one thread, and memory that the system has not given yet costs more still. What is
 * taken is given back all at once, by {@link #release}; whoever took it may not use it any more then. A sequence of proofs of the same shape allocates
 * in the first one only.
 *
 * <p>An array that was not taken again between two releases of everything is forgotten: there is never more here than what was in use, or had been given
 * back, since the last but one.
 *
 * <p>One user at a time, who may take from several threads; what is here when nobody uses it is garbage that nobody reads.
 */
public final class Memory {
    /** Shorter arrays are always new, and not kept. */
    private static final int LEAST = 1024;

    private static final Memory FRESH = new Memory(false, 0);

    private final boolean kept;
    private final int garbage;
    private final List<int[]> taken = new ArrayList<>();
    private final TreeMap<Integer, Deque<int[]>> free = new TreeMap<>();

    /** What was taken since everything was released. */
    private final Set<Identity> used = new HashSet<>();

    private record Identity(int[] array) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Identity o && o.array == array;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(array);
        }
    }

    /** Memory that keeps what is released. */
    public Memory() {
        this(true, 0);
    }

    private Memory(boolean kept, int garbage) {
        this.kept = kept;
        this.garbage = garbage;
    }

    /** Memory that keeps nothing: arrays are new, and the collector's. */
    public static Memory fresh() {
        return FRESH;
    }

    /** For tests: keeps as others do, and hands out every array full of something that is no element, so that who relies on zeros is found out. */
    public static Memory ofGarbage(int garbage) {
        return new Memory(true, garbage);
    }

    /** An array of at least {@code length}, with anything in it. */
    public int[] ints(int length) {
        if (!kept) {
            return new int[length];
        }
        int[] array = length < LEAST ? new int[length] : take(length);
        if (garbage != 0) {
            Arrays.fill(array, garbage);
        }
        return array;
    }

    private synchronized int[] take(int length) {
        Map.Entry<Integer, Deque<int[]>> fit = free.ceilingEntry(length);
        int[] array;
        if (fit == null || fit.getKey() / 2 > length) {
            array = new int[length];
        } else {
            array = fit.getValue().pop();
            if (fit.getValue().isEmpty()) {
                free.remove(fit.getKey());
            }
        }
        taken.add(array);
        used.add(new Identity(array));
        return array;
    }

    /** A vector with anything in it. */
    public ExtVector vector(int length) {
        int[][] coordinates = new int[Ext5.DEGREE][];
        Arrays.setAll(coordinates, k -> ints(length));
        return new ExtVector(length, coordinates);
    }

    /** A vector of zeros. */
    public ExtVector zeros(int length) {
        ExtVector vector = vector(length);
        for (int[] coordinate : vector.coordinates()) {
            Arrays.fill(coordinate, 0, length, 0);
        }
        return vector;
    }

    /** What is taken after this is what {@link #release} with it gives back. */
    public synchronized int mark() {
        return taken.size();
    }

    /** Gives back what was taken since a mark, 0 being everything. */
    public synchronized void release(int mark) {
        List<int[]> back = taken.subList(mark, taken.size());
        back.forEach(array ->
                free.computeIfAbsent(array.length, k -> new ArrayDeque<>()).push(array));
        back.clear();
        if (mark == 0) {
            free.values().forEach(arrays -> arrays.removeIf(array -> !used.contains(new Identity(array))));
            free.values().removeIf(Deque::isEmpty);
            used.clear();
        }
    }

    /** The bytes of all arrays that are not in use. */
    public synchronized long freeBytes() {
        return free.entrySet().stream()
                .mapToLong(e -> (long) Integer.BYTES * e.getKey() * e.getValue().size())
                .sum();
    }
}
