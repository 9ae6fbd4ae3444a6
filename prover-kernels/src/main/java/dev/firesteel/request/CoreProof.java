package dev.firesteel.request;

import dev.firesteel.chips.Buses;
import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.Sponge;
import dev.firesteel.machine.VerifyingKey;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The proofs of all segments of a run, in order, with what a verifier cannot know from the statement. docs/core-proof.md is the format.
 *
 * @param keyDigest {@link ProgramKey#digest}, to say early that a proof is for another key
 * @param outputHash SHA-256 of the output, to say early that a proof is for another output
 * @param exitCode likewise
 * @param work the proof of work before the global challenge
 * @param segments all of them
 */
public record CoreProof(int[] keyDigest, byte[] outputHash, int exitCode, byte[] work, List<SegmentPart> segments) {
    /** Longest core proof, bytes. */
    public static final int MAX_BYTES = 1 << 30;

    static final int OUTPUT_HASH_BYTES = 32;
    /** Segment numbers are compared in 16 bits. */
    public static final int MAX_SEGMENTS = (1 << 16) - 1;

    /** The length of the work is one byte. */
    static final int MAX_WORK_BYTES = (1 << 8) - 1;

    /** Of the format: the only one that is read. */
    public static final int VERSION = 1;

    private static final byte[] MAGIC = "FSCP".getBytes(StandardCharsets.US_ASCII);
    /** No more than that before the segments, and beside each one's proof. */
    private static final int HEADER_BYTES = 512;

    private static final int PART_BYTES = 128;

    /**
     * A segment's part.
     *
     * @param endPc as in {@link SegmentClaim}; 0 for the last segment
     * @param outputLength bytes that it appends
     * @param boundaryRoot from which the challenge is derived
     * @param proof of its tables
     */
    public record SegmentPart(
            long endPc, int endClock, int sharedWords, int outputLength, List<Integer> boundaryRoot, byte[] proof) {}

    /**
     * The core proof of a run.
     *
     * @param segments all of the run, in order
     * @param challenge derived from them
     * @param proofs a proof per segment
     * @throws RunProver.NotProvableException when it would be longer than {@link #MAX_BYTES}
     */
    public static CoreProof of(
            ProgramKey key,
            RunStatement statement,
            List<SegmentCommitment> segments,
            RunChallenge challenge,
            List<byte[]> proofs)
            throws RunProver.NotProvableException {
        List<SegmentPart> parts = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < segments.size(); i++) {
            SegmentClaim claim = segments.get(i).claim();
            byte[] proof = proofs.get(i);
            bytes += proof.length + PART_BYTES;
            parts.add(new SegmentPart(
                    claim.endPc(),
                    claim.endClock(),
                    claim.sharedWords(),
                    claim.output().length,
                    segments.get(i).boundaryRoot(),
                    proof));
        }
        if (bytes > MAX_BYTES - HEADER_BYTES) {
            throw new RunProver.NotProvableException(
                    "the core proof would have " + bytes + " bytes, more than " + MAX_BYTES);
        }
        return new CoreProof(
                key.digest(), OutputHash.of(statement.output()), statement.exitCode(), challenge.work(), parts);
    }

    /** The proof as bytes. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(MAGIC);
            out.writeShort(VERSION);
            for (int element : keyDigest) {
                out.writeInt(KoalaBear.toCanonical(element));
            }
            out.write(outputHash);
            out.writeInt(exitCode);
            out.writeByte(work.length);
            out.write(work);
            out.writeShort(segments.size());
            for (SegmentPart segment : segments) {
                out.writeInt((int) segment.endPc);
                out.writeInt(segment.endClock);
                out.writeInt(segment.sharedWords);
                out.writeInt(segment.outputLength);
                for (int element : segment.boundaryRoot) {
                    out.writeInt(KoalaBear.toCanonical(element));
                }
                out.writeInt(segment.proof.length);
                out.write(segment.proof);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads a proof that a stranger may have made: nothing is allocated that the bytes do not hold. */
    public static CoreProof read(byte[] bytes) throws VerificationException {
        check(bytes.length <= MAX_BYTES, Rejection.PROOF_TOO_LONG, bytes.length + " bytes");
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte[] magic = take(in, MAGIC.length);
            check(Arrays.equals(magic, MAGIC) && in.getShort() == VERSION, Rejection.BAD_HEADER, "magic and version");
            int[] keyDigest = elements(in, "key digest");
            byte[] outputHash = take(in, OUTPUT_HASH_BYTES);
            int exitCode = in.getInt();
            byte[] work = take(in, in.get() & 0xFF);
            int count = in.getShort() & 0xFFFF;
            List<SegmentPart> segments = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                segments.add(segment(in));
            }
            check(!in.hasRemaining(), Rejection.PROOF_TOO_LONG, in.remaining() + " bytes are left");
            return new CoreProof(keyDigest, outputHash, exitCode, work, List.copyOf(segments));
        } catch (BufferUnderflowException e) {
            throw new VerificationException(Rejection.PROOF_TOO_SHORT, "core proof");
        }
    }

    private static SegmentPart segment(ByteBuffer in) throws VerificationException {
        long endPc = in.getInt() & 0xFFFF_FFFFL;
        int endClock = in.getInt();
        int sharedWords = in.getInt();
        int outputLength = in.getInt();
        check((endPc & 3) == 0, Rejection.BAD_STATEMENT, "a segment ends at 0x" + Long.toHexString(endPc));
        check(
                endClock > Buses.FIRST_CLOCK && endClock <= Buses.MAX_CLOCK,
                Rejection.BAD_STATEMENT,
                "a segment ends at clock " + endClock);
        // Counted modulo p; and no table has more rows.
        check(
                sharedWords > 0 && sharedWords <= 1 << VerifyingKey.MAX_LOG_HEIGHT,
                Rejection.BAD_STATEMENT,
                "a boundary of " + sharedWords + " words");
        check(outputLength >= 0, Rejection.BAD_STATEMENT, "an output of " + outputLength + " bytes");
        List<Integer> root = new ArrayList<>();
        for (int element : elements(in, "boundary root")) {
            root.add(element);
        }
        int length = in.getInt();
        return new SegmentPart(endPc, endClock, sharedWords, outputLength, List.copyOf(root), take(in, length));
    }

    private static byte[] take(ByteBuffer in, int length) throws VerificationException {
        check(length >= 0 && length <= in.remaining(), Rejection.PROOF_TOO_SHORT, length + " bytes");
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static int[] elements(ByteBuffer in, String what) throws VerificationException {
        int[] elements = new int[Sponge.DIGEST];
        for (int i = 0; i < elements.length; i++) {
            int number = in.getInt();
            check(number >= 0 && number < KoalaBear.P, Rejection.ELEMENT_NOT_CANONICAL, what);
            elements[i] = KoalaBear.fromCanonical(number);
        }
        return elements;
    }

    private static void check(boolean condition, Rejection reason, String where) throws VerificationException {
        if (!condition) {
            throw new VerificationException(reason, where);
        }
    }
}
