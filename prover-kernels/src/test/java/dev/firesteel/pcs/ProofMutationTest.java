package dev.firesteel.pcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.Trace;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.protocol.Rejection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every element of a proof and every length: the typed rejection, never another exception, never acceptance. */
class ProofMutationTest {
    private static final PcsParameters SMALL = new PcsParameters(1, 3, 5, 4, 2, 3, 1, 1);

    private final Opening opening = opening();
    private final byte[] proof = opening.prove();

    private static Opening opening() {
        Random random = new Random(21);
        List<List<Trace>> tables = List.of(Opening.tables("2x5 1x2", random), Opening.tables("1x3", random));
        return Opening.of(SMALL, tables, 5, 3);
    }

    private Rejection changed(int element, int number) {
        byte[] copy = proof.clone();
        ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putInt(Integer.BYTES * element, number);
        return opening.rejection(copy);
    }

    @Test
    void everyChangedElementIsRejected() {
        assertNull(opening.rejection(proof));
        ByteBuffer numbers = ByteBuffer.wrap(proof).order(ByteOrder.LITTLE_ENDIAN);
        Map<Rejection, Integer> reasons = new EnumMap<>(Rejection.class);
        Random random = new Random(22);
        for (int i = 0; i < proof.length / Integer.BYTES; i++) {
            int old = numbers.getInt(Integer.BYTES * i);
            int[] others = {(old + 1) % KoalaBear.P, 0, random.nextInt(KoalaBear.P)};
            for (int other : others) {
                if (other != old) {
                    Rejection reason = changed(i, other);
                    assertNotNull(reason, "element " + i);
                    reasons.merge(reason, 1, Integer::sum);
                }
            }
            for (int number : new int[] {KoalaBear.P, KoalaBear.P + 1, -1, Integer.MIN_VALUE}) {
                assertEquals(Rejection.ELEMENT_NOT_CANONICAL, changed(i, number));
            }
        }
        assertTrue(
                reasons.keySet()
                        .containsAll(List.of(
                                Rejection.STACKING_ROUND,
                                Rejection.STACKING_FINAL,
                                Rejection.OPENING_ROUND,
                                Rejection.OPENING_FINAL,
                                Rejection.GRINDING,
                                Rejection.MERKLE_PATH)),
                reasons.toString());
    }

    @Test
    void everyOtherLengthIsRejected() {
        for (int length = 0; length < proof.length; length++) {
            assertEquals(Rejection.PROOF_TOO_SHORT, opening.rejection(Arrays.copyOf(proof, length)));
        }
        for (int more = 1; more <= 8; more++) {
            assertEquals(Rejection.PROOF_TOO_LONG, opening.rejection(Arrays.copyOf(proof, proof.length + more)));
        }
    }

    @Test
    void elementsLeftOutDoubledOrSwappedAreRejected() {
        int count = proof.length / Integer.BYTES;
        for (int i = 0; i + 1 < count; i += 3) {
            int at = Integer.BYTES * i;
            byte[] without = Arrays.copyOf(proof, proof.length - Integer.BYTES);
            System.arraycopy(proof, at + Integer.BYTES, without, at, proof.length - at - Integer.BYTES);
            assertNotNull(opening.rejection(without));
            byte[] doubled = Arrays.copyOf(proof, proof.length + Integer.BYTES);
            System.arraycopy(proof, at, doubled, at + Integer.BYTES, proof.length - at);
            assertNotNull(opening.rejection(doubled));
            byte[] swapped = proof.clone();
            System.arraycopy(proof, at, swapped, at + Integer.BYTES, Integer.BYTES);
            System.arraycopy(proof, at + Integer.BYTES, swapped, at, Integer.BYTES);
            if (!Arrays.equals(proof, swapped)) {
                assertNotNull(opening.rejection(swapped));
            }
        }
    }
}
