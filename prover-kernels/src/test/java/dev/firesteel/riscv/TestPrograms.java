package dev.firesteel.riscv;

import static dev.firesteel.riscv.asm.Reg.*;

import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Label;
import java.util.function.Consumer;

/** Programs made for tests of execution and segmentation. */
final class TestPrograms {
    private TestPrograms() {}

    static Program assemble(Consumer<Assembler> body) {
        Assembler assembler = new Assembler();
        body.accept(assembler);
        try {
            return Program.load(assembler.elf(), "test");
        } catch (ElfException e) {
            throw new AssertionError(e);
        }
    }

    static ExecutionResult run(Consumer<Assembler> body) {
        return run(assemble(body), new byte[0]);
    }

    static ExecutionResult run(Program program, byte[] input) {
        try {
            return Emulator.execute(program, input, ExecutionOptions.defaults(), null);
        } catch (InputTooLargeException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Some 30 cycles a round of arithmetic, calls, loads and stores of every width at pseudo-random addresses of a 64 KiB window, aligned and
     * not, and output now and then. Touches data, stack, input region and fresh memory.
     */
    static Program mixer(int rounds) {
        return assemble(a -> {
            long window = 0x3000_0000L - 0x8000;
            a.li(S0, window);
            a.li(S1, 0x9E37_79B9_7F4A_7C15L);
            a.li(S2, rounds);
            a.li(S3, 12345);
            a.li(S4, 0xC000_0000L);
            a.li(S5, 0xFFFF);
            Label function = a.label();
            Label loop = a.here();
            a.mul(S3, S3, S1);
            a.addi(S3, S3, 77);
            a.srli(T0, S3, 24);
            a.and(T1, T0, S5);
            a.add(T1, T1, S0);
            a.ld(T2, 0, T1);
            a.xor(T2, T2, S3);
            a.sd(T2, 3, T1);
            a.lhu(T3, 5, T1);
            a.sh(T0, 70, T1);
            a.lw(T4, 64, T1);
            a.sb(T4, 9, T1);
            a.lb(T5, 1, T1);
            a.divu(T6, T2, T3);
            a.andi(T0, S3, 0x3F8);
            a.add(T0, T0, S4);
            a.ld(A2, 0, T0);
            a.jal(RA, function);
            a.andi(T0, S2, 63);
            Label silent = a.label();
            a.bne(T0, ZERO, silent);
            a.output(S3, 5);
            a.bind(silent);
            a.addi(S2, S2, -1);
            a.bne(S2, ZERO, loop);
            a.output(S3, 8);
            a.halt(0);
            a.bind(function);
            a.addi(SP, SP, -16);
            a.sd(RA, 8, SP);
            a.remuw(T5, T5, S2);
            a.sra(T6, T6, T5);
            a.slt(A3, T6, T2);
            a.lui(A4, 0x12345);
            a.ld(RA, 8, SP);
            a.addi(SP, SP, 16);
            a.ret();
        });
    }
}
