package dev.firesteel.riscv.jit;

import dev.firesteel.riscv.vm.Code;
import dev.firesteel.riscv.vm.Opcode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The regions of one program, shared by all its runs: what one run translated, and the JVM compiled, the next ones start
 * with. It hangs on the {@link Code} and is collected with it. Thread-safe.
 */
final class TranslationCache {
    private static final int UNHEATED_BLOCKS = 200;

    private final Code code;
    private final TranslatorSettings settings;
    private final RegionPlanner planner;
    private final AtomicReferenceArray<TranslatedRegion> regions;
    private final List<TranslatedRegion> all = new ArrayList<>();
    /** Instructions from each index to the end of its block. */
    private final int[] lengths;
    /**
     * How often the interpreter executed the block at an index. Threads may lose each other's increments: the counts decide
     * when to translate and nothing else.
     */
    private final int[] heat;

    private long instructions;

    TranslationCache(Code code, TranslatorSettings settings) {
        this.code = code;
        this.settings = settings;
        this.regions = new AtomicReferenceArray<>(code.size());
        this.heat = new int[code.size()];
        this.lengths = new int[code.size()];
        this.planner = new RegionPlanner(code, i -> Math.max(floor(), heat[i]), settings.maxCost());
        for (int i = code.size() - 1; i >= 0; i--) {
            lengths[i] = Opcode.endsBlock(code.operation(i)) ? 1 : lengths[i + 1] + 1;
        }
    }

    /** Who translates at once has no heat to go by: everything counts as executed. */
    private int floor() {
        return settings.threshold() > 1 ? 0 : 1;
    }

    /** The region that starts at an index, or null. */
    TranslatedRegion region(int index) {
        return regions.getAcquire(index);
    }

    /**
     * Blocks at the beginning of a step that do not get warmer while no region is met. A step begins where the one before was
     * stopped, anywhere in a loop that is translated from its head; were those places to get hot, ever new regions of the same
     * loop would be made, and each of them is slow until the JVM has compiled it.
     */
    int unheatedBlocks() {
        return settings.threshold() > 1 ? UNHEATED_BLOCKS : 0;
    }

    /** Instructions from an index to the end of its block. */
    int length(int index) {
        return lengths[index];
    }

    /** Notes that the block at {@code index} is about to be executed; returns its region when that makes it hot. */
    TranslatedRegion warm(int index) {
        if (++heat[index] < settings.threshold()) {
            return null;
        }
        return translate(index);
    }

    private synchronized TranslatedRegion translate(int index) {
        TranslatedRegion existing = regions.get(index);
        if (existing != null) {
            return existing;
        }
        RegionPlan plan = instructions < settings.maxInstructions() ? planner.plan(index) : null;
        if (plan == null) {
            // Asked again after as many executions as an int can hold: never, in practice.
            heat[index] = Integer.MIN_VALUE;
            return null;
        }
        RegionCode compiled = RegionCompiler.compile(code, plan);
        if (compiled.size() >= ByteCodeCost.HOTSPOT_LIMIT) {
            // The costs are estimates. Too long a method works, but would never be compiled.
            plan = new RegionPlanner(code, i -> Math.max(floor(), heat[i]), settings.maxCost() / 2).plan(index);
            compiled = RegionCompiler.compile(code, plan);
        }
        instructions += plan.instructions();
        TranslatedRegion region = new TranslatedRegion(all.size(), code, plan, compiled);
        all.add(region);
        regions.setRelease(index, region);
        return region;
    }

    /** The regions so far, in order of translation. */
    synchronized List<TranslatedRegion> regions() {
        return List.copyOf(all);
    }
}
