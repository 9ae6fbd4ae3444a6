package dev.firesteel.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firesteel.air.ColumnLayout;
import dev.firesteel.air.Trace;
import dev.firesteel.air.Violation;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.functions.KeccakF;
import dev.firesteel.machine.PublicMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Forgeries that are consistent but for one defence: several cells and the statement changed together, stopped by that one alone. */
class ExampleForgeriesTest {
    private static final int CARRYING_SEED = 12;
    private static final int CALLER_SUM = 2 + 2 * AdderMachine.LIMBS;
    private static final int ADDER_SUM = 1 + 2 * AdderMachine.LIMBS;

    /** Names of the constraints and buses that are violated, without indices. */
    private static Set<String> stoppedBy(ExampleMachine machine, Instance forged) {
        return TestMachine.of(machine).violations(forged).stream()
                .map(v -> v instanceof Violation.ConstraintViolated c
                        ? c.constraint()
                        : ((Violation.BusUnbalanced) v).bus())
                .map(name -> name.replaceAll("\\[\\d+]", ""))
                .collect(Collectors.toSet());
    }

    private static Instance forged(List<Trace> preprocessed, List<Trace> main, PublicMessage... statement) {
        return new Instance(preprocessed, main, List.of(statement));
    }

    private static void add(Trace counts, int row, int number) {
        counts.set(row, 0, KoalaBear.add(counts.get(row, 0), KoalaBear.fromCanonical(number)));
    }

    @Test
    void aStepBackwardsIsStoppedByTheBooleanSelector() {
        Instance honest = new FibonacciMachine().instance(0, 1, 1);
        Trace trace = honest.main().get(0).copy();
        trace.set(0, 0, KoalaBear.NEG_ONE);
        PublicMessage first = honest.messages().get(0);
        PublicMessage last = honest.messages().get(1);
        Instance forged = forged(
                honest.preprocessed(),
                List.of(trace),
                new PublicMessage(first.bus(), last.multiplicity(), first.fields()),
                new PublicMessage(last.bus(), first.multiplicity(), last.fields()));
        // What holds for padding is a matter of real ≠ 1, so it notices too, unless the cells are zero.
        assertEquals(
                Set.of("real is boolean", "padding has no a", "padding has no b"),
                stoppedBy(new FibonacciMachine(), forged));
    }

    @Test
    void aMissingStepIsStoppedByTheBusOfStates() {
        FibonacciMachine machine = new FibonacciMachine();
        Instance honest = machine.instance(2, 4, 1);
        Trace trace = honest.main().get(0).copy();
        for (int column = 0; column < trace.width(); column++) {
            trace.set(2, column, KoalaBear.ZERO);
        }
        assertEquals(Set.of("state"), stoppedBy(machine, TestMachine.with(honest, 0, trace)));
    }

    /** One addition whose sum is {@code excess[i]} too large in limb i, with {@code carry} out of limb {@code at}. */
    private static Instance wrongSum(AdderMachine machine, int at, int carry, int... excess) {
        Instance honest = machine.instance(0, 1, CARRYING_SEED);
        List<Trace> main = new ArrayList<>(honest.main());
        main.set(0, honest.main().get(0).copy());
        main.set(1, honest.main().get(1).copy());
        List<Integer> statement = new ArrayList<>(honest.messages().get(1).fields());
        for (int i = 0; i < AdderMachine.LIMBS; i++) {
            int limb = KoalaBear.add(main.get(0).get(0, CALLER_SUM + i), KoalaBear.fromCanonical(excess[i]));
            main.get(0).set(0, CALLER_SUM + i, limb);
            main.get(1).set(0, ADDER_SUM + i, limb);
            statement.set(1 + AdderMachine.LIMBS + i, limb);
        }
        // The table answers all that it can.
        Trace counts = honest.main().get(2).copy();
        main.set(2, counts);
        for (int i = 0; i < AdderMachine.LIMBS; i++) {
            add(counts, number(honest.main().get(1).get(0, ADDER_SUM + i)), -1);
            if (number(main.get(1).get(0, ADDER_SUM + i)) < counts.height()) {
                add(counts, number(main.get(1).get(0, ADDER_SUM + i)), 1);
            }
        }
        main.get(1).set(0, ADDER_SUM + AdderMachine.LIMBS + at, carry);
        PublicMessage last = honest.messages().get(1);
        return forged(
                honest.preprocessed(),
                main,
                honest.messages().get(0),
                new PublicMessage(last.bus(), last.multiplicity(), statement));
    }

    private static int number(int element) {
        return KoalaBear.toCanonical(element);
    }

    @Test
    void aLimbThatIsTooLargeIsStoppedByTheRangeTable() {
        AdderMachine machine = new AdderMachine();
        Trace adder = machine.instance(0, 1, CARRYING_SEED).main().get(1);
        assertEquals(KoalaBear.ONE, adder.get(0, ADDER_SUM + AdderMachine.LIMBS), "limb 0 carries with this seed");
        Instance forged = wrongSum(machine, 0, KoalaBear.ZERO, 1 << 16, -1, 0, 0);
        assertEquals(Set.of("range"), stoppedBy(machine, forged));
    }

