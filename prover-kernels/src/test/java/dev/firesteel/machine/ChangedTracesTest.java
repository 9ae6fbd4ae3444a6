package dev.firesteel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.ChipDescription;
import dev.firesteel.air.Trace;
import dev.firesteel.air.TraceChecker;
import dev.firesteel.air.Violation;
import dev.firesteel.examples.ExampleMachine;
import dev.firesteel.examples.Instance;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One cell of an honest trace is changed, the trace is proved by the honest prover's code, and the verifier refuses the proof. The checker, which counts
 * messages and looks at constraints one by one, says which check has to refuse it: the two know nothing of each other.
 */
class ChangedTracesTest {
    private static final Parallel PARALLEL = new Parallel(1);
    /** Of a wider table about {@link #SAMPLE} columns are tried, of all others every one. */
    private static final int WIDE = 1000;

    private static final int SAMPLE = 50;

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    static Stream<ExampleMachine> machines() {
        return SmallMachines.all().stream();
    }

    @ParameterizedTest
    @MethodSource("machines")
    void everyChangedCellIsRefusedByTheCheckThatItViolates(ExampleMachine machine) {
        Proved proved = Proved.of(machine, 1, SecurityPreset.TEST_FAST, PARALLEL);
        List<ChipDescription> chips = proved.key().verifyingKey().machine().chips();
        SplittableRandom random = new SplittableRandom(31);
        int tried = 0;
        for (int table = 0; table < chips.size(); table++) {
            Trace trace = proved.instance().main().get(table);
            int step = trace.width() > WIDE ? trace.width() / SAMPLE : 1;
            for (int column = random.nextInt(step); column < trace.width(); column += step) {
                int row = random.nextInt(trace.height());
                int old = trace.get(row, column);
                // The other bit for booleans; an element that no range and no table holds.
                for (int value : new int[] {KoalaBear.sub(KoalaBear.ONE, old), random.nextInt(KoalaBear.P)}) {
                    if (value != old) {
                        tried++;
                        check(proved, table, row, column, value);
                    }
                }
            }
        }
        assertTrue(tried >= 8, machine.name() + ": " + tried);
    }

    private static void check(Proved proved, int table, int row, int column, int value) {
        List<Trace> main = new ArrayList<>(proved.instance().main());
        Trace changed = main.get(table).copy();
        changed.set(row, column, value);
        main.set(table, changed);
        Machine machine = proved.key().verifyingKey().machine();
        Instance instance = new Instance(
                proved.instance().preprocessed(), main, proved.instance().messages());
        byte[] proof = new Prover(proved.key(), PARALLEL).prove(main, instance.messages());
        ChipDescription chip = machine.chips().get(table);
        assertEquals(
                expected(machine, instance),
                proved.rejection(proof),
                () -> machine.name() + ": " + chip.name() + " row " + row + " "
                        + chip.mainColumns().get(column) + " = " + value);
    }

    private static Rejection expected(Machine machine, Instance instance) {
        TraceChecker checker = new TraceChecker(1 << 10);
        int rows = 0;
        for (int t = 0; t < machine.chips().size(); t++) {
            Trace main = instance.main().get(t);
            checker.table(machine.chips().get(t), instance.preprocessed().get(t), main);
            rows = Math.max(rows, main.height());
        }
        instance.messages().forEach(m -> checker.message(m.bus(), m.multiplicity(), m.fields()));
        List<Violation> violations = checker.violations();
        assertFalse(violations.isEmpty(), "a cell that may hold anything: a hole, or to be told here");
        // LogUp comes first; the honest prover's rounds are those of a sum that is not what is claimed.
        if (violations.stream().anyMatch(v -> v instanceof Violation.BusUnbalanced)) {
            return Rejection.LOGUP_SUM;
        }
        return rows > 1 ? Rejection.ZEROCHECK_ROUND : Rejection.ZEROCHECK_FINAL;
    }
}
