package dev.firesteel.zerocheck;

import dev.firesteel.air.Tape;
import dev.firesteel.field.KoalaBear;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How the factors of {@link Terms} are computed from columns: instructions on registers, in segments that do not need each other, so that
 * threads can share a table of few rows.
 *
 * <p>Columns are called sources. Where a factor is a sum of several columns, the sum is a source itself: it is computed once from the trace and
 * folded like a column, not evaluated anew every round. A column is loaded again when its last use is long past: a load costs less than a
 * register that is kept out of the cache.
 */
final class TermProgram {
    /** out = source a. */
    static final int LOAD = 0;
    /** out = a + b. */
    static final int ADD = 1;
    /** out = a − b. */
    static final int SUB = 2;
    /** out = a·b. */
    static final int MUL = 3;
    /** out = a + the constant b. */
    static final int ADD_CONSTANT = 4;
    /** out = the constant b − a. */
    static final int SUB_FROM_CONSTANT = 5;
    /** out = a·the constant b. */
    static final int SCALE = 6;
    /** Term number out is a·b. */
    static final int TERM = 7;

    /** Ints per instruction: operation, out, a, b. */
    static final int STRIDE = 4;

    /** Instructions after which a loaded column is loaded again. */
    private static final int GAP = 64;
    /** Instructions per segment, about. */
    private static final int SEGMENT = 1000;

    /**
     * Instructions that need no others.
     *
     * @param code {@link #STRIDE} ints each
     * @param registers how many registers they use
     */
    record Segment(int[] code, int registers) {}

    private final Terms terms;
    private final Tape tape;
    private final List<Integer> sources = new ArrayList<>();
    private final int[] sourceOf;
    private final List<Segment> segments = new ArrayList<>();

    /** While a segment is made: its instructions on values, what value holds an instruction's result, and when that was last used. */
    private final List<int[]> code = new ArrayList<>();

    private final int[] valueOf;
    private final int[] usedAt;
    private int values;

    TermProgram(Terms terms) {
        this.terms = terms;
        this.tape = terms.tape();
        sourceOf = new int[tape.length()];
        valueOf = new int[tape.length()];
        usedAt = new int[tape.length()];
        Arrays.fill(sourceOf, -1);
        Arrays.fill(valueOf, -1);
        List<Integer> order = new ArrayList<>();
        for (int t = 0; t < terms.count(); t++) {
            order.add(t);
        }
        // Terms with a common factor one after the other: the factor lives only while they run.
        order.sort(Comparator.comparingInt(this::sharedFactor).thenComparingInt(t -> -t));
        for (int t : order) {
            emitTerm(t);
            if (code.size() >= SEGMENT) {
                endSegment();
            }
        }
        endSegment();
        if (segments.isEmpty()) {
            segments.add(new Segment(new int[0], 0)); // the linear part is evaluated with the first segment
        }
    }

    private int sharedFactor(int t) {
        int l = terms.left(t);
        int r = terms.right(t);
        int nonlinear = Math.max(terms.degree(l) > 1 ? l : -1, terms.degree(r) > 1 ? r : -1);
        return nonlinear >= 0 ? nonlinear : Math.max(l, r);
    }

    List<Segment> segments() {
        return segments;
    }

    /** The tape's instructions whose results are sources: cells, and sums of several cells. */
    List<Integer> sources() {
        return sources;
    }

    int registers() {
        return segments.stream().mapToInt(Segment::registers).max().orElse(0);
    }

    private boolean source(int i) {
        if (terms.degree(i) != 1) {
            return false;
        }
        if (!BlockProgram.operation(tape, i)) {
            return true;
        }
        int l = tape.left(i);
        int r = tape.right(i);
        return l != r && terms.degree(l) > 0 && terms.degree(r) > 0;
    }

