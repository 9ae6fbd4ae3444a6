package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.tasks.Outcome;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.request.CoreProof;
import dev.firesteel.request.ProgramKey;
import dev.firesteel.request.RunChallenge;
import dev.firesteel.request.RunProver;
import dev.firesteel.request.RunStatement;
import dev.firesteel.request.SegmentCommitment;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * Puts the proofs of an execution's segments together and verifies the whole before it is handed over: only now it shows whether segments pass memory on to each other.
 *
 * @param keys program keys, by their hash
 */
record AssembleTask(List<Finished> finished, HashMap<String, byte[]> keys, int maxAttempts) implements Serializable {

    /** An execution all of whose segments are proved. */
    record Finished(Target target, byte[] statement, byte[] challenge, String keyHash) implements Serializable {}

    /** The core proof, and what it took. */
    record Assembled(byte[] proof, double verificationMs, double provingMs) implements Serializable {}

    Outcome<Assembled> run(int index, Iterator<Row> commitments, Iterator<Row> proofs) {
        BindTask.Whole piece = new BindTask.Whole(finished.get(index).target);
        return Outcome.of(
                piece, index, maxAttempts, Failures::of, meter -> assemble(finished.get(index), commitments, proofs));
    }

    private Assembled assemble(Finished execution, Iterator<Row> commitmentRows, Iterator<Row> proofRows)
            throws Failures.BadRowException, RunProver.NotProvableException, VerificationException {
        Map<Integer, Row> commitments = byIndex(commitmentRows);
        Map<Integer, Row> proofs = byIndex(proofRows);
        List<SegmentCommitment> segments = new ArrayList<>();
        List<byte[]> bytes = new ArrayList<>();
        double provingMs = 0;
        try {
            for (int i = 0; i < execution.target.segmentCount(); i++) {
                Row commitment = commitments.get(i);
                Row proof = proofs.get(i);
                if (commitment == null || proof == null) {
                    throw new Failures.BadRowException("segment " + i + " is not there any more");
                }
                segments.add(SegmentCommitment.read(commitment.getAs("commitment")));
                bytes.add(proof.getAs("proof"));
                provingMs += proof.<Double>getAs("proving_ms");
            }
            ProgramKey key = ProgramKey.read(keys.get(execution.keyHash));
            RunStatement statement = RunStatement.read(execution.statement);
            byte[] core = CoreProof.of(key, statement, segments, RunChallenge.read(execution.challenge), bytes)
                    .bytes();
            long begin = System.nanoTime();
            SegmentWork.verifier(key).verify(statement, core);
            return new Assembled(core, (System.nanoTime() - begin) / 1e6, provingMs);
        } catch (IllegalArgumentException e) {
            throw new Failures.BadRowException(e.getMessage());
        }
    }

    private static Map<Integer, Row> byIndex(Iterator<Row> rows) {
        Map<Integer, Row> map = new HashMap<>();
        rows.forEachRemaining(row -> map.put(row.getAs("segment_index"), row));
        return map;
    }
}
