package dev.firesteel.chips;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.riscv.asm.Assembler;
import dev.firesteel.riscv.asm.Op;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** All multiplications and divisions on corner operands, each with each. */
class MultiplyDivideChipsTest {
    private static final long[] CORNERS = {
        0,
        1,
        2,
        3,
        -1,
        -2,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        0x8000_0000L,
        0xFFFF_FFFFL,
        0x1_0000_0000L,
        0xFFFF_FFFF_0000_0000L,
        0x5555_5555_5555_5555L,
        0xAAAA_AAAA_AAAA_AAAAL,
        0xFF,
        0x100,
        0xFFFF,
        0x10000,
        -0x10000,
        0xFFFF_FFFF_FFFFL,
        0x8000_0000_8000_0000L,
        0x7FFF_FFFF_7FFF_FFFFL,
    };

    private static void check(Assembler asm, long cycles) {
        for (ChipRuns.Filled filled : ChipRuns.fill(asm, cycles)) {
            assertEquals(List.of(), filled.violations());
        }
    }

    @Test
    void cornersMultiplied() {
        check(MultiplyDivideRuns.pairs(MultiplyDivideRuns.MULTIPLY, CORNERS), 1 << 20);
    }

    @Test
    void cornersDivided() {
        check(MultiplyDivideRuns.pairs(MultiplyDivideRuns.DIVIDE, CORNERS), 1 << 20);
    }

    @Test
    void randomOperands() {
        SplittableRandom random = new SplittableRandom(3);
        long[] values = new long[12];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextLong() >> random.nextInt(64);
        }
        check(MultiplyDivideRuns.pairs(MultiplyDivideRuns.MULTIPLY, values), 1 << 20);
        check(MultiplyDivideRuns.pairs(MultiplyDivideRuns.DIVIDE, values), 500);
    }

    @Test
    void operandsAndResultInTheSameRegister() {
        for (List<Op> operations : List.of(MultiplyDivideRuns.MULTIPLY, MultiplyDivideRuns.DIVIDE)) {
            check(MultiplyDivideRuns.sameRegisters(operations, -123_456_789_012L, 0x8000_0007L), 1 << 20);
        }
    }

    @Test
    void sizes() {
        ChipDescription multiply = ChipDescription.of(new MultiplyChip());
        ChipDescription divide = ChipDescription.of(new DivideChip());
        assertEquals(46, multiply.mainWidth());
        assertEquals(41, multiply.interactions().size());
        assertEquals(56, divide.mainWidth());
        assertEquals(45, divide.interactions().size());
        assertTrue(multiply.degree() <= ChipDescription.MAX_DEGREE && divide.degree() <= ChipDescription.MAX_DEGREE);
    }
}
