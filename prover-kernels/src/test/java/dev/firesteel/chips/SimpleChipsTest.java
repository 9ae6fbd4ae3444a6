package dev.firesteel.chips;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Label;
import dev.firesteel.riscv.asm.Reg;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ADDI, ADD, SUB, LUI, AUIPC, JAL, JALR, FENCE and ECALL on corner operands. */
class SimpleChipsTest {
    private static final long[] CORNERS = {
        0,
        1,
        -1,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        0xFFFF,
        0x10000,
        0xFFFF_FFFFL,
        0x5555_5555_5555_5555L,
        0xAAAA_AAAA_AAAA_AAAAL
    };

    private static void check(Assembler asm, long cycles) {
        for (ChipRuns.Filled filled : ChipRuns.fill(asm, cycles)) {
            assertEquals(List.of(), filled.violations());
        }
    }

    @Test
    void additions() {
        Assembler asm = new Assembler();
        asm.li(Reg.A1, 8);
        asm.li(Reg.A7, 256);
        long table = asm.dword(CORNERS[0]);
        for (int i = 1; i < CORNERS.length; i++) {
            asm.dword(CORNERS[i]);
        }
        asm.addi(Reg.T0, Reg.ZERO, -1);
        asm.addi(Reg.T0, Reg.T0, -2048);
        asm.addi(Reg.T1, Reg.T0, 2047);
        asm.add(Reg.T2, Reg.T0, Reg.T1);
        asm.sub(Reg.T2, Reg.T1, Reg.T2);
        asm.sub(Reg.T2, Reg.T2, Reg.T2);
        asm.add(Reg.ZERO, Reg.T0, Reg.T0);
        asm.sub(Reg.T3, Reg.ZERO, Reg.T1);
        asm.lui(Reg.T4, 0x80000);
        asm.auipc(Reg.T5, 0xFFFFF);
        asm.add(Reg.A0, Reg.T4, Reg.T5);
        asm.ecall();
        asm.fence();
        asm.halt(256);
        check(asm, 1 << 20);
        check(asm, 4);
    }

    @Test
    void jumps() {
        Assembler asm = new Assembler();
        Label far = asm.label();
        Label end = asm.label();
        asm.j(far);
        asm.fence();
        asm.bind(end);
        asm.halt(-1);
        asm.bind(far);
        asm.auipc(Reg.T0, 0);
        asm.jalr(Reg.RA, 13, Reg.T0);
        asm.fence();
        asm.auipc(Reg.T0, 0);
        asm.jalr(Reg.ZERO, 8, Reg.T0);
        asm.j(end);
        check(asm, 1 << 20);
    }
}
