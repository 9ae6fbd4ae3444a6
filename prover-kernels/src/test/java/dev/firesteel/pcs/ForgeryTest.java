package dev.firesteel.pcs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.MerkleTree;
import dev.firesteel.hash.Transcript;
import dev.firesteel.hash.TranscriptProverChannel;
import dev.firesteel.hash.TranscriptVerifierChannel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Provers that do all they can, but one lie: each is rejected by the check that the lie has to break. */
class ForgeryTest {
    /** Enough queries that a word at a distance of a quarter does not pass by chance; no grinding. */
    private static final PcsParameters MANY = new PcsParameters(1, 80, 0, 0, 0, 3, 2, 0);

    private static Opening opening(PcsParameters parameters) {
        Random random = new Random(11);
        List<List<Trace>> tables = List.of(Opening.tables("3x6 5x4 2x1", random), Opening.tables("2x5", random));
        return Opening.of(parameters, tables, 7, 5);
    }

    @Test
    void aFalseClaimWithAllElseHonestIsRejected() {
        Opening opening = opening(MANY).lying(Ext.ONE);
        assertEquals(Rejection.STACKING_FINAL, opening.rejection(opening.prove()));
    }

    /** Point and claims as a caller would have them, the first one false by {@code lie}. */
    private static PcsClaims<Ext> claims(Opening opening, Ext lie) {
        List<Ext> point = new Transcript("point").sample("point", opening.pointLength());
        List<List<List<Ext>>> values = new ArrayList<>();
        Ext add = lie;
        for (List<Trace> tables : opening.tables) {
            List<List<Ext>> ofTables = new ArrayList<>();
            for (Trace trace : tables) {
                List<Ext> own = new ArrayList<>();
                for (int c = 0; c < trace.width(); c++) {
                    own.add(Opening.evaluate(trace, c, point).plus(add));
                    add = Ext.ZERO;
                }
                ofTables.add(own);
            }
            values.add(ofTables);
        }
        return new PcsClaims<>(point, values);
    }

    private static TranscriptProverChannel channel() {
        return new TranscriptProverChannel(new Transcript("forgery"), Opening.TWO);
    }

