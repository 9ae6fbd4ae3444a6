package dev.firesteel.zerocheck;

import dev.firesteel.air.Arithmetic;
import dev.firesteel.air.Interaction;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.gkr.GkrClaim;
import dev.firesteel.protocol.Points;
import dev.firesteel.protocol.TableLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * One polynomial per table that stands for all its constraints and messages: F = constant + Σ weight·output over the outputs of the
 * chip's tape. Over all tables Σ_x eq(r, x)·F(x) must be {@link #claim}, r being the point at which LogUp-GKR ended.
 *
 * <p>The weight of constraint j is η^(j+1), so a constraint that is not zero at r, or a wrong claim about the messages (weight 1), survives
 * in the sum but for a root in η. r itself is sampled after the commitment, so a constraint that fails in one row is not zero at r but for
 * a root in r.
 *
 * @param tables weights per table, in the layout's order
 * @param claim what the sum must be
 */
public record Batching<E>(List<Weights<E>> tables, E claim) {

    /**
     * @param outputs one weight per output of the chip's tape
     * @param constant what is added in every row
     */
    public record Weights<E>(List<E> outputs, E constant) {}

    /**
     * The weights.
     *
     * @param claim what LogUp-GKR left
     * @param gamma joins the claims on numerators and denominators
     * @param eta joins constraints
     */
    public static <E> Batching<E> of(
            Arithmetic<E> f, TableLayout layout, Fingerprint<E> fingerprint, GkrClaim<E> claim, E gamma, E eta) {
        List<E> point = claim.point();
        E one = f.constant(KoalaBear.ONE);
        E power = eta;
        E covered = f.constant(KoalaBear.ZERO);
        List<Weights<E>> tables = new ArrayList<>();
        for (TableLayout.Table table : layout.tables()) {
            List<E> outputs = new ArrayList<>();
            for (int j = 0; j < table.chip().constraints().size(); j++) {
                outputs.add(power);
                power = f.multiply(power, eta);
            }
            E constant = f.constant(KoalaBear.ZERO);
            List<E> high = point.subList(table.logHeight(), point.size());
            for (int i = 0; i < table.chip().interactions().size(); i++) {
                Interaction interaction = table.chip().interactions().get(i);
                E block = Points.eqIndex(f, high, table.leaf(i) >>> table.logHeight());
                covered = f.add(covered, block);
                E scaled = f.multiply(gamma, block);
                outputs.add(block);
                for (int k = 0; k < interaction.fields().size(); k++) {
                    outputs.add(f.multiply(
                            scaled,
                            fingerprint.on(interaction.bus()).betaPowers().get(k)));
                }
                constant = f.add(constant, f.multiply(scaled, fingerprint.constant(f, interaction.bus())));
            }
            tables.add(new Weights<>(List.copyOf(outputs), constant));
        }
        // Leaves that belong to no message are 0/1.
        E denominators = f.subtract(claim.denominator(), f.subtract(one, covered));
        return new Batching<>(List.copyOf(tables), f.add(claim.numerator(), f.multiply(gamma, denominators)));
    }
}
