package dev.firesteel.examples;

/**
 * A permutation network of switches on two wires (V. E. Beneš, "Mathematical Theory of Connecting Networks and Telephone Traffic", 1965).
 *
 * <p>n = 2^m wires run through 2m − 1 layers of n/2 switches. Layer 0 pairs neighbours and hands one of each pair to the upper half and
 * one to the lower; the halves are networks of n/2 wires; the last layer mirrors the first. Wire w between layers l − 1 and l has the
 * number l·n + w, so that the inputs are wires 0…n − 1 and the outputs {@code layers}·n….
 */
final class BenesNetwork {
    private final int size;
    private final int layers;
    /** Per switch, layer by layer: upper and lower wire in, upper and lower wire out. */
    private final int[][] wires;

    /** The network of 2^logSize wires; with one wire there is no switch. */
    BenesNetwork(int logSize) {
        size = 1 << logSize;
        layers = Math.max(0, 2 * logSize - 1);
        wires = new int[layers * (size / 2)][];
        for (int depth = 0; depth < logSize; depth++) {
            int block = size >> depth;
            for (int base = 0; base < size; base += block) {
                for (int i = 0; i < block / 2; i++) {
                    connect(depth, base, block, i);
                }
            }
        }
    }

    /** Switch i of the first and of the last layer of the sub-network of {@code block} wires that begins at {@code base}. */
    private void connect(int depth, int base, int block, int i) {
        int last = layers - 1 - depth;
        int even = base + 2 * i;
        int upper = block == 2 ? even : base + i;
        int lower = block == 2 ? even + 1 : base + block / 2 + i;
        wires[index(depth, base, i)] = new int[] {
            between(depth, even), between(depth, even + 1), between(depth + 1, upper), between(depth + 1, lower)
        };
        wires[index(last, base, i)] = new int[] {
            between(last, upper), between(last, lower), between(last + 1, even), between(last + 1, even + 1)
        };
    }

    private int index(int layer, int base, int i) {
        return layer * (size / 2) + base / 2 + i;
    }

    private int between(int layer, int position) {
        return layer * size + position;
    }

    /** The number of switches in a network of 2^logSize wires. */
    static long switches(int logSize) {
        return logSize == 0 ? 0 : (2L * logSize - 1) << (logSize - 1);
    }

    int size() {
        return size;
    }

    int switches() {
        return wires.length;
    }

    /** Wires in (0, 1) and out (2, 3) of a switch; switches are in an order in which each comes after those before it on its wires. */
    int wire(int index, int end) {
        return wires[index][end];
    }

    /** The wire of output {@code j}. */
    int output(int j) {
        return between(layers, j);
    }

    /** The number of wires between layers, inputs and outputs included. */
    int wires() {
        return (layers + 1) * size;
    }

    /**
     * Settings, true for crossed, that bring input {@code source[j]} to output j.
     *
     * @param source a permutation of 0…n − 1
     */
    boolean[] route(int[] source) {
        boolean[] crossed = new boolean[wires.length];
        int[] current = source.clone();
        for (int depth = 0; size >> depth >= 2; depth++) {
            int block = size >> depth;
            int[] next = new int[size];
            for (int base = 0; base < size; base += block) {
                if (block == 2) {
                    crossed[index(depth, base, 0)] = current[base] == 1;
                } else {
                    split(depth, base, block, current, next, crossed);
                }
            }
            current = next;
        }
        return crossed;
    }

    /**
     * Sets the outer layers of one sub-network and writes what its halves have to do to {@code next}. Two inputs of one switch go to
     * different halves, two outputs of one switch come from different halves: following these demands in turn gives closed loops.
     */
    private void split(int depth, int base, int block, int[] source, int[] next, boolean[] crossed) {
        int half = block / 2;
        int last = layers - 1 - depth;
        int[] target = new int[block];
        for (int j = 0; j < block; j++) {
            target[source[base + j]] = j;
        }
        boolean[] done = new boolean[half];
        for (int start = 0; start < half; start++) {
            int upperOutput = 2 * start;
            while (!done[upperOutput / 2]) {
                done[upperOutput / 2] = true;
                int upperInput = source[base + upperOutput];
                crossed[index(last, base, upperOutput / 2)] = (upperOutput & 1) == 1;
                crossed[index(depth, base, upperInput / 2)] = (upperInput & 1) == 1;
                next[base + upperOutput / 2] = upperInput / 2;
                int lowerOutput = upperOutput ^ 1;
                next[base + half + lowerOutput / 2] = source[base + lowerOutput] / 2;
                // The input beside this one goes through the lower half, so the output beside its own comes from the
                // upper.
                upperOutput = target[upperInput ^ 1] ^ 1;
            }
        }
    }
}
