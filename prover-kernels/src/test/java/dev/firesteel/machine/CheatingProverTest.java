package dev.firesteel.machine;

import static dev.firesteel.protocol.Rejection.GKR_LAYER;
import static dev.firesteel.protocol.Rejection.GKR_ROUND;
import static dev.firesteel.protocol.Rejection.LOGUP_SUM;
import static dev.firesteel.protocol.Rejection.STACKING_FINAL;
import static dev.firesteel.protocol.Rejection.ZEROCHECK_FINAL;
import static dev.firesteel.protocol.Rejection.ZEROCHECK_ROUND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firesteel.air.Trace;
import dev.firesteel.examples.Instance;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.machine.CheatingProver.Lie;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.Rejection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** False statements proved by a prover that knows the protocol: each lie is refused by the next check, down to the commitment. */
class CheatingProverTest {
    private static final Parallel PARALLEL = new Parallel(1);

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    private static Proved honest(Machine machine, Instance instance) {
        return Proved.of(machine, instance, SecurityPreset.TEST_FAST, PARALLEL);
    }

    private static Instance instance(Trace... main) {
        return new Instance(Collections.nCopies(main.length, null), List.of(main), List.of());
    }

    /** Four rows of numbers. */
    private static Trace numbers() {
        Trace trace = Trace.zeros(4, TestChips.WIDE);
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < TestChips.WIDE; column++) {
                trace.set(row, column, KoalaBear.fromCanonical(100 * row + column));
            }
        }
        return trace;
    }

    private static Trace changed(Trace trace) {
        Trace copy = trace.copy();
        copy.set(2, 3, KoalaBear.fromCanonical(99));
        return copy;
    }

    private static Rejection lie(Proved honest, Lie lie, Instance forged) {
        byte[] proof = new CheatingProver(honest.key(), lie, forged.main(), forged.messages(), PARALLEL)
                .prove(forged.preprocessed(), forged.main());
        return honest.rejection(forged.messages(), proof);
    }

    @Test
    void withoutALieItIsTheProver() {
        Proved honest = honest(TestChips.pair(), instance(numbers(), numbers()));
        Instance same = honest.instance();
        byte[] proof = new CheatingProver(honest.key(), Lie.NOWHERE, same.main(), same.messages(), PARALLEL)
                .prove(same.preprocessed(), same.main());
        assertArrayEquals(honest.proof(), proof);
    }

    @Test
    void aSumThatIsNotZeroIsFollowedThroughTheLayers() {
        Proved honest = honest(TestChips.pair(), instance(numbers(), numbers()));
        Instance unbalanced = instance(numbers(), changed(numbers()));
        assertEquals(LOGUP_SUM, lie(honest, Lie.NOWHERE, unbalanced));
        assertEquals(GKR_ROUND, lie(honest, Lie.TOP, unbalanced));
        assertEquals(GKR_LAYER, lie(honest, Lie.TOP_AND_ROUNDS, unbalanced));
    }

    @Test
    void tablesWithoutRowsProveNoStatementThatIsNotTrueAlready() {
        Proved honest = Proved.of(SmallMachines.fibonacci(), 2, SecurityPreset.TEST_FAST, PARALLEL);
        // The first state is sent, another one received, and there is no row that could lead from one to the other.
        Instance none = new Instance(
                honest.instance().preprocessed(),
                List.of(Trace.zeros(0, honest.instance().main().get(0).width())),
                honest.instance().messages());
        assertEquals(LOGUP_SUM, lie(honest, Lie.NOWHERE, none));
        assertEquals(ZEROCHECK_FINAL, lie(honest, Lie.TOP, none));
    }

    @Test
    void aViolatedConstraintIsFollowedThroughTheRounds() {
        Proved honest = honest(TestChips.zeros(), instance(Trace.zeros(4, TestChips.WIDE)));
        Instance violated = instance(changed(Trace.zeros(4, TestChips.WIDE)));
        assertEquals(ZEROCHECK_ROUND, lie(honest, Lie.NOWHERE, violated));
        assertEquals(ZEROCHECK_FINAL, lie(honest, Lie.ZEROCHECK_ROUNDS, violated));
    }

    @Test
    void columnsThatWereNotCommittedAreRefusedByTheOpening() {
        Proved honest = honest(TestChips.pair(), instance(numbers(), numbers()));
        // Committed is what does not balance; proved is what does.
        Instance committed = instance(numbers(), changed(numbers()));
        byte[] proof = new CheatingProver(honest.key(), Lie.NOWHERE, committed.main(), List.of(), PARALLEL)
                .prove(committed.preprocessed(), honest.instance().main());
        assertEquals(STACKING_FINAL, honest.rejection(proof));
    }

    @Test
    void aLookupTableThatIsNotTheKeysIsRefusedByTheOpening() {
        Proved honest = Proved.of(SmallMachines.adder(), 2, SecurityPreset.TEST_FAST, PARALLEL);
        List<Trace> preprocessed = new ArrayList<>(honest.instance().preprocessed());
        Trace table = preprocessed.get(2).copy();
        // A value that nobody looks up becomes one that is out of range.
        int row = 0;
        while (honest.instance().main().get(2).get(row, 0) != 0) {
            row++;
        }
        table.set(row, 0, KoalaBear.fromCanonical(256));
        preprocessed.set(2, table);
        Instance instance = honest.instance();
        byte[] proof = new CheatingProver(honest.key(), Lie.NOWHERE, instance.main(), instance.messages(), PARALLEL)
                .prove(preprocessed, instance.main());
        assertEquals(STACKING_FINAL, honest.rejection(proof));
    }
}
