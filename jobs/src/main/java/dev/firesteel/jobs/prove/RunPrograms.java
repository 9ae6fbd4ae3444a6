package dev.firesteel.jobs.prove;

import dev.firesteel.cli.Messages;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** The programs that the driver's job is about, for executors to load before they are given tasks. */
public final class RunPrograms {
    private static final Logger LOG = LogManager.getLogger(RunPrograms.class);

    private static Announced current;
    private static long generation;

    private RunPrograms() {}

    /** A program. */
    public record Elf(String programHash, String name, byte[] elf) implements Serializable {}

    /**
     * Programs that are proved now.
     *
     * @param generation grows with each announcement
     * @param threads of a prover
     */
    public record Announced(long generation, ProofParameters parameters, int threads, List<Elf> programs)
            implements Serializable {

        /** Makes the keys of these programs in this JVM. What does not work is said, and left to the first task. */
        public void load() {
            for (Elf program : programs) {
                try {
                    KeyRegistry.ofJvm().preload(program, parameters.preset(), threads);
                } catch (Exception | Error e) {
                    LOG.warn(
                            "program {}: its keys could not be loaded before its first task: {}",
                            program.name,
                            Messages.firstLine(e));
                }
            }
        }
    }

    /**
     * Tells executors, present and future ones.
     *
     * @param threads of a prover
     * @param programs those that are needed first come first; no more are loaded than an executor keeps
     */
    public static synchronized void announce(ProofParameters parameters, int threads, List<Elf> programs) {
        generation++;
        current = new Announced(
                generation,
                parameters,
                threads,
                programs.stream().limit(KeyRegistry.KEPT).toList());
        RunPrograms.class.notifyAll();
    }

    /** The programs of these targets, in their order. */
    static List<Elf> of(List<Target> targets, Map<String, byte[]> elfs) {
        Set<String> seen = new HashSet<>();
        return targets.stream()
                .filter(t -> elfs.containsKey(t.programHash()) && seen.add(t.programHash()))
                .map(t -> new Elf(t.programHash(), t.programName(), elfs.get(t.programHash())))
                .toList();
    }

    /** Forgets what was announced: the session ends. */
    public static synchronized void clear() {
        current = null;
    }

    /**
     * What was announced after {@code known}, waiting for it at most so long; null when nothing was.
     *
     * @param known generation, 0 for none
     * @param millis 0 for not at all
     */
    public static synchronized Announced after(long known, long millis) throws InterruptedException {
        if (millis > 0 && !newer(known)) {
            RunPrograms.class.wait(millis);
        }
        return newer(known) ? current : null;
    }

    private static boolean newer(long known) {
        return current != null && current.generation > known;
    }
}
