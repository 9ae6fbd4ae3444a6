package dev.firesteel.request;

import dev.firesteel.field.Ext;
import dev.firesteel.field.Ext5;
import dev.firesteel.machine.GlobalChallenge;
import dev.firesteel.poly.Parallel;
import java.util.Arrays;
import java.util.List;

/**
 * The challenge of a run, and the work that was done for it.
 *
 * @param challenge with which all its segments are proved
 * @param work the proof of work before it; not copied
 */
public record RunChallenge(GlobalChallenge challenge, byte[] work) {
    private static final String MAGIC = "FSRC";
    private static final int VERSION = 1;

    /**
     * The challenge of a run that ends as the statement says. The same arguments give the same.
     *
     * @param segments all of the run, in order
     * @throws InconsistentSegmentsException when they are not one run of that statement
     */
    public static RunChallenge of(
            ProgramKey key, RunStatement statement, List<SegmentCommitment> segments, Parallel parallel)
            throws InconsistentSegmentsException {
        check(key, statement, segments);
        return GlobalChallenges.prove(key, statement, segments, parallel);
    }

    private static void check(ProgramKey key, RunStatement statement, List<SegmentCommitment> segments)
            throws InconsistentSegmentsException {
        long pc = key.entry();
        int output = 0;
        for (int i = 0; i < segments.size(); i++) {
            SegmentClaim claim = segments.get(i).claim();
            boolean last = i == segments.size() - 1;
            String who = "segment " + i + " ";
            require(claim.index() == i, who + "says that it is segment " + claim.index());
            require(claim.startPc() == pc, who + "does not start where the one before ended");
            require(claim.halted() == last, who + (last ? "does not halt" : "halts and is not the last"));
            require(
                    claim.outputStart() == output
                            && claim.output().length <= statement.output().length - output
                            && Arrays.equals(
                                    claim.output(),
                                    Arrays.copyOfRange(statement.output(), output, output + claim.output().length)),
                    who + "has another part of the output than the run");
            require(
                    !last || claim.exitCode() == statement.exitCode(),
                    who + "ends with another exit code than the run");
            pc = claim.endPc();
            output += claim.output().length;
        }
        require(
                !segments.isEmpty() && output == statement.output().length,
                "the segments have less output than the run");
    }

    private static void require(boolean condition, String message) throws InconsistentSegmentsException {
        if (!condition) {
            throw new InconsistentSegmentsException(message);
        }
    }

    /** The challenge as bytes. */
    public byte[] bytes() {
        return new PieceWriter(MAGIC, VERSION)
                .elements(Arrays.stream(challenge.elements()).boxed().toList())
                .counted(work)
                .bytes();
    }

    /**
     * The challenge of {@code bytes}. Whether it is that of a run, {@link RunVerifier#verify} says.
     *
     * @throws IllegalArgumentException telling what is wrong
     */
    public static RunChallenge read(byte[] bytes) {
        PieceReader in = new PieceReader("challenge", MAGIC, VERSION, bytes);
        int[] elements = in.elements(2 * Ext5.DEGREE).stream().mapToInt(e -> e).toArray();
        byte[] work = in.counted();
        in.require(work.length <= CoreProof.MAX_WORK_BYTES, work.length + " bytes of work");
        in.end();
        return new RunChallenge(new GlobalChallenge(Ext.of(elements, 0), Ext.of(elements, Ext5.DEGREE)), work);
    }
}