    private static Rejection rejection(Opening opening, PcsClaims<Ext> claims, byte[] proof) {
        TranscriptVerifierChannel channel = new TranscriptVerifierChannel(new Transcript("forgery"), proof);
        try {
            PcsVerifier.verify(channel, opening.parameters, opening.roots(), claims);
            channel.end();
            return null;
        } catch (VerificationException e) {
            return e.reason();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false,", "1, false, STACKING_FINAL", "1, true, OPENING_ROUND"})
    void falseStackedValuesThatFitAFalseClaimAreRejectedByTheOpening(int lie, boolean consistent, Rejection expected) {
        Opening opening = opening(MANY);
        PcsClaims<Ext> claims = claims(opening, Ext.ofLong(lie));
        TranscriptProverChannel channel = channel();
        FoldSchedule schedule =
                PcsVerifier.begin(opening.parameters, opening.roots(), channel::absorb, channel::absorbNumbers);
        StackedClaims<Ext> stacked =
                ReferenceStacking.prove(channel, opening.layouts, opening.tables, claims, consistent);
        new OpeningProver(channel, MANY, schedule, opening.commitments, stacked, Opening.TWO).prove();
        assertEquals(expected, rejection(opening, claims, channel.proof()));
    }

    @ParameterizedTest
    @CsvSource({"3x6 5x4 2x1,7", "3x6 5x4 2x1,6", "2x8 1x7,6", "5x3 1x2 7x0,5", "40x2 8x1,9", "3x9,9"})
    void theStackingProverIsTheReference(String shapes, int logHeight) {
        Random random = new Random(12);
        List<List<Trace>> tables = List.of(
                Opening.tables("4x4 1x3", random), Opening.tables(shapes, random), Opening.tables("1x1", random));
        Opening opening = Opening.of(MANY, tables, 6, logHeight, 4);
        PcsClaims<Ext> claims = claims(opening, Ext.ZERO);
        TranscriptProverChannel fast = channel();
        TranscriptProverChannel reference = channel();
        StackingProver.prove(fast, opening.commitments, claims, Opening.TWO);
        ReferenceStacking.prove(reference, opening.layouts, tables, claims, false);
        assertArrayEquals(reference.proof(), fast.proof());
    }

    @ParameterizedTest
    @CsvSource({"7, QUERY_FOLD", "2, QUERY_FINAL"})
    void claimsThatAreTrueOfOtherColumnsThanTheCommittedAreRejected(int logHeight, Rejection expected) {
        List<List<Trace>> tables = List.of(Opening.tables("3x" + Math.min(logHeight, 5), new Random(13)));
        Opening opening = Opening.of(MANY, tables, logHeight);
        assertNull(opening.rejection(opening.prove()));
        Trace trace = tables.get(0).get(0).copy();
        trace.set(1, 2, KoalaBear.add(trace.get(1, 2), KoalaBear.ONE));
        Commitment honest = opening.commitments.get(0);
        // The word and the tree are the old ones, all else is made of the changed cells.
        Opening changed = Opening.of(MANY, List.of(List.of(trace)), logHeight);
        Commitment mixed =
                new Commitment(honest.layout(), changed.commitments.get(0).columns(), honest.memory(), honest.tree());
        changed.commitments.set(0, mixed);
        assertEquals(expected, changed.rejection(changed.prove()));
    }

    @Test
    void rowsThatTheTreeWasNotMadeOfAreRejected() {
        Opening opening = opening(MANY);
        Opening other = Opening.of(MANY, List.of(Opening.tables("3x6 5x4 2x1", new Random(1))), 7);
        Commitment honest = opening.commitments.get(0);
        opening.commitments.set(
                0,
                new Commitment(
                        honest.layout(),
                        honest.columns(),
                        honest.memory(),
                        other.commitments.get(0).tree()));
        assertEquals(Rejection.MERKLE_PATH, opening.rejection(opening.prove()));
    }

    @ParameterizedTest
    @CsvSource({"0.35,true", "0,false"})
    void aCommittedWordFarFromTheCodeIsRejected(double share, boolean rejected) {
        for (int run = 0; run < 10; run++) {
            Opening opening = opening(MANY);
            Commitment honest = opening.commitments.get(0);
            int width = honest.layout().columns();
            int logRows = honest.layout().logHeight() + MANY.logBlowup();
            int[] word = honest.memory().clone();
            Random random = new Random(run);
            for (int row = 0; row < 1 << logRows; row++) {
                if (random.nextDouble() < share) {
                    word[row * width] = KoalaBear.add(word[row * width], KoalaBear.ONE);
                }
            }
            MerkleTree tree = MerkleTree.of(word, 0, width, logRows, Opening.TWO);
            opening.commitments.set(0, new Commitment(honest.layout(), honest.columns(), word, tree));
            assertEquals(rejected ? Rejection.QUERY_FOLD : null, opening.rejection(opening.prove()));
        }
    }

    @Test
    void otherRootsLayoutsOrdersAndParametersAreRejected() {
        PcsParameters p = SecurityPreset.TEST_FAST.opening();
        Random random = new Random(14);
        // Two commitments of one shape, so that nothing but their order tells them apart.
        List<List<Trace>> tables = List.of(Opening.tables("3x5 2x4", random), Opening.tables("3x5 2x4", random));
        Opening opening = Opening.of(p, tables, 5, 5);
        byte[] proof = opening.prove();
        assertNull(opening.rejection(proof));
        List<CommitmentRoot> roots = opening.roots();
        assertNotNull(Opening.rejection(p, opening.layouts, List.of(roots.get(1), roots.get(0)), proof));
        assertNotNull(Opening.rejection(p, opening.layouts, List.of(roots.get(0), roots.get(0)), proof));
        int[] root = roots.get(1).root();
        root[8] = KoalaBear.add(root[8], KoalaBear.ONE);
        CommitmentRoot wrong = new CommitmentRoot(opening.layouts.get(1), root);
        assertNotNull(Opening.rejection(p, opening.layouts, List.of(roots.get(0), wrong), proof));

        // Also layouts of as many claims and stacked columns, which read the same proof to its end.
        for (String other : List.of("3x5 2x4 1x0", "2x5 3x4", "3x5", "5x4", "3x4 2x4", "3x5 2x3", "2x5 1x5 2x4")) {
            for (int h = 4; h <= 6; h++) {
                StackedLayout layout = StackedLayout.of(Opening.shapes(Opening.tables(other, random)), h);
                assertNotNull(Opening.rejection(p, List.of(opening.layouts.get(0), layout), null, proof), other);
            }
        }
        assertNotNull(Opening.rejection(p, opening.layouts.subList(0, 1), null, proof));
        for (int n = 0; n < p.numbers().length; n++) {
            for (int d = -1; d <= 1; d += 2) {
                int[] v = p.numbers();
                v[n] += d;
                if (v[n] >= (n < 2 || n == 5 ? 1 : 0)) {
                    PcsParameters other = new PcsParameters(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]);
                    assertNotNull(Opening.rejection(other, opening.layouts, null, proof), other.toString());
                }
            }
        }
    }

    @Test
    void noQueriesAndNoRedundancyAreNoParameters() {
        int[][] wrong = {
            {0, 16, 0, 0, 0, 3, 2, 0},
            {1, 0, 0, 0, 0, 3, 2, 0},
            {1, 16, -1, 0, 0, 3, 2, 0},
            {1, 16, 25, 0, 0, 3, 2, 0},
            {1, 16, 0, 32, 0, 3, 2, 0},
            {1, 16, 0, 0, 99, 3, 2, 0},
            {1, 16, 0, 0, 0, 0, 2, 0},
            {1, 16, 0, 0, 0, 3, -1, 0},
            {1, 16, 0, 0, 0, 3, 2, -1},
            {1, Integer.MAX_VALUE, 0, 0, 0, 3, 2, 0}
        };
        for (int[] v : wrong) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new PcsParameters(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]));
        }
        for (SecurityPreset preset : SecurityPreset.values()) {
            assertEquals(preset, SecurityPreset.of(preset.label()));
            PcsParameters p = preset.opening();
            // Unique decoding at rate 1/2: 0.415 bits a query.
            double bits = -p.queries() * Math.log(0.75) / Math.log(2) + p.queryGrinding();
            assertTrue(bits >= preset.bits(), preset.label());
        }
    }
}
