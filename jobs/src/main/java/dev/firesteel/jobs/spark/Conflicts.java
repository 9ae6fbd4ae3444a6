package dev.firesteel.jobs.spark;

import dev.firesteel.cli.UserException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Commits that another job's commit came before. Delta lets the first one through and refuses the second, which has read what is
 * no longer so; read again, a MERGE on keys finds the other's rows and inserts the rest.
 */
public final class Conflicts {
    private static final int ATTEMPTS = 20;
    private static final long LONGEST_PAUSE_MS = 2000;

    private Conflicts() {}

    /** Whether {@code e}, or what caused it, is Delta's refusal of a commit that came second. */
    public static boolean caused(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            // By name: Delta has the same exceptions in two packages, some of them Scala's without a common parent in
            // Java.
            for (Class<?> c = t.getClass(); c != null; c = c.getSuperclass()) {
                if (c.getSimpleName().equals("DeltaConcurrentModificationException")) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Does {@code commit} until no other job's commit comes before it.
     *
     * @param location of the warehouse, for messages
     * @param commit reads anew what it depends on each time
     * @throws UserException when that happened too often
     */
    public static <T> T retry(String location, String table, Supplier<T> commit) {
        return retry(location, table, ATTEMPTS, commit);
    }

    static <T> T retry(String location, String table, int attempts, Supplier<T> commit) {
        for (int attempt = 1; ; attempt++) {
            try {
                return commit.get();
            } catch (RuntimeException e) {
                if (!caused(e)) {
                    throw e;
                }
                if (attempt == attempts) {
                    throw new UserException(
                            location + ": other jobs kept writing to " + table + "; run the command again", e);
                }
                pause(attempt);
            }
        }
    }

    /** Not the same time for all who wait, and the longer the more often it was in vain. */
    private static void pause(int attempt) {
        try {
            TimeUnit.MILLISECONDS.sleep(
                    ThreadLocalRandom.current().nextLong(Math.min(LONGEST_PAUSE_MS, 50L << Math.min(attempt, 10))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another job committed", e);
        }
    }
}
