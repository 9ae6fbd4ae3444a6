package dev.firesteel.chips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.riscv.Outcome;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Op;
import dev.firesteel.riscv.asm.Reg;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads and stores of every width and sign, aligned and not, inside words and across words and pages. */
class LoadsAndStoresTest {
    private static final List<Op> LOADS = List.of(Op.LB, Op.LBU, Op.LH, Op.LHU, Op.LW, Op.LWU, Op.LD);
    private static final List<Op> STORES = List.of(Op.SB, Op.SH, Op.SW, Op.SD);
    static final List<String> CHIPS = List.of(
            "load-byte",
            "load-half",
            "load-word",
            "load-double",
            "store-byte",
            "store-half",
            "store-word",
            "store-double",
            "misaligned-load",
            "misaligned-store");
    private static final long DATA = Assembler.DATA_BASE;

    private static List<ChipRuns.Filled> check(Assembler asm, long cycles, Outcome outcome) {
        List<ChipRuns.Filled> segments = ChipRuns.fill(asm, cycles);
        for (ChipRuns.Filled filled : segments) {
            assertEquals(List.of(), filled.violations());
        }
        Segment last = segments.get(segments.size() - 1).trace().segment();
        assertEquals(outcome, last.outcome());
        return segments;
    }

    /** LUI and ADDI, the only way to a constant as long as there are no shifts. */
    private static void address(Assembler asm, int register, long value) {
        int low = (int) value << 20 >> 20;
        asm.lui(register, (int) (value - low >>> 12));
        asm.addi(register, register, low);
    }

