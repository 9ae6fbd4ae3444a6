package dev.firesteel.zerocheck;

import dev.firesteel.air.Arithmetic;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.protocol.Points;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.TableLayout;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.protocol.VerifierChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Verifies Σ over tables and rows of eq(r, x)·F(x) = claim, down to claims on columns. */
public final class ZerocheckVerifier {
    /** Values of a round polynomial: F has degree 3 in a variable, eq's factor is divided out. */
    static final int ROUND_VALUES = ChipDescription.MAX_DEGREE + 1;

    private ZerocheckVerifier() {}

    /**
     * Reads and checks the rounds and the columns' values.
     *
     * @param point r; at least as many coordinates as the tallest table has variables
     */
    public static <E> ColumnClaims<E> verify(
            VerifierChannel<E> channel, TableLayout layout, List<E> point, Batching<E> batching)
            throws VerificationException {
        Arithmetic<E> f = channel.field();
        E claim = batching.claim();
        List<E> end = new ArrayList<>(Collections.nCopies(layout.maxLogHeight(), claim));
        for (int variable = layout.maxLogHeight() - 1; variable >= 0; variable--) {
            List<E> g = channel.read("zerocheck/round", ROUND_VALUES);
            E sum = Points.line(f, g.get(0), g.get(1), point.get(variable));
            channel.assertEqual(Rejection.ZEROCHECK_ROUND, "variable " + variable, sum, claim);
            E challenge = channel.sample("zerocheck/round point");
            end.set(variable, challenge);
            claim = Points.interpolate(f, g, challenge);
        }
        List<ColumnClaims.Table<E>> tables = new ArrayList<>();
        E total = f.constant(KoalaBear.ZERO);
        for (int t = 0; t < layout.tables().size(); t++) {
            ChipDescription chip = layout.tables().get(t).chip();
            List<E> preprocessed = channel.read("zerocheck/preprocessed", chip.preprocessedWidth());
            List<E> main = channel.read("zerocheck/main", chip.mainWidth());
            tables.add(new ColumnClaims.Table<>(preprocessed, main));
            Batching.Weights<E> weights = batching.tables().get(t);
            List<E> outputs = chip.tape().evaluate(f, preprocessed, main);
            total = f.add(total, weights.constant());
            for (int o = 0; o < outputs.size(); o++) {
                total = f.add(total, f.multiply(weights.outputs().get(o), outputs.get(o)));
            }
        }
        channel.assertEqual(Rejection.ZEROCHECK_FINAL, "columns", total, claim);
        return new ColumnClaims<>(List.copyOf(end), List.copyOf(tables));
    }
}
