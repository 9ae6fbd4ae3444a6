package dev.firesteel.jobs.execute;

import dev.firesteel.cli.ByteCount;
import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.spark.Digests;
import dev.firesteel.riscv.AddressSpace;
import dev.firesteel.riscv.Engine;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.SegmentLimits;
import dev.firesteel.riscv.vm.Memory;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * What decides the result of an execution besides program and input.
 *
 * @param maxCycles cycles after which a guest is stopped
 * @param maxMemoryBytes memory that a guest may touch, bytes; a multiple of a page of 64 KiB
 * @param segmentCycles most cycles of a segment
 * @param segmentFamilyRows most instructions of one family in a segment
 * @param segmentWords most distinct 8-byte words that a segment touches
 */
public record ExecutionParameters(
        long maxCycles, long maxMemoryBytes, long segmentCycles, long segmentFamilyRows, long segmentWords)
        implements Serializable {
    /**
     * The most cycles of a segment: 2²⁴. With 8 bytes of output a cycle and {@link SegmentLimits#DEFAULT_TOUCHED_WORDS} a
     * row then stays below 150 MB, well under Spark's 2 GiB.
     */
    public static final long MAX_SEGMENT_CYCLES = 1L << 24;

    private static final long serialVersionUID = 1L;

    /** Refuses limits that no execution can have, with {@link UserException}. */
    public ExecutionParameters {
        if (maxCycles < 1) {
            throw new UserException("--max-cycles " + maxCycles + ": must be at least 1");
        }
        if (maxMemoryBytes < Memory.PAGE_BYTES) {
            throw new UserException("--max-memory " + ByteCount.text(maxMemoryBytes) + ": must be at least "
                    + ByteCount.text(Memory.PAGE_BYTES));
        }
        // Whole pages, and never more than there are: what stops no guest earlier makes no other parameters.
        maxMemoryBytes = Math.min(maxMemoryBytes, AddressSpace.END) / Memory.PAGE_BYTES * Memory.PAGE_BYTES;
        if (segmentCycles < 1 || segmentCycles > MAX_SEGMENT_CYCLES) {
            throw new UserException("--segment-cycles " + segmentCycles + ": must be 1 to " + MAX_SEGMENT_CYCLES);
        }
    }

    /** Default limits with these two. */
    public static ExecutionParameters of(long maxCycles, long segmentCycles) {
        return of(maxCycles, ExecutionOptions.DEFAULT_MAX_MEMORY_BYTES, segmentCycles);
    }

    /** Default limits with these three. */
    public static ExecutionParameters of(long maxCycles, long maxMemoryBytes, long segmentCycles) {
        return new ExecutionParameters(
                maxCycles, maxMemoryBytes, segmentCycles, segmentCycles, SegmentLimits.DEFAULT_TOUCHED_WORDS);
    }

    /** SHA-256 of all of them, 64 hex digits: equal parameters, equal hash, on every machine. */
    public String hash() {
        String text = "firesteel/execution/2\nmax_cycles=" + maxCycles + "\nmax_memory_bytes=" + maxMemoryBytes
                + "\nsegment_cycles=" + segmentCycles + "\nsegment_family_rows=" + segmentFamilyRows
                + "\nsegment_words=" + segmentWords + "\n";
        return Digests.sha256(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** As the emulator takes them. The engine does not matter for any result. */
    ExecutionOptions options() {
        return new ExecutionOptions(
                maxCycles,
                maxMemoryBytes,
                new SegmentLimits(segmentCycles, segmentFamilyRows, segmentWords),
                false,
                Engine.AUTO);
    }
}
