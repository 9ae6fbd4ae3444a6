package dev.firesteel.riscv;

import dev.firesteel.riscv.vm.Memory;
import java.util.Objects;

/**
 * How to run a guest.
 *
 * @param maxCycles the run stops with {@link Outcome#CYCLE_LIMIT} when so many cycles did not end it; at least 1
 * @param maxMemoryBytes the run stops with {@link Outcome#MEMORY_LIMIT} when the pages that it has touched would be more; at least
 *     a page of 64 KiB, and what is above a multiple of that does not count
 * @param limits when segments end; used only with a {@link SegmentSink}
 * @param profile whether to collect a {@link Profile}; the interpreter then executes whatever {@code engine} says
 * @param engine who executes
 */
public record ExecutionOptions(
        long maxCycles, long maxMemoryBytes, SegmentLimits limits, boolean profile, Engine engine) {
    /** Default of {@link #maxCycles}: 2³⁶, some ten minutes of interpretation. */
    public static final long DEFAULT_MAX_CYCLES = 1L << 36;

    /** Default of {@link #maxMemoryBytes}: 2 GiB, which take 3 GiB of heap. */
    public static final long DEFAULT_MAX_MEMORY_BYTES = 1L << 31;

    /** Refuses a cycle limit below 1, and a memory limit below a page. */
    public ExecutionOptions {
        if (maxCycles < 1) {
            throw new IllegalArgumentException("maxCycles is " + maxCycles + ", must be at least 1");
        }
        if (maxMemoryBytes < Memory.PAGE_BYTES) {
            throw new IllegalArgumentException(
                    "maxMemoryBytes is " + maxMemoryBytes + ", must be at least " + Memory.PAGE_BYTES);
        }
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(engine, "engine");
    }

    /** 2³⁶ cycles and 2 GiB at most, default segments, no profile, {@link Engine#AUTO}. */
    public static ExecutionOptions defaults() {
        return new ExecutionOptions(
                DEFAULT_MAX_CYCLES, DEFAULT_MAX_MEMORY_BYTES, SegmentLimits.defaults(), false, Engine.AUTO);
    }

    /** These options with another cycle limit. */
    public ExecutionOptions withMaxCycles(long cycles) {
        return new ExecutionOptions(cycles, maxMemoryBytes, limits, profile, engine);
    }

    /** These options with another memory limit. */
    public ExecutionOptions withMaxMemoryBytes(long bytes) {
        return new ExecutionOptions(maxCycles, bytes, limits, profile, engine);
    }

    /** These options with other segment limits. */
    public ExecutionOptions withLimits(SegmentLimits newLimits) {
        return new ExecutionOptions(maxCycles, maxMemoryBytes, newLimits, profile, engine);
    }

    /** These options with or without a profile. */
    public ExecutionOptions withProfile(boolean newProfile) {
        return new ExecutionOptions(maxCycles, maxMemoryBytes, limits, newProfile, engine);
    }

    /** These options with another engine. */
    public ExecutionOptions withEngine(Engine newEngine) {
        return new ExecutionOptions(maxCycles, maxMemoryBytes, limits, profile, newEngine);
    }
}
