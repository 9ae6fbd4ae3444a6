package dev.firesteel.machine;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.Sponge;
import dev.firesteel.pcs.PcsParameters;
import dev.firesteel.pcs.SecurityPreset;
import java.util.ArrayList;
import java.util.List;

/**
 * The error of every round of the protocol, in the unique-decoding regime, for which all used bounds are proven. Formulas are those of soundcalc
 * (ethereum/soundcalc, family JAGGED) and, where this protocol has a round that it does not know, the same bounds applied to it; docs/security has them.
 */
public final class Soundness {
    /** log2 of the number of extension elements. */
    static final double FIELD_BITS = Ext5.DEGREE * Math.log(KoalaBear.P) / Math.log(2);

    /**
     * What the errors depend on besides the preset.
     *
     * @param logRows log2 of the tallest table's height
     * @param columns of all tables, preprocessed ones included
     * @param logStacked log2 of the height of the highest stacked commitment
     * @param stackedColumns of the widest one
     * @param constraints of all tables
     * @param leaves log2 of the number of messages of all rows of all tables
     * @param busWidth fields of the widest bus
     */
    public record Shape(
            int logRows,
            long columns,
            int logStacked,
            long stackedColumns,
            long constraints,
            double leaves,
            int busWidth) {}

    /**
     * One round.
     *
     * @param name what is sampled, or looked at
     * @param bits −log2 of the error, work included
     * @param formula how it comes about
     */
    public record Round(String name, double bits, String formula) {}

    private Soundness() {}

    /** The greatest shape of any proof for a key of this machine. */
    static Shape shape(SecurityPreset preset, Machine machine, int maxLogHeight) {
        PcsParameters parameters = preset.opening();
        long columns = 0;
        long constraints = 0;
        long messages = 0;
        for (ChipDescription chip : machine.chips()) {
            columns += chip.mainWidth() + chip.preprocessedWidth();
            constraints += chip.constraints().size();
            messages += chip.interactions().size();
        }
        int logStacked = parameters.maxLogStackedHeight();
        double cells = columns * Math.pow(2, maxLogHeight);
        return new Shape(
                maxLogHeight,
                columns,
                logStacked,
                (long) Math.max(1 << 7, Math.ceil(cells / Math.pow(2, logStacked))),
                constraints,
                log2(Math.max(2, messages)) + maxLogHeight,
                Math.max(1, machine.busWidth()));
    }

    /** All rounds in the order of the protocol, then the hash. */
    public static List<Round> rounds(SecurityPreset preset, Shape shape) {
        PcsParameters p = preset.opening();
        double rate = Math.pow(2, -p.logBlowup());
        double near = (1 - rate) / 2 * Math.pow(2, shape.logStacked + p.logBlowup()) + 1;
        List<Round> rounds = new ArrayList<>();
        double l = shape.leaves;
        rounds.add(round(
                "LogUp: alpha, beta, GKR",
                Math.pow(2, l) * shape.busWidth + 0.5 * l * (3 * l + 1),
                preset.logUpGrinding(),
                "(messages · fields + L(3L + 1)/2)/#E, L = log2 of messages, with or without a global sum"));
        rounds.add(round(
                "global buses, over all proofs",
                (double) KoalaBear.P * shape.busWidth,
                preset.logUpGrinding(),
                "(p · fields)/#E, as there are fewer than p messages; with the work that the caller asks for"));
        rounds.add(round(
                "zerocheck: eta, gamma, rounds",
                shape.constraints + 1 + (ChipDescription.MAX_DEGREE + 2) * shape.logRows,
                0,
                "(constraints + 1 + 5 · log2 of rows)/#E"));
        rounds.add(round(
                "stacking: eta, rounds",
                shape.columns + 2.0 * shape.logStacked,
                0,
                "(columns + 2 · log2 of stacked rows)/#E"));
        rounds.add(round(
                "batching: tau",
                near * Math.ceil(log2(Math.max(2, shape.stackedColumns))),
                p.batchingGrinding(),
                "(n(1 − ρ)/2 + 1) · log2 of stacked columns/#E, n = stacked rows/ρ"));
        rounds.add(round("joining: nu", near, p.batchingGrinding(), "(n(1 − ρ)/2 + 1)/#E"));
        rounds.add(round(
                "folding: one layer",
                near / (1 << p.logFolding()) * ((1 << p.logFolding()) - 1),
                p.foldingGrinding(),
                "(n/2^a · (1 − ρ)/2 + 1)(2^a − 1)/#E, 2^a the folding factor; later layers are shorter"));
        rounds.add(round(
                "folding: one variable",
                near + 1,
                p.foldingGrinding(),
                "(n(1 − ρ)/2 + 1)/#E for the word, and 1/#E for the claim on it"));
        rounds.add(new Round(
                "queries", -p.queries() * log2(1 - (1 - rate) / 2) + p.queryGrinding(), "((1 + ρ)/2)^queries"));
        rounds.add(new Round(
                "hash: collisions",
                Sponge.DIGEST * log2(KoalaBear.P) / 2,
                "half of a digest of " + Sponge.DIGEST + " elements"));
        return rounds;
    }

    /** The least of all rounds: what a proof is claimed to be worth, rounded down. */
    public static int bits(SecurityPreset preset, Shape shape) {
        return (int) Math.floor(
                rounds(preset, shape).stream().mapToDouble(Round::bits).min().orElseThrow());
    }

    private static Round round(String name, double numerator, int work, String formula) {
        return new Round(
                name,
                FIELD_BITS - log2(numerator) + work,
                work == 0 ? formula : formula + ", " + work + " bits of work");
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
