package dev.firesteel.air;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.examples.ExampleMachine;
import dev.firesteel.examples.ExampleMachines;
import dev.firesteel.field.KoalaBear;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Descriptions of chips as bytes: honest ones come back the same, and what no chip could have is refused by name. */
class ChipCodecTest {
    private static final int PREPROCESSED = Expression.Kind.PREPROCESSED.ordinal();
    private static final int MAIN = Expression.Kind.MAIN.ordinal();
    private static final int CONSTANT = Expression.Kind.CONSTANT.ordinal();
    private static final int SUM = Expression.Kind.SUM.ordinal();
    private static final int PRODUCT = Expression.Kind.PRODUCT.ordinal();

    @Test
    void everyExampleChipComesBackTheSame() {
        SplittableRandom random = new SplittableRandom(3);
        for (ExampleMachine machine : ExampleMachines.all()) {
            for (Chip written : machine.chips()) {
                ChipDescription chip = ChipDescription.of(written);
                byte[] bytes = ChipCodec.bytes(chip);
                ByteBuffer in =
                        ByteBuffer.allocate(bytes.length + 6).put(3, bytes).position(3);
                ChipDescription read = ChipCodec.read(in);
                assertEquals(3 + bytes.length, in.position(), chip.name());
                assertArrayEquals(bytes, ChipCodec.bytes(read), chip.name());
                assertEquals(chip.name(), read.name());
                assertEquals(chip.mainColumns(), read.mainColumns());
                assertEquals(chip.preprocessedColumns(), read.preprocessedColumns());
                assertEquals(chip.degree(), read.degree());
                assertEquals(names(chip), names(read));
                List<Integer> fixed = cells(random, chip.preprocessedWidth());
                List<Integer> main = cells(random, chip.mainWidth());
                assertEquals(
                        chip.tape().evaluate(BaseArithmetic.INSTANCE, fixed, main),
                        read.tape().evaluate(BaseArithmetic.INSTANCE, fixed, main));
            }
        }
    }

    private static List<String> names(ChipDescription chip) {
        List<String> names = new ArrayList<>();
        chip.constraints().forEach(c -> names.add(c.name()));
        chip.interactions().forEach(i -> names.add(i.bus() + " " + i.multiplicityBound()));
        return names;
    }

