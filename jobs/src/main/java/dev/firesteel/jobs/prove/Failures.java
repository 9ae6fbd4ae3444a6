package dev.firesteel.jobs.prove;

import dev.firesteel.jobs.tasks.Failure;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.request.InconsistentSegmentsException;
import dev.firesteel.request.RunProver;
import dev.firesteel.riscv.ReplayException;
import dev.firesteel.riscv.SegmentCodecException;

/** What failures of the proving stages are, by class. */
final class Failures {
    /** Rows that are missing, or do not say what happens. No attempt mends them. */
    static final String BAD_SEGMENT = "bad_segment";
    /** There is no proof of such a thing. */
    static final String NOT_PROVABLE = "not_provable";
    /** The prover made something that its verifier refuses. Another executor may do better. */
    static final String NOT_VERIFIED = "not_verified";
    /** It would need more memory than an executor has. */
    static final String DOES_NOT_FIT = "does_not_fit";

    private Failures() {}

    /** A row that a job has to find is not there, or cannot be read. */
    static final class BadRowException extends Exception {
        private static final long serialVersionUID = 1L;

        BadRowException(String message) {
            super(message);
        }
    }

    static Failure of(Throwable e) {
        if (e instanceof ReplayException
                || e instanceof SegmentCodecException
                || e instanceof InconsistentSegmentsException
                || e instanceof BadRowException) {
            return Failure.fatal(BAD_SEGMENT, e);
        }
        if (e instanceof RunProver.NotProvableException) {
            return Failure.fatal(NOT_PROVABLE, e);
        }
        if (e instanceof VerificationException refused) {
            boolean asked = refused.reason() != Rejection.INSECURE_PRESET;
            return new Failure(
                    NOT_VERIFIED, asked, Failure.fatal(NOT_VERIFIED, e).message());
        }
        return Failure.of(e);
    }
}
