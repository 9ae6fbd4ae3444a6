package dev.firesteel.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.Trace;
import dev.firesteel.field.KoalaBear;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Constraints and buses of all example machines, checked without proving. */
class ExampleTracesTest {
    static List<ExampleMachine> machines() {
        return ExampleMachines.all();
    }

    /** No operation, one, all but some, and as many as fit. */
    private static Set<Integer> operations(ExampleMachine machine, int logRows) {
        int most = machine.capacity(logRows);
        if (machine instanceof NetworkMachine) {
            return new LinkedHashSet<>(List.of(1, Math.max(1, most / 2), most));
        }
        return new LinkedHashSet<>(List.of(0, Math.min(1, most), most * 13 / 16, most));
    }

    @ParameterizedTest
    @MethodSource("machines")
    void honestTracesSatisfyAllConstraintsAndBalanceAllBuses(ExampleMachine machine) {
        TestMachine test = TestMachine.of(machine);
        for (int logRows : new int[] {-1, 0, 1, 5, 7}) {
            for (int operations : operations(machine, logRows)) {
                Instance instance = machine.instance(logRows, operations, 7L * logRows + operations);
                assertEquals(logRows, instance.main().get(0).logHeight());
                assertEquals(List.of(), test.violations(instance), logRows + ", " + operations);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("machines")
    void equalSeedsGiveEqualInstances(ExampleMachine machine) {
        Instance instance = machine.instance(5, 3);
        Instance again = machine.instance(5, 3);
        assertEquals(instance.messages(), again.messages());
        for (int t = 0; t < instance.main().size(); t++) {
            assertEquals(
                    new Cells2(instance.main().get(t)), new Cells2(again.main().get(t)));
        }
        assertNotEquals(instance.messages(), machine.instance(5, 4).messages());
    }

    @ParameterizedTest
    @MethodSource("machines")
    void whatDoesNotFitIsRefused(ExampleMachine machine) {
        assertThrows(IllegalArgumentException.class, () -> machine.instance(4, machine.capacity(4) + 1, 1));
        assertThrows(IllegalArgumentException.class, () -> machine.instance(4, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> machine.instance(25, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> machine.instance(-2, 0, 1));
    }

    @ParameterizedTest
    @MethodSource("machines")
    void noCellOfAnyColumnCanBeChangedUnnoticed(ExampleMachine machine) {
        TestMachine test = TestMachine.of(machine);
        MutationHarness harness = new MutationHarness();
        int operations = machine instanceof NetworkMachine ? 8 : 27;
        Instance instance = machine.instance(5, operations, 1);
        assertEquals(List.of(), test.violations(instance));
        for (int t = 0; t < instance.main().size(); t++) {
            Trace main = instance.main().get(t);
            // The first row, one in the midst, a last round of Keccak-f, and padding.
            for (int row : new int[] {0, 13, 23, main.height() - 1}) {
                harness.changeAllColumns(
                        test.chips().get(t), instance.preprocessed().get(t), main, row);
            }
        }
        assertEquals(List.of(), harness.survivors());
        int columns = instance.main().stream().mapToInt(Trace::width).sum();
        assertTrue(harness.tried() >= 4 * columns, harness.tried() + " changes tried");
    }

    @ParameterizedTest
    @MethodSource("machines")
    void theHarnessAgreesWithACheckOfTheWholeTrace(ExampleMachine machine) {
        TestMachine test = TestMachine.of(machine);
        Instance instance = machine.instance(3, 1);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 20; i++) {
            int table = random.nextInt(instance.main().size());
            Trace trace = instance.main().get(table);
            Instance changed = TestMachine.changed(
                    instance,
                    table,
                    random.nextInt(trace.height()),
                    random.nextInt(trace.width()),
                    random.nextInt(KoalaBear.P));
            assertNotEquals(List.of(), test.violations(changed));
        }
    }

    @ParameterizedTest
    @MethodSource("machines")
    void everyFieldOfThePublicMessagesMatters(ExampleMachine machine) {
        TestMachine test = TestMachine.of(machine);
        for (int logRows : new int[] {-1, 3}) {
            Instance instance = machine.instance(logRows, 5);
            for (int m = 0; m < instance.messages().size(); m++) {
                List<Integer> fields = instance.messages().get(m).fields();
                for (int f = 0; f < fields.size(); f++) {
                    int value = KoalaBear.add(fields.get(f), KoalaBear.ONE);
                    assertNotEquals(
                            List.of(),
                            test.violations(TestMachine.changedMessage(instance, m, f, value)),
                            m + ", " + f);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("machines")
    void aRowLeftOutOrTakenTwiceIsNoticed(ExampleMachine machine) {
        TestMachine test = TestMachine.of(machine);
        int operations = machine instanceof NetworkMachine ? 8 : 27;
        Instance instance = machine.instance(5, operations, 1);
        Trace honest = instance.main().get(0);
        int padding = honest.height() - 1;
        List<int[]> copies = new ArrayList<>();
        copies.add(new int[] {padding, 4});
        copies.add(new int[] {5, padding});
        copies.add(new int[] {4, 5});
        for (int[] copy : copies) {
            Trace trace = honest.copy();
            for (int column = 0; column < trace.width(); column++) {
                trace.set(copy[1], column, honest.get(copy[0], column));
            }
            assertNotEquals(List.of(), test.violations(TestMachine.with(instance, 0, trace)));
        }
    }

    @Test
    void machinesAreFoundByTheirNames() {
        for (ExampleMachine machine : machines()) {
            assertEquals(
                    machine.getClass(),
                    ExampleMachines.named(machine.name()).orElseThrow().getClass());
        }
        assertTrue(ExampleMachines.named("sudoku").isEmpty());
    }

    /** A trace that is equal to another with the same cells. */
    private record Cells2(int height, List<Integer> cells) {
        Cells2(Trace trace) {
            this(
                    trace.height(),
                    java.util.Arrays.stream(trace.copy().data()).boxed().toList());
        }
    }
}