    private static List<Integer> cells(SplittableRandom random, int count) {
        List<Integer> cells = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cells.add(random.nextInt(KoalaBear.P));
        }
        return cells;
    }

    /** A description written by hand, so that it can be wrong. */
    private static final class Writer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        /** One preprocessed and two main columns. */
        static Writer columns() {
            return new Writer().chip().ints(1).name("fixed").ints(2).name("a").name("b");
        }

        /** Two columns and their product, which is instruction 2. */
        static Writer product() {
            return columns()
                    .ints(3)
                    .raw(MAIN)
                    .ints(0)
                    .raw(MAIN)
                    .ints(1)
                    .raw(PRODUCT)
                    .ints(0, 1);
        }

        Writer name(String name) {
            raw(name.length()).bytes.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        /** A chip that is no boundary chip. */
        Writer chip() {
            return name("chip").raw(0);
        }

        Writer ints(int... numbers) {
            for (int number : numbers) {
                raw(number >>> 24, number >>> 16, number >>> 8, number);
            }
            return this;
        }

        Writer raw(int... numbers) {
            for (int number : numbers) {
                bytes.write(number);
            }
            return this;
        }

        /** No constraints, and one message. */
        Writer message(int id, int width, int bound, int... outputs) {
            return ints(0, 1)
                    .raw(id >> 8, id)
                    .name("bus")
                    .raw(width, 0)
                    .ints(bound)
                    .ints(outputs);
        }

        ChipDescription read() {
            return ChipCodec.read(ByteBuffer.wrap(bytes.toByteArray()));
        }

        void refused(String because) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, this::read);
            assertTrue(e.getMessage().contains(because), e.getMessage());
        }
    }

    @Test
    void theHandWrittenDescriptionIsOne() {
        ChipDescription chip =
                Writer.product().ints(1).name("zero").ints(2).ints(0).read();
        assertEquals(2, chip.degree());
        assertEquals(List.of("a", "b"), chip.mainColumns());
        assertEquals(
                1, Writer.product().message(1, 1, 1, 0, 2).read().interactions().size());
    }

    @Test
    void instructionsThatReadWhatIsNotThereAreRefused() {
        Writer.columns().ints(1).raw(6).ints(0, 0).refused("no such kind");
        Writer.columns().ints(1).raw(-1).ints(0, 0).refused("no such kind");
        for (int column : new int[] {2, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            Writer.columns().ints(1).raw(MAIN).ints(column).refused("reads no column");
            Writer.columns().ints(1).raw(PREPROCESSED).ints(column).refused("reads no preprocessed column");
        }
        for (int number : new int[] {KoalaBear.P, -1, Integer.MIN_VALUE}) {
            Writer.columns().ints(1).raw(CONSTANT).ints(number).refused("constant of no element");
        }
        for (int operand : new int[] {1, 2, -1, Integer.MAX_VALUE}) {
            Writer one = Writer.columns().ints(2).raw(MAIN).ints(0);
            one.raw(SUM).ints(operand, 0).refused("reads no earlier one");
            Writer.columns().ints(2).raw(MAIN).ints(0).raw(SUM).ints(0, operand).refused("reads no earlier one");
        }
        for (int output : new int[] {3, -1, Integer.MIN_VALUE}) {
            Writer.product().ints(1).name("zero").ints(output, 0).refused("an output is no instruction");
            Writer.product().message(1, 1, 1, output, 0).refused("an output is no instruction");
            Writer.product().message(1, 1, 1, 0, output).refused("an output is no instruction");
        }
    }

    @Test
    void degreesAreBoundedAtEveryInstruction() {
        // A square of a square: going on like this would overflow an int after 32 of them.
        Writer square = Writer.columns().ints(3).raw(MAIN).ints(0).raw(PRODUCT).ints(0, 0);
        square.raw(PRODUCT).ints(1, 1).refused("degree 4");
    }

    @Test
    void countsAreBoundedByWhatIsThere() {
        for (int count : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, ChipCodec.MAX_PARTS + 1}) {
            new Writer().chip().ints(count).refused("not within");
            Writer.product().ints(count).refused("not within");
            Writer.product().ints(0, count).refused("not within");
        }
        Writer.columns().ints(ChipCodec.MAX_INSTRUCTIONS + 1).refused("not within");
        new Writer().chip().ints(ChipCodec.MAX_PARTS).refused("ends before");
        Writer.columns().ints(ChipCodec.MAX_INSTRUCTIONS).refused("ends before");
        Writer.product().ints(0, ChipCodec.MAX_PARTS).refused("ends before");
    }

    @Test
    void busesAndBoundsAreThoseOfABus() {
        Writer.product().message(0, 1, 1, 0, 1).refused("id 0");
        Writer.product().message(1, 0, 1, 0, 1).refused("width 0");
        Writer.product()
                .message(1, Bus.MAX_WIDTH + 1, 1, new int[Bus.MAX_WIDTH + 2])
                .refused("width 65");
        Writer.product().message(1, 1, 0, 0, 1).refused("bound of 0");
        Writer.product().message(1, 1, -1, 0, 1).refused("bound of -1");
    }

    @Test
    void boundaryAndScopeAreOneOfTwo() {
        for (int choice : new int[] {2, -1, 127, -128}) {
            new Writer().name("chip").raw(choice).ints(0, 0, 0, 0, 0).refused("boundary");
            Writer bus = Writer.product().ints(0, 1).raw(0, 1).name("bus").raw(1, choice);
            bus.ints(1, 0, 1).refused("scope of bus bus");
        }
        for (int choice : new int[] {0, 1}) {
            Writer chip = new Writer().name("chip").raw(choice).ints(0, 1).name("a");
            chip.ints(1).raw(MAIN).ints(0);
            chip.ints(0, 1).raw(0, 1).name("bus").raw(1, choice).ints(1, 0, 0);
            ChipDescription read = chip.read();
            assertEquals(choice == 1, read.boundary());
            assertEquals(choice == 1, read.interactions().get(0).bus().isGlobal());
            assertArrayEquals(chip.bytes.toByteArray(), ChipCodec.bytes(read));
        }
    }

    @Test
    void namesAreUtf8AndColumnsHaveTheirOwn() {
        new Writer().raw(2, 0xC3, 0x28).refused("not UTF-8");
        new Writer().raw(1, 0xC0).refused("not UTF-8");
        new Writer().raw(200).name("short").refused("ends early");
        new Writer().chip().ints(0, 2).name("a").name("a").ints(0, 0, 0).refused("a twice");
        new Writer().refused("ends early");
    }
}
