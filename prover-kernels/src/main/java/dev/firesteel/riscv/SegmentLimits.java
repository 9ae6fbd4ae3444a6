package dev.firesteel.riscv;

/**
 * When a segment ends ({@code docs/machine.md}, "Segments"). A limit is never exceeded.
 *
 * @param maxCycles the most cycles of a segment, at least 1
 * @param maxFamilyRows the most instructions of any one family, at least 1; calls of accelerators are limited by it too, see {@link #maxCalls}
 * @param maxTouchedWords the most distinct 8-byte words touched, at least 25 (an accelerator's call touches as many)
 */
public record SegmentLimits(long maxCycles, long maxFamilyRows, long maxTouchedWords) {
    /** Default of {@link #maxCycles} and {@link #maxFamilyRows}: 2²⁰. */
    public static final long DEFAULT_CYCLES = 1L << 20;
    /** Default of {@link #maxTouchedWords}: 2¹⁸ words, about 5 MB of segment row. */
    public static final long DEFAULT_TOUCHED_WORDS = 1L << 18;
    /** The most words that a segment's arrays can take. */
    public static final long MAX_TOUCHED_WORDS = 1L << 28;

    /** Refuses limits under which a segment could not make one step, or could not be held. */
    public SegmentLimits {
        if (maxCycles < 1) {
            throw new IllegalArgumentException("segment limit: maxCycles is " + maxCycles + ", must be at least 1");
        }
        if (maxFamilyRows < 1) {
            throw new IllegalArgumentException(
                    "segment limit: maxFamilyRows is " + maxFamilyRows + ", must be at least 1");
        }
        if (maxTouchedWords < Accelerator.MAX_WORDS || maxTouchedWords > MAX_TOUCHED_WORDS) {
            throw new IllegalArgumentException("segment limit: maxTouchedWords is " + maxTouchedWords + ", must be "
                    + Accelerator.MAX_WORDS + " to " + MAX_TOUCHED_WORDS);
        }
    }

    /** The most calls of {@code accelerator}: as many as have the cells of {@link #maxFamilyRows} instructions, and one at least. */
    public long maxCalls(Accelerator accelerator) {
        return Math.max(1, maxFamilyRows / accelerator.weight());
    }

    /** 2²⁰ cycles, as many rows of a family, 2¹⁸ words. */
    public static SegmentLimits defaults() {
        return ofCycles(DEFAULT_CYCLES);
    }

    /** The default limits with another number of cycles; a family may fill the whole segment. */
    public static SegmentLimits ofCycles(long maxCycles) {
        return new SegmentLimits(maxCycles, maxCycles, DEFAULT_TOUCHED_WORDS);
    }
}
