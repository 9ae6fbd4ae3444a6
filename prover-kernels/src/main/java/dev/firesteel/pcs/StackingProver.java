package dev.firesteel.pcs;

import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.poly.Folding;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.protocol.Points;
import dev.firesteel.protocol.ProverChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Proves what {@link StackingVerifier} verifies, in two passes over the cells: one adds up all columns, weighted, when the low variables' turn has come
 * ({@link StackedTerm} says what is done before), the other evaluates the stacked columns at the end.
 */
final class StackingProver {
    private final ProverChannel channel;
    private final ExtBlocks blocks;
    private final List<Commitment> commitments;
    private final PcsClaims<Ext> claims;
    private final int height;
    private final Ext eta;

    /** Terms per commitment, none for an empty one. */
    private final List<StackedTerm[]> terms = new ArrayList<>();

    /** What a commitment that has not joined adds to the claim of the next round. */
    private final Ext[] waiting;

    private Ext claim = Ext.ZERO;

    /** Σ over terms without high variables of A·C; the low variables of all of them are bound together. Null before there is one. */
    private ExtVector joined;

    /** eq(r, ·) over the variables that are left, and its value at those of {@link #joined} that are bound. */
    private ExtVector eq;

    private Ext bound = Ext.ONE;

    private StackingProver(
            ProverChannel channel, List<Commitment> commitments, PcsClaims<Ext> claims, Parallel parallel) {
        this.channel = channel;
        this.blocks = new ExtBlocks(parallel);
        this.commitments = commitments;
        this.claims = claims;
        this.height = FoldSchedule.maxLogHeight(
                commitments.stream().map(Commitment::layout).toList());
        this.eta = channel.sample("stacking/eta");
        this.waiting = new Ext[commitments.size()];
    }

    static StackedClaims<Ext> prove(
            ProverChannel channel, List<Commitment> commitments, PcsClaims<Ext> claims, Parallel parallel) {
        return new StackingProver(channel, commitments, claims, parallel).run();
    }

    private StackedClaims<Ext> run() {
        Ext power = Ext.ONE;
        for (int i = 0; i < commitments.size(); i++) {
            power = makeTerms(i, power);
        }
        List<Ext> point = new ArrayList<>(Collections.nCopies(height, Ext.ZERO));
        join(height, point);
        for (int variable = height - 1; variable >= 0; variable--) {
            List<Ext> g = round(variable);
            channel.write("stacking/round", g);
            Ext challenge = channel.sample("stacking/round point");
            point.set(variable, challenge);
            claim = Points.interpolate(ExtArithmetic.INSTANCE, g, challenge);
            fold(variable, challenge);
            join(variable, point);
        }
        List<List<Ext>> values = new ArrayList<>();
        for (Commitment commitment : commitments) {
            StackedLayout layout = commitment.layout();
            if (layout.empty()) {
                values.add(List.of());
                continue;
            }
            ExtVector at = blocks.eq(point.subList(0, layout.logHeight()));
            values.add(List.of(blocks.evaluate(commitment.columns(), at)));
            channel.write("stacking/columns", values.get(values.size() - 1));
        }
        return new StackedClaims<>(List.copyOf(point), values);
    }

    /** @return the power of η of the next commitment's first column */
    private Ext makeTerms(int i, Ext first) {
        StackedLayout layout = commitments.get(i).layout();
        waiting[i] = Ext.ZERO;
        if (layout.empty()) {
            terms.add(new StackedTerm[0]);
            return first;
        }
        int share = KoalaBear.pow(KoalaBear.HALF, height - layout.logHeight());
        int[] powers = new int[layout.tableColumns() * Ext5.DEGREE];
        List<Ext> values = claims.values().get(i).stream().flatMap(List::stream).toList();
        Ext power = first;
        for (int c = 0; c < values.size(); c++) {
            power.times(share).copyTo(powers, c * Ext5.DEGREE);
            waiting[i] = waiting[i].plus(power.times(values.get(c)));
            power = power.times(eta);
        }
        claim = claim.plus(waiting[i]);
        terms.add(new StackedTerm.Maker(blocks, commitments.get(i), claims.point(), powers, values).make());
        return power;
    }

