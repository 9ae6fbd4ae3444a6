package dev.firesteel.riscv;

import dev.firesteel.riscv.vm.Interpreter;
import dev.firesteel.riscv.vm.Machine;
import dev.firesteel.riscv.vm.Memory;

/** Executes one segment alone, an instruction at a time, for those who have to see every step. Says nothing of whether the segment is a true one. */
public final class SegmentStepper {
    private final Interpreter interpreter;
    private final Machine machine;
    private final long cycles;
    private final int segment;

    /** A stepper before the first instruction of {@code segment}, which must be one of {@code program}. */
    public SegmentStepper(Program program, Segment segment) {
        Memory memory = new Memory((address, page) -> {}, (address, value, stamp) -> {});
        // As if an earlier segment had touched the words: the stamps are nobody's business here.
        memory.beginSegment();
        for (int i = 0; i < segment.addresses().length; i++) {
            memory.poke(segment.addresses()[i], segment.valuesIn()[i], 1);
        }
        machine = new Machine(memory, segment.startPc());
        System.arraycopy(segment.startRegisters(), 0, machine.registers, 0, 32);
        interpreter = new Interpreter(program.code());
        cycles = segment.cycles();
        this.segment = segment.index();
    }

    /** Whether instructions of the segment are left. */
    public boolean hasNext() {
        return machine.cycles < cycles;
    }

    /**
     * Executes one instruction.
     *
     * @throws ReplayException when it does not complete, which the instructions of a true segment do
     */
    public void step() {
        if (interpreter.run(machine, 1) != 1) {
            throw new ReplayException(
                    ReplayError.WRONG_END,
                    segment,
                    -1,
                    "the run ends after " + machine.cycles + " of " + cycles + " cycles");
        }
    }

    /** Address of the next instruction. */
    public long pc() {
        return machine.pc;
    }

    /** Instructions executed so far. */
    public long done() {
        return machine.cycles;
    }

    /** The value of x0 … x31; register 32 has what was last written to x0, 0 before. */
    public long register(int index) {
        return machine.registers[index];
    }

    /** The 8 bytes at {@code address}, a multiple of 8, as memory holds them now; 0 where no memory is, for an instruction that will not complete. */
    public long word(long address) {
        return address >= 0 && address < AddressSpace.END ? machine.memory.peek(address) : 0;
    }

    /** Whether HALT was executed. */
    public boolean halted() {
        return machine.outcome() == Outcome.HALTED;
    }

    /** The exit code, once halted. */
    public int exitCode() {
        return machine.exitCode();
    }

    /** Bytes of public output that the segment has written so far. */
    public byte[] output() {
        return machine.output().from(0);
    }
}
