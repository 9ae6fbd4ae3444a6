package dev.firesteel.jobs.prove;

import dev.firesteel.poly.Parallel;
import dev.firesteel.riscv.ElfException;
import java.io.Serializable;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;

/**
 * What all tasks of a stage need.
 *
 * @param elfs by program hash
 * @param maxAttempts of Spark at a task
 */
record ProverContext(ProofParameters parameters, Threads threads, Broadcast<Map<String, byte[]>> elfs, int maxAttempts)
        implements Serializable {

    /** The keys of a target's program, made if nobody has made them in this JVM. */
    KeyRegistry.Entry keys(Target target, Parallel parallel) throws ElfException, Failures.BadRowException {
        byte[] elf = elfs.value().get(target.programHash());
        if (elf == null) {
            throw new Failures.BadRowException("program " + target.programHash() + " is not in table programs");
        }
        return KeyRegistry.ofJvm().get(target.programHash(), target.programName(), elf, parameters.preset(), parallel);
    }
}
