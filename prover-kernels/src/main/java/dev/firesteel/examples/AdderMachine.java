package dev.firesteel.examples;

import dev.firesteel.air.Bus;
import dev.firesteel.air.Chip;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Trace;
import dev.firesteel.air.Width;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.machine.PublicMessage;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Additions of four-limb numbers whose limbs are looked up in a range table: a caller adds up Fibonacci numbers modulo 2^(4·limbBits), an
 * adder does the additions, and a preprocessed table holds all limbs.
 *
 * <p>Statement: from (0, a, b) the state (n, F, F′) is reached in n additions.
 */
public final class AdderMachine implements ExampleMachine {
    static final int LIMBS = 4;
    static final Bus STATE = new Bus(1, "state", 1 + 2 * LIMBS);
    static final Bus ADD = new Bus(2, "add", 3 * LIMBS);
    static final Bus RANGE = new Bus(3, "range", 1);
    /** How often an honest trace looks one limb up at most; times the table's 2^16 rows it is half of p. */
    static final int MOST_LOOKUPS = 1 << 14;

    private final int limbBits;

    /** Limbs of 16 bits. */
    public AdderMachine() {
        this(16);
    }

    /** Limbs of {@code limbBits} bits: the range table has 2^limbBits rows. */
    AdderMachine(int limbBits) {
        this.limbBits = limbBits;
    }

    record Caller(
            Expression real,
            Expression index,
            @Width(LIMBS) Expression[] a,
            @Width(LIMBS) Expression[] b,
            @Width(LIMBS) Expression[] sum) {}

    record Adder(
            Expression real,
            @Width(LIMBS) Expression[] a,
            @Width(LIMBS) Expression[] b,
            @Width(LIMBS) Expression[] sum,
            @Width(LIMBS) Expression[] carry) {}

    record Range(Expression value) {}

    record Count(Expression multiplicity) {}

    static final class CallerChip implements Chip {
        @Override
        public String name() {
            return "caller";
        }

        @Override
        public void define(ConstraintBuilder builder) {
            Caller c = builder.main(Caller.class);
            // Otherwise one row could run a step several times, or backwards.
            builder.assertBoolean("real is boolean", c.real());
            // Otherwise padding rows could hold anything; nobody reads them, but the trace would not follow from the
            // statement.
            builder.assertZeroWhen("padding has no index", c.real().not(), c.index());
            for (int i = 0; i < LIMBS; i++) {
                builder.assertZeroWhen("padding has no a[" + i + "]", c.real().not(), c.a()[i]);
                builder.assertZeroWhen("padding has no b[" + i + "]", c.real().not(), c.b()[i]);
                builder.assertZeroWhen("padding has no sum[" + i + "]", c.real().not(), c.sum()[i]);
            }
            // Otherwise the row could start from a state that was never reached.
            builder.receive(STATE, c.real(), 1, Cells.join(c.index(), c.a(), c.b()));
            // Otherwise the step would lead nowhere. The step is counted: without it a cycle of states could stand
            // beside the path.
            builder.send(STATE, c.real(), 1, Cells.join(c.index().plus(1), c.b(), c.sum()));
            // Otherwise the sum could be any number.
            builder.send(ADD, c.real(), 1, Cells.join(c.a(), c.b(), c.sum()));
        }
    }

    static final class AdderChip implements Chip {
        private final int limbBits;

        AdderChip(int limbBits) {
            this.limbBits = limbBits;
        }

        @Override
        public String name() {
            return "adder";
        }

        @Override
        public void define(ConstraintBuilder builder) {
            Adder c = builder.main(Adder.class);
            // Otherwise two rows with multiplicities m and −m could hold the same limbs, out of range and in different
            // places: their lookups would cancel, their answers would not.
            builder.assertBoolean("real is boolean", c.real());
            for (int i = 0; i < LIMBS; i++) {
                // Otherwise any limb would fit, with the carry that makes it: a fraction modulo p. The last one is
                // used nowhere else.
                builder.assertBoolean("carry[" + i + "] is boolean", c.carry()[i]);
                // The addition itself. All terms are below 2^(limbBits + 1), so it holds for integers, not only modulo
                // p.
                Expression total = c.a()[i].plus(c.b()[i]);
                builder.assertEqual(
                        "limb " + i,
                        i == 0 ? total : total.plus(c.carry()[i - 1]),
                        c.sum()[i].plus(c.carry()[i].times(1L << limbBits)));
                // Otherwise a limb of the sum could be 2^limbBits too large instead of carrying, and limbs of the
                // operands out of range could make the sum wrap modulo p.
                builder.send(RANGE, c.real(), 1, c.a()[i]);
                builder.send(RANGE, c.real(), 1, c.b()[i]);
                builder.send(RANGE, c.real(), 1, c.sum()[i]);
            }
            // Otherwise no call would be answered.
            builder.receive(ADD, c.real(), 1, Cells.join(c.a(), c.b(), c.sum()));
        }
    }

