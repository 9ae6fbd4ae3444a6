package dev.firesteel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firesteel.examples.ExampleMachine;
import dev.firesteel.examples.ExampleMachines;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example machine from the witness to a verified proof. */
class ExamplesProvedTest {
    private static final Parallel PARALLEL = new Parallel(2);

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    static Stream<ExampleMachine> machines() {
        return ExampleMachines.all().stream();
    }

    @ParameterizedTest
    @MethodSource("machines")
    void honestProofsOfAllHeightsAreAccepted(ExampleMachine machine) {
        for (int logRows = -1; logRows <= 5; logRows++) {
            Proved proved = Proved.of(machine, logRows, SecurityPreset.TEST_FAST, PARALLEL);
            assertEquals(
                    null,
                    proved.rejection(proved.instance().messages(), proved.proof()),
                    machine.name() + " " + logRows);
        }
    }

    @ParameterizedTest
    @MethodSource("machines")
    void theProofIsTheSameWithAnyNumberOfThreads(ExampleMachine machine) {
        Proved two = Proved.of(machine, 4, SecurityPreset.TEST_FAST, PARALLEL);
        try (Parallel one = new Parallel(1);
                Parallel three = new Parallel(3)) {
            assertArrayEquals(
                    two.proof(),
                    new Prover(two.key(), one)
                            .prove(two.instance().main(), two.instance().messages()));
            assertArrayEquals(
                    two.proof(),
                    new Prover(two.key(), three)
                            .prove(two.instance().main(), two.instance().messages()));
        }
    }

    @ParameterizedTest
    @MethodSource("machines")
    void aSecureProofIsAccepted(ExampleMachine machine) throws VerificationException {
        Proved proved = Proved.of(machine, 3, SecurityPreset.PROVABLE_128, PARALLEL);
        new Verifier(proved.key().verifyingKey()).verify(proved.instance().messages(), proved.proof());
    }

    @ParameterizedTest
    @MethodSource("machines")
    void anotherStatementIsRefused(ExampleMachine machine) {
        Proved proved = Proved.of(machine, 3, SecurityPreset.TEST_FAST, PARALLEL);
        List<PublicMessage> messages = proved.instance().messages();
        for (int m = 0; m < messages.size(); m++) {
            PublicMessage message = messages.get(m);
            List<PublicMessage> changed = new ArrayList<>(messages);
            List<Integer> fields = new ArrayList<>(message.fields());
            fields.set(m % fields.size(), (fields.get(m % fields.size()) + 1) % dev.firesteel.field.KoalaBear.P);
            changed.set(m, new PublicMessage(message.bus(), message.multiplicity(), fields));
            // The statement is absorbed: challenges differ, and the first check that sees one fails.
            assertEquals(Rejection.LOGUP_SUM, withoutWork(proved.rejection(changed, proved.proof())));
            List<PublicMessage> missing = new ArrayList<>(messages);
            missing.remove(m);
            assertEquals(Rejection.LOGUP_SUM, withoutWork(proved.rejection(missing, proved.proof())));
        }
    }

    /** The work before the first challenge of a changed transcript is right by chance once in two at this preset. */
    private static Rejection withoutWork(Rejection reason) {
        return reason == Rejection.GRINDING ? Rejection.LOGUP_SUM : reason;
    }

    @Test
    void anInsecureKeyIsRefusedUnlessAskedFor() {
        Proved proved =
                Proved.of(ExampleMachines.named("fibonacci").orElseThrow(), 3, SecurityPreset.TEST_FAST, PARALLEL);
        VerificationException e = assertThrows(
                VerificationException.class,
                () -> new Verifier(proved.key().verifyingKey())
                        .verify(proved.instance().messages(), proved.proof()));
        assertEquals(Rejection.INSECURE_PRESET, e.reason());
    }
}