    private void emitTerm(int t) {
        List<Integer> missing = new ArrayList<>();
        ArrayDeque<Integer> open = new ArrayDeque<>(List.of(terms.left(t), terms.right(t)));
        while (!open.isEmpty()) {
            int i = open.pop();
            if (terms.degree(i) > 0 && !source(i) && valueOf[i] < 0 && !missing.contains(i)) {
                missing.add(i);
                open.push(tape.left(i));
                open.push(tape.right(i));
            }
        }
        missing.sort(null);
        missing.forEach(this::emit);
        int a = operand(terms.left(t));
        int b = operand(terms.right(t));
        code.add(new int[] {TERM, t, a, b});
    }

    private void emit(int i) {
        int l = tape.left(i);
        int r = tape.right(i);
        int[] instruction;
        if (terms.degree(l) > 0 && terms.degree(r) > 0) {
            int operation =
                    switch (tape.kind(i)) {
                        case SUM -> ADD;
                        case DIFFERENCE -> SUB;
                        default -> MUL;
                    };
            int a = operand(l);
            instruction = new int[] {operation, 0, a, operand(r)};
        } else {
            boolean first = terms.degree(l) == 0;
            int c = tape.left(first ? l : r);
            int a = operand(first ? r : l);
            instruction = switch (tape.kind(i)) {
                case SUM -> new int[] {ADD_CONSTANT, 0, a, c};
                case DIFFERENCE ->
                    first ? new int[] {SUB_FROM_CONSTANT, 0, a, c} : new int[] {ADD_CONSTANT, 0, a, KoalaBear.neg(c)};
                default -> new int[] {SCALE, 0, a, c};
            };
        }
        instruction[1] = values; // now that loads have taken their numbers
        valueOf[i] = values++;
        code.add(instruction);
    }

    private int operand(int i) {
        if (source(i)) {
            if (valueOf[i] < 0 || code.size() - usedAt[i] > GAP) {
                if (sourceOf[i] < 0) {
                    sourceOf[i] = sources.size();
                    sources.add(i);
                }
                code.add(new int[] {LOAD, values, sourceOf[i], 0});
                valueOf[i] = values++;
            }
            usedAt[i] = code.size();
        }
        return valueOf[i];
    }

    private void endSegment() {
        if (code.isEmpty()) {
            return;
        }
        int[] lastUse = new int[values];
        for (int at = 0; at < code.size(); at++) {
            int[] c = code.get(at);
            if (c[0] != TERM) {
                lastUse[c[1]] = at;
            }
            if (c[0] != LOAD) {
                lastUse[c[2]] = at;
            }
            if (twoOperands(c[0])) {
                lastUse[c[3]] = at;
            }
        }
        int[] register = new int[values];
        int[] flat = new int[code.size() * STRIDE];
        ArrayDeque<Integer> free = new ArrayDeque<>();
        int used = 0;
        for (int at = 0; at < code.size(); at++) {
            int[] c = code.get(at);
            int a = c[2];
            int b = c[3];
            flat[at * STRIDE] = c[0];
            flat[at * STRIDE + 2] = c[0] == LOAD ? a : register[a];
            flat[at * STRIDE + 3] = twoOperands(c[0]) ? register[b] : b;
            if (c[0] == TERM) {
                flat[at * STRIDE + 1] = c[1];
            } else {
                // Taken before operands are given back: an output never overwrites its operands halfway.
                register[c[1]] = free.isEmpty() ? used++ : free.pop();
                flat[at * STRIDE + 1] = register[c[1]];
            }
            if (c[0] != LOAD && lastUse[a] == at) {
                free.push(register[a]);
            }
            if (twoOperands(c[0]) && a != b && lastUse[b] == at) {
                free.push(register[b]);
            }
        }
        segments.add(new Segment(flat, used));
        code.clear();
        Arrays.fill(valueOf, -1);
        values = 0;
    }

    private static boolean twoOperands(int operation) {
        return operation == ADD || operation == SUB || operation == MUL || operation == TERM;
    }
}
