package dev.firesteel.pcs;

import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.hash.MerkleTree;
import dev.firesteel.hash.TranscriptProverChannel;
import dev.firesteel.poly.Folding;
import dev.firesteel.poly.Parallel;
import dev.firesteel.poly.ReedSolomon;
import dev.firesteel.protocol.ExtArithmetic;
import java.util.ArrayList;
import java.util.List;

/**
 * Proves what {@link OpeningRounds} and {@link QueryVerifier} verify. Columns are joined, and variables bound, on the multilinear's values; each layer's
 * word is encoded from what is left of them, an eighth of the layer before, so words are never folded.
 */
final class OpeningProver {
    private final TranscriptProverChannel channel;
    private final PcsParameters parameters;
    private final FoldSchedule schedule;
    private final List<Commitment> commitments;
    private final StackedClaims<Ext> stacked;
    private final ExtBlocks blocks;

    private final List<Claim> claims = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();
    private ExtVector f;

    /** A point and eq at it over the variables that are left but the highest. */
    private record Claim(List<Ext> point, ExtVector eq) {}

    /** A committed word: leaves of {@code width} ints. */
    private record Layer(int[] word, int width, MerkleTree tree) {
        int[] rows(int[] indices) {
            int[] rows = new int[indices.length * width];
            for (int i = 0; i < indices.length; i++) {
                System.arraycopy(word, indices[i] * width, rows, i * width, width);
            }
            return rows;
        }
    }

    OpeningProver(
            TranscriptProverChannel channel,
            PcsParameters parameters,
            FoldSchedule schedule,
            List<Commitment> commitments,
            StackedClaims<Ext> stacked,
            Parallel parallel) {
        this.channel = channel;
        this.parameters = parameters;
        this.schedule = schedule;
        this.commitments = commitments;
        this.stacked = stacked;
        this.blocks = new ExtBlocks(parallel);
    }

    void prove() {
        channel.grind("opening/batching work", parameters.batchingGrinding());
        List<Ext> tau = channel.sample("opening/columns point", OpeningRounds.logColumns(stacked.values()));
        List<Ext> weights = OpeningRounds.eqTable(ExtArithmetic.INSTANCE, tau);
        f = blocks.zeros(1 << schedule.levels().get(0).logHeight());
        addClaim(stacked.point(), schedule.levels().get(0).logHeight());
        boolean first = true;
        for (FoldSchedule.Level level : schedule.levels()) {
            for (int i : level.joining()) {
                join(commitments.get(i), weights, first);
                first = false;
            }
            if (level.logHeight() == parameters.logFinal()) {
                break;
            }
            commit(level);
            for (int s = 0; s < parameters.outOfDomain(); s++) {
                List<Ext> point = channel.sample("opening/out-of-domain point", level.logHeight());
                channel.write(
                        "opening/out-of-domain value", blocks.dot(f, 0, blocks.eq(point), 1 << level.logHeight()));
                addClaim(point, level.logHeight());
            }
            for (int k = 1; k <= level.variables(); k++) {
                round(level.logHeight() - k);
            }
        }
        List<Ext> last = new ArrayList<>();
        for (int x = 0; x < 1 << parameters.logFinal(); x++) {
            last.add(Ext.of(f, x));
        }
        channel.write("opening/final", last);
        query();
    }

    private void addClaim(List<Ext> point, int logHeight) {
        claims.add(new Claim(point, blocks.eq(point.subList(0, Math.max(logHeight - 1, 0)))));
    }

    /** Adds a commitment's columns, joined by the weights, to f. */
    private void join(Commitment commitment, List<Ext> weights, boolean first) {
        StackedColumns columns = commitment.columns();
        int height = columns.logHeight();
        List<Ext> others = new ArrayList<>();
        for (Claim claim : claims.subList(1, claims.size())) {
            Ext[] values = blocks.evaluate(columns, blocks.eq(claim.point.subList(0, height)));
            others.add(OpeningRounds.dot(ExtArithmetic.INSTANCE, weights, List.of(values)));
        }
        channel.write("opening/joining values", others);
        Ext coefficient = Ext.ONE;
        if (!first) {
            channel.grind("opening/joining work", parameters.batchingGrinding());
            coefficient = channel.sample("opening/joining");
        }
        int[] which = new int[columns.count()];
        int[] scaled = new int[columns.count() * Ext5.DEGREE];
        for (int j = 0; j < which.length; j++) {
            which[j] = j;
            weights.get(j).times(coefficient).copyTo(scaled, j * Ext5.DEGREE);
        }
        blocks.accumulate(columns, which, 1, scaled, f, 1 << height);
    }

    private void commit(FoldSchedule.Level level) {
        int size = Ext5.DEGREE << level.logHeight();
        int length = size << parameters.logBlowup();
        int[] word = blocks.parallel().memory().ints(length);
        // Coefficient i of coordinate k is at 5i + k: as rows of 2^variables coefficients they are the parts that
        // leaves
        // are made of, and one transform over rows encodes them all.
        StackedColumns.of(level.logHeight(), f.coordinates()).writeBitReversed(word, length - size, blocks.parallel());
        int width = Ext5.DEGREE << level.variables();
        int logRows = level.logHeight() - level.variables();
        new ReedSolomon(logRows, parameters.logBlowup()).encode(word, length - size, width, word, 0, blocks.parallel());
        MerkleTree tree = MerkleTree.of(word, 0, width, logRows + parameters.logBlowup(), blocks.parallel());
        layers.add(new Layer(word, width, tree));
        channel.writeElements("opening/layer", tree.root());
    }

    private void round(int variable) {
        int half = 1 << variable;
        List<Ext> ends = new ArrayList<>();
        for (Claim claim : claims) {
            ends.add(blocks.dot(f, 0, claim.eq, half));
            ends.add(blocks.dot(f, half, claim.eq, half));
        }
        channel.write("opening/round", ends);
        channel.grind("opening/folding work", parameters.foldingGrinding());
        Ext challenge = channel.sample("opening/round point");
        Folding.fold(f, half, challenge.toArray(), 0, blocks.parallel());
        if (variable > 0) {
            claims.forEach(claim -> blocks.dropHighest(claim.eq, half / 2));
        }
    }

    private void query() {
        channel.grind("opening/queries work", parameters.queryGrinding());
        int logLength = schedule.levels().get(0).logHeight() + parameters.logBlowup();
        QueryIndices indices =
                new QueryIndices(channel.sampleIndices("opening/queries", parameters.queries(), logLength), logLength);
        for (Commitment commitment : commitments) {
            if (!commitment.layout().empty()) {
                int[] places = indices.places(commitment.tree().logRows());
                channel.writeDetermined(commitment.rows(places));
                channel.writeDetermined(commitment.tree().open(places));
            }
        }
        for (Layer layer : layers) {
            int[] places = indices.places(layer.tree.logRows());
            channel.writeDetermined(layer.rows(places));
            channel.writeDetermined(layer.tree.open(places));
        }
    }
}
