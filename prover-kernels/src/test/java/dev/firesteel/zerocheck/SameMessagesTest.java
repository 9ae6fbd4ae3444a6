package dev.firesteel.zerocheck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Trace;
import dev.firesteel.examples.ExampleMachines;
import dev.firesteel.examples.Instance;
import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.field.ExtVector;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.gkr.GkrClaim;
import dev.firesteel.gkr.GkrProver;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.ExtArithmetic;
import dev.firesteel.protocol.ProverChannel;
import dev.firesteel.protocol.TableLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast provers write what the definitions say, bit for bit, whatever the number of threads and whether or not a trace is honest. */
class SameMessagesTest {

    @ParameterizedTest
    @CsvSource({
        "fibonacci,0",
        "fibonacci,3",
        "adder,0",
        "adder,4",
        "network,3",
        "keccak-f,0",
        "keccak-f,2",
        "poseidon2-16,3",
        "poseidon2-24,0",
        "poseidon2-24,1"
    })
    void writesWhatTheReferenceWrites(String machine, int logRows) {
        Tables tables = Tables.of(machine, logRows, false);
        List<Ext> expected = tables.reference(0);
        for (int threads = 1; threads <= 3; threads++) {
            assertEquals(expected, tables.prove(threads, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adder", "network", "poseidon2-16"})
    void writesWhatTheReferenceWritesForTracesThatAreWrong(String machine) {
        Tables tables = Tables.of(machine, 2, true);
        assertEquals(tables.reference(0), tables.prove(2, 0));
    }

    /** The value that is usually derived from the claim cannot be when the coordinate is zero. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void zeroChallengesAreNoException(int every) {
        Tables tables = Tables.of("adder", 3, true);
        assertEquals(tables.reference(every), tables.prove(2, every));
    }

    @ParameterizedTest
    @CsvSource({"fibonacci,13", "adder,11", "keccak-f,7", "poseidon2-24,9"})
    void threadsDoNotChangeProofsOfSeveralBlocks(String machine, int logRows) {
        Tables tables = Tables.of(machine, logRows, false);
        List<Ext> one = tables.prove(1, 0);
        assertEquals(one, tables.prove(2, 0));
        assertEquals(one, tables.prove(3, 0));
    }

    @ParameterizedTest
    @CsvSource({"1,0", "1,1", "1,2", "2,2", "2,3", "4,8", "4,9", "4,15", "4,16", "11,1030", "12,3000"})
    void gkrOfAnyNumberOfLeavesAndOfNumeratorsInEitherField(int logLeaves, int count) {
        for (boolean base : new boolean[] {true, false}) {
            SplittableRandom random = new SplittableRandom(count);
            Ext[] p = new Ext[1 << logLeaves];
            Ext[] q = new Ext[1 << logLeaves];
            ExtVector vectorP = new ExtVector(p.length);
            ExtVector vectorQ = new ExtVector(p.length);
            for (int i = 0; i < p.length; i++) {
                Ext element = element(random);
                p[i] = i >= count ? Ext.ZERO : base ? Ext.ofBase(element.coordinate(1)) : element;
                q[i] = i >= count ? Ext.ONE : element(random);
                vectorP.set(i, p[i].toArray(), 0);
                vectorQ.set(i, q[i].toArray(), 0);
            }
            Recorder expected = new Recorder(0);
            GkrClaim<Ext> reference = ReferenceProver.gkr(expected, p, q);
            Recorder actual = new Recorder(0);
            try (Parallel parallel = new Parallel(2)) {
                assertEquals(reference, GkrProver.prove(actual, vectorP, vectorQ, parallel));
            }
            assertEquals(expected.written, actual.written);
        }
    }

    @Test
    void leavesAreTheMessagesFractions() {
        Tables tables = Tables.of("network", 3, false);
        Fingerprint<Ext> fingerprint = tables.fingerprint(new Recorder(0));
        Ext[][] expected = ReferenceProver.leaves(tables.layout, tables.fixed, tables.main, fingerprint);
        Leaves leaves = Leaves.of(tables.layout, tables.fixed, tables.main, fingerprint);
        Ext[] p = new Ext[expected[0].length];
        Ext[] q = new Ext[expected[0].length];
        Arrays.setAll(p, i -> Ext.of(leaves.numerators(), i));
        Arrays.setAll(q, i -> Ext.of(leaves.denominators(), i));
        assertArrayEquals(expected[0], p);
        assertArrayEquals(expected[1], q);
    }

    /** Else a block's registers would leave the cache: 40,000 elements are shared by all registers, and a block has hundreds of lanes. */
    @Test
    void programsOfWideChipsNeedFewRegisters() {
        for (var machine : ExampleMachines.all()) {
            for (var chip : machine.chips()) {
                ChipDescription description = ChipDescription.of(chip);
                TermProgram program = new TermProgram(new Terms(description.tape()));
                assertTrue(program.registers() <= 150, chip.name() + ": " + program.registers());
            }
        }
    }

    private static Ext element(SplittableRandom random) {
        return Ext.of(random.ints(Ext5.DEGREE, 0, KoalaBear.P).toArray(), 0);
    }

    private record Tables(TableLayout layout, List<Trace> fixed, List<Trace> main, int width) {
        static Tables of(String name, int logRows, boolean wrong) {
            var machine = ExampleMachines.named(name).orElseThrow();
            List<ChipDescription> chips =
                    machine.chips().stream().map(ChipDescription::of).toList();
            Instance instance = machine.instance(logRows, 1);
            TableLayout layout = TableLayout.of(
                    chips, instance.main().stream().mapToInt(Trace::logHeight).toArray());
            List<Trace> fixed = new ArrayList<>();
            List<Trace> main = new ArrayList<>();
            layout.tables().forEach(t -> {
                fixed.add(instance.preprocessed().get(t.index()));
                Trace trace = instance.main().get(t.index()).copy();
                if (wrong) {
                    Arrays.setAll(trace.data(), i -> KoalaBear.add(trace.data()[i], i % 3));
                }
                main.add(trace);
            });
            int width = chips.stream()
                    .flatMap(c -> c.interactions().stream())
                    .mapToInt(i -> i.bus().width())
                    .max()
                    .orElse(0);
            return new Tables(layout, fixed, main, width);
        }

        Fingerprint<Ext> fingerprint(Recorder channel) {
            return Fingerprint.of(ExtArithmetic.INSTANCE, channel.next(), channel.next(), width);
        }

        List<Ext> prove(int threads, int zeroEvery) {
            Recorder channel = new Recorder(zeroEvery);
            try (Parallel parallel = new Parallel(threads)) {
                Fingerprint<Ext> fingerprint = fingerprint(channel);
                Leaves leaves = Leaves.of(layout, fixed, main, fingerprint, parallel);
                GkrClaim<Ext> claim = GkrProver.prove(channel, leaves.numerators(), leaves.denominators(), parallel);
                ZerocheckProver.prove(
                        channel, layout, fixed, main, claim.point(), batching(channel, fingerprint, claim), parallel);
            }
            return channel.written;
        }

        List<Ext> reference(int zeroEvery) {
            Recorder channel = new Recorder(zeroEvery);
            Fingerprint<Ext> fingerprint = fingerprint(channel);
            Ext[][] leaves = ReferenceProver.leaves(layout, fixed, main, fingerprint);
            GkrClaim<Ext> claim = ReferenceProver.gkr(channel, leaves[0], leaves[1]);
            ReferenceProver.zerocheck(
                    channel, layout, fixed, main, claim.point(), batching(channel, fingerprint, claim));
            return channel.written;
        }

        private Batching<Ext> batching(Recorder channel, Fingerprint<Ext> fingerprint, GkrClaim<Ext> claim) {
            return Batching.of(ExtArithmetic.INSTANCE, layout, fingerprint, claim, channel.next(), channel.next());
        }
    }

    /** Keeps what is written; challenges depend on how many there were alone. */
    private static final class Recorder implements ProverChannel {
        final List<Ext> written = new ArrayList<>();
        private final SplittableRandom random = new SplittableRandom(7);
        private final int zeroEvery;
        private int sampled;

        Recorder(int zeroEvery) {
            this.zeroEvery = zeroEvery;
        }

        Ext next() {
            return element(random);
        }

        @Override
        public void write(String label, Ext element) {
            written.add(element);
        }

        @Override
        public Ext sample(String label) {
            Ext element = next();
            return zeroEvery > 0 && ++sampled % zeroEvery == 0 ? Ext.ZERO : element;
        }

        @Override
        public void grind(String label, int bits) {
            throw new UnsupportedOperationException("the sumchecks do not grind");
        }
    }
}
