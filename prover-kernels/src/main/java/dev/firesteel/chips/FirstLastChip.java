package dev.firesteel.chips;

import static dev.firesteel.chips.Buses.LIMBS;

import dev.firesteel.air.Chip;
import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.RowBuffer;
import dev.firesteel.air.Trace;
import dev.firesteel.air.Width;
import java.util.List;

/**
 * A row per word that a whole run touches, by address: what it holds before the first segment, and what the last segment that touches it leaves. Only the first
 * segment of a run has this table; with two of them a word could have two first values.
 *
 * <p>Rows have strictly growing addresses, so a word has one row: each takes the address before from the row before. All numbers that are compared are
 * below 2^30 + 2^18 in absolute value and shown to be below 2^30 or 2^29 modulo p, p − (2^30 + 2^18) being above 2^29 and p − (2^29 + 2^17) above 2^30:
 * no negative number can pass. That is why registers lie right behind memory.
 */
public final class FirstLastChip implements Chip {
    private static final ColumnLayout<Columns> LAYOUT = ColumnLayout.of(Columns.class);
    private static final Columns CELLS = LAYOUT.instantiate(Expression::main);
    private static final Expression LIMB = Expression.ofInverse(1 << 16);

    /** The address before the first row's. */
    public static final int BEFORE_FIRST = -1;

    /**
     * @param image whether the image gives the first value
     * @param zero whether it is 0
     * @param input whether it is the prover's choice
     * @param previous the row before's address
     * @param first the first value
     * @param last the last value
     * @param segment number of the segment that left it
     * @param gapLow low limb of address − previous − 1
     * @param from the region's first address
     * @param to the region's last address
     * @param fromLow low limb of address − from
     * @param toLow low limb of to − address
     */
    record Columns(
            Expression image,
            Expression zero,
            Expression input,
            Expression address,
            Expression previous,
            @Width(LIMBS) Expression[] first,
            @Width(LIMBS) Expression[] last,
            Expression segment,
            Expression gapLow,
            Expression from,
            Expression to,
            Expression fromLow,
            Expression toLow) {}

    @Override
    public String name() {
        return "first-last";
    }

    @Override
    public void define(ConstraintBuilder builder) {
        builder.boundary();
        Columns c = builder.main(Columns.class);
        // Otherwise a word could have several first values, or a fraction of one.
        builder.assertBoolean("image is boolean", c.image());
        builder.assertBoolean("zero is boolean", c.zero());
        builder.assertBoolean("input is boolean", c.input());
        Expression region = c.zero().plus(c.input());
        Expression real = c.image().plus(region);
        // Otherwise a word could be of two kinds, and have two first values.
        builder.assertBoolean("one kind", real);
        builder.send(Buses.ACROSS_SEGMENTS, real, 1, BoundaryChip.word(c.address(), c.first(), Expression.constant(0)));
        // Otherwise what a segment leaves could stay without a reader, and another value be read in its place.
        builder.receive(Buses.ACROSS_SEGMENTS, real, 1, BoundaryChip.word(c.address(), c.last(), c.segment()));
        // Otherwise an address could have two rows: two first values.
        builder.receive(Buses.ORDER, real, 1, c.previous());
        builder.send(Buses.ORDER, real, 1, c.address());
        range(builder, real, c.address().minus(c.previous()).minus(1), c.gapLow(), 30);
        // Otherwise a word of the image could begin with another value.
        builder.send(Buses.IMAGE, c.image(), 1, c.address(), c.first()[0], c.first()[1], c.first()[2], c.first()[3]);
        // Otherwise a word of the image, of a guard or of no memory at all could begin as a zero or with a chosen
        // value.
        builder.send(Buses.REGION, region, 1, c.from(), c.to(), c.input().times(RegionRows.INPUT));
        range(builder, region, c.address().minus(c.from()), c.fromLow(), 29);
        range(builder, region, c.to().minus(c.address()), c.toLow(), 29);
        for (int i = 0; i < LIMBS; i++) {
            // Otherwise memory that is no input could begin with chosen values.
            builder.assertZeroWhen("zero[" + i + "]", c.zero(), c.first()[i]);
            // Otherwise a word of the input could hold limbs of more than 16 bits, with which no chip reckons.
            builder.send(Buses.RANGE, c.input(), 1, c.first()[i], Expression.constant(16));
        }
    }

    /** {@code value} = low + 2^16·high has {@code bits} bits when {@code active}. */
    private static void range(
            ConstraintBuilder builder, Expression active, Expression value, Expression low, int bits) {
        builder.send(Buses.RANGE, active, 1, low, Expression.constant(16));
        builder.send(Buses.RANGE, active, 1, value.minus(low).times(LIMB), Expression.constant(bits - 16));
    }

    /**
     * A word of a run.
     *
     * @param address divided by 8, or a register's
     * @param segment number of the segment that left the last value
     */
    public record Word(long address, long first, long last, int segment) {}

    /**
     * The table of a run.
     *
     * @param words by address
     * @throws IllegalArgumentException when a word lies in no region and not in the image
     */
    static Trace fill(RegionRows regions, List<Word> words) {
        Trace table = Trace.zeros(TableFiller.height(words.size()), LAYOUT.width());
        RowBuffer buffer = new RowBuffer(table);
        Row row = new Row(buffer);
        long previous = BEFORE_FIRST;
        for (Word word : words) {
            long address = word.address();
            boolean image = regions.imageRow(address) >= 0;
            int region = image ? -1 : regions.regionRow(address);
            if (!image && region < 0) {
                throw new IllegalArgumentException("no memory at word 0x" + Long.toHexString(address));
            }
            boolean input = !image && regions.region(region).kind() == RegionRows.INPUT;
            long from = image ? 0 : regions.region(region).first();
            long to = image ? 0 : regions.region(region).last();
            row.set(CELLS.image(), image);
            row.set(CELLS.zero(), !image && !input);
            row.set(CELLS.input(), input);
            row.set(CELLS.address(), address);
            row.set(CELLS.previous(), previous);
            row.limbs(CELLS.first(), word.first());
            row.limbs(CELLS.last(), word.last());
            row.set(CELLS.segment(), word.segment());
            row.set(CELLS.gapLow(), address - previous - 1 & 0xFFFF);
            row.set(CELLS.from(), from);
            row.set(CELLS.to(), to);
            row.set(CELLS.fromLow(), image ? 0 : address - from & 0xFFFF);
            row.set(CELLS.toLow(), image ? 0 : to - address & 0xFFFF);
            buffer.advance();
            previous = address;
        }
        buffer.flush();
        return table;
    }
}