    @Test
    void aBrokenCarryIsStoppedByItsBoolean() {
        AdderMachine machine = new AdderMachine();
        int last = AdderMachine.LIMBS - 1;
        // The carry out of the last limb is used nowhere else, so it may be any element that makes a wrong limb fit.
        int carry = KoalaBear.sub(
                machine.instance(0, 1, CARRYING_SEED).main().get(1).get(0, ADDER_SUM + AdderMachine.LIMBS + last),
                KoalaBear.inverse(KoalaBear.fromCanonical(1 << 16)));
        Instance forged = wrongSum(machine, last, carry, 0, 0, 0, 1);
        assertEquals(Set.of("carry is boolean"), stoppedBy(machine, forged));
    }

    @Test
    void aMixtureOfMessagesIsStoppedByTheBooleanSwitch() {
        NetworkMachine machine = new NetworkMachine();
        Instance honest = machine.instance(0, 2, 1);
        Trace trace = honest.main().get(0).copy();
        int share = KoalaBear.fromCanonical(77);
        trace.set(0, 0, share);
        List<PublicMessage> statement = new ArrayList<>(honest.messages());
        for (int j = 0; j < 2; j++) {
            PublicMessage out = statement.get(2 + j);
            int[] mixture = new int[2];
            for (int k = 0; k < 2; k++) {
                int mine = trace.get(0, 1 + 2 * k + j);
                int other = trace.get(0, 2 + 2 * k - j);
                mixture[k] = KoalaBear.add(mine, KoalaBear.mul(share, KoalaBear.sub(other, mine)));
            }
            List<Integer> fields = List.of(out.fields().get(0), mixture[0], mixture[1]);
            statement.set(2 + j, new PublicMessage(out.bus(), out.multiplicity(), fields));
        }
        Instance forged = new Instance(honest.preprocessed(), List.of(trace), statement);
        assertEquals(Set.of("crossed is boolean"), stoppedBy(machine, forged));
    }

    private static void flip(Trace trace, String column, int offset) {
        int index = ColumnLayout.of(KeccakRoundChip.Columns.class).index(column) + offset;
        trace.set(0, index, KoalaBear.sub(KoalaBear.ONE, trace.get(0, index)));
    }

    /** One round; the statement with bits {@code first} of the state before and {@code last} of the state after it flipped. */
    private static Instance keccak(Instance honest, Trace trace, long[] first, long[] last) {
        List<PublicMessage> statement = new ArrayList<>();
        long[][] flips = {first, last};
        for (int m = 0; m < 2; m++) {
            PublicMessage message = honest.messages().get(m);
            List<Integer> fields = new ArrayList<>(message.fields());
            int[] bits = KeccakMachine.message(0, flips[m]);
            for (int f = 2; f < fields.size(); f++) {
                fields.set(f, KoalaBear.fromCanonical(KoalaBear.toCanonical(fields.get(f)) ^ bits[f]));
            }
            statement.add(new PublicMessage(message.bus(), message.multiplicity(), fields));
        }
        return new Instance(honest.preprocessed(), List.of(trace, honest.main().get(1)), statement);
    }

    @Test
    void anotherRoundConstantIsStoppedByTheTableOfConstants() {
        Instance honest = new KeccakMachine().instance(0, 1, 1);
        Trace trace = honest.main().get(0).copy();
        flip(trace, "iota", 3);
        flip(trace, "flipped", 3);
        long[] last = new long[KeccakF.LANES];
        last[0] = 1L << 7;
        Instance forged = keccak(honest, trace, new long[KeccakF.LANES], last);
        assertEquals(Set.of("rounds"), stoppedBy(new KeccakMachine(), forged));
    }

    @Test
    void anotherColumnParityIsStoppedByTheParityOfTheStateAfterTheta() {
        Instance honest = new KeccakMachine().instance(0, 1, 1);
        Trace trace = honest.main().get(0).copy();
        int x = 2;
        int z = 40;
        // θ adds the parity to the columns beside; cPrime follows, the state before the round too.
        flip(trace, "c", 64 * x + z);
        flip(trace, "cPrime", 64 * x + z);
        flip(trace, "cPrime", 64 * (x + 1) + z);
        flip(trace, "cPrime", 64 * (x - 1) + z + 1);
        long[] first = new long[KeccakF.LANES];
        for (int y = 0; y < 5; y++) {
            first[KeccakF.lane(x + 1, y)] = 1L << z;
            first[KeccakF.lane(x - 1, y)] = 1L << z + 1;
        }
        Instance forged = keccak(honest, trace, first, new long[KeccakF.LANES]);
        assertEquals(Set.of("parity"), stoppedBy(new KeccakMachine(), forged));
    }
}
