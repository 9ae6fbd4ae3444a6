package dev.firesteel.machine;

import dev.firesteel.field.Ext;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.Transcript;
import dev.firesteel.machine.SharedMemory.Run;
import dev.firesteel.machine.SharedMemory.Segment;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.VerificationException;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of {@link SharedMemory} with proofs of its segments, and the caller of prover and verifier as it should be.
 *
 * @param boundaries one per segment
 */
record ProvedRequest(
        ProvingKey key, Run run, List<Boundary> boundaries, GlobalChallenge challenge, List<byte[]> proofs) {
    /** What the caller itself has to refuse. */
    static final class Unsound extends Exception {
        private static final long serialVersionUID = 1L;

        Unsound(String why) {
            super(why);
        }
    }

    static ProvingKey key(SecurityPreset preset, Parallel parallel) {
        return ProvingKey.setup(
                preset, SharedMemory.machine(), Proved.MAX_LOG_HEIGHT, SharedMemory.preprocessed(), parallel);
    }

    static ProvedRequest of(ProvingKey key, Run run, Parallel parallel) {
        Prover prover = new Prover(key, parallel);
        List<Boundary> boundaries = new ArrayList<>();
        for (Segment segment : run.segments()) {
            boundaries.add(prover.commitBoundary(segment.main()));
        }
        GlobalChallenge challenge = challenge(
                key.verifyingKey(), run, boundaries.stream().map(Boundary::root).toList());
        List<byte[]> proofs = new ArrayList<>();
        for (int i = 0; i < boundaries.size(); i++) {
            Segment segment = run.segments().get(i);
            proofs.add(prover.prove(segment.main(), segment.messages(), boundaries.get(i), challenge));
        }
        return new ProvedRequest(key, run, boundaries, challenge, proofs);
    }

    /** The challenge that follows from key, statement and roots. */
    static GlobalChallenge challenge(VerifyingKey key, Run run, List<List<Integer>> roots) {
        Transcript transcript = new Transcript("test request");
        transcript.absorb("key", key.digest());
        transcript.absorbNumbers("segments", roots.size());
        for (PublicMessage message : run.ends()) {
            transcript.absorb("multiplicity", message.multiplicity());
            transcript.absorb(
                    "message", message.fields().stream().mapToInt(f -> f).toArray());
        }
        for (List<Integer> root : roots) {
            transcript.absorb("root", root.stream().mapToInt(r -> r).toArray());
        }
        return new GlobalChallenge(transcript.sample("alpha"), transcript.sample("beta"));
    }

    /** Verifies all of it, as a caller has to. */
    List<GlobalStatement> verify() throws VerificationException, Unsound {
        Verifier verifier = Verifier.allowingInsecure(key.verifyingKey());
        List<GlobalStatement> statements = new ArrayList<>();
        for (int i = 0; i < proofs.size(); i++) {
            statements.add(verifier.verify(run.segments().get(i).messages(), challenge, proofs.get(i)));
        }
        List<List<Integer>> roots =
                statements.stream().map(GlobalStatement::boundaryRoot).toList();
        if (!challenge.equals(challenge(key.verifyingKey(), run, roots))) {
            throw new Unsound("challenge");
        }
        long multiplicities = run.ends().size();
        Ext sum = challenge.sum(run.ends());
        for (GlobalStatement statement : statements) {
            multiplicities += statement.multiplicities();
            sum = sum.plus(statement.globalSum());
        }
        if (multiplicities >= KoalaBear.P) {
            throw new Unsound("multiplicities");
        }
        if (!sum.isZero()) {
            throw new Unsound("sum");
        }
        return statements;
    }
}
