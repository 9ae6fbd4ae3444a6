package dev.firesteel.riscv.jit;

import dev.firesteel.riscv.jit.RegionPlan.Block;
import dev.firesteel.riscv.vm.Code;
import dev.firesteel.riscv.vm.Machine;
import dev.firesteel.riscv.vm.Opcode;

/** A region's code and what its counters mean. Immutable. */
final class TranslatedRegion {
    private final int id;
    private final RegionCode code;
    private final int[] starts;
    private final int[] lengths;
    /** For each block pairs of operation and how often it occurs. */
    private final int[][] operations;

    private final int headLength;

    TranslatedRegion(int id, Code source, RegionPlan plan, RegionCode code) {
        this.id = id;
        this.code = code;
        int blocks = plan.blocks().size();
        starts = new int[blocks];
        lengths = new int[blocks];
        operations = new int[blocks][];
        int head = 0;
        for (int b = 0; b < blocks; b++) {
            Block block = plan.blocks().get(b);
            starts[b] = block.start();
            lengths[b] = block.length();
            operations[b] = histogram(source, block);
            head = block.start() == plan.head() ? block.length() : head;
        }
        headLength = head;
    }

    private static int[] histogram(Code source, Block block) {
        int[] counts = new int[Opcode.COUNT];
        for (int i = block.start(); i < block.next(); i++) {
            counts[source.operation(i)]++;
        }
        int kinds = 0;
        for (int count : counts) {
            kinds += count == 0 ? 0 : 1;
        }
        int[] pairs = new int[2 * kinds];
        int at = 0;
        for (int operation = 0; operation < counts.length; operation++) {
            if (counts[operation] != 0) {
                pairs[at++] = operation;
                pairs[at++] = counts[operation];
            }
        }
        return pairs;
    }

    /** Small and dense, in order of translation. */
    int id() {
        return id;
    }

    RegionCode code() {
        return code;
    }

    Frame newFrame() {
        return new Frame(starts.length);
    }

    /** Instructions of the block that the region starts with. */
    int headLength() {
        return headLength;
    }

    /** Adds what the blocks' counters stand for to the machine's counts, and clears them. */
    void drain(Frame frame, Machine machine) {
        for (int b = 0; b < starts.length; b++) {
            long times = frame.counts[b];
            if (times != 0) {
                int[] pairs = operations[b];
                for (int i = 0; i < pairs.length; i += 2) {
                    machine.operationCounts[pairs[i]] += times * pairs[i + 1];
                }
                frame.counts[b] = 0;
            }
        }
        frame.dirty = false;
    }

    /**
     * Corrects counts and budget when instruction {@code site} faulted: what comes before it in its block was executed,
     * it and the rest were not.
     */
    void undo(int site, Frame frame, Machine machine, Code source) {
        int block = 0;
        int offset = site;
        while (offset >= lengths[block]) {
            offset -= lengths[block];
            block++;
        }
        frame.counts[block]--;
        frame.budget += lengths[block] - offset;
        for (int i = 0; i < offset; i++) {
            machine.operationCounts[source.operation(starts[block] + i)]++;
        }
        machine.pc = source.addressOf(starts[block] + offset);
    }
}
