package dev.firesteel.zerocheck;

import dev.firesteel.air.Bus;
import dev.firesteel.air.Chip;
import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Trace;
import dev.firesteel.field.KoalaBear;
import java.util.List;
import java.util.Random;

/** A range-checked 8-bit adder with its lookup table, for tests: two chips of different heights and a bus between them. */
final class AdderMachine {
    static final Bus BYTES = new Bus(1, "bytes", 1);
    static final int TABLE = 256;

    record Adder(Expression real, Expression a, Expression b, Expression sum, Expression carry) {}

    record Byte(Expression value) {}

    record Count(Expression multiplicity) {}

    private AdderMachine() {}

    static final class AdderChip implements Chip {
        @Override
        public String name() {
            return "adder";
        }

        @Override
        public void define(ConstraintBuilder builder) {
            Adder c = builder.main(Adder.class);
            // Otherwise a padding row could look values up with a multiplicity of its choice.
            builder.assertBoolean("real is boolean", c.real());
            // Otherwise a + b − sum could be any multiple of 256.
            builder.assertBoolean("carry is boolean", c.carry());
            builder.assertEqual("sum", c.a().plus(c.b()), c.sum().plus(c.carry().times(256)));
            builder.send(BYTES, c.real(), 1, c.a());
            builder.send(BYTES, c.real(), 1, c.b());
            builder.send(BYTES, c.real(), 1, c.sum());
        }
    }

    static final class ByteChip implements Chip {
        @Override
        public String name() {
            return "bytes";
        }

        @Override
        public void define(ConstraintBuilder builder) {
            Byte fixed = builder.preprocessed(Byte.class);
            Count c = builder.main(Count.class);
            builder.receive(BYTES, c.multiplicity(), 1 << 20, fixed.value());
        }
    }

    static List<ChipDescription> chips() {
        return List.of(ChipDescription.of(new AdderChip()), ChipDescription.of(new ByteChip()));
    }

    /** Adder rows, {@code real} of them additions; the table's multiplicities count what they look up. */
    static List<Trace> traces(int height, int real, Random random) {
        Trace adder = Trace.zeros(height, 5);
        int[] counts = new int[TABLE];
        for (int row = 0; row < real; row++) {
            int a = random.nextInt(256);
            int b = random.nextInt(256);
            int[] cells = {1, a, b, (a + b) & 255, a + b >> 8};
            for (int c = 0; c < cells.length; c++) {
                adder.set(row, c, KoalaBear.fromCanonical(cells[c]));
            }
            counts[a]++;
            counts[b]++;
            counts[a + b & 255]++;
        }
        Trace table = Trace.zeros(TABLE, 1);
        for (int i = 0; i < TABLE; i++) {
            table.set(i, 0, KoalaBear.fromCanonical(counts[i]));
        }
        return List.of(adder, table);
    }

    static Trace bytes() {
        Trace fixed = Trace.zeros(TABLE, 1);
        for (int i = 0; i < TABLE; i++) {
            fixed.set(i, 0, KoalaBear.fromCanonical(i));
        }
        return fixed;
    }
}
