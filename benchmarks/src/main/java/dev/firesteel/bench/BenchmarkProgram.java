package dev.firesteel.bench;

import static dev.firesteel.bench.Encoder.*;

import dev.firesteel.riscv.ElfException;
import dev.firesteel.riscv.Program;
import java.util.function.Consumer;

/**
 * Small loops, each of one kind of work, as programs for the machine. Written with {@link Encoder}.
 */
public enum BenchmarkProgram {
    /** Thirteen arithmetic instructions a turn: xorshift, a multiplication, a comparison. */
    COMPUTE(c -> {
        c.li(T0, 0x1234567).li(T1, 77);
        int loop = c.here();
        c.xorshift();
        c.r(MUL, T4, T0, T1)
                .r(ADD, T3, T3, T4)
                .i(ADDIW, T1, T1, 3)
                .r(SLTU, T5, T3, T4)
                .r(ADD, T1, T1, T5);
        c.next(loop);
    }),
    /** Five loads and stores in thirteen instructions, over 32 KiB, with a step of 40 bytes. */
    MEMORY(c -> {
        c.li(S1, DATA).li(T6, 0x7ff8);
        int loop = c.here();
        c.r(ADD, T0, S1, S2).i(LD, T1, T0, 0).i(ADDI, T1, T1, 3).s(SD, T1, T0, 0);
        c.i(LW, T2, T0, 8)
                .r(ADD, S3, S3, T2)
                .s(SW, S3, T0, 16)
                .i(LBU, T3, T0, 24)
                .r(XOR, S3, S3, T3);
        c.i(ADDI, S2, S2, 40).r(AND, S2, S2, T6);
        c.next(loop);
    }),
    /** Three branches a turn, two of them on random bits, in about fifteen instructions. */
    BRANCHY(c -> {
        c.li(T0, 0x1234567);
        int loop = c.here();
        c.xorshift();
        c.i(ANDI, T1, T0, 1)
                .b(BEQ, T1, ZERO, 12)
                .i(ADDI, S1, S1, 1)
                .b(BEQ, ZERO, ZERO, 8)
                .i(ADDI, S2, S2, 3);
        c.i(ANDI, T1, T0, 6)
                .b(BNE, T1, ZERO, 8)
                .r(ADD, S3, S3, S1)
                .b(BLT, S1, S2, 8)
                .i(ADDI, S3, S3, 1);
        c.next(loop);
    }),
    /** Two calls a turn of a function with a stack frame: sixteen instructions, four of them memory accesses. */
    CALLS(c -> {
        int over = c.here();
        c.word(0);
        int function = c.here();
        c.i(ADDI, SP, SP, -16)
                .s(SD, RA, SP, 8)
                .r(ADD, T0, T0, S0)
                .i(LD, RA, SP, 8)
                .i(ADDI, SP, SP, 16);
        c.i(JALR, ZERO, RA, 0);
        c.patchJump(over);
        int loop = c.here();
        c.call(function).call(function);
        c.next(loop);
    });

    private final Consumer<Encoder> body;

    BenchmarkProgram(Consumer<Encoder> body) {
        this.body = body;
    }

    /** The program with a loop of so many turns. It exits with code 0. */
    public Program load(int turns) {
        Encoder encoder = new Encoder();
        encoder.li(S0, turns);
        body.accept(encoder);
        encoder.i(ADDI, A0, ZERO, 0).i(ADDI, A7, ZERO, 93).word(ECALL);
        try {
            return Program.load(encoder.elf(), name());
        } catch (ElfException e) {
            throw new IllegalStateException(e);
        }
    }
}
