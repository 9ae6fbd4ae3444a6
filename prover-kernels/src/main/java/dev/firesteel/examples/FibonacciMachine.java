package dev.firesteel.examples;

import dev.firesteel.air.Bus;
import dev.firesteel.air.Chip;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Trace;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.machine.PublicMessage;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Fibonacci numbers in the field: the state (step, a, b) goes from row to row over a bus.
 *
 * <p>Statement: from (0, a, b) the state (n, F, F′) is reached in n steps. Every row that takes part is a true step, and buses balance, so
 * the steps form a path from the first state to the last, and perhaps cycles; the step is counted up, so there are no cycles below p rows.
 */
public final class FibonacciMachine implements ExampleMachine {
    static final Bus STATE = new Bus(1, "state", 3);
    private static final List<String> PADDED = List.of("index", "a", "b");

    record Columns(Expression real, Expression index, Expression a, Expression b) {}

    static final class StepChip implements Chip {
        @Override
        public String name() {
            return "fibonacci";
        }

        @Override
        public void define(ConstraintBuilder builder) {
            Columns c = builder.main(Columns.class);
            // Otherwise one row could take a state several times, or −1 times, which runs a step backwards.
            builder.assertBoolean("real is boolean", c.real());
            // Otherwise padding rows could hold anything; nobody reads them, but the trace would not follow from the
            // statement.
            List<Expression> cells = List.of(c.index(), c.a(), c.b());
            for (int i = 0; i < cells.size(); i++) {
                builder.assertZeroWhen(
                        "padding has no " + PADDED.get(i), c.real().not(), cells.get(i));
            }
            // Otherwise the row could start from a state that was never reached.
            builder.receive(STATE, c.real(), 1, c.index(), c.a(), c.b());
            // Otherwise the step would lead nowhere. The step is counted: without it a cycle of states could stand
            // beside the path.
            builder.send(STATE, c.real(), 1, c.index().plus(1), c.b(), c.a().plus(c.b()));
        }
    }

    @Override
    public String name() {
        return "fibonacci";
    }

    @Override
    public List<Chip> chips() {
        return List.of(new StepChip());
    }

    @Override
    public String operations() {
        return "steps";
    }

    @Override
    public Instance instance(int logRows, int operations, long seed) {
        Trace trace = Trace.zeros(Heights.of(this, logRows, operations), 4);
        SplittableRandom random = new SplittableRandom(seed);
        int[] state = {random.nextInt(KoalaBear.P), random.nextInt(KoalaBear.P)};
        PublicMessage first = PublicMessage.sent(STATE, new int[] {0}, state);
        for (int row = 0; row < operations; row++) {
            trace.set(row, 0, KoalaBear.ONE);
            trace.set(row, 1, KoalaBear.fromCanonical(row));
            trace.set(row, 2, state[0]);
            trace.set(row, 3, state[1]);
            int next = KoalaBear.add(state[0], state[1]);
            state[0] = state[1];
            state[1] = next;
        }
        PublicMessage last = PublicMessage.received(STATE, new int[] {operations}, state);
        return new Instance(Collections.singletonList(null), List.of(trace), List.of(first, last));
    }
}
