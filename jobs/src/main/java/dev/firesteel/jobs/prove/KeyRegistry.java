package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.spark.CodeVersion;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.request.KeyCache;
import dev.firesteel.request.ProgramSetup;
import dev.firesteel.riscv.ElfException;
import dev.firesteel.riscv.Program;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.spark.SparkEnv;

/**
 * The proving keys of this JVM: made once for each program, preset and code version, by the plugin before tasks come or by the first task that needs one, while others that need the same
 * wait. The only state that tasks share.
 */
final class KeyRegistry {
    /** Keys that are kept; the one that has not been used for longest goes first. */
    static final int KEPT = 4;

    /** The Spark setting that names the folder of the key cache. */
    static final String CACHE_SETTING = "spark.firesteel.keyCache";

    private static final Logger LOG = LogManager.getLogger(KeyRegistry.class);
    private static final KeyRegistry JVM = new KeyRegistry();

    private final Map<Name, CompletableFuture<Made>> keys = new LinkedHashMap<>(KEPT, 0.75f, true);
    private boolean tested;
    private boolean first = true;
    private boolean warm;

    private record Name(String programHash, SecurityPreset preset, String codeVersion) {}

    private record Made(Program program, ProgramSetup setup, double kernelTestMs, double millis, boolean cached) {}

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
        return get(programHash, name, elf, preset, parallel, null);
    }

    /** Makes a program's keys if there are none yet, and proves something with them if nothing has been proved here yet. */
    void preload(RunPrograms.Elf program, SecurityPreset preset, int threads) throws Exception {
        try (Parallel parallel = new Parallel(threads)) {
            get(program.programHash(), program.name(), program.elf(), preset, parallel, new WarmUp(threads));
        }
    }

    private Entry get(
            String programHash, String name, byte[] elf, SecurityPreset preset, Parallel parallel, WarmUp warmUp)
            throws ElfException {
        long begin = System.nanoTime();
        CompletableFuture<Made> mine = new CompletableFuture<>();
        Name key = new Name(programHash, preset, CodeVersion.current());
        CompletableFuture<Made> there = enter(key, mine);
        if (there == mine) {
            make(key, name, elf, parallel, mine);
            tell(key, mine, warmUp);
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
        try {
            double kernelTestMs = kernelTestMs();
            long begin = System.nanoTime();
            Program program = Program.load(elf, name);
            KeyCache.Entry keys = keys(program, key.preset, parallel);
            mine.complete(new Made(program, keys.setup(), kernelTestMs, (System.nanoTime() - begin) / 1e6, keys.hit()));
        } catch (ElfException | RuntimeException | Error e) {
            synchronized (this) {
                keys.remove(key, mine);
            }
            mine.completeExceptionally(e);
        }
    }

    /** The self-test belongs to whoever is the first to make a key, though others may wait for it. */
    private double kernelTestMs() {
        double millis = KernelTest.ofJvm().millis();
        synchronized (this) {
            boolean mine = !tested;
            tested = true;
            return mine ? millis : 0;
        }
    }

    private static KeyCache.Entry keys(Program program, SecurityPreset preset, Parallel parallel) {
        SparkEnv spark = SparkEnv.get();
        String folder = spark == null ? "" : spark.conf().get(CACHE_SETTING, "");
        return folder.isBlank()
                ? new KeyCache.Entry(ProgramSetup.of(program, preset, parallel), false)
                : KeyCache.in(Path.of(folder), LOG::warn).get(program, preset, parallel);
    }

    private void tell(Name key, CompletableFuture<Made> mine, WarmUp warmUp) {
        SparkEnv spark = SparkEnv.get();
        if (mine.isCompletedExceptionally() || spark == null) {
            return;
        }
        Made made = mine.join();
        Double warmUpMs = null;
        if (warmUp != null && nothingProved()) {
            warmUpMs = warmUp.prove(made.program, made.setup);
            if (warmUpMs != null) {
                warmed();
            }
        }
        ProverEvents.tell(new ProverEvent.SetUp(
                spark.executorId(),
                spark.blockManager().blockManagerId().host(),
                key.programHash,
                key.preset.label(),
                warmUp != null,
                made.cached,
                KernelTest.ofJvm().fallback(),
                made.kernelTestMs,
                made.millis,
                warmUpMs,
                Instant.now()));
    }

    private synchronized boolean nothingProved() {
        return first && !warm;
    }

    private synchronized void warmed() {
        warm = true;
    }

    /** Whether nothing has been proved in this JVM yet, not even to warm it up; from now on something has. */
    synchronized boolean cold() {
        boolean cold = first && !warm;
        first = false;
        return cold;
    }
}
