package dev.firesteel.riscv.oracle;

import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Op;
import dev.firesteel.riscv.asm.Reg;
import dev.firesteel.riscv.oracle.CornerPrograms.Case;
import dev.firesteel.riscv.oracle.CornerPrograms.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Loads and stores of each width and sign at each misalignment, inside a page and across words and 64 KiB pages. */
public final class MemoryPrograms {
    private static final Op[] LOADS = {Op.LB, Op.LBU, Op.LH, Op.LHU, Op.LW, Op.LWU, Op.LD};
    private static final int[] LOAD_SIZE = {1, 1, 2, 2, 4, 4, 8};
    private static final Op[] STORES = {Op.SB, Op.SH, Op.SW, Op.SD};
    private static final int WINDOW = 32;

    private MemoryPrograms() {}

    /** Start addresses of the windows: the data segment's first page, a 4 KiB boundary, a 64 KiB boundary. */
    private static long[] windows() {
        return new long[] {
            Assembler.DATA_BASE + 64, Assembler.DATA_BASE + 0x1000 - 16, Assembler.DATA_BASE + 0x10000 - 16
        };
    }

    /** How many accesses of the program below are not aligned to their size. */
    public record Counted(Case program, long misaligned) {}

    /** The program. */
    public static Counted everyWidthAndMisalignment() {
        Assembler asm = new Assembler();
        List<Expectation> expected = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(11);
        asm.zeroFill(0x20000);
        asm.li(Reg.A1, 8);
        asm.li(Reg.A7, 256);
        long misaligned = 0;
        for (long window : windows()) {
            byte[] memory = new byte[WINDOW];
            asm.li(Reg.S0, window);
            for (int at = 0; at < WINDOW; at += 8) {
                long value = random.nextLong();
                asm.li(Reg.T1, value);
                asm.sd(Reg.T1, at, Reg.S0);
                IsaReference.store(memory, at, 8, value);
            }
            for (int at = 0; at <= WINDOW - 8; at++) {
                for (int i = 0; i < LOADS.length; i++) {
                    asm.emit(LOADS[i], Reg.A0, Reg.S0, 0, at);
                    asm.ecall();
                    long value = IsaReference.load(memory, at, LOAD_SIZE[i], signed(LOADS[i]));
                    expected.add(new Expectation(LOADS[i].mnemonic() + " at " + Long.toHexString(window + at), value));
                    misaligned += at % LOAD_SIZE[i] == 0 ? 0 : 1;
                }
                for (int i = 0; i < STORES.length; i++) {
                    int size = 1 << i;
                    long value = random.nextLong();
                    asm.li(Reg.T1, value);
                    asm.emit(STORES[i], 0, Reg.S0, Reg.T1, at);
                    IsaReference.store(memory, at, size, value);
                    misaligned += at % size == 0 ? 0 : 1;
                    // The neighbours too: a store must change nothing else.
                    for (int word = 0; word < WINDOW; word += 8) {
                        asm.ld(Reg.A0, word, Reg.S0);
                        asm.ecall();
                        expected.add(new Expectation(
                                "%s at %x, word %d".formatted(STORES[i].mnemonic(), window + at, word),
                                IsaReference.load(memory, word, 8, true)));
                    }
                }
            }
        }
        // A load to x0 discards its value.
        asm.ld(Reg.ZERO, 0, Reg.S0);
        asm.mv(Reg.A0, Reg.ZERO);
        asm.ecall();
        expected.add(new Expectation("ld x0", 0));
        // Negative offsets, and base register = destination.
        asm.mv(Reg.A0, Reg.S0);
        asm.addi(Reg.A0, Reg.A0, 2000);
        asm.sd(Reg.A7, -2000, Reg.A0);
        asm.ld(Reg.A0, -2000, Reg.A0);
        asm.ecall();
        expected.add(new Expectation("ld rd=rs1", 256));
        asm.halt(0);
        return new Counted(new Case(asm.elf(), List.copyOf(expected)), misaligned);
    }

    private static boolean signed(Op op) {
        return op != Op.LBU && op != Op.LHU && op != Op.LWU;
    }
}
