package dev.firesteel.pcs;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.hash.Transcript;
import dev.firesteel.hash.TranscriptProverChannel;
import dev.firesteel.hash.TranscriptVerifierChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Honest proofs of true claims, which the naive evaluation of every column gives, are accepted. */
class RoundTripTest {
    private static final PcsParameters FAST = SecurityPreset.TEST_FAST.opening();

    /** Commitments "shapes @stacked height", separated by semicolons. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1x0 @2", // one cell
                "1x2 @2", // no folding at all
                "1x5 @5",
                "3x5 @5",
                "1x7 @4", // taller than the stack
                "3x8 2x6 1x6 @6", // taller, then as tall as the stack
                "5x6 3x4 7x3 9x1 4x0 @7", // mixed columns
                "5x6 3x4 7x3 9x1 4x0 @9",
                "40x3 @5", // many columns in a stacked one
                "1x0 1x0 1x0 @5",
                "- 3x5 - 2x3 - @5", // tables without columns here
                "4x6 @6;2x6 @6", // two of one height
                "4x6 @6;2x6 @5;3x2 @3", // heights one after the other
                "3x2 @3;2x6 @5;4x6 @8", // the highest last
                "@3;4x6 @6;- - @4", // empty commitments
                "20x4 3x2 @8;5x9 @9;2x5 1x3 @2",
                "@4;-@3",
                "2x13 3x12 5x10 2x3 @12;1x11 @11", // more than a block, more than a tile
            })
    void shapes(String text) {
        assertAccepted(text, FAST);
    }

    @Test
    void randomShapes() {
        Random random = new Random(1);
        for (int run = 0; run < 60; run++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(3); i >= 0; i--) {
                List<String> shapes = new ArrayList<>();
                for (int t = random.nextInt(5); t > 0; t--) {
                    shapes.add((1 + random.nextInt(12)) + "x" + random.nextInt(8));
                }
                shapes.sort(Comparator.comparing(s -> -Integer.parseInt(s.substring(s.indexOf('x') + 1))));
                text.append(String.join(" ", shapes)).append(" @").append(2 + random.nextInt(9));
                text.append(i > 0 ? ";" : "");
            }
            PcsParameters parameters = new PcsParameters(
                    1 + random.nextInt(2),
                    1 + random.nextInt(20),
                    random.nextInt(3),
                    random.nextInt(3),
                    random.nextInt(2),
                    1 + random.nextInt(4),
                    random.nextInt(3),
                    random.nextInt(3));
            assertAccepted(text.toString(), parameters);
        }
    }

    @ParameterizedTest
    @EnumSource(SecurityPreset.class)
    void everyPreset(SecurityPreset preset) {
        assertAccepted("6x9 3x7 1x0 @10;2x7 @7;- 4x8 @7", preset.opening());
    }

    @Test
    void claimsOfOtherShapesAreTheCallersMistake() {
        List<List<Trace>> tables = List.of(Opening.tables("2x3 1x1", new Random(1)));
        Opening opening = Opening.of(FAST, tables, 4);
        Ext one = Ext.ONE;
        List<Ext> point = List.of(one, one, one);
        List<List<List<List<Ext>>>> wrong = List.of(
                List.of(),
                List.of(List.of(List.of(one, one))),
                List.of(List.of(List.of(one), List.of(one))),
                List.of(List.of(List.of(one, one), List.of(one, one))),
                List.of(List.of(List.of(one, one), List.of(one)), List.of()));
        for (List<List<List<Ext>>> values : wrong) {
            assertRefused(opening, new PcsClaims<>(point, values));
        }
        assertRefused(opening, new PcsClaims<>(point.subList(0, 2), List.of(List.of(List.of(one, one), List.of(one)))));
    }

    private static void assertRefused(Opening opening, PcsClaims<Ext> claims) {
        Transcript transcript = new Transcript("refused");
        assertThrows(
                IllegalArgumentException.class,
                () -> new PcsProver(FAST, Opening.TWO)
                        .open(new TranscriptProverChannel(transcript, Opening.TWO), opening.commitments, claims));
        assertThrows(
                IllegalArgumentException.class,
                () -> PcsVerifier.verify(
                        new TranscriptVerifierChannel(transcript, new byte[0]), FAST, opening.roots(), claims));
    }

    private static void assertAccepted(String text, PcsParameters parameters) {
        Random random = new Random(text.hashCode());
        List<List<Trace>> tables = new ArrayList<>();
        List<Integer> heights = new ArrayList<>();
        for (String commitment : text.split(";")) {
            int at = commitment.indexOf('@');
            tables.add(Opening.tables(commitment.substring(0, at), random));
            heights.add(Integer.parseInt(commitment.substring(at + 1).trim()));
        }
        int[] logHeights = heights.stream().mapToInt(Integer::intValue).toArray();
        Opening opening = Opening.of(parameters, tables, logHeights);
        assertNull(opening.rejection(opening.prove()), () -> text + " " + parameters);
    }
}
