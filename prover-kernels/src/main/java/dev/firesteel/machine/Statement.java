package dev.firesteel.machine;

import dev.firesteel.air.Arithmetic;
import dev.firesteel.air.Bus;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.Transcript;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.protocol.VerifierChannel;
import dev.firesteel.zerocheck.Fingerprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What both sides put into the transcript before the first challenge, and what the public messages add to the buses. One source for prover and
 * verifier: what one of them left out, the other would not miss.
 */
final class Statement {
    /** The protocol's name; a change of anything below is another version. */
    static final String PROTOCOL = "firesteel/machine/2";

    static final String BOUNDARY_ROOT = "boundary root";
    static final String GLOBAL_CHALLENGE = "global challenge";
    static final String MAIN_ROOT = "main root";
    static final String GLOBAL_SUM = "global sum";
    static final String LOGUP_GRINDING = "logup grinding";
    static final String ALPHA = "alpha";
    static final String BETA = "beta";
    static final String GAMMA = "gamma";
    static final String ETA = "eta";

    private Statement() {}

    /**
     * A transcript that knows the key, the public messages and the heights: every later challenge depends on all of them. The commitments'
     * roots are the first messages of the proof.
     */
    static Transcript transcript(
            VerifyingKey key, List<PublicMessage> messages, int[] logHeights, Transcript.Listener listener) {
        Transcript transcript = new Transcript(PROTOCOL, listener);
        transcript.absorb("key", key.digest());
        transcript.absorbNumbers("public message count", messages.size());
        for (PublicMessage message : messages) {
            transcript.absorbNumbers("public message bus", message.bus().id());
            transcript.absorb("public message multiplicity", message.multiplicity());
            transcript.absorb(
                    "public message", message.fields().stream().mapToInt(f -> f).toArray());
        }
        int[] heights = new int[logHeights.length];
        for (int i = 0; i < heights.length; i++) {
            heights[i] = logHeights[i] + 1;
        }
        transcript.absorbNumbers("heights", heights);
        return transcript;
    }

    /** Throws unless every message is one of a local bus of the machine. */
    static void check(VerifyingKey key, List<PublicMessage> messages) throws VerificationException {
        Map<Integer, Bus> buses = new HashMap<>();
        key.machine()
                .chips()
                .forEach(c -> c.interactions().forEach(i -> buses.put(i.bus().id(), i.bus())));
        for (PublicMessage message : messages) {
            // The statement's own bus would tell the width that the fingerprint is made with.
            if (!message.bus().equals(buses.get(message.bus().id()))) {
                throw new VerificationException(Rejection.BAD_STATEMENT, String.valueOf(message.bus()));
            }
            // It would be part of the global sum, whose challenge need not depend on this statement.
            if (message.bus().isGlobal()) {
                throw new VerificationException(Rejection.BAD_STATEMENT, message.bus() + ": global");
            }
            for (int field : message.fields()) {
                if (field < 0 || field >= KoalaBear.P) {
                    throw new VerificationException(Rejection.BAD_STATEMENT, message.bus() + ": no element");
                }
            }
            if (message.multiplicity() < 0 || message.multiplicity() >= KoalaBear.P) {
                throw new VerificationException(Rejection.BAD_STATEMENT, message.bus() + ": multiplicity");
            }
        }
    }

    /** Σ multiplicity/fingerprint: what the statement adds to the sum of all messages. */
    static <E> E sum(VerifierChannel<E> channel, Fingerprint<E> fingerprint, List<PublicMessage> messages)
            throws VerificationException {
        Arithmetic<E> f = channel.field();
        E sum = f.constant(KoalaBear.ZERO);
        for (PublicMessage message : messages) {
            List<E> fields = new ArrayList<>();
            message.fields().forEach(field -> fields.add(f.constant(field)));
            E denominator = fingerprint.of(f, message.bus(), fields);
            sum = f.add(sum, f.multiply(f.constant(message.multiplicity()), channel.inverse(denominator)));
        }
        return sum;
    }
}
