package dev.firesteel.chips;

import static dev.firesteel.riscv.vm.Opcode.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The instruction chips in the order in which machines have them, and which one executes what. */
public final class InstructionChips {
    /** All of them; the order is part of every key. */
    public static final List<InstructionChip> ALL;

    private static final int[] OF = new int[COUNT];
    private static final int[] MISALIGNED = new int[COUNT];

    static {
        List<InstructionChip> all = new ArrayList<>();
        Arrays.fill(OF, -1);
        Arrays.fill(MISALIGNED, -1);
        add(all, OF, new AddSubChip(), ADD, SUB);
        add(all, OF, new AddImmediateChip(), ADDI);
        add(all, OF, new MultiplyChip(), MUL, MULH, MULHSU, MULHU, MULW);
        add(all, OF, new DivideChip(), DIV, DIVU, REM, REMU, DIVW, DIVUW, REMW, REMUW);
        add(all, OF, new UpperImmediateChip(), LUI, AUIPC);
        add(all, OF, new JumpChip(), JAL);
        add(all, OF, new JumpRegisterChip(), JALR);
        add(all, OF, new LoadByteChip(), LB, LBU);
        add(all, OF, new LoadHalfChip(), LH, LHU);
        add(all, OF, new LoadWordChip(), LW, LWU);
        add(all, OF, new LoadDoubleChip(), LD);
        add(all, OF, new StoreByteChip(), SB);
        add(all, OF, new StoreHalfChip(), SH);
        add(all, OF, new StoreWordChip(), SW);
        add(all, OF, new StoreDoubleChip(), SD);
        add(all, MISALIGNED, new MisalignedLoadChip(), LH, LHU, LW, LWU, LD);
        add(all, MISALIGNED, new MisalignedStoreChip(), SH, SW, SD);
        add(all, OF, new FenceChip(), FENCE);
        add(all, OF, new EcallChip(), ECALL);
        add(all, OF, new LessThanChip(), SLT, SLTU, SLTI, SLTIU);
        add(all, OF, new BranchChip(), BEQ, BNE, BLT, BGE, BLTU, BGEU);
        add(all, OF, new BitwiseChip(), XOR, OR, AND, XORI, ORI, ANDI);
        add(all, OF, new AddSubWordChip(), ADDW, SUBW, ADDIW);
        add(all, OF, new ShiftLeftChip(), SLL, SLLI, SLLW, SLLIW);
        add(all, OF, new ShiftRightChip(), SRL, SRA, SRLI, SRAI, SRLW, SRAW, SRLIW, SRAIW);
        ALL = List.copyOf(all);
    }

    private InstructionChips() {}

    private static void add(List<InstructionChip> all, int[] of, InstructionChip chip, int... operations) {
        for (int operation : operations) {
            of[operation] = all.size();
        }
        all.add(chip);
    }

    /** Whether there is a chip for {@code operation} at an address that is a multiple of its size, or not. */
    static boolean executes(int operation, boolean misaligned) {
        return (misaligned ? MISALIGNED : OF)[operation] >= 0;
    }

    /** Index in {@link #ALL} of the chip that executes {@code operation}. */
    static int of(int operation) {
        return of(operation, false);
    }

    /** Index in {@link #ALL} of the chip that executes {@code operation} at an address that is a multiple of its size, or not. */
    static int of(int operation, boolean misaligned) {
        int chip = (misaligned ? MISALIGNED : OF)[operation];
        if (chip < 0) {
            throw new IllegalArgumentException("no chip executes " + name(operation));
        }
        return chip;
    }
}
