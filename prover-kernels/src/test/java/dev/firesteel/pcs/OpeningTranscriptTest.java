package dev.firesteel.pcs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.hash.Transcript;
import dev.firesteel.hash.TranscriptProverChannel;
import dev.firesteel.hash.TranscriptVerifierChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What goes into the transcript, and when, is what docs/protocol-opening.md says, on both sides. */
class OpeningTranscriptTest {
    /** Of 2^5, 2^4 and none: down from 5 by one variable, from 4 by three, to 2^1 coefficients. */
    private static final PcsParameters PARAMETERS = new PcsParameters(1, 2, 3, 2, 1, 3, 1, 1);

    private static final List<String> EXPECTED = List.of(
            "PROTOCOL test 0",
            "ELEMENTS pcs/parameters 8",
            "ELEMENTS pcs/layout 4",
            "ELEMENTS pcs/root 9",
            "ELEMENTS pcs/layout 6",
            "ELEMENTS pcs/root 9",
            "ELEMENTS pcs/layout 2",
            "ELEMENTS pcs/root 0",
            "SAMPLE_EXTENSIONS stacking/eta 1",
            "EXTENSIONS stacking/round 3",
            "SAMPLE_EXTENSIONS stacking/round point 1",
            "EXTENSIONS stacking/round 3",
            "SAMPLE_EXTENSIONS stacking/round point 1",
            "EXTENSIONS stacking/round 3",
            "SAMPLE_EXTENSIONS stacking/round point 1",
            "EXTENSIONS stacking/round 3",
            "SAMPLE_EXTENSIONS stacking/round point 1",
            "EXTENSIONS stacking/round 3",
            "SAMPLE_EXTENSIONS stacking/round point 1",
            "EXTENSIONS stacking/columns 3",
            "EXTENSIONS stacking/columns 2",
            "GRIND opening/batching work 2",
            "SAMPLE_EXTENSIONS opening/columns point 2",
            "EXTENSIONS opening/joining values 0",
            "ELEMENTS opening/layer 9",
            "SAMPLE_EXTENSIONS opening/out-of-domain point 5",
            "EXTENSIONS opening/out-of-domain value 1",
            "EXTENSIONS opening/round 4",
            "GRIND opening/folding work 1",
            "SAMPLE_EXTENSIONS opening/round point 1",
            "EXTENSIONS opening/joining values 1",
            "GRIND opening/joining work 2",
            "SAMPLE_EXTENSIONS opening/joining 1",
            "ELEMENTS opening/layer 9",
            "SAMPLE_EXTENSIONS opening/out-of-domain point 4",
            "EXTENSIONS opening/out-of-domain value 1",
            "EXTENSIONS opening/round 6",
            "GRIND opening/folding work 1",
            "SAMPLE_EXTENSIONS opening/round point 1",
            "EXTENSIONS opening/round 6",
            "GRIND opening/folding work 1",
            "SAMPLE_EXTENSIONS opening/round point 1",
            "EXTENSIONS opening/round 6",
            "GRIND opening/folding work 1",
            "SAMPLE_EXTENSIONS opening/round point 1",
            "EXTENSIONS opening/final 2",
            "GRIND opening/queries work 3",
            "SAMPLE_INDICES opening/queries 2");

    @Test
    void messagesAreTheDocumentedOnes() throws Exception {
        Random random = new Random(31);
        List<List<Trace>> tables = List.of(Opening.tables("3x5", random), Opening.tables("1x4 2x3", random), List.of());
        Opening opening = Opening.of(PARAMETERS, tables, 5, 4, 3);
        List<Ext> point = new Transcript("point").sample("point", 5);
        List<List<List<Ext>>> values = new ArrayList<>();
        for (List<Trace> traces : tables) {
            values.add(traces.stream().map(trace -> values(trace, point)).toList());
        }
        PcsClaims<Ext> claims = new PcsClaims<>(point, values);

        List<String> proving = new ArrayList<>();
        TranscriptProverChannel prover = new TranscriptProverChannel(transcript(proving), Opening.TWO);
        new PcsProver(PARAMETERS, Opening.TWO).open(prover, opening.commitments, claims);
        assertEquals(EXPECTED, proving);

        List<String> verifying = new ArrayList<>();
        TranscriptVerifierChannel verifier = new TranscriptVerifierChannel(transcript(verifying), prover.proof());
        PcsVerifier.verify(verifier, PARAMETERS, opening.roots(), claims);
        verifier.end();
        assertEquals(EXPECTED, verifying);
    }

    private static List<Ext> values(Trace trace, List<Ext> point) {
        List<Ext> values = new ArrayList<>();
        for (int c = 0; c < trace.width(); c++) {
            values.add(Opening.evaluate(trace, c, point));
        }
        return values;
    }

    private static Transcript transcript(List<String> log) {
        return new Transcript("test", (kind, label, count) -> log.add(kind + " " + label + " " + count));
    }
}
