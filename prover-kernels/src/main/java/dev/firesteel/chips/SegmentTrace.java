package dev.firesteel.chips;

import static dev.firesteel.riscv.vm.Opcode.*;

import dev.firesteel.riscv.Accelerator;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.SegmentStepper;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A segment executed with a note of every step: the rows of all instruction tables before they are cells, and the last access to every register and
 * word.
 */
public final class SegmentTrace {
    /** Registers of ECALL: call number, value, count. */
    static final int A7 = 17;

    static final int A0 = 10;
    static final int A1 = 11;

    private final ProgramRows program;
    private final Segment segment;
    private final SegmentStepper stepper;
    private final WordTimes words;
    private final int[] registerClocks = new int[Buses.REGISTER_COUNT];
    private final List<StepLog> logs = new ArrayList<>();
    private final Map<Accelerator, List<AcceleratorCall>> calls = new EnumMap<>(Accelerator.class);
    private final long[] valuesOut;
    private long outputPosition;
    private int clock = Buses.FIRST_CLOCK;

    /**
     * Executes {@code segment}.
     *
     * @throws IllegalArgumentException when it has more cycles than clocks can count, or accesses a word that it does not list
     * @throws dev.firesteel.riscv.ReplayException when it does not execute
     */
    public SegmentTrace(Program program, ProgramRows rows, Segment segment) {
        if (segment.cycles() > Buses.MAX_CLOCK / Buses.CLOCKS_PER_STEP - 2) {
            throw new IllegalArgumentException("segment " + segment.index() + " has " + segment.cycles()
                    + " cycles, more than clocks of 24 bits can count");
        }
        this.program = rows;
        this.segment = segment;
        this.stepper = new SegmentStepper(program, segment);
        this.words = new WordTimes(segment);
        this.outputPosition = segment.outputStart();
        InstructionChips.ALL.forEach(chip -> logs.add(new StepLog(rows)));
        for (Accelerator accelerator : Accelerator.values()) {
            calls.put(accelerator, new ArrayList<>());
        }
        while (stepper.hasNext()) {
            step();
        }
        valuesOut = new long[segment.addresses().length];
        for (int i = 0; i < valuesOut.length; i++) {
            valuesOut[i] = stepper.word(segment.addresses()[i]);
        }
    }

    private void step() {
        int row = program.rowOf(stepper.pc());
        if (row < 0) {
            throw new IllegalArgumentException(
                    "segment " + segment.index() + ": no instruction at 0x" + Long.toHexString(stepper.pc()));
        }
        int operation = program.operation(row);
        if (operation == ECALL) {
            call(row);
        } else if (operation >= LB && operation <= SD) {
            memory(row, operation);
        } else {
            Executed step = logs.get(InstructionChips.of(operation)).add();
            registers(step, row, operation);
        }
        clock += Buses.CLOCKS_PER_STEP;
    }

    private void registers(Executed step, int row, int operation) {
        boolean first = operation != LUI && operation != AUIPC && operation != JAL && operation < FENCE;
        boolean second = ProgramRows.readsSecond(operation);
        int rs1 = program.rs1(row);
        int rs2 = program.rs2(row);
        int rd = program.rd(row);
        step.reads(
                first ? stepper.register(rs1) : 0,
                first ? exchange(rs1, Instruction.FIRST_READ) : 0,
                second ? stepper.register(rs2) : 0,
                second ? exchange(rs2, Instruction.SECOND_READ) : 0);
        long old = stepper.register(rd);
        stepper.step();
        // Every operation that writes has rd from 1 to 32.
        if (rd != 0) {
            int previous = exchange(rd, Instruction.RESULT);
            step.writes(old, stepper.register(rd), previous);
        }
        step.state(clock, row, (int) (stepper.pc() >>> 2));
    }

    private int exchange(int register, int order) {
        int before = registerClocks[register];
        registerClocks[register] = clock + order;
        return before;
    }

