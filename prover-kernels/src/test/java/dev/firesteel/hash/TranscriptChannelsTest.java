package dev.firesteel.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firesteel.field.Ext;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptChannelsTest {
    private static final Ext X = Ext.of(new int[] {1, 2, 3, 4, KoalaBear.P - 1}, 0);
    private static final int[] ROOT = {9, 8, 7, 6, 5, 4, 3, 2, 1};
    private static final int[] ROW = {KoalaBear.P - 1, 0};
    private static final int BITS = 8;

    private static TranscriptProverChannel prove(int bits) {
        TranscriptProverChannel channel = new TranscriptProverChannel(new Transcript("t"), new Parallel(1));
        channel.writeElements("root", ROOT);
        channel.write("x", X);
        channel.sample("c");
        channel.write("y", List.of(X, Ext.ZERO));
        channel.grind("work", bits);
        channel.sampleIndices("i", 3, 20);
        channel.writeDetermined(ROW);
        return channel;
    }

    /** Reads what {@link #prove} writes; gives the last challenge. */
    private static Ext verify(byte[] proof, int bits) throws VerificationException {
        TranscriptVerifierChannel channel = new TranscriptVerifierChannel(new Transcript("t"), proof);
        channel.readElements("root", ROOT.length);
        channel.read("x");
        channel.sample("c");
        channel.read("y", 2);
        channel.grind("work", bits);
        channel.sampleIndices("i", 3, 20);
        channel.readDetermined("row", ROW.length);
        channel.end();
        return channel.sample("last");
    }

    private static Rejection rejection(byte[] proof, int bits) {
        try {
            verify(proof, bits);
            return null;
        } catch (VerificationException e) {
            return e.reason();
        }
    }

    @Test
    void whatBothSidesKnowIsAbsorbedAndNotWritten() {
        TranscriptProverChannel prover = prove(0);
        byte[] before = prover.proof();
        prover.absorb("root", ROOT);
        prover.absorbNumbers("heights", 1, 2);
        assertArrayEquals(before, prover.proof());
        Transcript same = new Transcript("s");
        Transcript other = new Transcript("s");
        TranscriptVerifierChannel left = new TranscriptVerifierChannel(same, new byte[0]);
        TranscriptVerifierChannel right = new TranscriptVerifierChannel(other, new byte[0]);
        left.absorb("root", ROOT);
        right.absorb("root", ROOT);
        assertEquals(left.sample("c"), right.sample("c"));
        left.absorbNumbers("heights", 1);
        right.absorbNumbers("heights", 2);
        assertNotEquals(left.sample("c"), right.sample("c"));
    }

    @Test
    void theVerifierReadsWhatTheProverWrote() throws VerificationException {
        for (int bits : new int[] {0, 1, BITS}) {
            TranscriptProverChannel prover = prove(bits);
            byte[] proof = prover.proof();
            assertEquals(4 * (9 + 5 + 10 + (bits == 0 ? 0 : 1) + 2), proof.length);
            assertEquals(prover.sample("last"), verify(proof, bits));
        }
        TranscriptVerifierChannel channel =
                new TranscriptVerifierChannel(new Transcript("t"), prove(BITS).proof());
        assertArrayEquals(ROOT, channel.readElements("root", 9));
        assertEquals(X, channel.read("x"));
    }

    @Test
    void elementsAreOrdinaryNumbersLowestByteFirst() {
        TranscriptProverChannel channel = new TranscriptProverChannel(new Transcript("t"), new Parallel(1));
        channel.writeElements("a", KoalaBear.fromCanonical(1), KoalaBear.fromCanonical(0x7f000000));
        assertArrayEquals(new byte[] {1, 0, 0, 0, 0, 0, 0, 0x7f}, channel.proof());
    }

    @Test
    void aLargeProofIsKeptWhole() throws VerificationException {
        int[] elements = new int[10_000];
        Arrays.setAll(elements, i -> i);
        TranscriptProverChannel channel = new TranscriptProverChannel(new Transcript("t"), new Parallel(1));
        channel.writeDetermined(elements);
        channel.writeDetermined(elements);
        TranscriptVerifierChannel reader = new TranscriptVerifierChannel(new Transcript("t"), channel.proof());
        assertArrayEquals(elements, reader.readDetermined("a", 10_000));
        assertArrayEquals(elements, reader.readDetermined("a", 10_000));
        reader.end();
    }

    @Test
    void everyOtherLengthIsRejected() {
        byte[] proof = prove(BITS).proof();
        for (int length = 0; length < proof.length; length++) {
            assertEquals(Rejection.PROOF_TOO_SHORT, rejection(Arrays.copyOf(proof, length), BITS));
        }
        for (int more = 1; more < 9; more++) {
            assertEquals(Rejection.PROOF_TOO_LONG, rejection(Arrays.copyOf(proof, proof.length + more), BITS));
        }
    }

    @Test
    void everyElementHasOneEncoding() {
        byte[] proof = prove(BITS).proof();
        for (int at = 0; at < proof.length; at += 4) {
            for (int wrong : new int[] {KoalaBear.P, KoalaBear.P + 1, -1, Integer.MIN_VALUE}) {
                byte[] changed = proof.clone();
                for (int b = 0; b < 4; b++) {
                    changed[at + b] = (byte) (wrong >> 8 * b);
                }
                assertEquals(Rejection.ELEMENT_NOT_CANONICAL, rejection(changed, BITS), "byte " + at);
            }
        }
    }

    @Test
    void workHasToBeDone() throws VerificationException {
        byte[] proof = prove(BITS).proof();
        int rejected = 0;
        for (int wrong = 1; wrong <= 64; wrong++) {
            byte[] changed = proof.clone();
            changed[4 * 24] ^= (byte) wrong; // the nonce follows 9 + 5 + 10 elements
            rejected += rejection(changed, BITS) == Rejection.GRINDING ? 1 : 0;
        }
        assertEquals(64, rejected, 3, "of 64 other nonces");
        assertEquals(Rejection.GRINDING, rejection(prove(0).proof(), BITS)); // the next element is taken for the nonce
        assertEquals(Rejection.PROOF_TOO_LONG, rejection(proof, 0));
    }

    @Test
    void groupingIsPartOfTheMessage() {
        TranscriptProverChannel one = new TranscriptProverChannel(new Transcript("t"), new Parallel(1));
        one.write("a", List.of(X, X));
        TranscriptProverChannel two = new TranscriptProverChannel(new Transcript("t"), new Parallel(1));
        two.write("a", X);
        two.write("a", X);
        assertArrayEquals(one.proof(), two.proof());
        assertEquals(false, one.sample("c").equals(two.sample("c")));
    }

    @Test
    void checksGiveTheirReasons() throws VerificationException {
        TranscriptVerifierChannel channel = new TranscriptVerifierChannel(new Transcript("t"), new byte[0]);
        channel.assertEqual(Rejection.GKR_ROUND, "", X, X);
        channel.assertNonZero(Rejection.LOGUP_ZERO_DENOMINATOR, "", X);
        assertEquals(Ext.ONE, channel.inverse(X).times(X));
        assertEquals(
                Rejection.GKR_ROUND,
                assertThrows(
                                VerificationException.class,
                                () -> channel.assertEqual(Rejection.GKR_ROUND, "", X, Ext.ONE))
                        .reason());
        assertEquals(
                Rejection.LOGUP_ZERO_DENOMINATOR,
                assertThrows(
                                VerificationException.class,
                                () -> channel.assertNonZero(Rejection.LOGUP_ZERO_DENOMINATOR, "", Ext.ZERO))
                        .reason());
        assertEquals(
                Rejection.DIVISION_BY_ZERO,
                assertThrows(VerificationException.class, () -> channel.inverse(Ext.ZERO))
                        .reason());
    }

    @Test
    void aCountThatTheProofCannotHoldAllocatesNothing() {
        TranscriptVerifierChannel channel = new TranscriptVerifierChannel(new Transcript("t"), new byte[16]);
        assertEquals(
                Rejection.PROOF_TOO_SHORT,
                assertThrows(VerificationException.class, () -> channel.read("a", Integer.MAX_VALUE))
                        .reason());
    }
}
