package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.Chip;
import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.RowBuffer;
import dev.firesteel.air.Trace;
import dev.firesteel.air.Width;
import dev.firesteel.riscv.Segment;

/**
 * A row per word that the segment touches: within the segment it opens the word at clock 0 and closes it after its last access; across segments it takes what an
 * earlier segment left and leaves what this one did.
 *
 * <p>Registers but the sink have a row in every segment. The sink, which nobody reads, begins anew in each.
 *
 * <p>That a word has one row, although nothing here forbids a second one: over all segments the rows of an address are steps from a lower segment number to
 * a higher one, each number and value that is left is taken once, and {@link FirstLastChip} starts and ends one path. All steps lie on it, and a
 * path whose numbers grow passes every segment once.
 */
public final class BoundaryChip implements Chip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);

    /**
     * @param real whether the row is a word
     * @param shared whether other segments see it too
     * @param earlier number of the segment that touched it last, 0 for none
     * @param clock of its last access, 0 for none
     * @param segment this segment's number
     */
    record Columns(
            Expression real,
            Expression shared,
            Expression address,
            @Width(LIMBS) Expression[] in,
            Expression earlier,
            @Width(LIMBS) Expression[] out,
            Expression clock,
            Expression segment) {}

    @Override
    public String name() {
        return "boundary";
    }

    @Override
    public void define(ConstraintBuilder builder) {
        builder.boundary();
        Columns c = builder.main(Columns.class);
        // Otherwise a word could be opened several times, or −1 times.
        builder.assertBoolean("real is boolean", c.real());
        // Otherwise a word could be taken from other segments several times, or −1 times.
        builder.assertBoolean("shared is boolean", c.shared());
        // Otherwise a segment could leave a word that it did not open, with any value.
        builder.assertZeroWhen("shared is real", c.real().not(), c.shared());
        // Otherwise any word could begin with any value in this segment.
        builder.assertZeroWhen(
                "only the sink is not shared",
                c.real().minus(c.shared()),
                c.address().minus(Buses.REGISTERS + Buses.SINK));
        // Otherwise the segment's first access would find nothing, and its last value would be lost.
        builder.send(Buses.MEMORY, c.real(), 1, word(c.address(), c.in(), Expression.constant(0)));
        builder.receive(Buses.MEMORY, c.real(), 1, word(c.address(), c.out(), c.clock()));
        // Otherwise the value could be another one than the earlier segment left, or not be found by the next.
        builder.receive(Buses.ACROSS_SEGMENTS, c.shared(), 1, word(c.address(), c.in(), c.earlier()));
        builder.send(Buses.ACROSS_SEGMENTS, c.shared(), 1, word(c.address(), c.out(), c.segment()));
        // Otherwise the segment could give itself any number, and take what a later one leaves.
        builder.receive(Buses.SEGMENT, c.shared(), 1, c.segment());
        // Otherwise the word could come from this or a later segment, which would be a cycle beside the path.
        builder.send(
                Buses.RANGE,
                c.shared(),
                1,
                c.segment().minus(c.earlier()).minus(1),
                Expression.constant(RangeChip.MOST_BITS));
    }

    static Expression[] word(Expression address, Expression[] limbs, Expression last) {
        Expression[] fields = new Expression[2 + LIMBS];
        fields[0] = address;
        System.arraycopy(limbs, 0, fields, 1, LIMBS);
        fields[1 + LIMBS] = last;
        return fields;
    }

    /** The number of rows that a segment of so many words needs. */
    static int rows(int words) {
        return Math.addExact(words, Buses.REGISTER_COUNT);
    }

    /** The table of a segment. */
    static Trace fill(SegmentTrace trace) {
        Segment segment = trace.segment();
        int words = segment.addresses().length;
        Trace table = Trace.zeros(TableFiller.height(rows(words)), LAYOUT.width());
        RowBuffer buffer = new RowBuffer(table);
        Row row = new Row(buffer);
        int number = segment.index() + 1;
        for (int i = 0; i < words; i++) {
            fill(
                    row,
                    segment.addresses()[i] >>> 3,
                    segment.valuesIn()[i],
                    segment.lastSegments()[i],
                    trace.valuesOut()[i],
                    trace.wordClocks()[i],
                    number);
            buffer.advance();
        }
        for (int i = 0; i < Buses.REGISTER_COUNT; i++) {
            fill(
                    row,
                    Buses.REGISTERS + i,
                    trace.registerIn(i),
                    segment.index(),
                    trace.registerOut(i),
                    trace.registerClock(i),
                    number);
            row.set(CELLS.shared(), i != Buses.SINK);
            buffer.advance();
        }
        buffer.flush();
        return table;
    }

    private static void fill(Row row, long address, long in, int earlier, long out, int clock, int segment) {
        row.set(CELLS.real(), true);
        row.set(CELLS.shared(), true);
        row.set(CELLS.address(), address);
        row.limbs(CELLS.in(), in);
        row.set(CELLS.earlier(), earlier);
        row.limbs(CELLS.out(), out);
        row.set(CELLS.clock(), clock);
        row.set(CELLS.segment(), segment);
    }
}
