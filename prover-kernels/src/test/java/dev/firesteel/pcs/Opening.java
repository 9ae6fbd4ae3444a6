package dev.firesteel.pcs;

import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.Transcript;
import dev.firesteel.hash.TranscriptProverChannel;
import dev.firesteel.hash.TranscriptVerifierChannel;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A statement about some commitments, with the smallest protocol around it: roots are written, a point is sampled, values are written, the opening
 * follows.
 */
final class Opening {
    static final Parallel TWO = new Parallel(2);

    final PcsParameters parameters;
    final List<List<Trace>> tables;
    final List<StackedLayout> layouts;
    final List<Commitment> commitments = new ArrayList<>();

    /** What is added to the first claimed value that there is. */
    private Ext lie = Ext.ZERO;

    Opening(PcsParameters parameters, List<List<Trace>> tables, List<StackedLayout> layouts) {
        this.parameters = parameters;
        this.tables = tables;
        this.layouts = layouts;
        PcsProver prover = new PcsProver(parameters, TWO);
        for (int i = 0; i < tables.size(); i++) {
            commitments.add(prover.commit(tables.get(i), layouts.get(i), new int[0]));
        }
    }

    /** Layouts with stacked heights as given. */
    static Opening of(PcsParameters parameters, List<List<Trace>> tables, int... logHeights) {
        List<StackedLayout> layouts = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            layouts.add(StackedLayout.of(shapes(tables.get(i)), logHeights[i]));
        }
        return new Opening(parameters, tables, layouts);
    }

    static List<StackedLayout.Shape> shapes(List<Trace> traces) {
        return traces.stream().map(PcsProver::shape).toList();
    }

    static Trace random(int width, int logHeight, Random random) {
        Trace trace = Trace.zeros(1 << logHeight, width);
        for (int i = 0; i < trace.data().length; i++) {
            trace.data()[i] = random.nextInt(KoalaBear.P);
        }
        return trace;
    }

    /** Tables as "width×logHeight width×logHeight …"; "-" for none. */
    static List<Trace> tables(String shapes, Random random) {
        List<Trace> traces = new ArrayList<>();
        for (String shape : shapes.isBlank() ? new String[0] : shapes.trim().split(" ")) {
            String[] numbers = shape.split("x");
            traces.add(
                    shape.equals("-")
                            ? null
                            : random(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), random));
        }
        return traces;
    }

    Opening lying(Ext difference) {
        lie = difference;
        return this;
    }

    int pointLength() {
        int most = 0;
        for (StackedLayout layout : layouts) {
            most = Math.max(most, layout.maxLogTableHeight());
        }
        return most;
    }

    /** Σ_x eq(point, x)·cell(x), straight from the definition. */
    static Ext evaluate(Trace trace, int column, List<Ext> point) {
        Ext sum = Ext.ZERO;
        for (int row = 0; row < trace.height(); row++) {
            Ext term = Ext.ofBase(trace.get(row, column));
            for (int k = 0; k < trace.logHeight(); k++) {
                term = term.times((row >> k & 1) == 1 ? point.get(k) : Ext.ONE.minus(point.get(k)));
            }
            sum = sum.plus(term);
        }
        return sum;
    }

    byte[] prove() {
        TranscriptProverChannel channel = new TranscriptProverChannel(new Transcript("opening test"), TWO);
        commitments.forEach(c -> c.write(channel, "root"));
        List<Ext> point = channel.sample("point", pointLength());
        List<List<List<Ext>>> values = new ArrayList<>();
        Ext add = lie;
        for (List<Trace> traces : tables) {
            List<List<Ext>> ofTables = new ArrayList<>();
            for (Trace trace : traces) {
                List<Ext> ofColumns = new ArrayList<>();
                for (int c = 0; trace != null && trace.height() > 0 && c < trace.width(); c++) {
                    ofColumns.add(evaluate(trace, c, point).plus(add));
                    add = Ext.ZERO;
                }
                channel.write("values", ofColumns);
                ofTables.add(ofColumns);
            }
            values.add(ofTables);
        }
        new PcsProver(parameters, TWO).open(channel, commitments, new PcsClaims<>(point, values));
        return channel.proof();
    }

    List<CommitmentRoot> roots() {
        return commitments.stream().map(Commitment::root).toList();
    }

    /** Verifies with roots from the proof. */
    static void verify(PcsParameters parameters, List<StackedLayout> layouts, byte[] proof)
            throws VerificationException {
        verify(parameters, layouts, null, proof);
    }

    /** Verifies with roots that are given, those in the proof being absorbed like ours but ignored; null for those of the proof. */
    static void verify(PcsParameters parameters, List<StackedLayout> layouts, List<CommitmentRoot> given, byte[] proof)
            throws VerificationException {
        TranscriptVerifierChannel channel = new TranscriptVerifierChannel(new Transcript("opening test"), proof);
        List<CommitmentRoot> roots = new ArrayList<>();
        int most = 0;
        for (StackedLayout layout : layouts) {
            roots.add(PcsVerifier.readRoot(channel, "root", layout));
            most = Math.max(most, layout.maxLogTableHeight());
        }
        List<Ext> point = channel.sample("point", most);
        List<List<List<Ext>>> values = new ArrayList<>();
        for (StackedLayout layout : layouts) {
            List<List<Ext>> ofTables = new ArrayList<>();
            for (StackedLayout.Shape shape : layout.shapes()) {
                ofTables.add(channel.read("values", shape.empty() ? 0 : shape.width()));
            }
            values.add(ofTables);
        }
        PcsVerifier.verify(channel, parameters, given == null ? roots : given, new PcsClaims<>(point, values));
        channel.end();
    }

    /** Why the proof is rejected; null when it is not. Any exception but the typed one fails the test. */
    Rejection rejection(byte[] proof) {
        return rejection(parameters, layouts, null, proof);
    }

    static Rejection rejection(
            PcsParameters parameters, List<StackedLayout> layouts, List<CommitmentRoot> given, byte[] proof) {
        try {
            verify(parameters, layouts, given, proof);
            return null;
        } catch (VerificationException e) {
            return e.reason();
        }
    }
}
