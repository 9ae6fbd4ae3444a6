package dev.firesteel.riscv.jit;

import dev.firesteel.riscv.vm.Code;
import java.util.List;

/**
 * What one generated method executes.
 *
 * @param head index of the first instruction ({@link Code} indices throughout)
 * @param blocks by start index; one of them starts at {@code head}
 * @param returnPoints indices behind calls in the region that are starts of blocks: where a return may go directly
 */
record RegionPlan(int head, List<Block> blocks, List<Integer> returnPoints) {
    /** A jump target that is not known when translating, or none. */
    static final int UNKNOWN = -1;

    /**
     * Instructions that are executed together or, when one of them faults, up to that one.
     *
     * @param start index of the first
     * @param length how many; at least 1
     * @param target where the last one goes when it is a jump or taken branch with a known aligned target, else UNKNOWN
     */
    record Block(int start, int length, int target) {
        int last() {
            return start + length - 1;
        }

        /** Index behind the block. */
        int next() {
            return start + length;
        }
    }

    int instructions() {
        return blocks.stream().mapToInt(Block::length).sum();
    }
}
