package dev.firesteel.request;

import static org.junit.jupiter.api.Assertions.assertNull;

import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.riscv.AddressSpace;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.SegmentLimits;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Label;
import dev.firesteel.riscv.asm.Reg;
import dev.firesteel.riscv.oracle.Runs;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Programs that are run, proved and verified at the insecure preset. */
final class ProvedRuns {
    /** The word of {@link #everything} in the image, and the first word of zeros behind it. */
    static final long IMAGE_WORD = Assembler.DATA_BASE;

    static final long ZERO_WORD = Assembler.DATA_BASE + 64;

    private ProvedRuns() {}

    /** Limits that cut a run into segments of so many cycles. */
    static List<Segment> segments(Program program, byte[] input, long cycles) {
        return Runs.run(program, input, ExecutionOptions.defaults().withLimits(SegmentLimits.ofCycles(cycles)), true)
                .segments();
    }

    static ProgramSetup setup(Program program, Parallel parallel) {
        return ProgramSetup.of(program, SecurityPreset.TEST_FAST, parallel);
    }

    static byte[] prove(ProgramSetup setup, List<Segment> segments, Parallel parallel) {
        try {
            return new RunProver(setup, parallel).prove(segments, (phase, nanos) -> {});
        } catch (RunProver.NotProvableException e) {
            throw new AssertionError(e);
        }
    }

    /** Why {@code proof} is refused, null when it is accepted. */
    static Rejection rejection(ProgramKey key, RunStatement statement, byte[] proof) {
        try {
            RunVerifier.allowingInsecure(key).verify(statement, proof);
            return null;
        } catch (VerificationException e) {
            return e.reason();
        }
    }

    static void assertAccepted(ProgramKey key, RunStatement statement, byte[] proof) {
        assertNull(rejection(key, statement, proof));
    }

    /** An input of words. */
    static byte[] input(long... words) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long word : words) {
            bytes.putLong(word);
        }
        return bytes.array();
    }

    /**
     * A program that does a little of everything in 25 cycles: reads the input's first two words, a word of the image and one of zeros, writes to x0, stores, jumps,
     * puts out 8 and 3 bytes, and halts with the second word as exit code.
     */
    static Assembler everything() {
        Assembler asm = new Assembler();
        asm.dword(0x1122_3344_5566_7788L);
        asm.zeroFill(256);
        Label over = asm.label();
        asm.fence();
        asm.fence();
        asm.li(Reg.S0, AddressSpace.INPUT_DATA);
        asm.lui(Reg.S1, (int) (IMAGE_WORD >>> 12));
        asm.ld(Reg.T1, 0, Reg.S0);
        asm.ld(Reg.T2, 0, Reg.S1);
        asm.add(Reg.T3, Reg.T1, Reg.T2);
        asm.add(Reg.ZERO, Reg.T1, Reg.T2);
        asm.ld(Reg.T4, 64, Reg.S1);
        asm.sd(Reg.T3, 64, Reg.S1);
        asm.j(over);
        asm.fence();
        asm.bind(over);
        asm.ld(Reg.T5, 64, Reg.S1);
        asm.output(Reg.T5, 8);
        asm.output(Reg.T4, 3);
        asm.ld(Reg.A0, 8, Reg.S0);
        asm.halt();
        return asm;
    }
}