    static final class RangeChip implements Chip {
        @Override
        public String name() {
            return "range";
        }

        @Override
        public void define(ConstraintBuilder builder) {
            Range fixed = builder.preprocessed(Range.class);
            Count c = builder.main(Count.class);
            // The multiplicity is free: what is received is in the key's table whatever it is, and a wrong one
            // unbalances the bus.
            builder.receive(RANGE, c.multiplicity(), MOST_LOOKUPS, fixed.value());
        }
    }

    @Override
    public String name() {
        return "adder";
    }

    @Override
    public List<Chip> chips() {
        return List.of(new CallerChip(), new AdderChip(limbBits), new RangeChip());
    }

    @Override
    public String operations() {
        return "additions";
    }

    @Override
    public Instance instance(int logRows, int operations, long seed) {
        int height = Heights.of(this, logRows, operations);
        Trace caller = Trace.zeros(height, 2 + 3 * LIMBS);
        Trace adder = Trace.zeros(height, 1 + 4 * LIMBS);
        int[] counts = new int[1 << limbBits];
        SplittableRandom random = new SplittableRandom(seed);
        int[] a = limbs(random);
        int[] b = limbs(random);
        PublicMessage first = PublicMessage.sent(STATE, state(0, a, b), new int[0]);
        int[] sum = new int[LIMBS];
        for (int row = 0; row < operations; row++) {
            caller.set(row, 0, KoalaBear.ONE);
            caller.set(row, 1, KoalaBear.fromCanonical(row));
            adder.set(row, 0, KoalaBear.ONE);
            int carry = 0;
            for (int i = 0; i < LIMBS; i++) {
                int total = a[i] + b[i] + carry;
                carry = total >> limbBits;
                sum[i] = total - (carry << limbBits);
                int[] limbs = {a[i], b[i], sum[i]};
                for (int k = 0; k < limbs.length; k++) {
                    int limb = KoalaBear.fromCanonical(limbs[k]);
                    caller.set(row, 2 + k * LIMBS + i, limb);
                    adder.set(row, 1 + k * LIMBS + i, limb);
                    counts[limbs[k]]++;
                }
                adder.set(row, 1 + 3 * LIMBS + i, KoalaBear.fromCanonical(carry));
            }
            int[] free = a;
            a = b;
            b = sum;
            sum = free;
        }
        PublicMessage last = PublicMessage.received(STATE, state(operations, a, b), new int[0]);
        return new Instance(
                Arrays.asList(null, null, rangeTable()),
                List.of(caller, adder, multiplicities(counts)),
                List.of(first, last));
    }

    private Trace rangeTable() {
        Trace fixed = Trace.zeros(1 << limbBits, 1);
        for (int i = 0; i < fixed.height(); i++) {
            fixed.set(i, 0, KoalaBear.fromCanonical(i));
        }
        return fixed;
    }

    private static Trace multiplicities(int[] counts) {
        Trace table = Trace.zeros(counts.length, 1);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > MOST_LOOKUPS) {
                throw new IllegalArgumentException("limb " + i + " is looked up " + counts[i] + " times, more than "
                        + MOST_LOOKUPS + " could wrap modulo p");
            }
            table.set(i, 0, KoalaBear.fromCanonical(counts[i]));
        }
        return table;
    }

    private int[] limbs(SplittableRandom random) {
        int[] limbs = new int[LIMBS];
        Arrays.setAll(limbs, i -> random.nextInt(1 << limbBits));
        return limbs;
    }

    private static int[] state(int index, int[] a, int[] b) {
        int[] state = new int[1 + 2 * LIMBS];
        state[0] = index;
        System.arraycopy(a, 0, state, 1, LIMBS);
        System.arraycopy(b, 0, state, 1 + LIMBS, LIMBS);
        return state;
    }
}
