package dev.firesteel.riscv.oracle;

import java.util.LinkedHashSet;
import java.util.SplittableRandom;

/** Operands at which arithmetic goes wrong. */
final class Corners {
    /** 64-bit operands. */
    static final long[] LONGS = longs();
    /** Those that no test goes without: 0, ±1, the extremes of 32 and 64 bits, all ones, alternating bits. */
    static final long[] FEW = {
        0,
        1,
        -1,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0x8000_0000L,
        0xffff_ffffL,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        0x5555_5555_5555_5555L,
        0xaaaa_aaaa_aaaa_aaaaL
    };
    /** 12-bit signed immediates. */
    static final int[] IMM12 = {0, 1, -1, 2, -2, 31, 32, 63, 64, 65, 2047, -2048, 0x555, -0x556, 1024, -1024};
    /** 20-bit immediates of LUI and AUIPC. */
    static final int[] IMM20 = {0, 1, 0x7ffff, 0x80000, 0x80001, 0xfffff, 0x55555, 0xaaaaa};

    private Corners() {}

    private static long[] longs() {
        LinkedHashSet<Long> set = new LinkedHashSet<>();
        long[] base = {
            0,
            1,
            2,
            3,
            7,
            31,
            32,
            33,
            63,
            64,
            65,
            127,
            128,
            255,
            0x7fff,
            0x8000,
            0xffff,
            Integer.MAX_VALUE,
            0x8000_0000L,
            0x8000_0001L,
            0xffff_ffffL,
            0x1_0000_0000L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            Long.MIN_VALUE + 1,
            0x5555_5555_5555_5555L,
            0xaaaa_aaaa_aaaa_aaaaL,
            0x0123_4567_89ab_cdefL,
            0xffff_ffff_0000_0000L,
            0x8000_0000_8000_0000L
        };
        for (long value : base) {
            set.add(value);
            set.add(-value);
        }
        return set.stream().mapToLong(Long::longValue).toArray();
    }

    /** A corner, a corner's neighbour, a value of random length, or anything. */
    static long pick(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> LONGS[random.nextInt(LONGS.length)];
            case 3 -> LONGS[random.nextInt(LONGS.length)] + random.nextInt(5) - 2;
            case 4, 5 -> random.nextLong() >> random.nextInt(64);
            case 6 -> 1L << random.nextInt(64);
            default -> random.nextLong();
        };
    }

    static int imm12(SplittableRandom random) {
        return random.nextInt(3) == 0 ? IMM12[random.nextInt(IMM12.length)] : random.nextInt(-2048, 2048);
    }
}
