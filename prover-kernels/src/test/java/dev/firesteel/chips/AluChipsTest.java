package dev.firesteel.chips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.riscv.Outcome;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Label;
import dev.firesteel.riscv.asm.Op;
import dev.firesteel.riscv.asm.Reg;
import dev.firesteel.riscv.oracle.CornerPrograms;
import dev.firesteel.riscv.oracle.Runs;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Comparisons, branches, bitwise operations, additions of words and shifts on corner operands. */
class AluChipsTest {
    private static final List<Op> OPERATIONS = List.of(
            Op.SLT, Op.SLTU, Op.XOR, Op.OR, Op.AND, Op.ADDW, Op.SUBW, Op.SLL, Op.SRL, Op.SRA, Op.SLLW, Op.SRLW,
            Op.SRAW);
    private static final List<Op> SHIFTS = List.of(Op.SLL, Op.SRL, Op.SRA, Op.SLLW, Op.SRLW, Op.SRAW);

    /** 0, ±1, the extremes at 32 and 64 bits, alternating bits, and what lies around the limbs' boundaries. */
    private static final long[] CORNERS = {
        0,
        1,
        -1,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        0x7FFF,
        0x8000,
        0xFFFF,
        0x1_0000,
        0x8000_0000L,
        0xFFFF_FFFFL,
        0x1_0000_0000L,
        0xFFFF_0000_0000_0000L,
        0x7FFF_FFFF_FFFF_0000L,
        0x8000_0000_0000_0001L,
        0x8000_0001_7FFF_FFFFL,
        0x5555_5555_5555_5555L,
        0xAAAA_AAAA_AAAA_AAAAL,
        0x0123_4567_89AB_CDEFL
    };

    private static void check(byte[] elf, long cycles) {
        Program program = Runs.load(elf);
        List<ChipRuns.Filled> segments = ChipRuns.fill(program, new byte[0], cycles);
        for (ChipRuns.Filled filled : segments) {
            assertEquals(List.of(), filled.violations());
        }
        Segment last = segments.get(segments.size() - 1).trace().segment();
        assertEquals(Outcome.HALTED, last.outcome());
        assertEquals(0, last.exitCode());
    }

    /** The widths are the prover's costs. */
    @ParameterizedTest
    @CsvSource({
        "less-than, 32, 18",
        "branch, 28, 14",
        "bitwise, 42, 23",
        "add-sub-word, 28, 17",
        "shift-left, 40, 25",
        "shift-right, 41, 26"
    })
    void chipsHaveTheColumnsAndInteractionsThatTheyAreBudgetedFor(String name, int columns, int interactions) {
        InstructionChip chip = InstructionChips.ALL.stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
        ChipDescription description = ChipDescription.of(chip);
        assertEquals(columns, description.mainWidth());
        assertEquals(interactions, description.interactions().size());
        assertTrue(description.degree() <= ChipDescription.MAX_DEGREE);
    }

    @Test
    void twoRegisters() {
        Assembler asm = new Assembler();
        for (long a : CORNERS) {
            asm.li(Reg.T1, a);
            for (long b : CORNERS) {
                asm.li(Reg.T2, b);
                for (Op op : OPERATIONS) {
                    asm.emit(op, Reg.A0, Reg.T1, Reg.T2, 0);
                }
            }
        }
        asm.halt(0);
        check(asm.elf(), 1 << 20);
    }

    @Test
    void registersThatAreTheSame() {
        Assembler asm = new Assembler();
        for (long a : CORNERS) {
            for (Op op : OPERATIONS) {
                asm.li(Reg.T1, a);
                asm.li(Reg.T2, ~a);
                asm.emit(op, Reg.T1, Reg.T1, Reg.T2, 0);
                asm.emit(op, Reg.T2, Reg.T1, Reg.T2, 0);
                asm.emit(op, Reg.T1, Reg.T2, Reg.T2, 0);
                asm.emit(op, Reg.T1, Reg.T1, Reg.T1, 0);
                asm.emit(op, Reg.ZERO, Reg.T1, Reg.T2, 0);
                asm.emit(op, Reg.T1, Reg.ZERO, Reg.T2, 0);
                asm.emit(op, Reg.T1, Reg.T2, Reg.ZERO, 0);
            }
        }
        asm.halt(0);
        check(asm.elf(), 1 << 20);
    }

    @Test
    void immediates() {
        check(CornerPrograms.registerImmediate().elf(), 1 << 20);
    }

    @Test
    void branches() {
        check(CornerPrograms.branches().elf(), 1 << 20);
    }

    @Test
    void branchesOnOneRegisterAndBackwards() {
        Assembler asm = new Assembler();
        asm.li(Reg.T0, -3);
        Label loop = asm.here();
        asm.addi(Reg.T0, Reg.T0, 1);
        for (Op op : List.of(Op.BEQ, Op.BNE, Op.BLT, Op.BGE, Op.BLTU, Op.BGEU)) {
            Label next = asm.label();
            asm.emit(op, 0, Reg.T0, Reg.T0, next);
            asm.fence();
            asm.bind(next);
        }
        asm.blt(Reg.T0, Reg.ZERO, loop);
        // Taken to the following instruction, where both ways are the same.
        asm.emit(Op.BEQ, 0, Reg.T0, Reg.T0, 4);
        // Not taken, and it must not matter that the target is misaligned.
        asm.emit(Op.BNE, 0, Reg.T0, Reg.T0, 6);
        asm.halt(0);
        check(asm.elf(), 1 << 20);
    }

    @Test
    void everyAmountOfShiftsWithAnythingAboveIt() {
        SplittableRandom random = new SplittableRandom(0xA1);
        Assembler asm = new Assembler();
        long[] values = {-1, Long.MIN_VALUE, Integer.MIN_VALUE, 0x8000_0001_8000_0001L, random.nextLong()};
        asm.li(Reg.S0, 0x5A5A_A5A5_1234_5678L & -64);
        asm.li(Reg.S1, -64);
        asm.li(Reg.S2, 0xFFC0);
        for (long value : values) {
            asm.li(Reg.T1, value);
            for (int amount = 0; amount < 64; amount++) {
                for (Op op : SHIFTS) {
                    asm.addi(Reg.T2, Reg.ZERO, amount);
                    asm.emit(op, Reg.A0, Reg.T1, Reg.T2, 0);
                    asm.addi(Reg.T2, Reg.S0 + random.nextInt(2), amount);
                    asm.emit(op, Reg.A0, Reg.T1, Reg.T2, 0);
                }
            }
        }
        asm.addi(Reg.T2, Reg.S2, 63);
        for (Op op : SHIFTS) {
            asm.emit(op, Reg.A0, Reg.T1, Reg.T2, 0);
        }
        asm.halt(0);
        check(asm.elf(), 1 << 20);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void segmentsOfFewCycles(long cycles) {
        Assembler asm = new Assembler();
        asm.li(Reg.T1, 0x8000_0001_8000_0001L);
        asm.addi(Reg.T2, Reg.ZERO, -7);
        for (Op op : OPERATIONS) {
            asm.emit(op, Reg.T3, Reg.T1, Reg.T2, 0);
        }
        asm.slti(Reg.T3, Reg.T1, 5);
        asm.xori(Reg.T3, Reg.T1, -1);
        asm.addiw(Reg.T3, Reg.T1, -1);
        asm.srai(Reg.T3, Reg.T1, 33);
        asm.emit(Op.BNE, 0, Reg.T1, Reg.T2, 8);
        asm.ebreak();
        asm.halt(0);
        check(asm.elf(), cycles);
    }
}
