package dev.firesteel.zerocheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Trace;
import dev.firesteel.air.TraceChecker;
import dev.firesteel.field.Ext;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.gkr.GkrClaim;
import dev.firesteel.gkr.GkrProver;
import dev.firesteel.gkr.GkrVerifier;
import dev.firesteel.poly.Multilinear;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.protocol.ProverChannel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.TableLayout;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.protocol.VerifierChannel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * LogUp-GKR and the zerocheck together, down to claims on columns, on a machine of two chips. The traces are absorbed whole in place
 * of a commitment: what a commitment adds is not under test here.
 */
class SumchecksTest {
    private static final List<ChipDescription> CHIPS = AdderMachine.chips();

    /** A prover's channel and what it has written: the numbers of the proof. */
    record Proving(ProverChannel channel, Supplier<List<Integer>> proof) {}

    /** A verifier's channel and the check that the proof ends there. */
    record Verifying(VerifierChannel<Ext> channel, End end) {
        @FunctionalInterface
        interface End {
            void check() throws VerificationException;
        }
    }

    /** The channels under test; subclasses have others. */
    Proving proving(byte[] statement) {
        DigestChannel channel = DigestChannel.prover(statement);
        return new Proving(channel, channel::proof);
    }

    Verifying verifying(byte[] statement, List<Integer> proof) {
        DigestChannel channel = DigestChannel.verifier(statement, proof);
        return new Verifying(channel, channel::end);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,0", "2,1", "16,13", "256,256", "512,400", "2048,2047"})
    void anHonestProofIsAcceptedAndItsColumnClaimsAreTrue(int height, int real) throws Exception {
        List<Trace> traces = AdderMachine.traces(height, real, new Random(height));
        assertEquals(List.of(), violations(traces));
        ColumnClaims<Ext> claims = verify(traces, prove(traces));
        TableLayout layout = layout(traces);
        for (int t = 0; t < layout.tables().size(); t++) {
            Trace trace = traces.get(layout.tables().get(t).index());
            List<Ext> point = claims.point().subList(0, trace.logHeight());
            for (int c = 0; c < trace.width(); c++) {
                assertEquals(
                        evaluate(trace, c, point), claims.tables().get(t).main().get(c));
            }
        }
    }

    @Test
    void anyOneChangedCellIsRejectedByTheCheckThatItBreaks() {
        Random random = new Random(5);
        List<Trace> honest = AdderMachine.traces(16, 13, random);
        Map<Rejection, Integer> reasons = new EnumMap<>(Rejection.class);
        for (int t = 0; t < honest.size(); t++) {
            for (int column = 0; column < honest.get(t).width(); column++) {
                for (int row = 0; row < honest.get(t).height(); row += t == 0 ? 1 : 37) {
                    List<Trace> changed = new ArrayList<>(honest);
                    changed.set(t, honest.get(t).copy());
                    int cell = changed.get(t).get(row, column);
                    changed.get(t).set(row, column, KoalaBear.add(cell, 1 + random.nextInt(KoalaBear.P - 1)));
                    boolean wrong = !violations(changed).isEmpty();
                    Rejection reason = rejection(changed, prove(changed));
                    assertEquals(wrong, reason != null, "table " + t + " column " + column + " row " + row);
                    if (wrong) {
                        // An unbalanced bus fails first; only a constraint that leaves the buses balanced gets to the
                        // zerocheck.
                        assertTrue(
                                reason == Rejection.LOGUP_SUM || reason == Rejection.ZEROCHECK_ROUND,
                                reason.toString());
                        reasons.merge(reason, 1, Integer::sum);
                    }
                }
            }
        }
        assertTrue(
                reasons.keySet().containsAll(List.of(Rejection.LOGUP_SUM, Rejection.ZEROCHECK_ROUND)),
                reasons.toString());
    }

    @Test
    void everyElementOfTheProofMatters() {
        List<Trace> traces = AdderMachine.traces(4, 3, new Random(1));
        List<Integer> proof = prove(traces);
        for (int i = 0; i < proof.size(); i++) {
            List<Integer> changed = new ArrayList<>(proof);
            changed.set(i, KoalaBear.add(proof.get(i), KoalaBear.ONE));
            assertTrue(rejection(traces, changed) != null, "element " + i);
            changed.set(i, KoalaBear.P);
            assertEquals(Rejection.ELEMENT_NOT_CANONICAL, rejection(traces, changed));
            changed.set(i, -1);
            assertEquals(Rejection.ELEMENT_NOT_CANONICAL, rejection(traces, changed));
        }
        assertEquals(Rejection.PROOF_TOO_SHORT, rejection(traces, proof.subList(0, proof.size() - 1)));
        List<Integer> longer = new ArrayList<>(proof);
        longer.add(0);
        assertEquals(Rejection.PROOF_TOO_LONG, rejection(traces, longer));
    }

    @Test
    void aProofOfOtherTracesIsRejected() {
        List<Trace> traces = AdderMachine.traces(8, 5, new Random(2));
        List<Trace> others = AdderMachine.traces(8, 5, new Random(3));
        assertTrue(rejection(others, prove(traces)) != null);
    }

    private Rejection rejection(List<Trace> traces, List<Integer> proof) {
        try {
            verify(traces, proof);
            return null;
        } catch (VerificationException e) {
            return e.reason();
        }
    }

    private static List<?> violations(List<Trace> traces) {
        return new TraceChecker(3)
                .table(CHIPS.get(0), null, traces.get(0))
                .table(CHIPS.get(1), AdderMachine.bytes(), traces.get(1))
                .violations();
    }

    private static TableLayout layout(List<Trace> traces) {
        return TableLayout.of(CHIPS, traces.stream().mapToInt(Trace::logHeight).toArray());
    }

    private static byte[] statement(List<Trace> traces) {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        for (Trace trace : traces) {
            java.nio.ByteBuffer cells = java.nio.ByteBuffer.allocate(4 * trace.data().length);
            cells.asIntBuffer().put(trace.data());
            bytes.writeBytes(cells.array());
        }
        return bytes.toByteArray();
    }

    private List<Integer> prove(List<Trace> traces) {
        TableLayout layout = layout(traces);
        List<Trace> main = new ArrayList<>();
        List<Trace> fixed = new ArrayList<>();
        layout.tables().forEach(t -> {
            main.add(traces.get(t.index()));
            fixed.add(t.index() == 1 ? AdderMachine.bytes() : null);
        });
        Proving proving = proving(statement(traces));
        ProverChannel channel = proving.channel();
        Fingerprint<Ext> fingerprint =
                Fingerprint.of(ExtArithmetic.INSTANCE, channel.sample("alpha"), channel.sample("beta"), 1);
        Leaves leaves = Leaves.of(layout, fixed, main, fingerprint);
        GkrClaim<Ext> claim = GkrProver.prove(channel, leaves.numerators(), leaves.denominators());
        Ext gamma = channel.sample("gamma");
        Ext eta = channel.sample("eta");
        Batching<Ext> batching = Batching.of(ExtArithmetic.INSTANCE, layout, fingerprint, claim, gamma, eta);
        ZerocheckProver.prove(channel, layout, fixed, main, claim.point(), batching);
        return proving.proof().get();
    }

    private ColumnClaims<Ext> verify(List<Trace> traces, List<Integer> proof) throws VerificationException {
        TableLayout layout = layout(traces);
        Verifying verifying = verifying(statement(traces), proof);
        VerifierChannel<Ext> channel = verifying.channel();
        Fingerprint<Ext> fingerprint =
                Fingerprint.of(ExtArithmetic.INSTANCE, channel.sample("alpha"), channel.sample("beta"), 1);
        GkrClaim<Ext> claim = GkrVerifier.verify(channel, layout.logLeaves(), Ext.ZERO);
        Ext gamma = channel.sample("gamma");
        Ext eta = channel.sample("eta");
        Batching<Ext> batching = Batching.of(ExtArithmetic.INSTANCE, layout, fingerprint, claim, gamma, eta);
        ColumnClaims<Ext> claims = ZerocheckVerifier.verify(channel, layout, claim.point(), batching);
        verifying.end().check();
        return claims;
    }

    /** The multilinear extension of a column, by its definition. */
    private static Ext evaluate(Trace trace, int column, List<Ext> point) {
        var eq = Multilinear.eqExt(point);
        Ext sum = Ext.ZERO;
        for (int row = 0; row < trace.height(); row++) {
            sum = sum.plus(Ext.of(eq, row).times(trace.get(row, column)));
        }
        return sum;
    }

    @Test
    void unbalancedBusesAreRejectedForThatReason() {
        List<Trace> traces = AdderMachine.traces(8, 5, new Random(2));
        traces.get(1).set(0, 0, KoalaBear.add(traces.get(1).get(0, 0), KoalaBear.ONE));
        assertEquals(Rejection.LOGUP_SUM, rejection(traces, prove(traces)));
        assertThrows(VerificationException.class, () -> verify(traces, prove(traces)));
    }
}
