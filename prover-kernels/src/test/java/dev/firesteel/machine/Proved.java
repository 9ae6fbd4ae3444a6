package dev.firesteel.machine;

import dev.firesteel.examples.ExampleMachine;
import dev.firesteel.examples.Instance;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import java.util.List;

/**
 * A machine with its key, an instance and an honest proof.
 *
 * @param challenge null for a machine without boundary chips
 */
record Proved(ProvingKey key, Instance instance, byte[] proof, GlobalChallenge challenge) {
    static final int MAX_LOG_HEIGHT = 20;

    Proved(ProvingKey key, Instance instance, byte[] proof) {
        this(key, instance, proof, null);
    }

    /** One segment of a request. */
    static Proved of(ProvedRequest request, int segment) {
        SharedMemory.Segment made = request.run().segments().get(segment);
        Instance instance = new Instance(SharedMemory.preprocessed(), made.main(), made.messages());
        return new Proved(request.key(), instance, request.proofs().get(segment), request.challenge());
    }

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
            Verifier verifier = Verifier.allowingInsecure(key.verifyingKey());
            if (challenge == null) {
                verifier.verify(messages, proof);
            } else {
                verifier.verify(messages, challenge, proof);
            }
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
