package dev.firesteel.riscv.vm;

import dev.firesteel.riscv.Trap;

/** A load or store that traps, or for which there is no memory. Carries no stack trace: it is the guest's fault, and one instance serves all. */
public final class MemoryFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final MemoryFault LOAD = new MemoryFault(Trap.LOAD_FAULT);
    static final MemoryFault STORE = new MemoryFault(Trap.STORE_FAULT);
    /** Not the machine's fault but the limit of this run. */
    static final MemoryFault LIMIT = new MemoryFault(null);

    private final Trap trap;

    private MemoryFault(Trap trap) {
        super(trap == null ? "memory limit" : trap.name(), null, false, false);
        this.trap = trap;
    }

    /** LOAD_FAULT or STORE_FAULT; null when the run has had all the memory that it may have. */
    public Trap trap() {
        return trap;
    }
}
