package dev.firesteel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.hash.Transcript;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.VerificationException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What goes into the transcript and comes out of it, message by message, for one proof: the same on both sides, and what docs/protocol.md and its companions
 * say. The file is the adder's with limbs of 8 bits and 16 rows, at test-fast, which has every kind of message.
 */
class TranscriptLogTest {
    /** One message a line. */
    private static final class Log implements Transcript.Listener {
        private final StringBuilder lines = new StringBuilder();

        @Override
        public void message(Transcript.Kind kind, String label, int count) {
            lines.append(kind)
                    .append(' ')
                    .append(count)
                    .append(' ')
                    .append(label)
                    .append('\n');
        }

        @Override
        public String toString() {
            return lines.toString();
        }
    }

    @Test
    void bothSidesFollowTheProtocol() throws VerificationException {
        try (Parallel parallel = new Parallel(1)) {
            Proved proved = Proved.of(SmallMachines.adder(), 4, SecurityPreset.TEST_FAST, parallel);
            List<PublicMessage> messages = proved.instance().messages();
            Log prover = new Log();
            byte[] proof = new Prover(proved.key(), parallel)
                    .prove(proved.instance().main(), messages, (phase, nanos) -> {}, prover);
            Log verifier = new Log();
            Verifier.allowingInsecure(proved.key().verifyingKey()).verify(messages, proof, verifier);
            assertEquals(prover.toString(), verifier.toString());
            byte[] file =
                    GoldenFiles.read("adder.transcript.txt", prover.toString().getBytes(StandardCharsets.UTF_8));
            assertEquals(new String(file, StandardCharsets.UTF_8), prover.toString());
        }
    }

    @Test
    void bothSidesFollowTheProtocolOfASegment() throws VerificationException {
        try (Parallel parallel = new Parallel(1)) {
            String all = segment(parallel).toString();
            byte[] file = GoldenFiles.read("segment.transcript.txt", all.getBytes(StandardCharsets.UTF_8));
            assertEquals(new String(file, StandardCharsets.UTF_8), all);
            // What the global challenge depends on comes before it, what depends on it after it, the sum before alpha.
            inOrder(
                    all,
                    List.of(
                            " key\n",
                            " public message\n",
                            " heights\n",
                            "ELEMENTS 9 boundary root\n",
                            "ELEMENTS 10 global challenge\n",
                            "ELEMENTS 9 main root\n",
                            "EXTENSIONS 1 global sum\n",
                            " logup grinding\n",
                            " alpha\n",
                            " beta\n",
                            " gkr/top\n"));
        }
    }

    /** The log of prover and verifier of one segment, which are the same. */
    private static Log segment(Parallel parallel) throws VerificationException {
        ProvingKey key = ProvedRequest.key(SecurityPreset.TEST_FAST, parallel);
        ProvedRequest request = ProvedRequest.of(key, SharedMemory.run(1, 4, 5, 7), parallel);
        SharedMemory.Segment segment = request.run().segments().get(1);
        Log prover = new Log();
        byte[] proof = new Prover(key, parallel)
                .prove(
                        segment.main(),
                        segment.messages(),
                        request.boundaries().get(1),
                        request.challenge(),
                        (phase, nanos) -> {},
                        prover);
        Log verifier = new Log();
        Verifier.allowingInsecure(key.verifyingKey()).verify(segment.messages(), request.challenge(), proof, verifier);
        assertEquals(prover.toString(), verifier.toString());
        return prover;
    }

    private static void inOrder(String all, List<String> labels) {
        int at = 0;
        for (String label : labels) {
            int next = all.indexOf(label, at);
            assertTrue(next >= 0, label.trim() + " does not follow in\n" + all);
            at = next + 1;
        }
    }

    /** The order that matters most, said once more, so that it cannot be lost when the file is made anew. */
    @Test
    void nothingIsSampledBeforeWhatItDependsOn() {
        try (Parallel parallel = new Parallel(1)) {
            Proved proved = Proved.of(SmallMachines.adder(), 4, SecurityPreset.TEST_FAST, parallel);
            Log log = new Log();
            new Prover(proved.key(), parallel)
                    .prove(proved.instance().main(), proved.instance().messages(), (phase, nanos) -> {}, log);
            String all = log.toString();
            inOrder(
                    all,
                    List.of(
                            " key\n",
                            " public message count\n",
                            " public message\n",
                            " heights\n",
                            " main root\n",
                            " logup grinding\n",
                            " alpha\n",
                            " beta\n",
                            " gkr/top\n",
                            " gkr/top point\n",
                            " gkr/round\n",
                            " gkr/round point\n",
                            " gkr/layer\n",
                            " gamma\n",
                            " eta\n",
                            " zerocheck/round\n",
                            " zerocheck/main\n",
                            " pcs/parameters\n",
                            " pcs/layout\n",
                            " pcs/root\n",
                            " stacking/eta\n",
                            " stacking/columns\n",
                            " opening/columns point\n",
                            " opening/layer\n",
                            " opening/out-of-domain point\n",
                            " opening/out-of-domain value\n",
                            " opening/round\n",
                            " opening/round point\n",
                            " opening/joining values\n",
                            " opening/joining\n",
                            " opening/final\n",
                            " opening/queries work\n",
                            " opening/queries\n"));
            assertEquals(all.indexOf(" alpha\n"), all.lastIndexOf(" alpha\n"));
            assertTrue(all.lastIndexOf(" gkr/layer\n") < all.indexOf(" gamma\n"), "claims on the leaves come before");
            assertTrue(all.lastIndexOf(" zerocheck/main\n") < all.indexOf(" stacking/eta\n"), "values come before");
        }
    }
}
