package dev.firesteel.jobs.plugin;

import dev.firesteel.cli.Messages;
import dev.firesteel.jobs.prove.RunPrograms;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Waits for the driver to say which programs it is about, and loads them, until it is interrupted. */
final class Preloader extends Thread {
    private static final Logger LOG = LogManager.getLogger(Preloader.class);

    private final Source source;

    /** Where programs are announced. */
    @FunctionalInterface
    interface Source {
        /** What is newer than {@code known}, waited for some time; null when nothing is. */
        RunPrograms.Announced after(long known) throws Exception;
    }

    Preloader(Source source) {
        super("firesteel preloader");
        this.source = source;
        setDaemon(true);
        // Under spark-submit our classes are not the system class loader's.
        setContextClassLoader(Preloader.class.getClassLoader());
    }

    @Override
    public void run() {
        long known = 0;
        try {
            while (!isInterrupted()) {
                RunPrograms.Announced programs = source.after(known);
                if (programs != null) {
                    known = programs.generation();
                    programs.load();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("ended");
        } catch (Exception | LinkageError e) {
            LOG.warn("keys are not loaded before tasks any more: {}", Messages.firstLine(e));
        }
    }
}
