package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.spark.CodeVersion;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.request.ProgramSetup;
import dev.firesteel.riscv.ElfException;
import dev.firesteel.riscv.Program;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The proving keys of this JVM: made once for each program, preset and code version, by the first task that needs one, while others that need the same wait. The only state that
 * tasks share.
 */
final class KeyRegistry {
    /** Keys that are kept; the one that has not been used for longest goes first. */
    private static final int KEPT = 4;

    private static final KeyRegistry JVM = new KeyRegistry();

    private final Map<Name, CompletableFuture<Made>> keys = new LinkedHashMap<>(KEPT, 0.75f, true);
    private boolean proved;

    private record Name(String programHash, SecurityPreset preset, String codeVersion) {}

    private record Made(Program program, ProgramSetup setup, double millis) {}

    /**
     * A program with its keys.
     *
     * @param setupMs time to make the keys, whoever made them
     * @param waitedMs time that this task spent until it had them, about 0 when they were there
     */
    record Entry(Program program, ProgramSetup setup, double setupMs, double waitedMs) {}

    static KeyRegistry ofJvm() {
        return JVM;
    }

    /**
     * The keys of a program.
     *
     * @param parallel threads to make them with
     * @throws ElfException when the program cannot be loaded
     * @throws IllegalArgumentException when it has no keys
     */
    Entry get(String programHash, String name, byte[] elf, SecurityPreset preset, Parallel parallel)
            throws ElfException {
        long begin = System.nanoTime();
        CompletableFuture<Made> mine = new CompletableFuture<>();
        Name key = new Name(programHash, preset, CodeVersion.current());
        CompletableFuture<Made> there = enter(key, mine);
        if (there == mine) {
            make(key, name, elf, parallel, mine);
        }
        try {
            Made made = there.join();
            double waited = (System.nanoTime() - begin) / 1e6;
            return new Entry(made.program, made.setup, made.millis, waited);
        } catch (CompletionException e) {
            if (e.getCause() instanceof ElfException elfException) {
                throw elfException;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private synchronized CompletableFuture<Made> enter(Name key, CompletableFuture<Made> mine) {
        CompletableFuture<Made> there = keys.putIfAbsent(key, mine);
        if (keys.size() > KEPT) {
            var oldest = keys.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return there == null ? mine : there;
    }

    private void make(Name key, String name, byte[] elf, Parallel parallel, CompletableFuture<Made> mine) {
        long begin = System.nanoTime();
        try {
            Program program = Program.load(elf, name);
            ProgramSetup setup = ProgramSetup.of(program, key.preset, parallel);
            mine.complete(new Made(program, setup, (System.nanoTime() - begin) / 1e6));
        } catch (ElfException | RuntimeException | Error e) {
            synchronized (this) {
                keys.remove(key, mine);
            }
            mine.completeExceptionally(e);
        }
    }

    /** Whether nothing has been proved in this JVM yet; from now on something has. */
    synchronized boolean cold() {
        boolean first = !proved;
        proved = true;
        return first;
    }
}
