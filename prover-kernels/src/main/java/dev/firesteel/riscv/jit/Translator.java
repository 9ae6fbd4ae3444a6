package dev.firesteel.riscv.jit;

import dev.firesteel.riscv.vm.Code;
import dev.firesteel.riscv.vm.Interpreter;
import dev.firesteel.riscv.vm.Machine;
import dev.firesteel.riscv.vm.Runner;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Executes one run with translated regions where there are some, block by block with the interpreter elsewhere. Not
 * thread-safe; the regions are shared.
 */
public final class Translator implements Runner {
    /** Region budgets are ints; the sum of a budget and one block's length must fit. */
    private static final int MAX_BUDGET = 1 << 30;

    private final Code code;
    private final Interpreter interpreter;
    private final TranslationCache cache;
    private Frame[] frames = new Frame[64];
    private TranslatedRegion[] dirty = new TranslatedRegion[64];
    private int dirtyCount;

    private Translator(Code code, TranslationCache cache) {
        this.code = code;
        this.interpreter = new Interpreter(code);
        this.cache = cache;
    }

    /** Interprets first and translates what gets hot. */
    public static Translator adaptive(Code code) {
        return new Translator(code, Shared.of(code, TranslatorSettings.AUTO));
    }

    /** Translates everything before its first execution. For tests: it spends more time than it saves. */
    public static Translator eager(Code code) {
        return new Translator(code, Shared.of(code, TranslatorSettings.EAGER));
    }

    /** A translator with regions of its own. */
    static Translator of(Code code, TranslatorSettings settings) {
        return new Translator(code, new TranslationCache(code, settings));
    }

    /** What all runs of a program share: a cache for each of the settings that were used. */
    private static final class Shared {
        private final Map<TranslatorSettings, TranslationCache> caches = new ConcurrentHashMap<>();

        static TranslationCache of(Code code, TranslatorSettings settings) {
            return code.derived(Shared.class, Shared::new)
                    .caches
                    .computeIfAbsent(settings, s -> new TranslationCache(code, s));
        }
    }

    @Override
    public long run(Machine machine, long budget) {
        long left = budget;
        int unheated = cache.unheatedBlocks();
        while (left > 0 && machine.proceeds()) {
            int index = code.indexOf(machine.pc);
            if (index < 0) {
                left -= interpreter.run(machine, 1);
                continue;
            }
            TranslatedRegion region = cache.region(index);
            if (region == null && --unheated < 0) {
                region = cache.warm(index);
            }
            if (region != null && region.headLength() <= left) {
                unheated = 0;
                left -= execute(region, machine, left);
            } else {
                left -= interpreter.run(machine, Math.min(left, cache.length(index)));
            }
        }
        for (int i = 0; i < dirtyCount; i++) {
            dirty[i].drain(frames[dirty[i].id()], machine);
        }
        dirtyCount = 0;
        return budget - left;
    }

    /** Executes a region until it is left; returns instructions completed. */
    private long execute(TranslatedRegion region, Machine machine, long left) {
        Frame frame = frame(region);
        int budget = (int) Math.min(left, MAX_BUDGET);
        frame.budget = budget;
        int site = region.code().run(machine, frame);
        if (site != RegionCode.LEFT) {
            region.undo(site, frame, machine, code);
        }
        long done = budget - frame.budget;
        machine.cycles += done;
        if (site != RegionCode.LEFT) {
            // Not the region again, even if it starts here: the interpreter knows which trap it is.
            done += interpreter.run(machine, 1);
        }
        return done;
    }

    private Frame frame(TranslatedRegion region) {
        int id = region.id();
        if (id >= frames.length) {
            frames = Arrays.copyOf(frames, Math.max(id + 1, 2 * frames.length));
        }
        Frame frame = frames[id];
        if (frame == null) {
            frame = region.newFrame();
            frames[id] = frame;
        }
        if (!frame.dirty) {
            frame.dirty = true;
            if (dirtyCount == dirty.length) {
                dirty = Arrays.copyOf(dirty, 2 * dirtyCount);
            }
            dirty[dirtyCount++] = region;
        }
        return frame;
    }

    /** Regions that exist for this program. */
    int regions() {
        return cache.regions().size();
    }

    /** Byte codes of the longest method generated for this program. */
    int largestMethod() {
        return cache.regions().stream().mapToInt(r -> r.code().size()).max().orElse(0);
    }

    /** The generated classes. */
    List<Class<?>> regionClasses() {
        return cache.regions().stream().<Class<?>>map(r -> r.code().getClass()).toList();
    }
}
