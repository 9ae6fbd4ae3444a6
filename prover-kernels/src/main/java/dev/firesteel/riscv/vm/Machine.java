package dev.firesteel.riscv.vm;

import dev.firesteel.riscv.Accelerator;
import dev.firesteel.riscv.AddressSpace;
import dev.firesteel.riscv.InstructionFamily;
import dev.firesteel.riscv.Outcome;
import dev.firesteel.riscv.Trap;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The state of one running guest. Fields that engines use in every instruction are public; everything else goes through methods.
 * Not thread-safe.
 */
public final class Machine {
    /** ECALL number of HALT. */
    public static final long CALL_HALT = 93;
    /** ECALL number of OUTPUT. */
    public static final long CALL_OUTPUT = 256;

    private static final int SP = 2;
    private static final int A0 = 10;
    private static final int A1 = 11;
    private static final int A7 = 17;

    /** x0…x31 and {@link Code#SINK}. x0 is never written. */
    public final long[] registers = new long[33];
    /** The guest's memory. */
    public final Memory memory;
    /**
     * Completed instructions per operation since {@link #clearCounts}, indexed by {@link Opcode}, those counted in
     * {@link #edges} left out. Translated code adds to it.
     */
    public final long[] operationCounts = new long[Opcode.COUNT];
    /** Address of the next instruction. */
    public long pc;
    /** Completed instructions since the start; engines add to it before they return. */
    public long cycles;

    private final OutputBuffer output = new OutputBuffer();
    private Code code;
    private long[] edges = {};
    private final long[] acceleratorCalls = new long[Accelerator.values().length];
    private CallListener calls;
    private boolean pausing;
    private boolean paused;
    private Outcome outcome;
    private Trap trap;
    private int exitCode;

    /** A machine before its first instruction. */
    public Machine(Memory memory, long entry) {
        this.memory = memory;
        this.pc = entry;
        registers[SP] = AddressSpace.STACK_TOP;
    }

    /** Whether neither HALT nor a trap has ended the run. */
    public boolean running() {
        return outcome == null;
    }

    /** Whether engines go on: it runs, and has not paused. */
    public boolean proceeds() {
        return outcome == null && !paused;
    }

    /** Engines return behind every accelerator's call from now on, which costs far more than other instructions and may touch more words. */
    public void pauseBehindAccelerators() {
        pausing = true;
    }

    /** Engines go on after a pause. */
    public void resume() {
        paused = false;
    }

    /** Completed calls of {@code accelerator} since the start. */
    public long acceleratorCalls(Accelerator accelerator) {
        return acceleratorCalls[accelerator.ordinal()];
    }

    /** How the run ended, or null while running. */
    public Outcome outcome() {
        return outcome;
    }

    /** The trap, or null. */
    public Trap trap() {
        return trap;
    }

    /** The exit code once halted. */
    public int exitCode() {
        return exitCode;
    }

    /** The public output. */
    public OutputBuffer output() {
        return output;
    }

    /** Who hears of jumps, or null. Only the interpreter reports them. */
    public CallListener calls() {
        return calls;
    }

    /** Sets who hears of jumps. */
    public void setCalls(CallListener listener) {
        this.calls = listener;
    }

    /** Ends the run abnormally at the instruction (or unfetchable address) {@code at}, which does not count as a cycle. */
    public void trap(Trap reason, long at) {
        outcome = Outcome.TRAPPED;
        trap = reason;
        pc = at;
    }

    /** Ends the run at the instruction {@code at}, whose load or store cannot be done; it does not count as a cycle. */
    void fault(MemoryFault fault, long at) {
        if (fault.trap() == null) {
            outcome = Outcome.MEMORY_LIMIT;
            pc = at;
        } else {
            trap(fault.trap(), at);
        }
    }

    /** Ends the run because it has had all the cycles it may have. */
    public void stopAtLimit() {
        outcome = Outcome.CYCLE_LIMIT;
    }

