package dev.firesteel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.examples.ExampleMachine;
import dev.firesteel.examples.ExampleMachines;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Memory;
import dev.firesteel.poly.Parallel;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Proofs made in memory that other proofs have used are the same proofs. */
class ReusedMemoryTest {
    private static final Parallel PARALLEL = new Parallel(2);

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    @Test
    void proofsOfAllSizesAreTheSameInMemoryFullOfGarbage() {
        Memory memory = Memory.ofGarbage(-1);
        for (int logRows : List.of(7, 3, 9, 3, 0, 8)) {
            for (ExampleMachine machine : ExampleMachines.all()) {
                Proved proved = Proved.of(machine, logRows, SecurityPreset.TEST_FAST, PARALLEL);
                assertArrayEquals(
                        proved.proof(),
                        new Prover(proved.key(), PARALLEL, memory)
                                .prove(
                                        proved.instance().main(),
                                        proved.instance().messages()),
                        machine.name() + " " + logRows);
            }
        }
    }

    @Test
    void aSecondProofTakesWhatTheFirstGaveBack() {
        Memory memory = new Memory();
        Proved proved = Proved.of(ExampleMachines.named("adder").orElseThrow(), 10, SecurityPreset.TEST_FAST, PARALLEL);
        Prover prover = new Prover(proved.key(), PARALLEL, memory);
        prover.prove(proved.instance().main(), proved.instance().messages());
        long after = memory.freeBytes();
        assertTrue(after > 0);
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(
                    proved.proof(),
                    prover.prove(proved.instance().main(), proved.instance().messages()));
        }
        assertTrue(memory.freeBytes() <= after + after / 8, "grown from " + after + " to " + memory.freeBytes());
    }

    @Test
    void aProofThatFailsGivesItsMemoryBack() {
        Memory memory = new Memory();
        Proved proved = Proved.of(ExampleMachines.named("adder").orElseThrow(), 10, SecurityPreset.TEST_FAST, PARALLEL);
        Prover prover = new Prover(proved.key(), PARALLEL, memory);
        assertThrows(
                IllegalStateException.class,
                () -> prover.prove(proved.instance().main(), proved.instance().messages(), (phase, nanos) -> {
                    throw new IllegalStateException(phase);
                }));
        assertEquals(0, memory.mark());
        assertArrayEquals(
                proved.proof(),
                prover.prove(proved.instance().main(), proved.instance().messages()));
    }
}
