package dev.firesteel.riscv.jit;

/** SLT and SLTU as calls: three byte codes in a region, and after inlining one compare and one set. */
final class Comparisons {
    private Comparisons() {}

    static long lessThan(long a, long b) {
        return a < b ? 1 : 0;
    }

    static long lessThanUnsigned(long a, long b) {
        return a + Long.MIN_VALUE < b + Long.MIN_VALUE ? 1 : 0;
    }
}
