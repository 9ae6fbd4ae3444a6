package dev.firesteel.machine;

import static dev.firesteel.protocol.Rejection.ELEMENT_NOT_CANONICAL;
import static dev.firesteel.protocol.Rejection.GKR_LAYER;
import static dev.firesteel.protocol.Rejection.GKR_ROUND;
import static dev.firesteel.protocol.Rejection.GRINDING;
import static dev.firesteel.protocol.Rejection.LOGUP_SUM;
import static dev.firesteel.protocol.Rejection.MERKLE_PATH;
import static dev.firesteel.protocol.Rejection.OPENING_FINAL;
import static dev.firesteel.protocol.Rejection.OPENING_ROUND;
import static dev.firesteel.protocol.Rejection.PROOF_TOO_LONG;
import static dev.firesteel.protocol.Rejection.PROOF_TOO_SHORT;
import static dev.firesteel.protocol.Rejection.STACKING_FINAL;
import static dev.firesteel.protocol.Rejection.STACKING_ROUND;
import static dev.firesteel.protocol.Rejection.ZEROCHECK_FINAL;
import static dev.firesteel.protocol.Rejection.ZEROCHECK_ROUND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.field.KoalaBear;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Every element of a proof changed, and every length of it: each is refused, by the check whose matter it is. */
class ProofFuzzTest {
    private static final Parallel PARALLEL = new Parallel(1);
    private static final int SHORT = 200;

    /**
     * Which checks may refuse a proof of which one element of a message is changed. Where several are named it is because the change comes before a
     * challenge: what the challenge is used for is wrong, or the work that precedes it is, which at this preset is right by chance once in a few times.
     */
    private static final Map<String, Set<Rejection>> REASONS = Map.ofEntries(
            Map.entry("boundary root", Set.of(GRINDING, LOGUP_SUM)),
            Map.entry("global sum", Set.of(GRINDING, LOGUP_SUM)),
            Map.entry("main root", Set.of(GRINDING, LOGUP_SUM)),
            Map.entry("logup grinding", Set.of(GRINDING, LOGUP_SUM)),
            Map.entry("gkr/top", Set.of(LOGUP_SUM)),
            // The value at 2 takes part in the next round's claim, after the last round in the layer's.
            Map.entry("gkr/round", Set.of(GKR_ROUND, GKR_LAYER)),
            Map.entry("gkr/layer", Set.of(GKR_LAYER)),
            Map.entry("zerocheck/round", Set.of(ZEROCHECK_ROUND, ZEROCHECK_FINAL)),
            Map.entry("zerocheck/preprocessed", Set.of(ZEROCHECK_FINAL)),
            Map.entry("zerocheck/main", Set.of(ZEROCHECK_FINAL)),
            Map.entry("stacking/round", Set.of(STACKING_ROUND, STACKING_FINAL)),
            Map.entry("stacking/columns", Set.of(STACKING_FINAL)),
            Map.entry("opening/batching work", Set.of(GRINDING, OPENING_ROUND, OPENING_FINAL)),
            Map.entry("opening/joining values", Set.of(GRINDING, OPENING_ROUND, OPENING_FINAL)),
            Map.entry("opening/joining work", Set.of(GRINDING, OPENING_ROUND, OPENING_FINAL)),
            Map.entry("opening/layer", Set.of(OPENING_ROUND)),
            Map.entry("opening/out-of-domain value", Set.of(OPENING_ROUND)),
            Map.entry("opening/round", Set.of(OPENING_ROUND)),
            Map.entry("opening/folding work", Set.of(GRINDING, OPENING_ROUND, OPENING_FINAL)),
            Map.entry("opening/final", Set.of(OPENING_FINAL)),
            // Other indices: other rows, and another number of them.
            Map.entry("opening/queries work", Set.of(GRINDING, MERKLE_PATH, PROOF_TOO_SHORT)),
            Map.entry("opened rows", Set.of(MERKLE_PATH)),
            Map.entry("opened siblings", Set.of(MERKLE_PATH)));

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    private static Proved fibonacci() {
        return Proved.of(SmallMachines.fibonacci(), 8, SecurityPreset.TEST_FAST, PARALLEL);
    }

    @Test
    void everyElementOfAFibonacciProof() {
        Set<String> seen = changeElements(fibonacci(), 1);
        assertTrue(
                seen.containsAll(Set.of("main root", "gkr/round", "opening/layer", "opened siblings")), seen::toString);
    }

    @Test
    void everyElementOfAnAdderProof() {
        Set<String> seen = changeElements(Proved.of(SmallMachines.adder(), 2, SecurityPreset.TEST_FAST, PARALLEL), 3);
        // Preprocessed columns, and two commitments that are opened together.
        assertTrue(seen.containsAll(Set.of("zerocheck/preprocessed", "opening/joining work")), seen::toString);
    }

    @Test
    void everyElementOfProofsOfSegments() {
        ProvingKey key = ProvedRequest.key(SecurityPreset.TEST_FAST, PARALLEL);
        ProvedRequest request = ProvedRequest.of(key, SharedMemory.run(1, 4, 5, 7), PARALLEL);
        Set<String> seen = changeElements(Proved.of(request, 1), 1);
        assertTrue(seen.containsAll(Set.of("boundary root", "global sum", "main root")), seen::toString);
    }

