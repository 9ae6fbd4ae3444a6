package dev.firesteel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firesteel.air.Trace;
import dev.firesteel.examples.Instance;
import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.gkr.GkrClaim;
import dev.firesteel.gkr.GkrProver;
import dev.firesteel.hash.TranscriptProverChannel;
import dev.firesteel.pcs.PcsProver;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.protocol.ProverChannel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.TableLayout;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.zerocheck.Batching;
import dev.firesteel.zerocheck.ColumnClaims;
import dev.firesteel.zerocheck.Fingerprint;
import dev.firesteel.zerocheck.Leaves;
import dev.firesteel.zerocheck.ZerocheckProver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Forgeries for challenges that are known beforehand. Each is accepted over a channel whose challenges stay those of an honest run, and refused over the real
 * transcript: so it is the freshness of the challenges that stops it, and nothing else.
 *
 * <p>A challenge has five coordinates over the base field. So among its first six powers, and the forgeries use seven, there is a relation with
 * coefficients in the base field, and cells can be chosen that a known challenge does not see.
 */
class FrozenChallengesTest {
    private static final Parallel PARALLEL = new Parallel(1);

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    @Test
    void twoMessagesThatCancelForKnownChallengesAreRefusedForFreshOnes() throws VerificationException {
        int[] cells = {11, 12, 13, 14, 15, 16, 17};
        Instance honest = instance(TestChips.row(cells), TestChips.row(cells));
        ProvingKey key = key(TestChips.pair(), honest);
        List<Ext> challenges = challenges(key, honest);
        // Sampled as alpha, beta: Σ β^k · x_k is the same for both rows, which no real message of another row should
        // be.
        int[] other = added(cells, relation(challenges.get(1)));
        forgery(key, challenges, instance(TestChips.row(cells), TestChips.row(other)), Rejection.LOGUP_SUM);
    }

    @Test
    void anotherStatementThatCancelsForKnownChallengesIsRefusedForFreshOnes() throws VerificationException {
        Instance honest = SmallMachines.adder().instance(2, 1);
        Machine machine = Machine.of("adder", SmallMachines.adder().chips());
        ProvingKey key = key(machine, honest);
        List<Ext> challenges = challenges(key, honest);
        // The tables stay as they are; it is the claimed result that is another: the fields 1 … 7 of the last state.
        PublicMessage last = honest.messages().get(1);
        int[] fields = last.fields().stream().mapToInt(f -> f).toArray();
        int[] relation = relation(challenges.get(1));
        for (int k = 0; k < relation.length; k++) {
            fields[1 + k] = KoalaBear.add(fields[1 + k], relation[k]);
        }
        PublicMessage claimed = new PublicMessage(
                last.bus(), last.multiplicity(), Arrays.stream(fields).boxed().toList());
        List<PublicMessage> statement = List.of(honest.messages().get(0), claimed);
        forgery(key, challenges, new Instance(honest.preprocessed(), honest.main(), statement), Rejection.LOGUP_SUM);
    }

    @Test
    void violationsThatCancelForAKnownEtaAreRefusedForAFreshOne() throws VerificationException {
        Instance honest = instance(Trace.zeros(2, TestChips.WIDE));
        ProvingKey key = key(TestChips.zeros(), honest);
        List<Ext> challenges = challenges(key, honest);
        // alpha, beta, the top's point, gamma, eta: no layer lies between.
        Ext eta = challenges.get(4);
        Trace forged = Trace.zeros(2, TestChips.WIDE);
        int[] relation = relation(eta);
        for (int k = 0; k < relation.length; k++) {
            forged.set(0, k, relation[k]);
            forged.set(1, k, KoalaBear.mul(relation[k], KoalaBear.fromCanonical(5)));
        }
        forgery(key, challenges, instance(forged), Rejection.ZEROCHECK_ROUND);
    }

    private static void forgery(ProvingKey key, List<Ext> challenges, Instance forged, Rejection expected)
            throws VerificationException {
        VerifyingKey verifyingKey = key.verifyingKey();
        FrozenChannel prover = FrozenChannel.prover(challenges);
        ColumnClaims<Ext> proved = prove(prover, key, forged);
        ColumnClaims<Ext> accepted = TableVerifier.verify(
                        FrozenChannel.verifier(challenges, prover.proof()),
                        verifyingKey,
                        layout(key, forged),
                        forged.messages(),
                        null)
                .columns();
        // What is accepted are the forged columns' own values: the opening would have nothing to object to.
        assertEquals(proved, accepted);
        // With other challenges the same columns fail there too.
        List<Ext> fresh = new ArrayList<>(challenges);
        fresh.replaceAll(c -> c.plus(Ext.ONE));
        FrozenChannel second = FrozenChannel.prover(fresh);
        prove(second, key, forged);
        VerificationException e = assertThrows(
                VerificationException.class,
                () -> TableVerifier.verify(
                        FrozenChannel.verifier(fresh, second.proof()),
                        verifyingKey,
                        layout(key, forged),
                        forged.messages(),
                        null));
        assertEquals(expected, e.reason());
        // And the whole proof over the transcript, where other columns or another statement are other challenges.
        byte[] proof = new Prover(key, PARALLEL).prove(forged.main(), forged.messages());
        assertEquals(expected, new Proved(key, forged, proof).rejection(proof));
        assertNotEquals(challenges, challenges(key, forged));
    }

