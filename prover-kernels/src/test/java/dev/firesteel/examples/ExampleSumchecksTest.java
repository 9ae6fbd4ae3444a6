package dev.firesteel.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.air.Trace;
import dev.firesteel.field.Ext;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.poly.Multilinear;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.TableLayout;
import dev.firesteel.zerocheck.ColumnClaims;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example machines through LogUp-GKR and zerocheck: honest proofs are accepted, those of changed traces and statements are not. */
class ExampleSumchecksTest {
    /** Columns of a table of which each is changed and proved; of wider tables this many are drawn. */
    private static final int MOST_COLUMNS = 40;

    /** The adder with a small range table, or every proof would be one of 2^16 rows. */
    static List<ExampleMachine> machines() {
        List<ExampleMachine> machines = new ArrayList<>(ExampleMachines.all());
        machines.replaceAll(m -> m instanceof AdderMachine ? new AdderMachine(8) : m);
        return machines;
    }

    @ParameterizedTest
    @MethodSource("machines")
    void honestProofsAreAcceptedAndTheirColumnClaimsAreTrue(ExampleMachine machine) throws Exception {
        Sumchecks sumchecks = new Sumchecks(TestMachine.of(machine));
        for (int logRows : new int[] {-1, 0, 1, 3, 5}) {
            int most = machine.capacity(logRows);
            Instance instance =
                    machine.instance(logRows, machine instanceof NetworkMachine ? most : most - most / 4, 9);
            ColumnClaims<Ext> claims = sumchecks.verify(instance, sumchecks.prove(instance));
            TableLayout layout = sumchecks.layout(instance);
            for (int t = 0; t < layout.tables().size(); t++) {
                Trace trace = instance.main().get(layout.tables().get(t).index());
                List<Ext> point = claims.point().subList(0, trace.logHeight());
                assertEquals(evaluate(trace, point), claims.tables().get(t).main());
            }
        }
    }

    @Test
    void aFullRangeTableIsProved() throws Exception {
        AdderMachine machine = new AdderMachine();
        Sumchecks sumchecks = new Sumchecks(TestMachine.of(machine));
        Instance instance = machine.instance(2, 3, 1);
        assertNotNull(sumchecks.verify(instance, sumchecks.prove(instance)));
    }

    /** The multilinear extensions of all columns, by their definition. */
    private static List<Ext> evaluate(Trace trace, List<Ext> point) {
        var eq = Multilinear.eqExt(point);
        List<Ext> values = new ArrayList<>();
        for (int column = 0; column < trace.width(); column++) {
            Ext sum = Ext.ZERO;
            for (int row = 0; row < trace.height(); row++) {
                sum = sum.plus(Ext.of(eq, row).times(trace.get(row, column)));
            }
            values.add(sum);
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("machines")
    void proofsOfChangedTracesAreRejected(ExampleMachine machine) {
        Sumchecks sumchecks = new Sumchecks(TestMachine.of(machine));
        SplittableRandom random = new SplittableRandom(8);
        Instance instance = machine.instance(2, machine instanceof NetworkMachine ? 2 : 3, 9);
        Map<Rejection, Integer> reasons = new EnumMap<>(Rejection.class);
        for (int t = 0; t < instance.main().size(); t++) {
            Trace trace = instance.main().get(t);
            int columns = Math.min(MOST_COLUMNS, trace.width());
            for (int i = 0; i < columns; i++) {
                int column = columns == trace.width() ? i : random.nextInt(trace.width());
                int row = random.nextInt(trace.height());
                int value = KoalaBear.sub(KoalaBear.ONE, trace.get(row, column));
                if (value == trace.get(row, column)) {
                    value = KoalaBear.ZERO;
                }
                Rejection reason = sumchecks.rejection(TestMachine.changed(instance, t, row, column, value));
                // An unbalanced bus fails first; only a constraint that leaves the buses balanced gets to the
                // zerocheck.
                assertTrue(
                        reason == Rejection.LOGUP_SUM || reason == Rejection.ZEROCHECK_ROUND,
                        "table " + t + " column " + column + " row " + row + ": " + reason);
                reasons.merge(reason, 1, Integer::sum);
            }
        }
        assertEquals(2, reasons.size(), reasons.toString());
    }

    @ParameterizedTest
    @MethodSource("machines")
    void aChangedStatementIsRejected(ExampleMachine machine) {
        Sumchecks sumchecks = new Sumchecks(TestMachine.of(machine));
        SplittableRandom random = new SplittableRandom(8);
        Instance instance = machine.instance(1, 9);
        for (int m = 0; m < instance.messages().size(); m++) {
            List<Integer> fields = instance.messages().get(m).fields();
            int field = random.nextInt(fields.size());
            Instance changed =
                    TestMachine.changedMessage(instance, m, field, KoalaBear.add(fields.get(field), KoalaBear.ONE));
            // The honest prover's proof for the changed statement: it is right but for the statement.
            assertEquals(Rejection.LOGUP_SUM, sumchecks.rejection(changed));
            // A proof for another statement is absorbed after other bytes, so nothing of it fits.
            assertNotNull(sumchecks.rejection(changed, sumchecks.prove(instance)));
        }
    }
}
