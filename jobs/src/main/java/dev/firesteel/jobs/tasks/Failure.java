package dev.firesteel.jobs.tasks;

import dev.firesteel.cli.Messages;
import dev.firesteel.riscv.ElfException;
import java.io.Serializable;

/**
 * Why an attempt failed.
 *
 * @param reasonClass short class of the reason
 * @param retryable whether another attempt may succeed
 * @param message one line
 */
public record Failure(String reasonClass, boolean retryable, String message) implements Serializable {
    /** A failure that no other attempt mends. */
    public static Failure fatal(String reasonClass, Throwable e) {
        return new Failure(reasonClass, false, Messages.firstLine(e));
    }

    /** The failure that {@code e} is in every stage. */
    public static Failure of(Throwable e) {
        String line = Messages.firstLine(e);
        if (e instanceof OutOfMemoryError) {
            return new Failure("out_of_memory", true, line);
        }
        if (e instanceof ElfException) {
            return new Failure("bad_elf", false, line);
        }
        return new Failure("internal", true, e.getClass().getSimpleName() + ": " + line);
    }
}