    private static Instance instance(Trace... main) {
        return new Instance(Collections.nCopies(main.length, null), List.of(main), List.of());
    }

    private static ProvingKey key(Machine machine, Instance honest) {
        ProvingKey key = ProvingKey.setup(
                SecurityPreset.TEST_FAST, machine, Proved.MAX_LOG_HEIGHT, honest.preprocessed(), PARALLEL);
        byte[] proof = new Prover(key, PARALLEL).prove(honest.main(), honest.messages());
        assertNull(new Proved(key, honest, proof).rejection(proof), "the honest run");
        return key;
    }

    private static int[] logHeights(Instance instance) {
        return instance.main().stream().mapToInt(Trace::logHeight).toArray();
    }

    private static TableLayout layout(ProvingKey key, Instance instance) {
        return TableLayout.of(key.verifyingKey().machine().chips(), logHeights(instance));
    }

    /** The challenges that the real transcript gives for an instance, down to the claims on columns. */
    private static List<Ext> challenges(ProvingKey key, Instance instance) {
        VerifyingKey verifyingKey = key.verifyingKey();
        int[] logHeights = logHeights(instance);
        TranscriptProverChannel channel = new TranscriptProverChannel(
                Statement.transcript(verifyingKey, instance.messages(), logHeights, (kind, label, count) -> {}),
                PARALLEL);
        new PcsProver(verifyingKey.preset().opening(), PARALLEL)
                .commit(Tables.main(verifyingKey.machine(), logHeights).inOrder(instance.main()))
                .write(channel, Statement.MAIN_ROOT);
        FrozenChannel.Recorder recorder = new FrozenChannel.Recorder(channel);
        recorder.grind(Statement.LOGUP_GRINDING, verifyingKey.preset().logUpGrinding());
        prove(recorder, key, instance);
        return recorder.challenges();
    }

    /** What {@link Prover} does between commitment and opening. */
    private static ColumnClaims<Ext> prove(ProverChannel channel, ProvingKey key, Instance instance) {
        return prove(channel, key, instance, null, null);
    }

    /** The same with what it does for a machine with boundary chips; {@code sum} is what is stated, null for nothing. */
    private static ColumnClaims<Ext> prove(
            ProverChannel channel, ProvingKey key, Instance instance, Fingerprint<Ext> global, Ext sum) {
        TableLayout layout = layout(key, instance);
        List<Trace> fixed = inOrder(layout, instance.preprocessed());
        List<Trace> main = inOrder(layout, instance.main());
        ExtArithmetic f = ExtArithmetic.INSTANCE;
        if (sum != null) {
            channel.write(Statement.GLOBAL_SUM, sum);
        }
        Fingerprint<Ext> fingerprint = Fingerprint.of(
                        f,
                        channel.sample(Statement.ALPHA),
                        channel.sample(Statement.BETA),
                        key.verifyingKey().machine().busWidth())
                .withGlobal(global);
        Leaves leaves = Leaves.of(layout, fixed, main, fingerprint);
        GkrClaim<Ext> claim = GkrProver.prove(channel, leaves.numerators(), leaves.denominators());
        Ext gamma = channel.sample(Statement.GAMMA);
        Ext eta = channel.sample(Statement.ETA);
        return ZerocheckProver.prove(
                channel, layout, fixed, main, claim.point(), Batching.of(f, layout, fingerprint, claim, gamma, eta));
    }

    private static List<Trace> inOrder(TableLayout layout, List<Trace> perChip) {
        List<Trace> traces = new ArrayList<>();
        layout.tables().forEach(t -> traces.add(perChip.get(t.index())));
        return traces;
    }

