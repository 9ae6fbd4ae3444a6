package dev.firesteel.request;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.SegmentLimits;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Label;
import dev.firesteel.riscv.asm.Reg;
import dev.firesteel.riscv.oracle.Runs;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunProofTest {
    private static Assembler program() {
        Assembler asm = new Assembler();
        Label far = asm.label();
        asm.j(far);
        asm.fence();
        asm.bind(far);
        asm.addi(Reg.A1, Reg.ZERO, 8);
        asm.addi(Reg.A7, Reg.ZERO, 256);
        asm.addi(Reg.A0, Reg.ZERO, 1);
        for (int i = 0; i < 20; i++) {
            asm.add(Reg.A0, Reg.A0, Reg.A0);
        }
        asm.ecall();
        asm.sub(Reg.ZERO, Reg.A0, Reg.A1);
        asm.addi(Reg.A7, Reg.ZERO, 93);
        asm.addi(Reg.A0, Reg.ZERO, 0);
        asm.ecall();
        return asm;
    }

    @Test
    void proves() throws Exception {
        Program program = Runs.load(program().elf());
        try (Parallel parallel = new Parallel(2)) {
            ProgramSetup setup = ProgramSetup.of(program, SecurityPreset.TEST_FAST, parallel);
            ProgramKey key = ProgramKey.read(setup.programKey().bytes());
            for (int cycles : new int[] {100, 7}) {
                List<Segment> segments = Runs.run(
                                program,
                                new byte[0],
                                ExecutionOptions.defaults().withLimits(SegmentLimits.ofCycles(cycles)),
                                true)
                        .segments();
                byte[] proof = new RunProver(setup, parallel)
                        .prove(segments, (phase, nanos) -> System.out.println(phase + " " + nanos / 1000000));
                RunStatement statement = RunProver.statement(segments);
                System.out.println(segments.size() + " segments, " + proof.length + " bytes");
                RunVerifier.allowingInsecure(key).verify(statement, proof);
                assertThrows(
                        VerificationException.class,
                        () -> RunVerifier.allowingInsecure(key).verify(new RunStatement(statement.output(), 1), proof));
            }
        }
    }
}
