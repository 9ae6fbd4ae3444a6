package dev.firesteel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firesteel.examples.ExampleMachine;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.VerificationException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys and proofs as files: see {@link GoldenFiles}. */
class GoldenTest {
    private static final Parallel PARALLEL = new Parallel(1);

    @AfterAll
    static void close() {
        PARALLEL.close();
    }

    /** One without preprocessed columns, one with. */
    static Stream<ExampleMachine> machines() {
        return List.of(SmallMachines.fibonacci(), SmallMachines.adder()).stream();
    }

    private static Proved made(ExampleMachine machine) {
        return Proved.of(machine, 4, SecurityPreset.TEST_FAST, PARALLEL);
    }

    @ParameterizedTest
    @MethodSource("machines")
    void theKeyIsReadAndMadeAgain(ExampleMachine machine) {
        VerifyingKey made = made(machine).key().verifyingKey();
        byte[] file = GoldenFiles.read(machine.name() + ".key", made.bytes());
        VerifyingKey read = VerifyingKey.read(file);
        assertArrayEquals(file, read.bytes());
        assertArrayEquals(file, made.bytes());
        assertEquals(made, read);
        assertArrayEquals(made.digest(), read.digest());
    }

    @Test
    void keyAndProofOfASegmentAreReadAndMadeAgain() throws VerificationException {
        ProvedRequest made = ProvedRequest.of(
                ProvedRequest.key(SecurityPreset.TEST_FAST, PARALLEL), SharedMemory.run(1, 4, 5, 7), PARALLEL);
        byte[] keyFile =
                GoldenFiles.read("segment.key", made.key().verifyingKey().bytes());
        VerifyingKey key = VerifyingKey.read(keyFile);
        assertEquals(made.key().verifyingKey(), key);
        byte[] file = GoldenFiles.read("segment.proof", made.proofs().get(1));
        GlobalStatement statement = Verifier.allowingInsecure(key)
                .verify(made.run().segments().get(1).messages(), made.challenge(), file);
        assertEquals(made.boundaries().get(1).root(), statement.boundaryRoot());
        assertArrayEquals(file, made.proofs().get(1));
    }

    @ParameterizedTest
    @MethodSource("machines")
    void theProofIsAcceptedAndMadeAgain(ExampleMachine machine) throws VerificationException {
        Proved made = made(machine);
        byte[] file = GoldenFiles.read(machine.name() + ".proof", made.proof());
        VerifyingKey key = VerifyingKey.read(GoldenFiles.read(
                machine.name() + ".key", made.key().verifyingKey().bytes()));
        Verifier.allowingInsecure(key).verify(made.instance().messages(), file);
        byte[] messages = Arrays.copyOfRange(file, ProofHeader.bytes(key), file.length);
        assertArrayEquals(file, ProofHeader.read(key, file).before(messages));
        assertArrayEquals(file, made.proof());
    }
}
