package dev.firesteel.riscv;

import dev.firesteel.riscv.vm.InitialMemory;
import dev.firesteel.riscv.vm.Interpreter;
import dev.firesteel.riscv.vm.Machine;
import dev.firesteel.riscv.vm.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Executes one segment alone, from nothing but the program and the segment. */
public final class SegmentReplayer {
    /** Stamp of a listed word that was not touched yet. */
    private static final int LISTED = 1;

    private final Program program;
    private final Segment segment;

    private SegmentReplayer(Program program, Segment segment) {
        this.program = program;
        this.segment = segment;
    }

    /**
     * Executes {@code s} and compares everything it says with what happens: registers, {@code pc}, output, counts, end, that exactly
     * the listed words are touched, and that words no segment touched before hold the program's image (the input region is
     * free). What other segments say is not looked at.
     *
     * @throws ReplayException on the first mismatch
     */
    public static SegmentEnd replay(Program p, Segment s) {
        return new SegmentReplayer(p, s).run();
    }

    private SegmentEnd run() {
        checkInitialValues();
        Machine machine = machine();
        Interpreter interpreter = new Interpreter(program.code());
        long done = interpreter.run(machine, segment.cycles());
        if (done != segment.cycles()) {
            throw mismatch(ReplayError.WRONG_END, machine.outcome() + " after " + done + " of " + segment.cycles());
        }
        Outcome outcome = end(machine, interpreter);
        compare(machine);
        long[] addresses = segment.addresses();
        long[] valuesOut = new long[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            valuesOut[i] = machine.memory.peek(addresses[i]);
        }
        return new SegmentEnd(
                machine.registerFile(),
                machine.pc,
                valuesOut,
                machine.output().from(0),
                machine.familyCounts(),
                machine.memory.misaligned(),
                outcome,
                outcome == Outcome.HALTED ? machine.exitCode() : 0);
    }

    private void checkInitialValues() {
        InitialMemory image = new InitialMemory(program.segments(), new byte[0]);
        // One page at a time, for addresses are sorted: a segment of a stranger may name a word on every page.
        byte[] page = new byte[Memory.PAGE_BYTES];
        ByteBuffer words = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
        long pageAddress = -1;
        for (int i = 0; i < segment.addresses().length; i++) {
            long address = segment.addresses()[i];
            if (!AddressSpace.accessible(address, 8)) {
                throw mismatch(ReplayError.WRONG_INITIAL_VALUE, address, "the word lies in a guard");
            }
            if (segment.lastSegments()[i] != 0 || AddressSpace.isInput(address)) {
                continue;
            }
            int offset = (int) (address % Memory.PAGE_BYTES);
            if (address - offset != pageAddress) {
                pageAddress = address - offset;
                Arrays.fill(page, (byte) 0);
                image.fill(pageAddress, page);
            }
            if (words.getLong(offset) != segment.valuesIn()[i]) {
                throw mismatch(ReplayError.WRONG_INITIAL_VALUE, address, "the word is not the image's");
            }
        }
    }

    private Machine machine() {
        Memory memory = new Memory((address, page) -> {}, (address, value, stamp) -> {
            if (stamp != LISTED) {
                throw mismatch(ReplayError.WORD_NOT_LISTED, address, "an instruction touches the word");
            }
        });
        // The current stamp must differ from LISTED.
        memory.beginSegment();
        for (int i = 0; i < segment.addresses().length; i++) {
            memory.poke(segment.addresses()[i], segment.valuesIn()[i], LISTED);
        }
        Machine machine = new Machine(memory, segment.startPc());
        System.arraycopy(segment.startRegisters(), 0, machine.registers, 0, 32);
        if (machine.registers[0] != 0) {
            throw mismatch(ReplayError.WRONG_REGISTER, "x0 starts as " + machine.registers[0]);
        }
        return machine;
    }

    /** Checks that the run ends, or goes on, behind the last cycle as the segment says. */
    private Outcome end(Machine machine, Interpreter interpreter) {
        Outcome claimed = segment.outcome();
        if (claimed == Outcome.TRAPPED && machine.running()) {
            // A trapping instruction completes nothing and touches nothing.
            interpreter.run(machine, 1);
        }
        // That a limit was reached is not to be seen in a segment.
        boolean stopped = claimed == Outcome.CYCLE_LIMIT || claimed == Outcome.MEMORY_LIMIT;
        Outcome found = stopped && machine.running() ? claimed : machine.outcome();
        if (found != claimed) {
            throw mismatch(ReplayError.WRONG_END, "it ends as " + found + ", the segment says " + claimed);
        }
        if (found == Outcome.HALTED && machine.exitCode() != segment.exitCode()) {
            throw mismatch(
                    ReplayError.WRONG_END,
                    "exit code " + machine.exitCode() + ", the segment says " + segment.exitCode());
        }
        return found;
    }

    private void compare(Machine machine) {
        for (int r = 0; r < 32; r++) {
            if (machine.registers[r] != segment.endRegisters()[r]) {
                throw mismatch(ReplayError.WRONG_REGISTER, "x" + r + " ends as " + machine.registers[r]);
            }
        }
        if (machine.pc != segment.endPc()) {
            throw mismatch(ReplayError.WRONG_PC, "it ends at 0x" + Long.toHexString(machine.pc));
        }
        if (!Arrays.equals(machine.output().from(0), segment.output())) {
            throw mismatch(ReplayError.WRONG_OUTPUT, machine.output().size() + " bytes of output differ");
        }
        if (!machine.familyCounts().equals(segment.families())
                || machine.memory.misaligned() != segment.misalignedAccesses()) {
            throw mismatch(
                    ReplayError.WRONG_COUNT, machine.familyCounts() + ", misaligned " + machine.memory.misaligned());
        }
        for (Accelerator accelerator : Accelerator.values()) {
            long calls = machine.acceleratorCalls(accelerator);
            if (calls != segment.acceleratorCalls().getOrDefault(accelerator, 0L)) {
                throw mismatch(ReplayError.WRONG_COUNT, calls + " calls of " + accelerator);
            }
        }
        if (machine.memory.touchedInSegment() != segment.addresses().length) {
            for (long address : segment.addresses()) {
                if (machine.memory.stamp(address) == LISTED) {
                    throw mismatch(ReplayError.WORD_NOT_TOUCHED, address, "no instruction touches the word");
                }
            }
        }
    }

    private ReplayException mismatch(ReplayError error, String found) {
        return new ReplayException(error, segment.index(), -1, found);
    }

    private ReplayException mismatch(ReplayError error, long address, String found) {
        return new ReplayException(error, segment.index(), address, found + " at 0x" + Long.toHexString(address));
    }
}