    @Test
    void everyShorterAndALongerProofOfASegmentIsRefused() {
        ProvingKey key = ProvedRequest.key(SecurityPreset.TEST_FAST, PARALLEL);
        Proved proved = Proved.of(ProvedRequest.of(key, SharedMemory.run(1, 3, 2), PARALLEL), 0);
        for (int length = 0; length < proved.proof().length; length += 3) {
            assertEquals(PROOF_TOO_SHORT, proved.rejection(Arrays.copyOf(proved.proof(), length)), "length " + length);
        }
        longer(proved);
    }

    @Test
    void everyElementOfAKeccakProof() {
        changeElements(Proved.of(SmallMachines.keccak(), 0, SecurityPreset.TEST_FAST, PARALLEL), 31);
    }

    /**
     * Replaces elements by numbers that are none and by other elements: all of them at both ends of the proof, between those every {@code step}th.
     *
     * @return the messages that there were
     */
    private static Set<String> changeElements(Proved proved, int step) {
        assertNull(proved.rejection(proved.proof()), "the honest proof");
        byte[] proof = proved.proof().clone();
        ByteBuffer elements = ByteBuffer.wrap(proof).order(ByteOrder.LITTLE_ENDIAN);
        Set<String> seen = new HashSet<>();
        int number = 0;
        for (int at = ProofHeader.bytes(proved.key().verifyingKey()); at < proof.length; at += Integer.BYTES) {
            // Long messages are the many columns' values and rows; the short ones are tried whole.
            if (number++ % step != 0 && at > 4 * SHORT && at < proof.length - 4 * SHORT) {
                continue;
            }
            int old = elements.getInt(at);
            String label = "";
            for (int noElement : new int[] {-1, KoalaBear.P, KoalaBear.P + 1}) {
                elements.putInt(at, noElement);
                VerificationException e = proved.refusal(proved.instance().messages(), proof);
                assertNotNull(e, "accepted with no element at byte " + at);
                assertEquals(ELEMENT_NOT_CANONICAL, e.reason(), e.getMessage());
                // All that comes before is honest, so what was being read is where the element belongs.
                label = e.getMessage().substring(ELEMENT_NOT_CANONICAL.name().length() + 2);
            }
            seen.add(label);
            for (int value : new int[] {(int) ((old + 1L) % KoalaBear.P), 0}) {
                if (value != old) {
                    elements.putInt(at, value);
                    Rejection reason = proved.rejection(proof);
                    assertTrue(
                            reason != null
                                    && REASONS.getOrDefault(label, Set.of()).contains(reason),
                            label + " at byte " + at + " = " + value + ": " + reason);
                }
            }
            elements.putInt(at, old);
        }
        assertNull(proved.rejection(proof), "the honest proof again");
        return seen;
    }

    @Test
    void everyShorterAndALongerProofIsRefused() {
        Proved proved = Proved.of(SmallMachines.fibonacci(), 2, SecurityPreset.TEST_FAST, PARALLEL);
        for (int length = 0; length < proved.proof().length; length++) {
            assertEquals(PROOF_TOO_SHORT, proved.rejection(Arrays.copyOf(proved.proof(), length)), "length " + length);
        }
        longer(proved);
    }

    @Test
    void everyLargeProofCutBetweenElementsIsRefused() {
        Proved proved = Proved.of(SmallMachines.keccak(), 0, SecurityPreset.TEST_FAST, PARALLEL);
        int header = ProofHeader.bytes(proved.key().verifyingKey());
        // A step that is no divisor of anything in there, so that all kinds of messages are cut.
        for (int length = header; length < proved.proof().length; length += 37 * Integer.BYTES) {
            assertEquals(PROOF_TOO_SHORT, proved.rejection(Arrays.copyOf(proved.proof(), length)), "length " + length);
        }
        longer(proved);
    }

    private static void longer(Proved proved) {
        int length = proved.proof().length;
        for (int more = 1; more <= 8; more++) {
            assertEquals(PROOF_TOO_LONG, proved.rejection(Arrays.copyOf(proved.proof(), length + more)));
            byte[] filled = Arrays.copyOf(proved.proof(), length + more);
            Arrays.fill(filled, length, filled.length, (byte) -1);
            assertEquals(PROOF_TOO_LONG, proved.rejection(filled));
        }
    }

    @Test
    void elementsOutOfPlaceAreRefused() {
        Proved proved = fibonacci();
        int header = ProofHeader.bytes(proved.key().verifyingKey());
        byte[] proof = proved.proof();
        // One element too many or too few in the middle, the whole length kept.
        for (int at = header; at + 8 <= proof.length; at += 11 * Integer.BYTES) {
            byte[] doubled = proof.clone();
            System.arraycopy(proof, at, doubled, at + 4, proof.length - at - 4);
            refusedOrUnchanged(proved, doubled);
            byte[] missing = proof.clone();
            System.arraycopy(proof, at + 4, missing, at, proof.length - at - 4);
            refusedOrUnchanged(proved, missing);
        }
    }

    private static void refusedOrUnchanged(Proved proved, byte[] proof) {
        assertEquals(Arrays.equals(proof, proved.proof()), proved.rejection(proof) == null);
    }
}
