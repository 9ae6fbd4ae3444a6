package dev.firesteel.riscv.jit;

import static dev.firesteel.riscv.asm.Reg.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firesteel.riscv.Accelerator;
import dev.firesteel.riscv.Trap;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Label;
import dev.firesteel.riscv.asm.Op;
import dev.firesteel.riscv.vm.Machine;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Code that is hot and good for a while, and then traps in the middle of a translated block. */
class TranslatedTrapsTest {
    private static final int GOOD = 50;

    /**
     * A loop whose body traps when s0, which counts down from 50, reaches 0. t0 is s0's value times 8, a1 = 1 when s0 is
     * 0 and else 0, s1 the address of a page of data.
     */
    enum Ending {
        LOAD_BELOW_NULL_GUARD_END(Trap.LOAD_FAULT, (asm, loop) -> {
            asm.li(T1, 0xff8);
            asm.add(T1, T1, T0);
            asm.ld(T2, 0, T1);
        }),
        STORE_INTO_STACK_GUARD(Trap.STORE_FAULT, (asm, loop) -> {
            asm.li(T1, 0xE000_FFF8L);
            asm.add(T1, T1, T0);
            asm.sd(T2, 0, T1);
        }),
        LOAD_ACROSS_INTO_STACK_GUARD(Trap.LOAD_FAULT, (asm, loop) -> {
            asm.li(T1, 0xDFFF_FFFCL);
            asm.sub(T1, T1, T0);
            asm.ld(T2, 0, T1);
        }),
        STORE_ACROSS_FOUR_GIB(Trap.STORE_FAULT, (asm, loop) -> {
            asm.li(T1, 0xFFFF_FFFDL);
            asm.sub(T1, T1, T0);
            asm.sw(T2, 0, T1);
        }),
        LOAD_BYTE_ABOVE_FOUR_GIB(Trap.LOAD_FAULT, (asm, loop) -> {
            asm.slli(T1, A1, 32);
            asm.add(T1, T1, S1);
            asm.lbu(T2, 0, T1);
        }),
        STORE_TO_ADDRESS_WITH_SIGN(Trap.STORE_FAULT, (asm, loop) -> {
            asm.slli(T1, A1, 63);
            asm.add(T1, T1, S1);
            asm.sh(T2, 2, T1);
        }),
        LOAD_TO_X0(Trap.LOAD_FAULT, (asm, loop) -> {
            asm.slli(T1, A1, 40);
            asm.add(T1, T1, S1);
            asm.lw(ZERO, 0, T1);
        }),
        /** The accesses share a base, so their page is looked up once: that must not hide the guard. */
        GROUP_REACHES_DOWN_INTO_NULL_GUARD(Trap.LOAD_FAULT, (asm, loop) -> {
            asm.li(T1, 0x1000);
            asm.add(T1, T1, T0);
            asm.sd(S2, 8, T1);
            asm.lw(T2, 4, T1);
            asm.add(S6, S6, T2);
            asm.ld(T2, -8, T1);
            asm.sd(S6, 16, T1);
        }),
        GROUP_REACHES_UP_INTO_STACK_GUARD(Trap.STORE_FAULT, (asm, loop) -> {
            asm.li(T1, 0xDFFF_FF00L);
            asm.sub(T1, T1, T0);
            asm.ld(T2, 0, T1);
            asm.sb(S2, 255, T1);
            asm.sd(S2, 248, T1);
            asm.slli(T3, A1, 8);
            asm.add(T1, T1, T3);
            asm.ld(T2, -8, T1);
            asm.sb(S2, -1, T1);
            asm.sd(S2, 0, T1);
            asm.ld(T2, 8, T1);
        }),
        GROUP_WRAPS_AT_FOUR_GIB(Trap.LOAD_FAULT, (asm, loop) -> {
            asm.li(T1, 0xFFFF_FFE8L);
            asm.slli(T3, A1, 3);
            asm.add(T1, T1, T3);
            asm.ld(T2, 0, T1);
            asm.sd(S2, 8, T1);
            asm.ld(T2, 16, T1);
        }),
        GROUP_ABOVE_FOUR_GIB(Trap.LOAD_FAULT, (asm, loop) -> {
            asm.slli(T1, A1, 40);
            asm.add(T1, T1, S1);
            asm.ld(T2, 0, T1);
            asm.sd(T2, 8, T1);
            asm.lw(T2, 20, T1);
        }),
        GROUP_AS_WIDE_AS_THE_NULL_GUARD(Trap.STORE_FAULT, (asm, loop) -> {
            asm.li(T1, 0x1000);
            asm.sd(S2, 0, T1);
            asm.slli(T1, A1, 44);
            asm.add(T1, T1, S1);
            asm.lui(T2, 1);
            asm.add(T1, T1, T2);
            asm.sd(S2, 2040, T1);
            asm.sb(S2, 2047, T1);
            asm.ld(T2, -2048, T1);
        }),
        GROUP_BELOW_ZERO(Trap.STORE_FAULT, (asm, loop) -> {
            asm.slli(T1, A1, 22);
            asm.sub(T1, S1, T1);
            asm.sd(S2, 0, T1);
            asm.ld(T2, 8, T1);
            asm.lw(T2, 20, T1);
        }),
        GROUP_ON_A_MISALIGNED_BASE(Trap.STORE_FAULT, (asm, loop) -> {
            asm.li(T1, 0xDFFF_FFF3L);
            asm.sub(T1, T1, T0);
            asm.ld(T2, 0, T1);
            asm.sh(T2, 2, T1);
            asm.sd(S2, 8, T1);
        }),
        JALR_TO_HALF_WORD(Trap.MISALIGNED_FETCH, (asm, loop) -> {
            asm.auipc(T1, 0);
            asm.addi(T1, T1, 20);
            asm.slli(T2, A1, 1);
            asm.add(T1, T1, T2);
            asm.jalr(T1, 0, T1);
        }),
        BRANCH_TO_HALF_WORD(Trap.MISALIGNED_FETCH, (asm, loop) -> asm.emit(Op.BNE, 0, A1, ZERO, 6)),
        JAL_TO_HALF_WORD(Trap.MISALIGNED_FETCH, (asm, loop) -> {
            asm.emit(Op.BEQ, 0, A1, ZERO, 8);
            asm.emit(Op.JAL, RA, 0, 0, -2);
        }),
        JUMP_OUTSIDE(Trap.FETCH_FAULT, (asm, loop) -> {
            asm.auipc(T1, 0);
            asm.slli(T2, A1, 24);
            asm.add(T1, T1, T2);
            asm.jalr(ZERO, 16, T1);
        }),
        /** The low half is a return point of the region: the high half must be looked at too. */
        RETURN_ABOVE_FOUR_GIB(Trap.FETCH_FAULT, (asm, loop) -> {
            Label function = asm.label();
            Label over = asm.label();
            asm.jal(RA, function);
            asm.j(over);
            asm.bind(function);
            asm.slli(T2, A1, 32);
            asm.add(RA, RA, T2);
            asm.ret();
            asm.bind(over);
        }),
        BRANCH_OUT_OF_TEXT(Trap.FETCH_FAULT, (asm, loop) -> asm.emit(Op.BNE, 0, A1, ZERO, 4092)),
        FALL_OFF_THE_END(Trap.FETCH_FAULT, (asm, loop) -> {
            asm.addi(S0, S0, -1);
            asm.bge(S0, ZERO, loop);
        }),
        BREAKPOINT(Trap.BREAKPOINT, (asm, loop) -> {
            asm.emit(Op.BEQ, 0, A1, ZERO, 8);
            asm.ebreak();
        }),
        ILLEGAL(Trap.ILLEGAL_INSTRUCTION, (asm, loop) -> {
            asm.emit(Op.BEQ, 0, A1, ZERO, 8);
            asm.word(0);
        }),
        UNKNOWN_CALL(Trap.UNKNOWN_ECALL, (asm, loop) -> {
            asm.mv(S5, A1);
            asm.li(A7, 256);
            asm.add(A7, A7, S5);
            asm.li(A1, 8);
            asm.ecall();
        }),
        BAD_COUNT(Trap.BAD_OUTPUT_COUNT, (asm, loop) -> {
            asm.li(A7, 256);
            asm.slli(A1, A1, 4);
            asm.addi(A1, A1, 1);
            asm.ecall();
        }),
        ODD_STATE(Trap.MISALIGNED_POINTER, (asm, loop) -> {
            asm.li(A7, Accelerator.KECCAK_F1600.call());
            asm.addi(A0, S1, 0x400);
            asm.add(A0, A0, A1);
            asm.ecall();
        }),
        BLOCK_IN_NO_MEMORY(Trap.POINTER_FAULT, (asm, loop) -> {
            asm.li(A7, Accelerator.SHA256_COMPRESS.call());
            asm.addi(A0, S1, 0x400);
            asm.slli(A1, A1, 40);
            asm.add(A1, A1, S1);
            asm.ecall();
        });

