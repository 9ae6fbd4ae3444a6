package dev.firesteel.zerocheck;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Expression.Kind;
import dev.firesteel.air.Tape;
import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.field.FieldKernels;
import dev.firesteel.gkr.EqLevels;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.protocol.Points;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One table during the zerocheck: the sources of its program and the linear part of F, folded once per round, and the sums of F that a round
 * asks for. The first round of a table reads its base-field trace; only what is folded lies in the extension.
 */
final class TableState {
    private static final int LINE = 16;

    private final FieldKernels kernels;
    private final Parallel parallel;
    private final ChipDescription chip;
    private final Trace preprocessed;
    private final Trace main;
    private final Terms terms;
    private final TermProgram program;
    private final Terms.Weights weights;
    /** In the base field: where each source lies. */
    private final int[][] data;

    private final int[] offsets;
    /** Folded sources, each {@link #pitch} after the one before; null before the first fold. */
    private ExtVector folded;

    private final int pitch;
    /** The linear part of F. */
    private final ExtVector linear;

    private int variables;
    /** Σ eq·F over the variables that are left, which a round need not compute again. */
    private Ext claim;
    /** Values of the first round. */
    private final Ext[] first = new Ext[ZerocheckVerifier.ROUND_VALUES];

    TableState(
            FieldKernels kernels,
            Parallel parallel,
            ChipDescription chip,
            Trace preprocessed,
            Trace main,
            Batching.Weights<Ext> outputs) {
        this.kernels = kernels;
        this.parallel = parallel;
        this.chip = chip;
        this.preprocessed = preprocessed;
        this.main = main;
        this.terms = new Terms(chip.tape());
        this.program = new TermProgram(terms);
        int[] flat = new int[outputs.outputs().size() * Ext5.DEGREE];
        for (int o = 0; o < outputs.outputs().size(); o++) {
            outputs.outputs().get(o).copyTo(flat, o * Ext5.DEGREE);
        }
        this.weights = terms.weights(flat, outputs.constant().toArray());
        this.variables = main.logHeight();
        this.linear = parallel.memory().vector(main.height());
        this.data = new int[program.sources().size()][];
        this.offsets = new int[data.length];
        // Not a power of two, or all sources would compete for the same cache lines.
        this.pitch = main.height() / 2 + LINE;
    }

    /** Registers that {@link TermRunner} must have for this table. */
    int registers() {
        return program.registers();
    }

    /** Variables that have not been bound. */
    int variables() {
        return variables;
    }

    /** The sum over all variables that are left. */
    Ext claim() {
        return claim;
    }

    boolean inBaseField() {
        return folded == null;
    }

    int half() {
        return 1 << variables - 1;
    }

    int[] weights() {
        return weights.terms();
    }

    int[][] linear() {
        return linear.coordinates();
    }

    int[] data(int source) {
        return data[source];
    }

    int offset(int source) {
        return offsets[source];
    }

    int[][] folded() {
        return folded.coordinates();
    }

    int foldedOffset(int source) {
        return source * pitch;
    }

    /** Computes sources and linear part from the trace, and the values of the first round. */
    void begin(EqLevels eq, List<Ext> point, TermRunner[] runners) {
        sources();
        Tape tape = chip.tape();
        int block = BlockProgram.BLOCK;
        parallel.forEach((main.height() + block - 1) / block, (task, worker) -> {
            int from = task * block;
            int n = Math.min(block, main.height() - from);
            for (int k = 0; k < Ext5.DEGREE; k++) {
                Arrays.fill(linear.coordinate(k), from, from + n, weights.constant()[k]);
            }
            for (int i = 0; i < tape.length(); i++) {
                if (cell(i) && !Ext5.isZero(weights.cells(), i * Ext5.DEGREE)) {
                    Trace trace = trace(i);
                    int at = trace.offset() + tape.left(i) * trace.height() + from;
                    kernels.axpyBaseExt(
                            trace.data(), at, weights.cells(), i * Ext5.DEGREE, linear.coordinates(), from, n);
                }
            }
        });
        if (variables > 0) {
            int[] points = new int[terms.degree() + 1];
            Arrays.setAll(points, x -> x);
            evaluate(points, eq, first, runners);
            complete(first);
            claim = Points.line(ExtArithmetic.INSTANCE, first[0], first[1], point.get(variables - 1));
        } else {
            // One row: what is evaluated is the row itself, as both halves of a table.
            claim = single(runners[0], eq);
        }
    }

    private Ext single(TermRunner runner, EqLevels eq) {
        runner.clear();
        for (TermProgram.Segment segment : program.segments()) {
            boolean isFirst = segment == program.segments().get(0);
            runner.add(this, segment, isFirst, new int[] {0}, 0, 1, eq.coordinates(), eq.offset(0));
        }
        int[] sum = new int[Ext5.DEGREE];
        runner.addTo(0, sum);
        return Ext.of(sum, 0);
    }

    private boolean cell(int i) {
        return chip.tape().kind(i) == Kind.MAIN || chip.tape().kind(i) == Kind.PREPROCESSED;
    }

    private Trace trace(int cell) {
        return chip.tape().kind(cell) == Kind.MAIN ? main : preprocessed;
    }