    /** A row that is sent and not received, and a sum over all proofs that is stated when alpha and beta are known. */
    @Test
    void aGlobalSumThatHidesALocalSurplusForKnownChallengesIsRefusedForFreshOnes() throws VerificationException {
        ProvingKey key = ProvedRequest.key(SecurityPreset.TEST_FAST, PARALLEL);
        ProvedRequest request = ProvedRequest.of(key, SharedMemory.run(2, 6, 7, 12), PARALLEL);
        Fingerprint<Ext> global =
                request.challenge().fingerprint(key.verifyingKey().machine().busWidth());
        SplittableRandom random = new SplittableRandom(3);
        List<Ext> known = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            known.add(Ext.of(random.ints(5, 0, KoalaBear.P).toArray(), 0));
        }
        SharedMemory.Segment segment = request.run().segments().get(0);
        // The value that a word leaves the segment with is not the one that was written last.
        SharedMemory.Segment forged = segment.changed(SharedMemory.BOUNDARY, 0, 4, KoalaBear.fromCanonical(77));
        assertNull(frozen(key, global, segment, known, total(key, global, segment, known)), "the honest sum");
        Ext hiding = total(key, global, forged, known);
        Ext honest = GlobalSum.of(key.verifyingKey().machine(), key.preprocessed(), forged.main(), global, PARALLEL);
        assertNotEquals(honest, hiding);
        assertEquals(Rejection.LOGUP_SUM, frozen(key, global, forged, known, honest));
        assertNull(frozen(key, global, forged, known, hiding), "stated when the challenges are known");
        List<Ext> fresh = new ArrayList<>(known);
        fresh.replaceAll(c -> c.plus(Ext.ONE));
        assertEquals(Rejection.LOGUP_SUM, frozen(key, global, forged, fresh, hiding));
    }

    /** All fractions of a segment and its statement: for an honest one the global sum, whatever alpha and beta are. */
    private static Ext total(
            ProvingKey key, Fingerprint<Ext> global, SharedMemory.Segment segment, List<Ext> challenges)
            throws VerificationException {
        Instance instance = new Instance(SharedMemory.preprocessed(), segment.main(), segment.messages());
        TableLayout layout = layout(key, instance);
        Fingerprint<Ext> fingerprint = Fingerprint.of(
                        ExtArithmetic.INSTANCE,
                        challenges.get(0),
                        challenges.get(1),
                        key.verifyingKey().machine().busWidth())
                .withGlobal(global);
        Leaves leaves = Leaves.of(
                layout, inOrder(layout, instance.preprocessed()), inOrder(layout, instance.main()), fingerprint);
        return GkrProver.sum(leaves.numerators(), leaves.denominators(), PARALLEL)
                .plus(Statement.sum(FrozenChannel.prover(challenges), fingerprint, segment.messages()));
    }

    /** Why the proof of a segment with a stated sum is refused under given challenges, null when it is accepted. */
    private static Rejection frozen(
            ProvingKey key, Fingerprint<Ext> global, SharedMemory.Segment segment, List<Ext> challenges, Ext sum) {
        Instance instance = new Instance(SharedMemory.preprocessed(), segment.main(), segment.messages());
        FrozenChannel prover = FrozenChannel.prover(challenges);
        prove(prover, key, instance, global, sum);
        try {
            TableVerifier.verify(
                    FrozenChannel.verifier(challenges, prover.proof()),
                    key.verifyingKey(),
                    layout(key, instance),
                    segment.messages(),
                    global);
            return null;
        } catch (VerificationException e) {
            return e.reason();
        }
    }

    private static int[] added(int[] cells, int[] more) {
        int[] sum = new int[cells.length];
        Arrays.setAll(sum, k -> KoalaBear.add(cells[k], more[k]));
        return sum;
    }

    /** Base elements d, not all zero, with Σ d_k · x^(k + s) = 0 for whatever s: five equations in {@link TestChips#WIDE} unknowns, by elimination. */
    static int[] relation(Ext x) {
        int n = TestChips.WIDE;
        int[][] rows = new int[Ext5.DEGREE][n];
        Ext power = Ext.ONE;
        for (int k = 0; k < n; k++) {
            for (int c = 0; c < Ext5.DEGREE; c++) {
                rows[c][k] = power.coordinate(c);
            }
            power = power.times(x);
        }
        int[] pivot = new int[Ext5.DEGREE];
        int rank = 0;
        for (int k = 0; k < n && rank < rows.length; k++) {
            int from = rank;
            while (from < rows.length && rows[from][k] == 0) {
                from++;
            }
            if (from == rows.length) {
                continue;
            }
            int[] swap = rows[rank];
            rows[rank] = rows[from];
            rows[from] = swap;
            int inverse = KoalaBear.inverse(rows[rank][k]);
            for (int j = 0; j < n; j++) {
                rows[rank][j] = KoalaBear.mul(rows[rank][j], inverse);
            }
            for (int r = 0; r < rows.length; r++) {
                int factor = rows[r][k];
                for (int j = 0; r != rank && j < n; j++) {
                    rows[r][j] = KoalaBear.sub(rows[r][j], KoalaBear.mul(factor, rows[rank][j]));
                }
            }
            pivot[rank++] = k;
        }
        // The last unknown is free: it is 1, and the pivots follow.
        int[] d = new int[n];
        d[n - 1] = KoalaBear.ONE;
        for (int r = 0; r < rank; r++) {
            d[pivot[r]] = KoalaBear.neg(rows[r][n - 1]);
        }
        return d;
    }
}
