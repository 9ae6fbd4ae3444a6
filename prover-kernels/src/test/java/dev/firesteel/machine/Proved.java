package dev.firesteel.machine;

import dev.firesteel.examples.ExampleMachine;
import dev.firesteel.examples.Instance;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import java.util.List;

/** A machine with its key, an instance and an honest proof. */
record Proved(ProvingKey key, Instance instance, byte[] proof) {
    static final int MAX_LOG_HEIGHT = 20;

    static Proved of(ExampleMachine machine, int logRows, SecurityPreset preset, Parallel parallel) {
        return of(Machine.of(machine.name(), machine.chips()), machine.instance(logRows, 1), preset, parallel);
    }

    static Proved of(Machine machine, Instance instance, SecurityPreset preset, Parallel parallel) {
        ProvingKey key = ProvingKey.setup(preset, machine, MAX_LOG_HEIGHT, instance.preprocessed(), parallel);
        return new Proved(key, instance, new Prover(key, parallel).prove(instance.main(), instance.messages()));
    }

    /** Why another proof of another statement is refused, null when it is accepted. Anything but a refusal is thrown. */
    VerificationException refusal(List<PublicMessage> messages, byte[] proof) {
        try {
            Verifier.allowingInsecure(key.verifyingKey()).verify(messages, proof);
            return null;
        } catch (VerificationException e) {
            return e;
        }
    }

    /** The reason alone of {@link #refusal}. */
    Rejection rejection(List<PublicMessage> messages, byte[] proof) {
        VerificationException refusal = refusal(messages, proof);
        return refusal == null ? null : refusal.reason();
    }

    /** Why another proof of this statement is refused, null when it is accepted. */
    Rejection rejection(byte[] proof) {
        return rejection(instance.messages(), proof);
    }
}
