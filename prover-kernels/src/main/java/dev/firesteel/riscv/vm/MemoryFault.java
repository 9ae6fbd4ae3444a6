package dev.firesteel.riscv.vm;

import dev.firesteel.riscv.Trap;

/** A load or store that traps. Carries no stack trace: it is the guest's fault, and one instance serves all. */
public final class MemoryFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final MemoryFault LOAD = new MemoryFault(Trap.LOAD_FAULT);
    static final MemoryFault STORE = new MemoryFault(Trap.STORE_FAULT);

    private final Trap trap;

    private MemoryFault(Trap trap) {
        super(trap.name(), null, false, false);
        this.trap = trap;
    }

    /** LOAD_FAULT or STORE_FAULT. */
    public Trap trap() {
        return trap;
    }
}
