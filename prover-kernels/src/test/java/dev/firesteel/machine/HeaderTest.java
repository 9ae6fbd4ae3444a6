package dev.firesteel.machine;

import static dev.firesteel.protocol.Rejection.BAD_HEADER;
import static dev.firesteel.protocol.Rejection.BAD_HEIGHT;
import static dev.firesteel.protocol.Rejection.BAD_STATEMENT;
import static dev.firesteel.protocol.Rejection.GRINDING;
import static dev.firesteel.protocol.Rejection.LOGUP_SUM;
import static dev.firesteel.protocol.Rejection.OTHER_KEY;
import static dev.firesteel.protocol.Rejection.PROOF_TOO_SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.Bus;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Tape;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.Sponge;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What stands before a proof's messages, and the statement: every byte and every height changed. */
class HeaderTest {
    private static final Parallel PARALLEL = new Parallel(1);
    private static final int DIGEST_AT = 6;
    private static final int HEIGHTS_AT = DIGEST_AT + Integer.BYTES * Sponge.DIGEST;
    /** A change that the transcript alone sees: the first challenges are others, unless the work before them is missing. */
    private static final Set<Rejection> OTHER_TRANSCRIPT = Set.of(GRINDING, LOGUP_SUM);

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    private static Proved adder() {
        return Proved.of(SmallMachines.adder(), 2, SecurityPreset.TEST_FAST, PARALLEL);
    }

    private static Rejection changed(Proved proved, int at, int value) {
        byte[] proof = proved.proof().clone();
        proof[at] = (byte) value;
        return proved.rejection(proof);
    }

    @Test
    void everyByteOfMagicVersionAndKeyIsChecked() {
        Proved proved = adder();
        for (int at = 0; at < HEIGHTS_AT; at++) {
            for (int value = 0; value < 256; value++) {
                if ((byte) value != proved.proof()[at]) {
                    assertEquals(
                            at < DIGEST_AT ? BAD_HEADER : OTHER_KEY,
                            changed(proved, at, value),
                            "byte " + at + " = " + value);
                }
            }
        }
    }

    @Test
    void everyOtherHeightIsRefused() {
        Proved proved = adder();
        byte[] proof = proved.proof();
        assertEquals(HEIGHTS_AT + 3, ProofHeader.bytes(proved.key().verifyingKey()));
        for (int chip = 0; chip < 3; chip++) {
            for (int height = -128; height < 128; height++) {
                if (height == proof[HEIGHTS_AT + chip]) {
                    continue;
                }
                Rejection reason = changed(proved, HEIGHTS_AT + chip, height);
                String where = "chip " + chip + " height " + height;
                // Chip 2 is the range table, whose height is the key's.
                if (chip == 2 || height < -1 || height > Proved.MAX_LOG_HEIGHT) {
                    assertEquals(BAD_HEIGHT, reason, where);
                } else {
                    assertTrue(OTHER_TRANSCRIPT.contains(reason), where + ": " + reason);
                }
            }
        }
    }

    @Test
    void permutedHeightsAreRefused() {
        Proved proved = Proved.of(TestChips.twoTables(), TestChips.tables(3, 1), SecurityPreset.TEST_FAST, PARALLEL);
        assertEquals(null, proved.rejection(proved.proof()));
        byte[] swapped = proved.proof().clone();
        swapped[HEIGHTS_AT] = proved.proof()[HEIGHTS_AT + 1];
        swapped[HEIGHTS_AT + 1] = proved.proof()[HEIGHTS_AT];
        assertTrue(OTHER_TRANSCRIPT.contains(proved.rejection(swapped)));
    }

    @Test
    void aProofForAnotherKeyIsRefused() {
        Proved fibonacci = Proved.of(SmallMachines.fibonacci(), 2, SecurityPreset.TEST_FAST, PARALLEL);
        assertEquals(OTHER_KEY, adder().rejection(fibonacci.proof()));
        // One that differs in the bound of heights alone.
        ProvingKey lower = ProvingKey.setup(
                SecurityPreset.TEST_FAST,
                fibonacci.key().verifyingKey().machine(),
                Proved.MAX_LOG_HEIGHT - 1,
                fibonacci.instance().preprocessed(),
                PARALLEL);
        Proved other = new Proved(
                lower,
                fibonacci.instance(),
                new Prover(lower, PARALLEL)
                        .prove(fibonacci.instance().main(), fibonacci.instance().messages()));
        assertEquals(OTHER_KEY, fibonacci.rejection(other.proof()));
        // The digest put in: what the proof says of itself does not help, the transcript has the verifier's key.
        byte[] relabelled = other.proof().clone();
        System.arraycopy(fibonacci.proof(), 0, relabelled, 0, HEIGHTS_AT);
        assertTrue(OTHER_TRANSCRIPT.contains(fibonacci.rejection(relabelled)));
    }

    @Test
    void anotherPreprocessedTableIsAnotherKey() {
        Proved proved = adder();
        List<dev.firesteel.air.Trace> tables = new ArrayList<>(proved.instance().preprocessed());
        tables.set(2, tables.get(2).copy());
        tables.get(2).set(255, 0, KoalaBear.fromCanonical(256));
        ProvingKey other = ProvingKey.setup(
                SecurityPreset.TEST_FAST,
                proved.key().verifyingKey().machine(),
                Proved.MAX_LOG_HEIGHT,
                tables,
                PARALLEL);
        byte[] forged = new Prover(other, PARALLEL)
                .prove(proved.instance().main(), proved.instance().messages());
        assertEquals(OTHER_KEY, proved.rejection(forged));
        System.arraycopy(proved.proof(), 0, forged, 0, HEIGHTS_AT);
        assertTrue(OTHER_TRANSCRIPT.contains(proved.rejection(forged)));
    }

