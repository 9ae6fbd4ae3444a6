package dev.firesteel.pcs;

import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.MerkleOpening;
import dev.firesteel.hash.Sponge;
import dev.firesteel.hash.TranscriptVerifierChannel;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The other half of an opening's verification: that the committed words are near the code words of what {@link OpeningRounds} has reduced.
 *
 * <p>A word of length 2^n has the value P(x) at place p, x = ω^rev(p), P's coefficients being the multilinear's values in bit-reversed order. A leaf of the
 * tree over a layer does not hold the 2^a values at the places p of one x^(2^a), but, what they determine and are determined by, the values P_t(x^(2^a)) of
 * the parts P = Σ_t X^t·P_t(X^(2^a)). Binding a variables to ρ gives Σ_t eq(ρ, t)·P_t: folding needs neither x nor an inverse.
 */
final class QueryVerifier {
    private final TranscriptVerifierChannel channel;
    private final PcsParameters parameters;
    private final FoldSchedule schedule;
    private final List<CommitmentRoot> commitments;
    private final OpeningRounds<Ext> rounds;
    private final List<int[]> roots;

    QueryVerifier(
            TranscriptVerifierChannel channel,
            PcsParameters parameters,
            FoldSchedule schedule,
            List<CommitmentRoot> commitments,
            OpeningRounds<Ext> rounds,
            List<int[]> roots) {
        this.channel = channel;
        this.parameters = parameters;
        this.schedule = schedule;
        this.commitments = commitments;
        this.rounds = rounds;
        this.roots = roots;
    }

    /** Samples the indices, reads what is opened there and checks it. */
    void verify() throws VerificationException {
        channel.grind("opening/queries work", parameters.queryGrinding());
        int logLength = schedule.levels().get(0).logHeight() + parameters.logBlowup();
        QueryIndices indices =
                new QueryIndices(channel.sampleIndices("opening/queries", parameters.queries(), logLength), logLength);
        List<int[]> rows = new ArrayList<>();
        for (CommitmentRoot commitment : commitments) {
            StackedLayout layout = commitment.layout();
            int logRows = layout.logHeight() + parameters.logBlowup();
            rows.add(
                    layout.empty()
                            ? null
                            : open(commitment.root(), logRows, layout.columns(), indices.places(logRows)));
        }
        Ext[] values = null;
        for (int l = 0; l < schedule.levels().size(); l++) {
            FoldSchedule.Level level = schedule.levels().get(l);
            int log = level.logHeight() + parameters.logBlowup();
            int[] places = indices.places(log);
            values = values == null ? zeros(places.length) : values;
            for (int i : level.joining()) {
                join(i, rows.get(i), values);
            }
            if (l == schedule.levels().size() - 1) {
                checkFinal(log, places, values);
            } else {
                values = fold(l, log, places, indices.places(log - level.variables()), values);
            }
        }
    }

    /** Without the path's check a prover could choose rows after it has seen the challenges. */
    private int[] open(int[] root, int logRows, int width, int[] places) throws VerificationException {
        int[] rows = channel.readDetermined("opened rows", Math.multiplyExact(places.length, width));
        int digests = MerkleOpening.siblings(logRows, places);
        int[] siblings = channel.readDetermined("opened siblings", digests * Sponge.DIGEST);
        MerkleOpening.verify(root, logRows, width, places, rows, siblings);
        return rows;
    }

    private static Ext[] zeros(int count) {
        Ext[] values = new Ext[count];
        Arrays.fill(values, Ext.ZERO);
        return values;
    }

    /** Adds what commitment i has at each place: its row, joined as its claims were. */
    private void join(int i, int[] rows, Ext[] values) {
        int width = commitments.get(i).layout().columns();
        for (int q = 0; q < values.length; q++) {
            Ext sum = Ext.ZERO;
            for (int j = 0; j < width; j++) {
                sum = sum.plus(rounds.weights().get(j).times(rows[q * width + j]));
            }
            values[q] = values[q].plus(rounds.coefficients().get(i).times(sum));
        }
    }

    /** Checks a layer against the values that it should have, and gives the values that the next one should have. */
    private Ext[] fold(int l, int log, int[] places, int[] leaves, Ext[] values) throws VerificationException {
        FoldSchedule.Level level = schedule.levels().get(l);
        int parts = 1 << level.variables();
        int width = parts * Ext5.DEGREE;
        int[] rows = open(roots.get(l), log - level.variables(), width, leaves);
        List<Ext> weights = OpeningRounds.eqTable(
                ExtArithmetic.INSTANCE, rounds.challenges().get(l));
        Ext[] folded = zeros(leaves.length);
        int leaf = 0;
        for (int q = 0; q < places.length; q++) {
            while (leaves[leaf] != places[q] >> level.variables()) {
                leaf++;
            }
            Ext value = unpack(rows, leaf * width, parts, element(log, places[q]));
            // Without this a layer could be any code word, one that fits the claims.
            channel.assertEqual(Rejection.QUERY_FOLD, "level " + l + " place " + places[q], value, values[q]);
        }
        for (int i = 0; i < leaves.length; i++) {
            for (int t = 0; t < parts; t++) {
                Ext part = Ext.of(rows, i * width + t * Ext5.DEGREE);
                folded[i] = folded[i].plus(weights.get(t).times(part));
            }
        }
        return folded;
    }

    /** Σ_t x^t·P_t, by Horner's rule. */
    private static Ext unpack(int[] rows, int off, int parts, int x) {
        Ext value = Ext.ZERO;
        for (int t = parts - 1; t >= 0; t--) {
            value = value.times(x).plus(Ext.of(rows, off + t * Ext5.DEGREE));
        }
        return value;
    }

    private void checkFinal(int log, int[] places, Ext[] values) throws VerificationException {
        for (int q = 0; q < places.length; q++) {
            Ext value = evaluate(rounds.last(), element(log, places[q]));
            // Without this the last word could be anything.
            channel.assertEqual(Rejection.QUERY_FINAL, "place " + places[q], value, values[q]);
        }
    }

    /** The univariate polynomial of a multilinear's values at x: the highest variable stands for x, the next for x², and so on. */
    static Ext evaluate(List<Ext> values, int x) {
        Ext[] left = values.toArray(new Ext[0]);
        int power = x;
        for (int half = left.length / 2; half >= 1; half /= 2) {
            for (int i = 0; i < half; i++) {
                left[i] = left[i].plus(left[half + i].times(power));
            }
            power = KoalaBear.square(power);
        }
        return left[0];
    }

    /** The element of the domain of length 2^log at a place. */
    static int element(int log, int place) {
        return KoalaBear.pow(KoalaBear.twoAdicGenerator(log), StackedColumns.reverse(place, log));
    }
}
