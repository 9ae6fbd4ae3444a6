package dev.firesteel.riscv;

/** How a run ended. Success is {@link #HALTED} with exit code 0 and nothing else. */
public enum Outcome {
    /** The guest called HALT; the exit code is its 32 bits in full. */
    HALTED,
    /** The guest trapped. */
    TRAPPED,
    /** The run was stopped after {@link ExecutionOptions#maxCycles()} cycles. */
    CYCLE_LIMIT,
    /** The run was stopped at an access that needs more than {@link ExecutionOptions#maxMemoryBytes()} of memory. */
    MEMORY_LIMIT
}
