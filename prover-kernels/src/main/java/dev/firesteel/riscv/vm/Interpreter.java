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
        while (left > 0 && machine.running()) {
            int stretch = code.stretchAt(machine.pc);
            if (stretch < 0) {
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
        long[] counts = machine.operationCounts;
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
        try {
            for (; left > 0; left--, i++) {
                long instruction = instructions[i];
                int operation = (int) instruction & 0xFF;
                int rd = (int) (instruction >>> 8) & 63;
                long a = x[(int) (instruction >>> 16) & 31];
                long b = x[(int) (instruction >>> 24) & 31];
                int imm = (int) (instruction >>> 32);
                switch (operation) {
                    case LUI -> x[rd] = imm;
                    case AUIPC -> x[rd] = base + 4L * i + imm;
                    case LB -> x[rd] = (byte) memory.loadByte(a + imm);
                    case LH -> x[rd] = (short) memory.loadHalf(a + imm);
                    case LW -> x[rd] = (int) memory.loadWord(a + imm);
                    case LD -> x[rd] = memory.loadDouble(a + imm);
                    case LBU -> x[rd] = memory.loadByte(a + imm);
                    case LHU -> x[rd] = memory.loadHalf(a + imm);
                    case LWU -> x[rd] = memory.loadWord(a + imm);
                    case SB -> memory.storeByte(a + imm, b);
                    case SH -> memory.storeHalf(a + imm, b);
                    case SW -> memory.storeWord(a + imm, b);
                    case SD -> memory.storeDouble(a + imm, b);
                    case ADDI -> x[rd] = a + imm;
                    case SLTI -> x[rd] = a < imm ? 1 : 0;
                    case SLTIU -> x[rd] = Long.compareUnsigned(a, imm) < 0 ? 1 : 0;
                    case XORI -> x[rd] = a ^ imm;
                    case ORI -> x[rd] = a | imm;
                    case ANDI -> x[rd] = a & imm;
                    case SLLI -> x[rd] = a << imm;
                    case SRLI -> x[rd] = a >>> imm;
                    case SRAI -> x[rd] = a >> imm;
                    case ADD -> x[rd] = a + b;
                    case SUB -> x[rd] = a - b;
                    case SLL -> x[rd] = a << b;
                    case SLT -> x[rd] = a < b ? 1 : 0;
                    case SLTU -> x[rd] = Long.compareUnsigned(a, b) < 0 ? 1 : 0;
                    case XOR -> x[rd] = a ^ b;
                    case SRL -> x[rd] = a >>> b;
                    case SRA -> x[rd] = a >> b;
                    case OR -> x[rd] = a | b;
                    case AND -> x[rd] = a & b;
                    case ADDIW -> x[rd] = (int) a + imm;
                    case SLLIW -> x[rd] = (int) a << imm;
                    case SRLIW -> x[rd] = (int) a >>> imm;
                    case SRAIW -> x[rd] = (int) a >> imm;
                    case ADDW -> x[rd] = (int) a + (int) b;
                    case SUBW -> x[rd] = (int) a - (int) b;
                    case SLLW -> x[rd] = (int) a << (int) b;
                    case SRLW -> x[rd] = (int) a >>> (int) b;
                    case SRAW -> x[rd] = (int) a >> (int) b;
                    case MUL -> x[rd] = a * b;
                    case MULH -> x[rd] = Math.multiplyHigh(a, b);
                    case MULHSU -> x[rd] = Arithmetic.multiplyHighSignedUnsigned(a, b);
                    case MULHU -> x[rd] = Arithmetic.multiplyHighUnsigned(a, b);
                    case DIV -> x[rd] = Arithmetic.divide(a, b);
                    case DIVU -> x[rd] = Arithmetic.divideUnsigned(a, b);
                    case REM -> x[rd] = Arithmetic.remainder(a, b);
                    case REMU -> x[rd] = Arithmetic.remainderUnsigned(a, b);
                    case MULW -> x[rd] = (int) a * (int) b;
                    case DIVW -> x[rd] = Arithmetic.divideWord((int) a, (int) b);
                    case DIVUW -> x[rd] = Arithmetic.divideUnsignedWord((int) a, (int) b);
                    case REMW -> x[rd] = Arithmetic.remainderWord((int) a, (int) b);
                    case REMUW -> x[rd] = Arithmetic.remainderUnsignedWord((int) a, (int) b);
                    case BEQ -> {
                        if (a == b) {
                            if (imm < 0) {
                                return leave(machine, i, left, origin);
                            }
                            i = imm - 1;
                        }
                    }
                    case BNE -> {
                        if (a != b) {
                            if (imm < 0) {
                                return leave(machine, i, left, origin);
                            }
                            i = imm - 1;
                        }
                    }
                    case BLT -> {
                        if (a < b) {
                            if (imm < 0) {
                                return leave(machine, i, left, origin);
                            }
                            i = imm - 1;
                        }
                    }
                    case BGE -> {
                        if (a >= b) {
                            if (imm < 0) {
                                return leave(machine, i, left, origin);
                            }
                            i = imm - 1;
                        }
                    }
                    case BLTU -> {
                        if (Long.compareUnsigned(a, b) < 0) {
                            if (imm < 0) {
                                return leave(machine, i, left, origin);
                            }
                            i = imm - 1;
                        }
                    }
                    case BGEU -> {
                        if (Long.compareUnsigned(a, b) >= 0) {
                            if (imm < 0) {
                                return leave(machine, i, left, origin);
                            }
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
                        i = imm - 1;
                    }
                    case JALR -> {
                        long target = (a + imm) & ~1L;
                        if ((target & 2) != 0) {
                            return stop(machine, Trap.MISALIGNED_FETCH, base + 4L * i, left, origin);
                        }
                        x[rd] = base + 4L * i + 4;
                        if (calls != null) {
                            int rs1 = (int) (instruction >>> 16) & 31;
                            calls.jumped(rd, rs1, base + 4L * i, target, origin - left + 1);
                        }
                        if (Long.compareUnsigned(target - start, bytes) >= 0) {
                            counts[operation]++;
                            return suspend(machine, target, left - 1, origin);
                        }
                        i = (int) ((target - base) >>> 2) - 1;
                    }
                    case FENCE -> {
                        // Nothing to order: one hart, no devices.
                    }
                    case ECALL -> {
                        long at = base + 4L * i;
                        if (!machine.environmentCall(at)) {
                            return suspend(machine, at, left, origin);
                        }
                        if (!machine.running()) {
                            counts[operation]++;
                            return suspend(machine, at + 4, left - 1, origin);
                        }
                    }
                    case EBREAK -> {
                        return stop(machine, Trap.BREAKPOINT, base + 4L * i, left, origin);
                    }
                    case END -> {
                        // Control ran off the stretch's end: run() says what lies there.
                        return suspend(machine, base + 4L * i, left, origin);
                    }
                    default -> {
                        return stop(machine, Trap.ILLEGAL_INSTRUCTION, base + 4L * i, left, origin);
                    }
                }
                counts[operation]++;
            }
        } catch (MemoryFault fault) {
            machine.trap(fault.trap(), base + 4L * i);
        }
        machine.cycles = origin - left;
        if (machine.running()) {
            machine.pc = base + 4L * i;
        }
        return left;
    }

    /** A jump or taken branch at index {@code i} whose target is misaligned or outside the stretch. */
    private long leave(Machine machine, int i, long left, long origin) {
        long at = code.addressOf(i);
        long target = at + code.immediate(i);
        if ((target & 3) != 0) {
            return stop(machine, Trap.MISALIGNED_FETCH, at, left, origin);
        }
        int operation = code.operation(i);
        if (operation == JAL) {
            machine.registers[code.rd(i)] = at + 4;
            if (machine.calls() != null) {
                machine.calls().jumped(code.rd(i), -1, at, target, origin - left + 1);
            }
        }
        machine.operationCounts[operation]++;
        return suspend(machine, target, left - 1, origin);
    }

    private static long stop(Machine machine, Trap reason, long at, long left, long origin) {
        machine.trap(reason, at);
        return suspend(machine, at, left, origin);
    }

    private static long suspend(Machine machine, long pc, long left, long origin) {
        machine.pc = pc;
        machine.cycles = origin - left;
        return left;
    }
}
