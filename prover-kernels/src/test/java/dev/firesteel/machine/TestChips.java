package dev.firesteel.machine;

import dev.firesteel.air.Bus;
import dev.firesteel.air.Chip;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Trace;
import dev.firesteel.air.Width;
import dev.firesteel.examples.Instance;
import dev.firesteel.field.KoalaBear;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Chips that are made to be attacked: each has just what one attack needs. */
final class TestChips {
    /** Wider than the extension's degree: over the base field such messages collide for any known challenges. */
    static final int WIDE = 7;

    static final Bus WIDE_GLOBAL_BUS = Bus.global(10, "wide global", WIDE);
    static final Bus WIDE_BUS = new Bus(7, "wide", WIDE);
    static final Bus GLOBAL_BUS = Bus.global(9, "global", 1);
    static final Bus NARROW_BUS = new Bus(8, "narrow", 1);

    private TestChips() {}

    /** Columns of a chip that has {@link #WIDE}. */
    record Wide(@Width(WIDE) Expression[] cells) {}

    /** One column. */
    record One(Expression cell) {}

    /** A chip by its name and definition. */
    record Named(String name, Consumer<ConstraintBuilder> definition) implements Chip {
        @Override
        public void define(ConstraintBuilder builder) {
            definition.accept(builder);
        }
    }

    /** One table sends each row, the other receives each row: nothing else is said of the cells. */
    static Machine pair() {
        return Machine.of(
                "pair",
                List.of(
                        new Named(
                                "sender",
                                b -> b.send(
                                        WIDE_BUS,
                                        Expression.constant(1),
                                        1,
                                        b.main(Wide.class).cells())),
                        new Named(
                                "receiver",
                                b -> b.receive(
                                        WIDE_BUS,
                                        Expression.constant(1),
                                        1,
                                        b.main(Wide.class).cells()))));
    }

    /** Each row of a boundary table is sent to other proofs: nothing else is said of the cells. */
    static Machine globalSender() {
        return Machine.of("global sender", List.of(new Named("sender", b -> {
            b.boundary();
            b.send(
                    WIDE_GLOBAL_BUS,
                    Expression.constant(1),
                    1,
                    b.main(Wide.class).cells());
        })));
    }

    /** Every cell is zero; nothing is sent. */
    static Machine zeros() {
        return Machine.of("zeros", List.of(new Named("zeros", b -> {
            Expression[] cells = b.main(Wide.class).cells();
            for (int i = 0; i < WIDE; i++) {
                b.assertZero("cell " + i, cells[i]);
            }
        })));
    }

    /** A table that sends its one boolean column, and one that receives its own: of any two heights, equal only in sums of zeros and ones. */
    static Machine twoTables() {
        return Machine.of(
                "two tables",
                List.of(
                        new Named("first", b -> {
                            Expression cell = b.main(One.class).cell();
                            b.assertBoolean("boolean", cell);
                            b.send(NARROW_BUS, cell, 1, cell);
                        }),
                        new Named("second", b -> {
                            Expression cell = b.main(One.class).cell();
                            b.assertBoolean("boolean", cell);
                            b.receive(NARROW_BUS, cell, 1, cell);
                        })));
    }

    /** An instance of {@link #twoTables} in which one is sent by the table, one by the verifier, and two are received. */
    static Instance tables(int firstLogHeight, int secondLogHeight) {
        Trace first = Trace.zeros(1 << firstLogHeight, 1);
        Trace second = Trace.zeros(1 << secondLogHeight, 1);
        first.set(1, 0, KoalaBear.ONE);
        second.set(0, 0, KoalaBear.ONE);
        second.set(1, 0, KoalaBear.ONE);
        PublicMessage sent = new PublicMessage(NARROW_BUS, KoalaBear.ONE, List.of(KoalaBear.ONE));
        return new Instance(Arrays.asList(null, null), List.of(first, second), List.of(sent));
    }

    /** Cells of one row. */
    static Trace row(int... cells) {
        return new Trace(1, cells.length, cells, 0);
    }
}
