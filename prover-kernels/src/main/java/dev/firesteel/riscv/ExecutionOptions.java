package dev.firesteel.riscv;

import java.util.Objects;

/**
 * How to run a guest.
 *
 * @param maxCycles the run stops with {@link Outcome#CYCLE_LIMIT} when so many cycles did not end it; at least 1
 * @param limits when segments end; used only with a {@link SegmentSink}
 * @param profile whether to collect a {@link Profile}; the interpreter then executes whatever {@code engine} says
 * @param engine who executes
 */
public record ExecutionOptions(long maxCycles, SegmentLimits limits, boolean profile, Engine engine) {
    /** Default of {@link #maxCycles}: 2³⁶, some ten minutes of interpretation. */
    public static final long DEFAULT_MAX_CYCLES = 1L << 36;

    /** Refuses a cycle limit below 1. */
    public ExecutionOptions {
        if (maxCycles < 1) {
            throw new IllegalArgumentException("maxCycles is " + maxCycles + ", must be at least 1");
        }
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(engine, "engine");
    }

    /** 2³⁶ cycles at most, default segments, no profile, {@link Engine#AUTO}. */
    public static ExecutionOptions defaults() {
        return new ExecutionOptions(DEFAULT_MAX_CYCLES, SegmentLimits.defaults(), false, Engine.AUTO);
    }

    /** These options with another cycle limit. */
    public ExecutionOptions withMaxCycles(long cycles) {
        return new ExecutionOptions(cycles, limits, profile, engine);
    }

    /** These options with other segment limits. */
    public ExecutionOptions withLimits(SegmentLimits newLimits) {
        return new ExecutionOptions(maxCycles, newLimits, profile, engine);
    }

    /** These options with or without a profile. */
    public ExecutionOptions withProfile(boolean newProfile) {
        return new ExecutionOptions(maxCycles, limits, newProfile, engine);
    }

    /** These options with another engine. */
    public ExecutionOptions withEngine(Engine newEngine) {
        return new ExecutionOptions(maxCycles, limits, profile, newEngine);
    }
}
