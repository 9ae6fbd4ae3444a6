package dev.firesteel.air;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Expressions as a straight-line program: one instruction a node, equal nodes once, operands before their use. What the prover
 * evaluates over blocks of rows, the verifier at a point, and generators translate.
 */
public final class Tape {
    private final Expression.Kind[] kinds;
    private final int[] left;
    private final int[] right;
    private final int[] outputs;

    /** The arrays are kept; whoever calls this has checked that operands come before their use. */
    Tape(Expression.Kind[] kinds, int[] left, int[] right, int[] outputs) {
        this.kinds = kinds;
        this.left = left;
        this.right = right;
        this.outputs = outputs;
    }

    private record Node(Expression.Kind kind, int left, int right) {}

    /** The program that computes {@code outputs}, in their order. */
    public static Tape of(List<Expression> outputs) {
        Map<Expression, Integer> seen = new IdentityHashMap<>();
        Map<Node, Integer> numbers = new HashMap<>();
        List<Node> nodes = new ArrayList<>();
        int[] results = new int[outputs.size()];
        for (int i = 0; i < results.length; i++) {
            results[i] = number(outputs.get(i), seen, numbers, nodes);
        }
        Expression.Kind[] kinds = new Expression.Kind[nodes.size()];
        int[] left = new int[nodes.size()];
        int[] right = new int[nodes.size()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = nodes.get(i).kind();
            left[i] = nodes.get(i).left();
            right[i] = nodes.get(i).right();
        }
        return new Tape(kinds, left, right, results);
    }

    /** Numbers the nodes below {@code root} with an explicit stack: chains of thousands of sums are usual. */
    private static int number(
            Expression root, Map<Expression, Integer> seen, Map<Node, Integer> numbers, List<Node> nodes) {
        ArrayList<Expression> stack = new ArrayList<>(List.of(root));
        while (!stack.isEmpty()) {
            Expression e = stack.get(stack.size() - 1);
            if (seen.containsKey(e)) {
                stack.remove(stack.size() - 1);
                continue;
            }
            Node node;
            if (e.left() == null) {
                node = new Node(e.kind(), e.value(), 0);
            } else {
                Integer a = seen.get(e.left());
                Integer b = seen.get(e.right());
                if (a == null || b == null) {
                    if (b == null) {
                        stack.add(e.right());
                    }
                    if (a == null) {
                        stack.add(e.left());
                    }
                    continue;
                }
                boolean swap = e.kind() != Expression.Kind.DIFFERENCE && a > b;
                node = new Node(e.kind(), swap ? b : a, swap ? a : b);
            }
            Integer known = numbers.get(node);
            if (known == null) {
                known = nodes.size();
                numbers.put(node, known);
                nodes.add(node);
            }
            seen.put(e, known);
            stack.remove(stack.size() - 1);
        }
        return seen.get(root);
    }

    /** The same instructions with other outputs: the instructions that compute them. */
    Tape withOutputs(int... instructions) {
        return new Tape(kinds, left, right, instructions);
    }

    /** The number of instructions. */
    public int length() {
        return kinds.length;
    }

    /** What instruction {@code i} does. */
    public Expression.Kind kind(int i) {
        return kinds[i];
    }

    /** The instruction that computes the left operand; for a cell its column, for a constant its Montgomery form. */
    public int left(int i) {
        return left[i];
    }

    /** The instruction that computes the right operand; 0 for cells and constants. */
    public int right(int i) {
        return right[i];
    }

    /** The number of outputs. */
    public int outputCount() {
        return outputs.length;
    }

    /** The instruction whose result is output {@code i}. */
    public int output(int i) {
        return outputs[i];
    }

    /** How many instructions multiply. */
    public int products() {
        int count = 0;
        for (Expression.Kind kind : kinds) {
            if (kind == Expression.Kind.PRODUCT) {
                count++;
            }
        }
        return count;
    }

    /** The outputs for the given cells of one row. */
    public <E> List<E> evaluate(Arithmetic<E> field, List<E> preprocessed, List<E> main) {
        List<E> values = new ArrayList<>(kinds.length);
        for (int i = 0; i < kinds.length; i++) {
            values.add(
                    switch (kinds[i]) {
                        case PREPROCESSED -> preprocessed.get(left[i]);
                        case MAIN -> main.get(left[i]);
                        case CONSTANT -> field.constant(left[i]);
                        case SUM -> field.add(values.get(left[i]), values.get(right[i]));
                        case DIFFERENCE -> field.subtract(values.get(left[i]), values.get(right[i]));
                        case PRODUCT -> field.multiply(values.get(left[i]), values.get(right[i]));
                    });
        }
        List<E> results = new ArrayList<>(outputs.length);
        for (int output : outputs) {
            results.add(values.get(output));
        }
        return results;
    }
}
