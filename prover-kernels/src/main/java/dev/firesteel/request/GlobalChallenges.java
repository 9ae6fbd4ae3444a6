package dev.firesteel.request;

import dev.firesteel.hash.Transcript;
import dev.firesteel.hash.TranscriptProverChannel;
import dev.firesteel.hash.TranscriptVerifierChannel;
import dev.firesteel.machine.GlobalChallenge;
import dev.firesteel.poly.Parallel;
import dev.firesteel.protocol.VerificationException;
import java.util.List;

/**
 * The challenge of a run's memory across segments. It depends on everything that was fixed before it: the key, the statement, what every segment claims, and every boundary's
 * root, in order.
 */
final class GlobalChallenges {
    private static final String PROTOCOL = "firesteel/core/1";
    private static final String WORK = "challenge grinding";
    private static final String ALPHA = "alpha";
    private static final String BETA = "beta";

    private GlobalChallenges() {}

    private static Transcript transcript(ProgramKey key, RunStatement statement, List<SegmentCommitment> segments) {
        Transcript transcript = new Transcript(PROTOCOL);
        transcript.absorb("program key", key.digest());
        transcript.absorbBytes("output", statement.output());
        transcript.absorbNumbers("exit code", statement.exitCode() & 0xFFFF, statement.exitCode() >>> 16);
        transcript.absorbNumbers("segment count", segments.size());
        for (SegmentCommitment segment : segments) {
            SegmentClaim claim = segment.claim();
            transcript.absorbNumbers(
                    "segment",
                    (int) (claim.startPc() >>> 2),
                    (int) (claim.endPc() >>> 2),
                    claim.endClock(),
                    claim.sharedWords(),
                    claim.outputStart(),
                    claim.output().length,
                    claim.halted() ? 1 : 0);
            transcript.absorb(
                    "boundary root",
                    segment.boundaryRoot().stream().mapToInt(e -> e).toArray());
        }
        return transcript;
    }

    static RunChallenge prove(
            ProgramKey key, RunStatement statement, List<SegmentCommitment> segments, Parallel parallel) {
        TranscriptProverChannel channel = new TranscriptProverChannel(transcript(key, statement, segments), parallel);
        channel.grind(WORK, key.tables().preset().logUpGrinding());
        return new RunChallenge(new GlobalChallenge(channel.sample(ALPHA), channel.sample(BETA)), channel.proof());
    }

    static GlobalChallenge verify(ProgramKey key, RunStatement statement, List<SegmentCommitment> segments, byte[] work)
            throws VerificationException {
        TranscriptVerifierChannel channel = new TranscriptVerifierChannel(transcript(key, statement, segments), work);
        channel.grind(WORK, key.tables().preset().logUpGrinding());
        GlobalChallenge challenge = new GlobalChallenge(channel.sample(ALPHA), channel.sample(BETA));
        channel.end();
        return challenge;
    }
}
