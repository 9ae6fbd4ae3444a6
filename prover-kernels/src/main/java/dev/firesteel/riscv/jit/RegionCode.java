package dev.firesteel.riscv.jit;

import dev.firesteel.riscv.vm.Machine;

/**
 * The superclass of generated classes. Instances have no state that a run changes: all machines of all threads that execute a program share
 * them.
 */
abstract class RegionCode {
    /** Returned when the region was left between two instructions. */
    static final int LEFT = -1;

    private int size;

    /** Byte codes of the generated method. */
    final int size() {
        return size;
    }

    final void setSize(int byteCodes) {
        size = byteCodes;
    }

    /**
     * Executes from the region's head until it is left. The registers and {@link Machine#pc} are exact then, counts are
     * in the frame.
     *
     * @return {@link #LEFT}, or when a load or store faulted its ordinal in the region: its block is then counted and
     *     paid from the budget as if it had run to its end, and {@link Machine#pc} is not set
     */
    abstract int run(Machine machine, Frame frame);
}
