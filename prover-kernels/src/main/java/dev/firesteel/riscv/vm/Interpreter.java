package dev.firesteel.riscv.vm;

import static dev.firesteel.riscv.vm.Opcode.*;

import dev.firesteel.riscv.Trap;

/**
 * The switch interpreter, and the one place that says what an instruction does. Source: RISC-V Instruction Set Manual, volume I,
 * RV64I 2.1 and M 2.0.
 */
public final class Interpreter implements Runner {
    private final Code code;
    private final long[] packed;

    /** An interpreter of {@code code}. */
    public Interpreter(Code code) {
        this.code = code;
        this.packed = code.packed();
    }

    @Override
    public long run(Machine machine, long budget) {
        long left = budget;
        while (left > 0 && machine.proceeds()) {
            int stretch = code.stretchAt(machine.pc);
            // A misaligned pc can only come from whoever set up the machine: jumps trap before they get there.
            if (stretch < 0 || (machine.pc & 3) != 0) {
                machine.trap(Trap.FETCH_FAULT, machine.pc);
            } else {
                left = runStretch(machine, stretch, left);
            }
        }
        return budget - left;
    }

    /**
     * Executes until the budget is spent, control leaves the stretch, or the machine stops.
     *
     * @return what is left of the budget
     */
    private long runStretch(Machine machine, int stretch, long budget) {
        long[] instructions = packed;
        long[] x = machine.registers;
        long[] edges = machine.edges(code);
        Memory memory = machine.memory;
        CallListener calls = machine.calls();
        long start = code.stretchStart(stretch);
        int first = code.stretchFirst(stretch);
        long bytes = 4L * code.stretchLength(stretch);
        // Index i lies at address base + 4 i.
        long base = start - 4L * first;
        long origin = machine.cycles + budget;
        int i = first + (int) ((machine.pc - start) >>> 2);
        long left = budget;
        edges[i]++;
        try {
            for (; left > 0; left--, i++) {
                long instruction = instructions[i];
                int operation = (int) instruction & 0xFF;
                int rd = (int) (instruction >>> 8) & 63;
                // Sources are loaded in each case: loading both up here halves the speed (HotSpot 17).
                int rs1 = (int) (instruction >>> 16) & 31;
                int rs2 = (int) (instruction >>> 24) & 31;
                int imm = (int) (instruction >>> 32);
                switch (operation) {
                    case LUI -> x[rd] = imm;
                    case AUIPC -> x[rd] = base + 4L * i + imm;
                    case LB -> x[rd] = (byte) memory.loadByte(x[rs1] + imm);
                    case LH -> x[rd] = (short) memory.loadHalf(x[rs1] + imm);
                    case LW -> x[rd] = (int) memory.loadWord(x[rs1] + imm);
                    case LD -> x[rd] = memory.loadDouble(x[rs1] + imm);
                    case LBU -> x[rd] = memory.loadByte(x[rs1] + imm);
                    case LHU -> x[rd] = memory.loadHalf(x[rs1] + imm);
                    case LWU -> x[rd] = memory.loadWord(x[rs1] + imm);
                    case SB -> memory.storeByte(x[rs1] + imm, x[rs2]);
                    case SH -> memory.storeHalf(x[rs1] + imm, x[rs2]);
                    case SW -> memory.storeWord(x[rs1] + imm, x[rs2]);
                    case SD -> memory.storeDouble(x[rs1] + imm, x[rs2]);
                    case ADDI -> x[rd] = x[rs1] + imm;
                    case SLTI -> x[rd] = x[rs1] < imm ? 1 : 0;
                    case SLTIU -> x[rd] = Long.compareUnsigned(x[rs1], imm) < 0 ? 1 : 0;
                    case XORI -> x[rd] = x[rs1] ^ imm;
                    case ORI -> x[rd] = x[rs1] | imm;
                    case ANDI -> x[rd] = x[rs1] & imm;
                    case SLLI -> x[rd] = x[rs1] << imm;
                    case SRLI -> x[rd] = x[rs1] >>> imm;
                    case SRAI -> x[rd] = x[rs1] >> imm;
                    case ADD -> x[rd] = x[rs1] + x[rs2];
                    case SUB -> x[rd] = x[rs1] - x[rs2];
                    case SLL -> x[rd] = x[rs1] << x[rs2];
                    case SLT -> x[rd] = x[rs1] < x[rs2] ? 1 : 0;
                    case SLTU -> x[rd] = Long.compareUnsigned(x[rs1], x[rs2]) < 0 ? 1 : 0;
                    case XOR -> x[rd] = x[rs1] ^ x[rs2];
                    case SRL -> x[rd] = x[rs1] >>> x[rs2];
                    case SRA -> x[rd] = x[rs1] >> x[rs2];
                    case OR -> x[rd] = x[rs1] | x[rs2];
                    case AND -> x[rd] = x[rs1] & x[rs2];
                    case ADDIW -> x[rd] = (int) x[rs1] + imm;
                    case SLLIW -> x[rd] = (int) x[rs1] << imm;
                    case SRLIW -> x[rd] = (int) x[rs1] >>> imm;
                    case SRAIW -> x[rd] = (int) x[rs1] >> imm;
                    case ADDW -> x[rd] = (int) x[rs1] + (int) x[rs2];
                    case SUBW -> x[rd] = (int) x[rs1] - (int) x[rs2];
                    case SLLW -> x[rd] = (int) x[rs1] << (int) x[rs2];
                    case SRLW -> x[rd] = (int) x[rs1] >>> (int) x[rs2];
                    case SRAW -> x[rd] = (int) x[rs1] >> (int) x[rs2];
                    case MUL -> x[rd] = x[rs1] * x[rs2];
                    case MULH -> x[rd] = Math.multiplyHigh(x[rs1], x[rs2]);
                    case MULHSU -> x[rd] = Arithmetic.multiplyHighSignedUnsigned(x[rs1], x[rs2]);
                    case MULHU -> x[rd] = Arithmetic.multiplyHighUnsigned(x[rs1], x[rs2]);
                    case DIV -> x[rd] = Arithmetic.divide(x[rs1], x[rs2]);
                    case DIVU -> x[rd] = Arithmetic.divideUnsigned(x[rs1], x[rs2]);
                    case REM -> x[rd] = Arithmetic.remainder(x[rs1], x[rs2]);
                    case REMU -> x[rd] = Arithmetic.remainderUnsigned(x[rs1], x[rs2]);
                    case MULW -> x[rd] = (int) x[rs1] * (int) x[rs2];
                    case DIVW -> x[rd] = Arithmetic.divideWord((int) x[rs1], (int) x[rs2]);
                    case DIVUW -> x[rd] = Arithmetic.divideUnsignedWord((int) x[rs1], (int) x[rs2]);
                    case REMW -> x[rd] = Arithmetic.remainderWord((int) x[rs1], (int) x[rs2]);
                    case REMUW -> x[rd] = Arithmetic.remainderUnsignedWord((int) x[rs1], (int) x[rs2]);
                    case BEQ -> {
                        if (x[rs1] == x[rs2]) {
                            if (imm < 0) {
                                return leave(machine, i, left, origin);
                            }
                            edges[i + 1]--;
                            edges[imm]++;
                            i = imm - 1;
                        }
                    }
                    case BNE -> {
                        if (x[rs1] != x[rs2]) {
                            if (imm < 0) {
                                return leave(machine, i, left, origin);
                            }
                            edges[i + 1]--;
                            edges[imm]++;
                            i = imm - 1;
                        }
                    }
                    case BLT -> {
                        if (x[rs1] < x[rs2]) {
                            if (imm < 0) {
                                return leave(machine, i, left, origin);
                            }
                            edges[i + 1]--;
                            edges[imm]++;
                            i = imm - 1;
                        }
                    }
                    case BGE -> {
                        if (x[rs1] >= x[rs2]) {
                            if (imm < 0) {
                                return leave(machine, i, left, origin);
                            }
                            edges[i + 1]--;
                            edges[imm]++;
                            i = imm - 1;
                        }
                    }
                    case BLTU -> {
                        if (Long.compareUnsigned(x[rs1], x[rs2]) < 0) {
                            if (imm < 0) {
                                return leave(machine, i, left, origin);
                            }
                            edges[i + 1]--;
                            edges[imm]++;
                            i = imm - 1;
                        }
                    }
                    case BGEU -> {
                        if (Long.compareUnsigned(x[rs1], x[rs2]) >= 0) {
                            if (imm < 0) {
                                return leave(machine, i, left, origin);
                            }
                            edges[i + 1]--;
                            edges[imm]++;
                            i = imm - 1;
                        }
                    }
                    case JAL -> {
                        if (imm < 0) {
                            return leave(machine, i, left, origin);
                        }
                        x[rd] = base + 4L * i + 4;
                        if (calls != null) {
                            calls.jumped(rd, -1, base + 4L * i, base + 4L * imm, origin - left + 1);
                        }
                        edges[i + 1]--;
                        edges[imm]++;
                        i = imm - 1;
                    }
                    case JALR -> {
                        long target = (x[rs1] + imm) & ~1L;
                        if ((target & 2) != 0) {
                            return stop(machine, Trap.MISALIGNED_FETCH, i, left, origin);
                        }
                        x[rd] = base + 4L * i + 4;
                        if (calls != null) {
                            calls.jumped(rd, rs1, base + 4L * i, target, origin - left + 1);
                        }
                        if (Long.compareUnsigned(target - start, bytes) >= 0) {
                            return suspend(machine, target, i + 1, left - 1, origin);
                        }
                        edges[i + 1]--;
                        i = (int) ((target - base) >>> 2) - 1;
                        edges[i + 1]++;
                    }
                    case FENCE -> {
                        // Nothing to order: one hart, no devices.
                    }
                    case ECALL -> {
                        long at = base + 4L * i;
                        if (!machine.environmentCall(at)) {
                            return suspend(machine, at, i, left, origin);
                        }
                        if (!machine.proceeds()) {
                            return suspend(machine, at + 4, i + 1, left - 1, origin);
                        }
                    }
                    case EBREAK -> {
                        return stop(machine, Trap.BREAKPOINT, i, left, origin);
                    }
                    case END -> {
                        // Control ran off the stretch's end: run() says what lies there.
                        return suspend(machine, base + 4L * i, i, left, origin);
                    }
                    default -> {
                        return stop(machine, Trap.ILLEGAL_INSTRUCTION, i, left, origin);
                    }
                }
            }
        } catch (MemoryFault fault) {
            machine.fault(fault, base + 4L * i);
        }
        return suspend(machine, base + 4L * i, i, left, origin);
    }

    /** A jump or taken branch at index {@code i} whose target is misaligned or outside the stretch. */
    private long leave(Machine machine, int i, long left, long origin) {
        long at = code.addressOf(i);
        long target = at + code.immediate(i);
        if ((target & 3) != 0) {
            return stop(machine, Trap.MISALIGNED_FETCH, i, left, origin);
        }
        int operation = code.operation(i);
        if (operation == JAL) {
            machine.registers[code.rd(i)] = at + 4;
            if (machine.calls() != null) {
                machine.calls().jumped(code.rd(i), -1, at, target, origin - left + 1);
            }
        }
        return suspend(machine, target, i + 1, left - 1, origin);
    }

    /** A trap at index {@code i}. */
    private long stop(Machine machine, Trap reason, int i, long left, long origin) {
        long at = code.addressOf(i);
        machine.trap(reason, at);
        return suspend(machine, at, i, left, origin);
    }

    /** Leaves the loop: the instruction at {@code next} is the first that has not completed. */
    private long suspend(Machine machine, long pc, int next, long left, long origin) {
        machine.edges(code)[next]--;
        machine.pc = pc;
        machine.cycles = origin - left;
        return left;
    }
}