    /**
     * Does what an ECALL at {@code at} asks for.
     *
     * @return whether the instruction completed; if not, the machine has trapped. After HALT it completed and runs no more.
     */
    public boolean environmentCall(long at) {
        long call = registers[A7];
        if (call == CALL_OUTPUT) {
            long count = registers[A1];
            if (count < 1 || count > 8) {
                trap(Trap.BAD_OUTPUT_COUNT, at);
                return false;
            }
            output.append(registers[A0], (int) count);
            return true;
        }
        if (call == CALL_HALT) {
            outcome = Outcome.HALTED;
            exitCode = (int) registers[A0];
            return true;
        }
        Accelerator accelerator = Accelerator.of(call);
        if (accelerator != null) {
            return accelerate(accelerator, at);
        }
        trap(Trap.UNKNOWN_ECALL, at);
        return false;
    }

    private boolean accelerate(Accelerator accelerator, long at) {
        long stateAt = registers[A0];
        long blockAt = registers[A1];
        int stateWords = accelerator.stateWords();
        int blockWords = accelerator.blockWords();
        boolean hasBlock = blockWords > 0;
        if ((stateAt & 7) != 0 || hasBlock && (blockAt & 7) != 0) {
            trap(Trap.MISALIGNED_POINTER, at);
            return false;
        }
        if (!AddressSpace.accessible(stateAt, 8 * stateWords)
                || hasBlock && !AddressSpace.accessible(blockAt, 8 * blockWords)) {
            trap(Trap.POINTER_FAULT, at);
            return false;
        }
        memory.reserve(stateAt, stateWords);
        if (hasBlock) {
            memory.reserve(blockAt, blockWords);
        }
        // All is read before anything is written: where the block overlaps the state it is the state before.
        long[] block = memory.read(blockAt, blockWords);
        long[] state = memory.read(stateAt, stateWords);
        accelerator.apply(state, block);
        memory.write(stateAt, state);
        acceleratorCalls[accelerator.ordinal()]++;
        paused = pausing;
        return true;
    }

    /** A copy of x0…x31. */
    public long[] registerFile() {
        return Arrays.copyOf(registers, 32);
    }

    /**
     * Where control entered and left straight runs of {@code code}: +1 at a run's first index, -1 behind its last one. The sum of all
     * entries up to an index is how often that instruction completed, so counting costs nothing but at taken jumps; a counter
     * per instruction costs the interpreter a tenth of its speed.
     */
    long[] edges(Code executed) {
        if (code != executed) {
            foldEdges();
            code = executed;
            edges = new long[executed.size() + 1];
        }
        return edges;
    }

    private void foldEdges() {
        long completed = 0;
        for (int i = 0; i < edges.length; i++) {
            completed += edges[i];
            if (completed != 0) {
                operationCounts[code.operation(i)] += completed;
            }
            edges[i] = 0;
        }
    }

    /** {@link #operationCounts} summed by family, every family present. */
    public Map<InstructionFamily, Long> familyCounts() {
        foldEdges();
        Map<InstructionFamily, Long> counts = new EnumMap<>(InstructionFamily.class);
        for (InstructionFamily family : InstructionFamily.values()) {
            counts.put(family, 0L);
        }
        for (int operation = 0; operation < Opcode.COUNT; operation++) {
            if (operationCounts[operation] != 0) {
                counts.merge(Opcode.family(operation), operationCounts[operation], Long::sum);
            }
        }
        return counts;
    }

    /** The greatest family count. */
    public long tallestFamily() {
        foldEdges();
        long[] heights = new long[InstructionFamily.values().length];
        long tallest = 0;
        for (int operation = 0; operation < Opcode.EBREAK; operation++) {
            int family = Opcode.family(operation).ordinal();
            heights[family] += operationCounts[operation];
            tallest = Math.max(tallest, heights[family]);
        }
        return tallest;
    }

    /** Sets all counts of operations to 0. */
    public void clearCounts() {
        foldEdges();
        Arrays.fill(operationCounts, 0);
    }
}
