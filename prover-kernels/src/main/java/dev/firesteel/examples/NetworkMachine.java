package dev.firesteel.examples;

import dev.firesteel.air.Bus;
import dev.firesteel.air.Chip;
import dev.firesteel.air.ConstraintBuilder;
import dev.firesteel.air.Expression;
import dev.firesteel.air.Trace;
import dev.firesteel.air.Width;
import dev.firesteel.field.KoalaBear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A permutation network: every switch of a {@link BenesNetwork} is a row, every wire a message. The wiring is preprocessed.
 *
 * <p>Statement: inputs v, a permutation π, outputs w; and w_j = v_π(j). A message carries its wire, the number of the input that it came
 * from, and the value. The key gives each wire one switch that it leaves and one that it enters, so by induction over the layers what a
 * switch receives is what was sent to it, and what it sends on is the same two messages in one order or the other.
 */
public final class NetworkMachine implements ExampleMachine {
    static final Bus WIRES = new Bus(1, "wires", 3);

    record Wiring(
            Expression real,
            @Width(2) Expression[] in,
            @Width(2) Expression[] out) {}

    record Switch(
            Expression crossed,
            @Width(2) Expression[] source,
            @Width(2) Expression[] value) {}

    static final class SwitchChip implements Chip {
        @Override
        public String name() {
            return "switch";
        }

        @Override
        public void define(ConstraintBuilder builder) {
            Wiring fixed = builder.preprocessed(Wiring.class);
            Switch c = builder.main(Switch.class);
            Expression padding = fixed.real().not();
            // Otherwise what is sent could be a mixture of the two messages, and their sum alone would be kept.
            builder.assertBoolean("crossed is boolean", c.crossed());
            // Otherwise padding rows could hold anything; nobody reads them, but the trace would not follow from the
            // statement.
            builder.assertZeroWhen("padding is not crossed", padding, c.crossed());
            for (int i = 0; i < 2; i++) {
                builder.assertZeroWhen("padding has no source[" + i + "]", padding, c.source()[i]);
                builder.assertZeroWhen("padding has no value[" + i + "]", padding, c.value()[i]);
                // Otherwise the switch could send on what it was not sent.
                builder.receive(WIRES, fixed.real(), 1, fixed.in()[i], c.source()[i], c.value()[i]);
            }
            // Otherwise a message would be lost here. The source goes along with its value, or equal values would hide
            // a wrong permutation.
            Expression source = c.crossed().times(c.source()[1].minus(c.source()[0]));
            Expression value = c.crossed().times(c.value()[1].minus(c.value()[0]));
            builder.send(WIRES, fixed.real(), 1, fixed.out()[0], c.source()[0].plus(source), c.value()[0].plus(value));
            builder.send(
                    WIRES, fixed.real(), 1, fixed.out()[1], c.source()[1].minus(source), c.value()[1].minus(value));
        }
    }

    @Override
    public String name() {
        return "network";
    }

    @Override
    public List<Chip> chips() {
        return List.of(new SwitchChip());
    }

    @Override
    public String operations() {
        return "inputs";
    }

    @Override
    public int capacity(int logRows) {
        int log = 0;
        while (logRows >= 0 && BenesNetwork.switches(log + 1) <= 1L << logRows) {
            log++;
        }
        return 1 << log;
    }

    /**
     * {@inheritDoc}
     *
     * @param operations a power of two: the preprocessed table, and so the key, depends on it
     */
    @Override
    public Instance instance(int logRows, int operations, long seed) {
        int height = Heights.of(this, logRows, operations);
        if (Integer.bitCount(operations) != 1) {
            throw new IllegalArgumentException("a network of " + operations + " inputs: not a power of two");
        }
        BenesNetwork network = new BenesNetwork(Integer.numberOfTrailingZeros(operations));
        SplittableRandom random = new SplittableRandom(seed);
        int[] sources = new int[network.wires()];
        int[] values = new int[network.wires()];
        int[] permutation = permutation(operations, random);
        List<PublicMessage> messages = new ArrayList<>(2 * operations);
        for (int i = 0; i < operations; i++) {
            sources[i] = KoalaBear.fromCanonical(i);
            values[i] = random.nextInt(KoalaBear.P);
            messages.add(PublicMessage.sent(WIRES, new int[] {i, i}, new int[] {values[i]}));
        }
        Trace main = switches(network, height, network.route(permutation), sources, values);
        for (int j = 0; j < operations; j++) {
            int[] wire = {network.output(j), permutation[j]};
            messages.add(PublicMessage.received(WIRES, wire, new int[] {values[permutation[j]]}));
        }
        return new Instance(List.of(wiring(network, height)), List.of(main), messages);
    }

    private static Trace wiring(BenesNetwork network, int height) {
        Trace fixed = Trace.zeros(height, 5);
        for (int row = 0; row < network.switches(); row++) {
            fixed.set(row, 0, KoalaBear.ONE);
            for (int end = 0; end < 4; end++) {
                fixed.set(row, 1 + end, KoalaBear.fromCanonical(network.wire(row, end)));
            }
        }
        return fixed;
    }

    /** Lets sources and values run through the network; they are per wire, those of the inputs given. */
    private static Trace switches(BenesNetwork network, int height, boolean[] crossed, int[] sources, int[] values) {
        Trace main = Trace.zeros(height, 5);
        for (int row = 0; row < network.switches(); row++) {
            main.set(row, 0, crossed[row] ? KoalaBear.ONE : KoalaBear.ZERO);
            for (int i = 0; i < 2; i++) {
                int in = network.wire(row, i);
                int out = network.wire(row, crossed[row] ? 3 - i : 2 + i);
                main.set(row, 1 + i, sources[in]);
                main.set(row, 3 + i, values[in]);
                sources[out] = sources[in];
                values[out] = values[in];
            }
        }
        return main;
    }

    private static int[] permutation(int size, SplittableRandom random) {
        int[] permutation = new int[size];
        Arrays.setAll(permutation, i -> i);
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = permutation[i];
            permutation[i] = permutation[j];
            permutation[j] = swap;
        }
        return permutation;
    }
}
