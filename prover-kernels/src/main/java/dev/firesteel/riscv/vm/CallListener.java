package dev.firesteel.riscv.vm;

/** Hears of every JAL and JALR that completes. */
public interface CallListener {
    /**
     * A jump has completed.
     *
     * @param rd its destination, {@link Code#SINK} for x0
     * @param rs1 JALR's base register, -1 for JAL
     * @param from address of the jump
     * @param target where it goes
     * @param cycle cycles of the run up to and with the jump
     */
    void jumped(int rd, int rs1, long from, long target, long cycle);
}
