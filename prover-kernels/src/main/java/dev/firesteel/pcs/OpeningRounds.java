package dev.firesteel.pcs;

import dev.firesteel.air.Arithmetic;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.protocol.Points;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.protocol.VerifierChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The algebraic half of an opening's verification, generic so that a circuit has it too: from the stacked columns' claims to the final polynomial.
 *
 * <p>The columns of a commitment are joined by eq(τ, j), commitments by random coefficients. What is claimed is F(z) = v for the joined multilinear F, and
 * binding its highest variable needs the pair (F(z', 0), F(z', 1)) alone: the line through it at z's coordinate is the old claim, at the
 * challenge it is the new one. The same challenge folds the committed word ({@link QueryVerifier}).
 *
 * @param weights eq(τ, j) per column of the widest commitment
 * @param coefficients per commitment; null for an empty one
 * @param challenges per committed level, in the order in which variables are bound
 * @param last the final polynomial's values
 */
record OpeningRounds<E>(List<E> weights, List<E> coefficients, List<List<E>> challenges, List<E> last) {

    /** Reads the root of a level's word, at the place where it has to be absorbed. */
    @FunctionalInterface
    interface Roots {
        void read(int level) throws VerificationException;
    }

    /** A value that the polynomial of the current level is claimed to have at the first coordinates of a point. */
    private static final class Claim<E> {
        final List<E> point;
        E value;

        Claim(List<E> point, E value) {
            this.point = point;
            this.value = value;
        }
    }

    /** Reads and checks everything before the queries. */
    static <E> OpeningRounds<E> verify(
            VerifierChannel<E> channel,
            PcsParameters parameters,
            FoldSchedule schedule,
            StackedClaims<E> stacked,
            Roots roots)
            throws VerificationException {
        Arithmetic<E> f = channel.field();
        channel.grind("opening/batching work", parameters.batchingGrinding());
        List<E> weights = eqTable(f, channel.sample("opening/columns point", logColumns(stacked.values())));
        List<Claim<E>> claims = new ArrayList<>(List.of(new Claim<>(stacked.point(), f.constant(KoalaBear.ZERO))));
        List<E> coefficients = new ArrayList<>();
        stacked.values().forEach(v -> coefficients.add(null));
        List<List<E>> challenges = new ArrayList<>();
        boolean first = true;
        for (int l = 0; l < schedule.levels().size(); l++) {
            FoldSchedule.Level level = schedule.levels().get(l);
            for (int i : level.joining()) {
                List<E> others = channel.read("opening/joining values", claims.size() - 1);
                E coefficient = f.constant(KoalaBear.ONE);
                if (!first) {
                    channel.grind("opening/joining work", parameters.batchingGrinding());
                    // Sampled after the word that is joined was committed, or its faults could cancel the other's.
                    coefficient = channel.sample("opening/joining");
                }
                first = false;
                coefficients.set(i, coefficient);
                E value = dot(f, weights, stacked.values().get(i));
                for (int m = 0; m < claims.size(); m++) {
                    Claim<E> claim = claims.get(m);
                    claim.value = f.add(claim.value, f.multiply(coefficient, m == 0 ? value : others.get(m - 1)));
                }
            }
            if (l == schedule.levels().size() - 1) {
                break;
            }
            roots.read(l);
            for (int s = 0; s < parameters.outOfDomain(); s++) {
                List<E> point = channel.sample("opening/out-of-domain point", level.logHeight());
                claims.add(new Claim<>(point, channel.read("opening/out-of-domain value")));
            }
            List<E> bound = new ArrayList<>();
            for (int k = 1; k <= level.variables(); k++) {
                bound.add(round(channel, parameters, level.logHeight() - k, claims));
            }
            challenges.add(bound);
        }
        List<E> last = channel.read("opening/final", 1 << parameters.logFinal());
        for (Claim<E> claim : claims) {
            E value = dot(f, eqTable(f, claim.point.subList(0, parameters.logFinal())), last);
            // Without this the folded words would be close to the code, but not to what was claimed.
            channel.assertEqual(Rejection.OPENING_FINAL, "final polynomial", value, claim.value);
        }
        return new OpeningRounds<>(weights, coefficients, challenges, last);
    }

    private static <E> E round(
            VerifierChannel<E> channel, PcsParameters parameters, int variable, List<Claim<E>> claims)
            throws VerificationException {
        Arithmetic<E> f = channel.field();
        List<E> ends = channel.read("opening/round", 2 * claims.size());
        for (int m = 0; m < claims.size(); m++) {
            Claim<E> claim = claims.get(m);
            E value = Points.line(f, ends.get(2 * m), ends.get(2 * m + 1), claim.point.get(variable));
            // Without this the pair would have nothing to do with the claim before it.
            channel.assertEqual(Rejection.OPENING_ROUND, "variable " + variable, value, claim.value);
        }
        channel.grind("opening/folding work", parameters.foldingGrinding());
        E challenge = channel.sample("opening/round point");
        for (int m = 0; m < claims.size(); m++) {
            claims.get(m).value = Points.line(f, ends.get(2 * m), ends.get(2 * m + 1), challenge);
        }
        return challenge;
    }

    /** Coordinates of τ: enough for the widest commitment. */
    static <E> int logColumns(List<List<E>> values) {
        int widest = values.stream().mapToInt(List::size).max().orElse(0);
        return Integer.SIZE - Integer.numberOfLeadingZeros(widest - 1);
    }

    /** eq(point, ·), coordinate k belonging to bit k. */
    static <E> List<E> eqTable(Arithmetic<E> f, List<E> point) {
        List<E> table = new ArrayList<>(List.of(f.constant(KoalaBear.ONE)));
        for (E r : point) {
            int n = table.size();
            for (int i = 0; i < n; i++) {
                E upper = f.multiply(r, table.get(i));
                table.add(upper);
                table.set(i, f.subtract(table.get(i), upper));
            }
        }
        return table;
    }

    /** Σ a·b over the length of b. */
    static <E> E dot(Arithmetic<E> f, List<E> a, List<E> b) {
        E sum = f.constant(KoalaBear.ZERO);
        for (int i = 0; i < b.size(); i++) {
            sum = f.add(sum, f.multiply(a.get(i), b.get(i)));
        }
        return sum;
    }
}