    @Test
    void otherStatementsAreRefused() {
        Proved proved = adder();
        List<PublicMessage> messages = proved.instance().messages();
        List<PublicMessage> swapped = new ArrayList<>(messages);
        Collections.swap(swapped, 0, 1);
        List<PublicMessage> doubled = new ArrayList<>(messages);
        doubled.add(messages.get(0));
        List<PublicMessage> split = new ArrayList<>(messages);
        PublicMessage first = messages.get(0);
        // A message that is sent and taken back: the sum is the same, the statement is not.
        split.add(first);
        split.add(new PublicMessage(first.bus(), KoalaBear.NEG_ONE, first.fields()));
        for (List<PublicMessage> other : List.of(swapped, doubled, split, List.<PublicMessage>of())) {
            assertTrue(OTHER_TRANSCRIPT.contains(proved.rejection(other, proved.proof())), other::toString);
        }
        assertTrue(OTHER_TRANSCRIPT.contains(proved.rejection(
                Proved.of(SmallMachines.adder(), 1, SecurityPreset.TEST_FAST, PARALLEL)
                        .instance()
                        .messages(),
                proved.proof())));
    }

    @Test
    void messagesOfNoBusOfTheMachineAreRefused() {
        Proved proved = adder();
        PublicMessage honest = proved.instance().messages().get(0);
        int width = honest.bus().width();
        List<Integer> tooLarge = new ArrayList<>(honest.fields());
        tooLarge.set(0, KoalaBear.P);
        List<Integer> negative = new ArrayList<>(honest.fields());
        negative.set(width - 1, -1);
        List<PublicMessage> bad = List.of(
                new PublicMessage(new Bus(99, "state", width), honest.multiplicity(), honest.fields()),
                new PublicMessage(new Bus(honest.bus().id(), "other", width), 0, honest.fields()),
                new PublicMessage(new Bus(honest.bus().id(), honest.bus().name(), 1), 0, List.of(1)),
                new PublicMessage(honest.bus(), KoalaBear.P, honest.fields()),
                new PublicMessage(honest.bus(), -1, honest.fields()),
                new PublicMessage(honest.bus(), honest.multiplicity(), tooLarge),
                new PublicMessage(honest.bus(), honest.multiplicity(), negative));
        for (PublicMessage message : bad) {
            assertEquals(BAD_STATEMENT, proved.rejection(List.of(message), proved.proof()), message::toString);
        }
    }

    @Test
    void aKeyWhoseTablesFitNoCommitmentIsNoKey() {
        // Otherwise a proof with greatest heights would end in another exception than a refusal.
        List<String> columns =
                IntStream.range(0, 1 << 16).mapToObj(i -> "c" + i).toList();
        ChipDescription wide =
                new ChipDescription("wide", false, List.of(), columns, List.of(), List.of(), Tape.of(List.of()));
        Machine machine = new Machine("wide", List.of(wide));
        int[] none = {-1};
        VerifyingKey key = new VerifyingKey(SecurityPreset.TEST_FAST, machine, 23, none, new int[0]);
        byte[] proof = new ProofHeader(key.digest(), new int[] {23}).before(new byte[4]);
        VerificationException e = assertThrows(
                VerificationException.class,
                () -> Verifier.allowingInsecure(key).verify(List.of(), proof));
        assertEquals(PROOF_TOO_SHORT, e.reason());
        assertThrows(
                IllegalArgumentException.class,
                () -> new VerifyingKey(SecurityPreset.TEST_FAST, machine, 24, none, new int[0]));
    }

    /**
     * A header of the greatest heights and nothing behind it, or zeros. Before the proof has delivered an element for it nothing is allocated: what a verifier
     * allocates by itself are the layouts and the weights of the key's own parts, here less than 64 times the key's bytes, and a transcript.
     */
    @Test
    void aFewHostileBytesDoNotAllocateMuch() {
        for (Proved proved : List.of(
                adder(),
                Proved.of(SmallMachines.keccak(), 0, SecurityPreset.TEST_FAST, PARALLEL),
                Proved.of(
                        ProvedRequest.of(
                                ProvedRequest.key(SecurityPreset.TEST_FAST, PARALLEL),
                                SharedMemory.run(1, 2, 2),
                                PARALLEL),
                        0))) {
            VerifyingKey key = proved.key().verifyingKey();
            int[] heights = new int[key.machine().chips().size()];
            for (int i = 0; i < heights.length; i++) {
                heights[i] = key.machine().chips().get(i).preprocessedWidth() > 0
                        ? key.preprocessedLogHeight(i)
                        : key.maxLogHeight();
            }
            long bound = (1L << 20) + 64L * key.bytes().length;
            for (int length : new int[] {0, 36, 40, 1000}) {
                byte[] proof = new ProofHeader(key.digest(), heights).before(new byte[length]);
                Rejection reason = proved.rejection(proof);
                assertTrue(
                        Set.of(PROOF_TOO_SHORT, GRINDING, Rejection.LOGUP_ZERO_DENOMINATOR)
                                .contains(reason),
                        length + ": " + reason);
                long allocated = Allocation.of(() -> proved.rejection(proof));
                assertTrue(allocated < bound, length + " bytes: " + allocated + " of " + bound);
            }
        }
    }
}