    private void memory(int row, int operation) {
        long address = stepper.register(program.rs1(row)) + (short) program.limb(row, 0);
        int bytes = bytes(operation);
        long word = address & -8;
        boolean crosses = (address & 7) + bytes > 8;
        Executed step = logs.get(InstructionChips.of(operation, (address & bytes - 1) != 0))
                .add();
        long before = stepper.word(word);
        long beforeNext = crosses ? stepper.word(word + 8) : 0;
        registers(step, row, operation);
        int now = clock + Instruction.MEMORY_ACCESS;
        step.word(0, before, stepper.word(word), words.exchange(word, now));
        if (crosses) {
            step.word(1, beforeNext, stepper.word(word + 8), words.exchange(word + 8, now));
        }
    }

    /** Bytes that a load or store moves. */
    static int bytes(int operation) {
        return switch (operation) {
            case LB, LBU, SB -> 1;
            case LH, LHU, SH -> 2;
            case LW, LWU, SW -> 4;
            default -> 8;
        };
    }

    /** ECALL reads a7 as the first word, a0, and for OUTPUT and accelerators with a block a1; the position of the output is its result. */
    private void call(int row) {
        Executed step = logs.get(InstructionChips.of(ECALL)).add();
        long number = stepper.register(A7);
        boolean output = number == EcallChip.OUTPUT;
        Accelerator accelerator = Accelerator.of(number);
        boolean second = output || accelerator != null && accelerator.blockWords() > 0;
        step.word(0, number, number, exchange(A7, Instruction.FIRST_READ));
        step.reads(
                stepper.register(A0),
                exchange(A0, Instruction.SECOND_READ),
                second ? stepper.register(A1) : 0,
                second ? exchange(A1, Instruction.MEMORY_ACCESS) : 0);
        if (output) {
            long before = outputPosition;
            outputPosition += stepper.register(A1);
            step.writes(before, outputPosition, exchange(Buses.OUTPUT_POSITION, Instruction.RESULT));
        }
        if (accelerator == null) {
            stepper.step();
        } else {
            calls.get(accelerator).add(accelerate(accelerator));
        }
        step.state(clock, row, (int) (stepper.pc() >>> 2));
    }

    private AcceleratorCall accelerate(Accelerator accelerator) {
        long state = stepper.register(A0);
        long block = accelerator.blockWords() > 0 ? stepper.register(A1) : 0;
        long[] before = words(state, accelerator.stateWords());
        long[] message = words(block, accelerator.blockWords());
        stepper.step();
        int[] blockPrevious = exchange(block, message.length, Instruction.MEMORY_ACCESS);
        int[] statePrevious = exchange(state, before.length, Instruction.RESULT);
        return new AcceleratorCall(
                clock,
                state >>> 3,
                block >>> 3,
                before,
                words(state, before.length),
                message,
                statePrevious,
                blockPrevious);
    }

    private long[] words(long address, int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = stepper.word(address + 8L * i);
        }
        return values;
    }

    private int[] exchange(long address, int count, int order) {
        int[] previous = new int[count];
        for (int i = 0; i < count; i++) {
            previous[i] = words.exchange(address + 8L * i, clock + order);
        }
        return previous;
    }

    /** The calls of {@code accelerator}. */
    List<AcceleratorCall> calls(Accelerator accelerator) {
        return calls.get(accelerator);
    }

    /** The executed instructions of {@link InstructionChips#ALL}'s chip {@code chip}. */
    StepLog log(int chip) {
        return logs.get(chip);
    }

    /** The segment. */
    public Segment segment() {
        return segment;
    }

    /** The clock behind the last instruction. */
    public int endClock() {
        return clock;
    }

    /** Clock of the last access to register {@code index}, 0 when there was none. */
    int registerClock(int index) {
        return registerClocks[index];
    }

    /** Clocks of the last accesses to the segment's words. */
    int[] wordClocks() {
        return words.clocks();
    }

    /** The values of the segment's words at its end. */
    long[] valuesOut() {
        return valuesOut;
    }

    /** The value of register {@code index} at the start. The sink starts with 0 in every segment. */
    long registerIn(int index) {
        return index < 32
                ? segment.startRegisters()[index]
                : index == Buses.OUTPUT_POSITION ? segment.outputStart() : 0;
    }

    /** The value of register {@code index} at the end. */
    long registerOut(int index) {
        return index == Buses.OUTPUT_POSITION ? outputPosition : stepper.register(index);
    }
}
