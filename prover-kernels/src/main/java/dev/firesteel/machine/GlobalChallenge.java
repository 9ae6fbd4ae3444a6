package dev.firesteel.machine;

import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.zerocheck.Fingerprint;
import java.util.List;

/**
 * The challenge that messages on global buses are compared by: the same for all proofs of a request. It has to be drawn from a transcript that knows all their
 * {@linkplain Boundary#root boundary roots}, keys and public messages, after as much proof of work as the preset asks for before LogUp's own challenges
 * ({@link dev.firesteel.pcs.SecurityPreset#logUpGrinding}). A challenge that is known before a boundary is committed proves nothing.
 *
 * @param alpha joins messages
 * @param beta joins the fields of a message
 */
public record GlobalChallenge(Ext alpha, Ext beta) {
    /** Alpha's coordinates and then beta's: what transcripts absorb. */
    public int[] elements() {
        int[] elements = new int[2 * Ext5.DEGREE];
        alpha.copyTo(elements, 0);
        beta.copyTo(elements, Ext5.DEGREE);
        return elements;
    }

    /**
     * What messages add to the sum of a request if the verifier itself sends and receives them; with the proofs' {@link GlobalStatement#globalSum} it has to
     * be zero. The challenge must depend on the messages.
     *
     * @throws IllegalArgumentException when a message is on a local bus
     * @throws ArithmeticException when the challenge hits a message's fingerprint, which nobody can bring about
     */
    public Ext sum(List<PublicMessage> messages) {
        Ext sum = Ext.ZERO;
        for (PublicMessage message : messages) {
            if (!message.bus().isGlobal()) {
                throw new IllegalArgumentException("bus " + message.bus().name() + " is not global");
            }
            List<Ext> fields = message.fields().stream().map(Ext::ofBase).toList();
            Fingerprint<Ext> fingerprint = fingerprint(message.bus().width());
            // The scope was checked: this is the global fingerprint itself.
            Ext denominator = fingerprint.withGlobal(fingerprint).of(ExtArithmetic.INSTANCE, message.bus(), fields);
            sum = sum.plus(denominator.inverse().times(message.multiplicity()));
        }
        return sum;
    }

    /** The fingerprint of messages on global buses of at most {@code width} fields. */
    Fingerprint<Ext> fingerprint(int width) {
        return Fingerprint.of(ExtArithmetic.INSTANCE, alpha, beta, width);
    }
}