        private final Trap trap;
        private final BiConsumer<Assembler, Label> body;

        Ending(Trap trap, BiConsumer<Assembler, Label> body) {
            this.trap = trap;
            this.body = body;
        }
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void trapsAtTheSameInstructionInTheSameState(Ending ending) {
        byte[] elf = program(ending);
        for (int threshold : new int[] {1, 2, 10, 51, 1000}) {
            TranslatorSettings settings = new TranslatorSettings(threshold, 7000, 100_000);
            for (long budget : new long[] {Long.MAX_VALUE, 1, 2, 3, 5, 7, 11, 100, 101, 501}) {
                Machine machine = Lockstep.compare(elf, settings, step -> budget, ending + ", budget " + budget);
                assertEquals(ending.trap, machine.trap());
                assertEquals(ending == Ending.FALL_OFF_THE_END ? -1 : 0, machine.registers[S0]);
            }
        }
    }

    private static byte[] program(Ending ending) {
        Assembler asm = new Assembler();
        asm.zeroFill(0x2000);
        asm.li(S1, asm.dataBase());
        asm.li(S0, GOOD);
        asm.li(A7, 0);
        Label loop = asm.here();
        asm.slli(T0, S0, 3);
        asm.emit(Op.SLTIU, A1, S0, 0, 1);
        // Work before the trap and after it in the same block: the one is kept, the other never done.
        asm.addi(S2, S2, 3);
        asm.sd(S2, 8, S1);
        asm.mul(S3, S2, S2);
        ending.body.accept(asm, loop);
        if (ending != Ending.FALL_OFF_THE_END) {
            asm.addi(S2, S2, 5);
            asm.sd(S2, 16, S1);
            asm.xor(S4, S4, S3);
            asm.addi(S0, S0, -1);
            asm.bge(S0, ZERO, loop);
            asm.halt(0);
        }
        return asm.elf();
    }

    @Test
    void everyTrapHasAnEnding() {
        assertEquals(
                EnumSet.allOf(Trap.class),
                Arrays.stream(Ending.values())
                        .map(e -> e.trap)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Trap.class))));
    }
}