    /** Appends {@code count} numbers, many of whose bytes have bit 7 set or are 0, and points S1 at them. */
    private static void numbers(Assembler asm, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            asm.dword(i % 3 == 0 ? random.nextLong() & random.nextLong() & random.nextLong() : random.nextLong());
        }
        asm.zeroFill(0x20000);
        address(asm, Reg.S1, DATA);
    }

    private static void halt(Assembler asm) {
        asm.addi(Reg.A0, Reg.ZERO, 0);
        asm.addi(Reg.A7, Reg.ZERO, 93);
        asm.ecall();
    }

    @ParameterizedTest
    @ValueSource(longs = {DATA + 0x800, DATA + 0x1000 - 16, DATA + 0x10000 - 16})
    void everyWidthAtEveryOffsetOfAWindow(long window) {
        Assembler asm = new Assembler();
        numbers(asm, 128, window);
        address(asm, Reg.S0, window);
        int number = 0;
        for (int at = 0; at < 32; at += 8) {
            asm.ld(Reg.T1, 8 * number++, Reg.S1);
            asm.sd(Reg.T1, at, Reg.S0);
        }
        for (int at = 0; at <= 16; at++) {
            for (Op load : LOADS) {
                asm.emit(load, Reg.A0, Reg.S0, 0, at);
            }
            for (Op store : STORES) {
                asm.ld(Reg.T1, 8 * number++, Reg.S1);
                asm.emit(store, 0, Reg.S0, Reg.T1, at);
            }
        }
        halt(asm);
        ChipRuns.Filled filled = check(asm, 1 << 20, Outcome.HALTED).get(0);
        for (String chip : CHIPS) {
            assertTrue(filled.tables().get(index(chip)).height() > 0, chip);
        }
        // Loads at odd places: 8 of LH and LHU each, 12 of LW and LWU each, 14 of LD; stores without the second LH, LW.
        assertEquals(
                8 + 8 + 12 + 12 + 14,
                filled.trace().log(index("misaligned-load")).size());
        assertEquals(8 + 12 + 14, filled.trace().log(index("misaligned-store")).size());
        check(asm, 50, Outcome.HALTED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void segmentsCutAnywhere(long cycles) {
        check(mixed(), cycles, Outcome.HALTED);
    }

    /** A few rows of every table. */
    static Assembler mixed() {
        Assembler asm = new Assembler();
        numbers(asm, 4, 7);
        for (int i = 0; i < 2; i++) {
            asm.dword(0x8182_8384_8586_8788L);
            asm.dword(0x7172_7374_7576_7778L);
        }
        for (int at : new int[] {0, 5, 10, 15, 19}) {
            asm.emit(Op.LB, Reg.A2, Reg.S1, 0, at);
            asm.emit(Op.LBU, Reg.A3, Reg.S1, 0, at + 1);
            asm.emit(Op.SB, 0, Reg.S1, Reg.A2, at + 2);
        }
        for (int at : new int[] {0, 10, 20}) {
            asm.emit(Op.LH, Reg.A2, Reg.S1, 0, at);
            asm.emit(Op.LHU, Reg.A3, Reg.S1, 0, at + 6);
            asm.emit(Op.SH, 0, Reg.S1, Reg.A2, at + 4);
        }
        for (int at : new int[] {2, 26, 28}) {
            asm.emit(Op.LH, Reg.A2, Reg.S1, 0, at);
        }
        for (int at : new int[] {0, 12, 24}) {
            asm.emit(Op.LW, Reg.A2, Reg.S1, 0, at);
            asm.emit(Op.LWU, Reg.A3, Reg.S1, 0, at + 4);
            asm.emit(Op.SW, 0, Reg.S1, Reg.A2, at);
        }
        for (int at : new int[] {32, 36, 44, 56, 60}) {
            asm.lw(Reg.A2, at, Reg.S1);
        }
        for (int at : new int[] {0, 8, 24}) {
            asm.ld(Reg.A2, at, Reg.S1);
            asm.sd(Reg.A2, at + 8, Reg.S1);
        }
        // LW within a word and across two, with both signs, LH at 1 and 7, LD at each offset but one.
        asm.lw(Reg.A2, 1, Reg.S1);
        asm.lw(Reg.A3, 7, Reg.S1);
        asm.lwu(Reg.A4, 14, Reg.S1);
        asm.lh(Reg.A5, 7, Reg.S1);
        asm.lh(Reg.A5, 1, Reg.S1);
        for (int at : new int[] {49, 53, 57}) {
            asm.lw(Reg.A2, at, Reg.S1);
        }
        asm.lh(Reg.A5, 51, Reg.S1);
        asm.lh(Reg.A5, 59, Reg.S1);
        asm.lhu(Reg.A6, 11, Reg.S1);
        asm.ld(Reg.T1, 3, Reg.S1);
        asm.ld(Reg.T1, 6, Reg.S1);
        asm.ld(Reg.T2, 20, Reg.S1);
        asm.sh(Reg.T2, 3, Reg.S1);
        asm.sh(Reg.T2, 15, Reg.S1);
        asm.sw(Reg.T1, 17, Reg.S1);
        asm.sw(Reg.T1, 22, Reg.S1);
        asm.sd(Reg.T2, 9, Reg.S1);
        asm.sd(Reg.T1, 15, Reg.S1);
        halt(asm);
        return asm;
    }

    @Test
    void registersThatMeet() {
        Assembler asm = new Assembler();
        long pointer = asm.dword(DATA + 8);
        asm.dword(0x8070_6050_4030_2010L);
        asm.zeroFill(256);
        address(asm, Reg.S1, pointer);
        // To x0, from x0, to the base itself, of the base itself, aligned and not.
        for (Op load : LOADS) {
            asm.emit(load, Reg.ZERO, Reg.S1, 0, 8);
            asm.emit(load, Reg.ZERO, Reg.S1, 0, 13);
        }
        for (Op store : STORES) {
            asm.emit(store, 0, Reg.S1, Reg.ZERO, 64);
            asm.emit(store, 0, Reg.S1, Reg.S1, 65);
            asm.emit(store, 0, Reg.S1, Reg.S1, 80);
        }
        asm.ld(Reg.S1, 0, Reg.S1);
        asm.sd(Reg.S1, 1, Reg.S1);
        for (Op load : LOADS) {
            asm.addi(Reg.T0, Reg.S1, 1);
            asm.emit(load, Reg.T0, Reg.T0, 0, -1);
            asm.addi(Reg.T0, Reg.S1, 0);
            asm.emit(load, Reg.T0, Reg.T0, 0, 7);
        }
        halt(asm);
        check(asm, 1 << 20, Outcome.HALTED);
        check(asm, 1, Outcome.HALTED);
    }

    @Test
    void addressesThatWrapAtTheTopAndTheirLimits() {
        Assembler asm = new Assembler();
        asm.dword(0x1_0000_0400L);
        asm.dword(0x1_0000_0000L);
        asm.zeroFill(0x2000);
        address(asm, Reg.S1, DATA);
        // A negative immediate wraps: 2^64 is dropped.
        asm.addi(Reg.T0, Reg.S1, 2047);
        asm.ld(Reg.T1, -2047, Reg.T0);
        asm.lb(Reg.T1, -2046, Reg.T0);
        asm.lw(Reg.T1, -2046, Reg.T0);
        asm.sd(Reg.T0, -1, Reg.T0);
        // A base from 2^32 on, with a sum below it.
        asm.ld(Reg.T0, 0, Reg.S1);
        asm.sd(Reg.T0, -2048, Reg.T0);
        asm.ld(Reg.T2, 8, Reg.S1);
        asm.sd(Reg.T0, -8, Reg.T2);
        asm.sb(Reg.T0, -1, Reg.T2);
        asm.lhu(Reg.T0, -2, Reg.T2);
        asm.ld(Reg.T0, -9, Reg.T2);
        // Carries through limbs: 0x20FFFF + 1, 0x210000 − 1.
        address(asm, Reg.T0, DATA + 0xFFF);
        asm.lbu(Reg.T1, 1, Reg.T0);
        asm.lbu(Reg.T1, -1, Reg.T0);
        // The first and the last address beside the null guard.
        asm.lui(Reg.T0, 1);
        asm.ld(Reg.T1, 0, Reg.T0);
        halt(asm);
        check(asm, 1 << 20, Outcome.HALTED);
        check(asm, 3, Outcome.HALTED);
    }

    /** The run is provable up to the trap, and the trapping access is in no table. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void accessesThatTrapHaveNoRow(int which) {
        Assembler asm = new Assembler();
        asm.dword(0x1_0000_0000L);
        address(asm, Reg.S1, DATA);
        asm.ld(Reg.T2, 0, Reg.S1);
        switch (which) {
            case 0 -> {
                // Wraps to 2039, which the null guard has.
                asm.addi(Reg.T0, Reg.ZERO, -8);
                asm.lb(Reg.T1, 2047, Reg.T0);
            }
            case 1 -> asm.ld(Reg.T1, -4, Reg.T2);
            case 2 -> asm.lb(Reg.T1, 0, Reg.T2);
            default -> asm.sd(Reg.T1, -7, Reg.T2);
        }
        halt(asm);
        List<ChipRuns.Filled> segments = check(asm, 2, Outcome.TRAPPED);
        int loads = segments.stream()
                .mapToInt(s -> CHIPS.stream()
                        .mapToInt(chip -> s.trace().log(index(chip)).size())
                        .sum())
                .sum();
        assertEquals(1, loads);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomAccessesOfAFewWords(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Assembler asm = new Assembler();
        numbers(asm, 6, seed);
        int[] registers = {Reg.ZERO, Reg.A0, Reg.A1, Reg.A2};
        for (int i = 0; i < 150; i++) {
            int register = registers[random.nextInt(registers.length)];
            int at = random.nextInt(40);
            int kind = random.nextInt(LOADS.size() + STORES.size());
            if (kind < LOADS.size()) {
                asm.emit(LOADS.get(kind), register, Reg.S1, 0, at);
            } else {
                asm.emit(STORES.get(kind - LOADS.size()), 0, Reg.S1, register, at);
            }
        }
        halt(asm);
        check(asm, 1 << 20, Outcome.HALTED);
        check(asm, 17, Outcome.HALTED);
    }

    /** Main columns and interactions are what a proof costs: a change of them is to be seen. */
    @Test
    void cost() {
        Map<String, List<Integer>> cost = CHIPS.stream()
                .map(name -> ChipDescription.of(InstructionChips.ALL.get(index(name))))
                .collect(Collectors.toMap(
                        ChipDescription::name,
                        d -> List.of(d.mainWidth(), d.interactions().size())));
        assertEquals(
                Map.of(
                        "load-byte", List.of(34, 19),
                        "load-half", List.of(31, 18),
                        "load-word", List.of(30, 18),
                        "load-double", List.of(27, 17),
                        "store-byte", List.of(33, 19),
                        "store-half", List.of(29, 17),
                        "store-word", List.of(28, 17),
                        "store-double", List.of(27, 17),
                        "misaligned-load", List.of(53, 30),
                        "misaligned-store", List.of(54, 33)),
                cost);
    }

    /** The place of the chip called {@code name}. */
    static int index(String name) {
        for (int i = 0; i < InstructionChips.ALL.size(); i++) {
            if (InstructionChips.ALL.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new AssertionError("no chip " + name);
    }
}