    /** Finds the columns that are sources and computes the sums of columns that are. */
    private void sources() {
        List<Integer> computed = new ArrayList<>();
        int[] place = new int[data.length];
        for (int s = 0; s < data.length; s++) {
            int i = program.sources().get(s);
            if (cell(i)) {
                data[s] = trace(i).data();
                offsets[s] = trace(i).offset() + chip.tape().left(i) * main.height();
            } else {
                place[computed.size()] = s;
                computed.add(i);
            }
        }
        if (computed.isEmpty()) {
            return;
        }
        int[] sums = parallel.memory().ints(Math.multiplyExact(computed.size(), main.height()));
        for (int r = 0; r < computed.size(); r++) {
            data[place[r]] = sums;
            offsets[place[r]] = r * main.height();
        }
        BlockProgram affine = new BlockProgram(
                chip.tape(), computed.stream().mapToInt(Integer::intValue).toArray());
        int[][][] registers = new int[parallel.threads()][][];
        int block = BlockProgram.BLOCK;
        parallel.forEach((main.height() + block - 1) / block, (task, worker) -> {
            if (registers[worker] == null) {
                registers[worker] = affine.registers();
            }
            int from = task * block;
            int n = Math.min(block, main.height() - from);
            affine.run(kernels, preprocessed, main, from, n, registers[worker], (r, values, at) -> {
                System.arraycopy(values, at, sums, r * main.height() + from, n);
            });
        });
    }

    /** Adds the values at X = 0, 1, … of this table's part of the round polynomial to {@code values}. */
    void round(EqLevels eq, Ext coordinate, Ext[] values, TermRunner[] runners) {
        if (folded != null) {
            int degree = terms.degree();
            // eq's factor is divided out: (1 − r)·g(0) + r·g(1) is the claim, so one of the two follows from the other.
            int derived = coordinate.isZero() ? 0 : 1;
            int[] points = new int[degree];
            for (int x = 0, p = 0; x <= degree; x++) {
                if (x != derived) {
                    points[p++] = x;
                }
            }
            evaluate(points, eq, first, runners);
            if (derived == 0) {
                first[0] = claim;
            } else {
                Ext rest = claim.minus(Ext.ONE.minus(coordinate).times(first[0]));
                first[1] = rest.times(coordinate.inverse());
            }
            complete(first);
        }
        for (int x = 0; x < values.length; x++) {
            values[x] = values[x].plus(first[x]);
        }
    }

    /** Values beyond the polynomial's degree follow from the others. */
    private void complete(Ext[] values) {
        int known = terms.degree() + 1;
        List<Ext> from = List.of(Arrays.copyOf(values, known));
        for (int x = known; x < values.length; x++) {
            values[x] = Points.interpolate(ExtArithmetic.INSTANCE, from, Ext.ofLong(x));
        }
    }

    private void evaluate(int[] points, EqLevels eq, Ext[] values, TermRunner[] runners) {
        int half = half();
        List<TermProgram.Segment> segments = program.segments();
        int rows = TermRunner.rows(program.registers(), points.length);
        int blocks = (half + rows - 1) / rows;
        for (TermRunner runner : runners) {
            runner.clear();
        }
        parallel.forEach(blocks * segments.size(), (task, worker) -> {
            int segment = task / blocks;
            int from = task % blocks * rows;
            runners[worker].add(
                    this,
                    segments.get(segment),
                    segment == 0,
                    points,
                    from,
                    Math.min(rows, half - from),
                    eq.coordinates(),
                    eq.offset(variables - 1));
        });
        for (int p = 0; p < points.length; p++) {
            int[] sum = new int[Ext5.DEGREE];
            for (TermRunner runner : runners) {
                runner.addTo(p, sum);
            }
            values[points[p]] = Ext.of(sum, 0);
        }
    }

    /** Binds the highest variable left. */
    void fold(Ext challenge) {
        claim = Points.interpolate(ExtArithmetic.INSTANCE, List.of(first), challenge);
        int half = 1 << --variables;
        int[] r = challenge.toArray();
        boolean base = folded == null;
        if (base) {
            folded = parallel.memory().vector(Math.multiplyExact(data.length, pitch));
        }
        int count = data.length + 1; // the sources and the linear part
        int group = Math.max(1, 4096 / half);
        parallel.forEach((count + group - 1) / group, (task, worker) -> {
            for (int s = task * group; s < Math.min(count, (task + 1) * group); s++) {
                int[][] f = s == data.length ? linear.coordinates() : folded.coordinates();
                int to = s == data.length ? 0 : foldedOffset(s);
                if (base && s < data.length) {
                    int at = offsets[s];
                    kernels.foldBaseExt(data[s], at, data[s], at + half, r, 0, f, to, half);
                } else {
                    kernels.extFold(f, to, f, to + half, r, 0, f, to, half);
                }
            }
        });
    }

    /** The columns' values at the end of the zerocheck; {@code eq} over its point. */
    ColumnClaims.Table<Ext> values(EqLevels eq) {
        int fixed = chip.preprocessedWidth();
        int width = fixed + chip.mainWidth();
        int[] all = new int[width * Ext5.DEGREE];
        int from = eq.offset(main.logHeight());
        parallel.forEach(width, (c, worker) -> {
            Trace trace = c < fixed ? preprocessed : main;
            int at = trace.offset() + (c < fixed ? c : c - fixed) * trace.height();
            kernels.dotBaseExt(trace.data(), at, eq.coordinates(), from, trace.height(), all, c * Ext5.DEGREE);
        });
        List<Ext> values = new ArrayList<>(width);
        for (int c = 0; c < width; c++) {
            values.add(Ext.of(all, c * Ext5.DEGREE));
        }
        return new ColumnClaims.Table<>(
                List.copyOf(values.subList(0, fixed)), List.copyOf(values.subList(fixed, width)));
    }
}
