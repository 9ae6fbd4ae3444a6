package dev.firesteel.chips;

import dev.firesteel.riscv.Accelerator;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Reg;
import java.util.SplittableRandom;

/** Programs that call accelerators. */
public final class AcceleratorRuns {
    /** A place that only calls touch. */
    public static final long FRESH = 0x3000_0000L;

    private AcceleratorRuns() {}

    /** Appends a call. */
    public static void call(Assembler asm, Accelerator accelerator, long state, long block) {
        asm.li(Reg.A0, state);
        asm.li(Reg.A1, block);
        asm.li(Reg.A7, accelerator.call());
        asm.ecall();
    }

    /**
     * Both accelerators on random words of the image, on words that nobody touched before, on a block that overlaps the state, and on what they left; then
     * some of it is put out.
     */
    static Assembler everything() {
        Assembler asm = new Assembler();
        new SplittableRandom(9).longs(40).forEach(asm::dword);
        long data = asm.dataBase();
        call(asm, Accelerator.KECCAK_F1600, data, 0);
        call(asm, Accelerator.SHA256_COMPRESS, data + 208, data + 240);
        call(asm, Accelerator.SHA256_COMPRESS, data + 24, data);
        call(asm, Accelerator.KECCAK_F1600, FRESH, 0);
        call(asm, Accelerator.SHA256_COMPRESS, FRESH + 200, FRESH);
        call(asm, Accelerator.SHA256_COMPRESS, FRESH, FRESH);
        asm.li(Reg.T0, FRESH);
        asm.ld(Reg.T1, 0, Reg.T0);
        asm.output(Reg.T1, 8);
        asm.halt(0);
        return asm;
    }
}
