package dev.firesteel.machine;

import dev.firesteel.air.Bus;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Trace;
import dev.firesteel.air.TraceChecker;
import dev.firesteel.field.KoalaBear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A machine whose segments share memory, as small as can be: an access adds one to a word. Words are opened and closed by a boundary table. Within a segment a
 * word's value goes from access to access over a local bus with a clock, between segments over a global bus with the segment's number.
 */
final class SharedMemory {
    /** Address, value, clock. */
    static final Bus MEMORY = new Bus(1, "memory", 3);
    /** Number of the segment, to every row of the boundary table. */
    static final Bus SEGMENT = new Bus(2, "segment", 1);
    /** Numbers below {@link #RANGE}. */
    static final Bus RANGES = new Bus(3, "range", 1);
    /** Address, value, number of the segment that closed the word, 0 for nobody. */
    static final Bus WORDS = Bus.global(4, "words", 3);

    static final int ACCESS = 0;
    static final int BOUNDARY = 1;
    static final int TABLE = 2;
    static final int RANGE = 8;

    private static final int MOST_ACCESSES = 1 << 10;

    private SharedMemory() {}

    record Access(Expression real, Expression address, Expression value, Expression clock) {}

    record Word(
            Expression real,
            Expression address,
            Expression in,
            Expression earlier,
            Expression out,
            Expression clock,
            Expression segment) {}

    static Machine machine() {
        return Machine.of(
                "shared memory",
                List.of(
                        new TestChips.Named("access", b -> {
                            Access c = b.main(Access.class);
                            // Otherwise a padding row could send a word many times.
                            b.assertBoolean("real is boolean", c.real());
                            b.receive(MEMORY, c.real(), 1, c.address(), c.value(), c.clock());
                            b.send(
                                    MEMORY,
                                    c.real(),
                                    1,
                                    c.address(),
                                    c.value().plus(1),
                                    c.clock().plus(1));
                        }),
                        new TestChips.Named("boundary", b -> {
                            b.boundary();
                            Word c = b.main(Word.class);
                            // Otherwise a word could be taken from earlier segments many times.
                            b.assertBoolean("real is boolean", c.real());
                            // Without the number, which the verifier sends, a segment could close words in another's
                            // name.
                            b.receive(SEGMENT, c.real(), 1, c.segment());
                            // Without an order a word's history could be a cycle that begins nowhere.
                            b.send(
                                    RANGES,
                                    c.real(),
                                    1,
                                    c.segment().minus(c.earlier()).minus(1));
                            b.send(MEMORY, c.real(), 1, c.address(), c.in(), Expression.constant(0));
                            b.receive(MEMORY, c.real(), 1, c.address(), c.out(), c.clock());
                            b.receive(WORDS, c.real(), 1, c.address(), c.in(), c.earlier());
                            b.send(WORDS, c.real(), 1, c.address(), c.out(), c.segment());
                        }),
                        new TestChips.Named("range", b -> {
                            TestChips.One fixed = b.preprocessed(TestChips.One.class);
                            b.receive(RANGES, b.main(TestChips.One.class).cell(), MOST_ACCESSES, fixed.cell());
                        })));
    }

    static List<Trace> preprocessed() {
        Trace range = Trace.zeros(RANGE, 1);
        for (int i = 0; i < RANGE; i++) {
            range.set(i, 0, KoalaBear.fromCanonical(i));
        }
        return Arrays.asList(null, null, range);
    }

    /** The traces of one segment, and what the verifier sends to it. */
    record Segment(List<Trace> main, List<PublicMessage> messages) {
        /** The same with another cell. */
        Segment changed(int table, int row, int column, int value) {
            List<Trace> changed = new ArrayList<>(main);
            changed.set(table, main.get(table).copy());
            changed.get(table).set(row, column, value);
            return new Segment(changed, messages);
        }
    }

    /**
     * All segments, and the first and last values of all words, which the verifier sends and receives.
     *
     * @param ends on {@link #WORDS}
     */
    record Run(List<Segment> segments, List<PublicMessage> ends) {}

    private static final class Cell {
        private int value;
        private int segment;
    }

    /** An honest run; segment k, from 1 on, makes {@code accesses[k − 1]} accesses to words of random addresses below {@code words}. */
    static Run run(int seed, int words, int... accesses) {
        SplittableRandom random = new SplittableRandom(seed);
        TreeMap<Integer, Cell> memory = new TreeMap<>();
        List<PublicMessage> ends = new ArrayList<>();
        for (int a = 0; a < words; a++) {
            memory.put(a, new Cell());
            memory.get(a).value = random.nextInt(1000);
            ends.add(PublicMessage.sent(WORDS, new int[] {a, memory.get(a).value, 0}, new int[0]));
        }
        List<Segment> segments = new ArrayList<>();
        for (int number = 1; number <= accesses.length; number++) {
            segments.add(segment(number, accesses[number - 1], words, memory, random));
        }
        memory.forEach((a, cell) ->
                ends.add(PublicMessage.received(WORDS, new int[] {a, cell.value, cell.segment}, new int[0])));
        return new Run(segments, ends);
    }

    private static Segment segment(
            int number, int accesses, int words, TreeMap<Integer, Cell> memory, SplittableRandom random) {
        List<int[]> rows = new ArrayList<>();
        TreeMap<Integer, int[]> boundary = new TreeMap<>();
        int[] counts = new int[RANGE];
        for (int i = 0; i < accesses; i++) {
            int address = random.nextInt(words);
            Cell cell = memory.get(address);
            if (!boundary.containsKey(address)) {
                boundary.put(address, new int[] {1, address, cell.value, cell.segment, 0, 0, number});
                counts[number - cell.segment - 1]++;
                cell.segment = number;
            }
            int[] word = boundary.get(address);
            rows.add(new int[] {1, address, cell.value++, word[5]++});
            word[4] = cell.value;
        }
        Trace table = Trace.zeros(RANGE, 1);
        for (int i = 0; i < RANGE; i++) {
            table.set(i, 0, KoalaBear.fromCanonical(counts[i]));
        }
        PublicMessage name = new PublicMessage(
                SEGMENT, KoalaBear.fromCanonical(boundary.size()), List.of(KoalaBear.fromCanonical(number)));
        return new Segment(
                List.of(trace(rows, 4), trace(new ArrayList<>(boundary.values()), 7), table),
                boundary.isEmpty() ? List.of() : List.of(name));
    }

    private static Trace trace(List<int[]> rows, int width) {
        int height = rows.isEmpty() ? 0 : Integer.highestOneBit(2 * rows.size() - 1);
        Trace trace = Trace.zeros(height, width);
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < width; column++) {
                trace.set(row, column, KoalaBear.fromCanonical(rows.get(row)[column]));
            }
        }
        return trace;
    }

    /** A checker that has seen one segment. */
    static TraceChecker checker(Machine machine, Segment segment) {
        TraceChecker checker = new TraceChecker(3);
        for (int t = 0; t < machine.chips().size(); t++) {
            checker.table(
                    machine.chips().get(t),
                    preprocessed().get(t),
                    segment.main().get(t));
        }
        segment.messages().forEach(m -> checker.message(m.bus(), m.multiplicity(), m.fields()));
        return checker;
    }
}
