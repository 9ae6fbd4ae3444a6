package dev.firesteel.jobs.prove;

import dev.firesteel.cli.Messages;
import dev.firesteel.jobs.spark.Digests;
import dev.firesteel.jobs.tasks.Ended;
import dev.firesteel.jobs.tasks.Measures;
import dev.firesteel.jobs.tasks.Outcome;
import dev.firesteel.jobs.tasks.Piece;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.request.ProgramKey;
import dev.firesteel.request.ProgramSetup;
import dev.firesteel.request.RunStatement;
import dev.firesteel.request.RunVerifier;
import dev.firesteel.riscv.ElfException;
import dev.firesteel.riscv.Program;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Verifies one proof from what is in storage, and compares what it proves with what {@code executions} says.
 *
 * @param keys program keys by the hash that tables give for them
 * @param elfs programs by their hash, to make keys anew from; null when stored keys are believed
 */
record VerifyTask(
        List<Stored> proofs,
        HashMap<String, byte[]> keys,
        HashMap<String, byte[]> elfs,
        boolean allowInsecure,
        int maxAttempts)
        implements Serializable {

    /** A proof in its table. */
    record Stored(
            String proofId,
            String requestId,
            String programHash,
            String inputHash,
            String executionHash,
            String keyHash)
            implements Piece {
        @Override
        public int segmentIndex() {
            return WHOLE;
        }
    }

    /**
     * What became of a proof.
     *
     * @param reason why it does not verify; null when it does
     * @param preset of the key; empty when that cannot be read
     */
    record Result(String contentHash, String reason, String preset, long proofBytes, double verificationMs, Ended ended)
            implements Serializable {}

    /** The proof is not what it should be. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    Outcome<Result> run(int index, Iterator<Row> proofRows, Iterator<Row> executionRows) {
        return Outcome.of(proofs.get(index), index, maxAttempts, Failures::of, meter -> {
            long begin = System.nanoTime();
            Row proof = SegmentOfRow.one("proof " + proofs.get(index).proofId, proofRows);
            Row execution = executionRows.hasNext() ? executionRows.next() : null;
            return result(proofs.get(index), proof, execution, begin);
        });
    }

    private Result result(Stored stored, Row proof, Row execution, long begin) throws ElfException {
        byte[] bytes = proof.getAs("proof");
        byte[] statement = proof.getAs("statement");
        byte[] keyBytes = keys.getOrDefault(stored.keyHash, new byte[0]);
        String preset = "";
        String reason = null;
        double verificationMs = 0;
        try {
            ProgramKey key = key(stored, keyBytes);
            preset = key.tables().preset().label();
            RunStatement said = RunStatement.read(statement);
            compare(said, execution);
            RunVerifier verifier = SegmentWork.verifier(key, allowInsecure);
            long start = System.nanoTime();
            verifier.verify(said, bytes);
            verificationMs = (System.nanoTime() - start) / 1e6;
        } catch (Refused | VerificationException | IllegalArgumentException e) {
            reason = Messages.firstLine(e);
        }
        return new Result(
                contentHash(stored, bytes, statement, keyBytes, execution),
                reason,
                preset,
                bytes.length,
                verificationMs,
                Ended.now(begin, null, Measures.NONE));
    }

    private ProgramKey key(Stored stored, byte[] bytes) throws Refused, ElfException {
        refuse(bytes.length == 0, "key " + stored.keyHash + " is not in table program_keys");
        refuse(!Digests.sha256(bytes).equals(stored.keyHash), "the key is not that of key_hash");
        ProgramKey key = ProgramKey.read(bytes);
        refuse(!key.programHashHex().equals(stored.programHash), "the key is another program's");
        if (elfs != null) {
            byte[] elf = elfs.get(stored.programHash);
            refuse(elf == null, "the program is not in table programs");
            Program program = Program.load(elf, stored.programHash);
            refuse(!program.hashHex().equals(stored.programHash), "table programs has another program under this hash");
            try (Parallel parallel = new Parallel(1)) {
                ProgramSetup setup = ProgramSetup.of(program, key.tables().preset(), parallel);
                refuse(
                        !Arrays.equals(setup.programKey().bytes(), bytes),
                        "the stored key is not the one that the program gives");
            }
        }
        return key;
    }

    private static void compare(RunStatement said, Row execution) throws Refused {
        refuse(execution == null, "table executions has no row that says what it should prove");
        byte[] output = execution.getAs("output");
        refuse(!Arrays.equals(output, said.output()), "table executions has another output");
        refuse(
                !Digests.sha256(said.output()).equals(execution.getAs("output_sha256")),
                "table executions has another hash of the output");
        Integer exitCode = execution.getAs("exit_code");
        refuse(exitCode == null || exitCode != said.exitCode(), "table executions has another exit code");
    }

    private static void refuse(boolean condition, String why) throws Refused {
        if (condition) {
            throw new Refused(why);
        }
    }

    private String contentHash(Stored stored, byte[] proof, byte[] statement, byte[] key, Row execution) {
        byte[] output = execution == null ? new byte[0] : execution.getAs("output");
        String rest = String.join(
                "\n",
                String.valueOf(stored),
                execution == null ? "" : execution.getAs("output_sha256") + " " + execution.getAs("exit_code"),
                allowInsecure ? "insecure allowed" : "",
                elfs == null ? "" : "key made anew");
        return Digests.sha256(
                length(proof),
                proof,
                length(statement),
                statement,
                length(key),
                key,
                length(output),
                output,
                rest.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] length(byte[] bytes) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array();
    }
}