    /** The round polynomial's values at 0, 1 and 2. */
    private List<Ext> round(int variable) {
        Ext zero = Ext.ZERO;
        Ext two = Ext.ZERO;
        List<StackedTerm> active = new ArrayList<>();
        for (int i = 0; i < commitments.size(); i++) {
            if (commitments.get(i).layout().logHeight() <= variable) {
                waiting[i] = waiting[i].times(KoalaBear.HALF);
                zero = zero.plus(waiting[i]);
                two = two.plus(waiting[i]);
            } else {
                Arrays.stream(terms.get(i)).filter(StackedTerm::active).forEach(active::add);
            }
        }
        Ext[] high = highTerms(active);
        zero = zero.plus(high[0]);
        two = two.plus(high[1]);
        if (joined != null) {
            int half = 1 << variable;
            Ext r = claims.point().get(variable);
            Ext low = blocks.dot(joined, 0, eq, half).times(bound);
            Ext up = blocks.dot(joined, half, eq, half).times(bound);
            // eq(r, X) is 1 − r at 0 and 3r − 1 at 2.
            Ext atTwo = r.plus(r).plus(r).minus(Ext.ONE);
            zero = zero.plus(Ext.ONE.minus(r).times(low));
            two = two.plus(atTwo.times(up.plus(up).minus(low)));
        }
        return List.of(zero, claim.minus(zero), two);
    }

    private Ext[] highTerms(List<StackedTerm> active) {
        Parallel parallel = blocks.parallel();
        int[][] sums = new int[parallel.threads()][2 * Ext5.DEGREE];
        ExtVector[][] scratch = new ExtVector[parallel.threads()][];
        int half = active.stream().mapToInt(StackedTerm::half).max().orElse(0);
        parallel.forEach(active.size(), (task, worker) -> {
            if (scratch[worker] == null) {
                scratch[worker] = new ExtVector[] {new ExtVector(half), new ExtVector(half)};
            }
            active.get(task).round(scratch[worker], sums[worker]);
        });
        int[] total = new int[2 * Ext5.DEGREE];
        for (int[] own : sums) {
            Ext5.add(total, 0, own, 0, total, 0);
            Ext5.add(total, Ext5.DEGREE, own, Ext5.DEGREE, total, Ext5.DEGREE);
        }
        return new Ext[] {Ext.of(total, 0), Ext.of(total, Ext5.DEGREE)};
    }

    private void fold(int variable, Ext challenge) {
        int[] r = challenge.toArray();
        for (int i = 0; i < commitments.size(); i++) {
            if (commitments.get(i).layout().logHeight() > variable) {
                StackedTerm[] own = terms.get(i);
                blocks.parallel().forEach(own.length, (task, worker) -> {
                    if (own[task].active()) {
                        own[task].fold(r);
                    }
                });
            }
        }
        if (joined != null) {
            Folding.fold(joined, 1 << variable, r, 0, blocks.parallel());
            bound = bound.times(Points.eq(ExtArithmetic.INSTANCE, claims.point().get(variable), challenge));
            if (variable > 0) {
                blocks.dropHighest(eq, 1 << variable - 1);
            }
        }
    }

    /** Adds A·C over the terms that have just {@code left} low variables left. */
    private void join(int left, List<Ext> point) {
        for (int i = 0; i < commitments.size(); i++) {
            List<StackedTerm> ready = Arrays.stream(terms.get(i))
                    .filter(term -> term.level() == left)
                    .toList();
            if (ready.isEmpty()) {
                continue;
            }
            int n = 1 << left;
            if (joined == null) {
                joined = blocks.zeros(n);
                eq = blocks.eq(claims.point().subList(0, Math.max(left - 1, 0)));
            } else {
                // From here on all parts have the same variables bound.
                blocks.kernels().extScale(joined.coordinates(), 0, bound.toArray(), 0, joined.coordinates(), 0, n);
            }
            bound = Ext.ONE;
            if (left == 0) {
                continue; // no round is left that would use it
            }
            Commitment commitment = commitments.get(i);
            ExtVector slots = blocks.eq(point.subList(left, commitment.layout().logHeight()));
            int[] weights = new int[ready.size() * slots.length() * Ext5.DEGREE];
            for (int j = 0; j < ready.size(); j++) {
                Ext weight = ready.get(j).weight();
                for (int s = 0; s < slots.length(); s++) {
                    weight.times(Ext.of(slots, s)).copyTo(weights, (j * slots.length() + s) * Ext5.DEGREE);
                }
            }
            int[] which = ready.stream().mapToInt(StackedTerm::column).toArray();
            blocks.accumulate(commitment.columns(), which, slots.length(), weights, joined, n);
        }
    }
}
