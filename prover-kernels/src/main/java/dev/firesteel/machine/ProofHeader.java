package dev.firesteel.machine;

import dev.firesteel.field.KoalaBear;
import dev.firesteel.hash.Sponge;
import dev.firesteel.protocol.Rejection;
import dev.firesteel.protocol.VerificationException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What stands before a proof's messages: what it is, for which key it was made, and how tall its tables are. Little-endian like the messages.
 *
 * @param keyDigest {@link VerifyingKey#digest}
 * @param logHeights log2 of each table's height in the machine's order, −1 for a table without rows
 */
record ProofHeader(int[] keyDigest, int[] logHeights) {
    private static final byte[] MAGIC = "FSPF".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 2;

    /** Bytes of the header of a proof for {@code key}. */
    static int bytes(VerifyingKey key) {
        return MAGIC.length
                + Short.BYTES
                + Integer.BYTES * Sponge.DIGEST
                + key.machine().chips().size();
    }

    /** The header and after it {@code messages}. */
    byte[] before(byte[] messages) {
        ByteBuffer out = ByteBuffer.allocate(MAGIC.length
                        + Short.BYTES
                        + Integer.BYTES * keyDigest.length
                        + logHeights.length
                        + messages.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC).putShort((short) VERSION);
        for (int element : keyDigest) {
            out.putInt(KoalaBear.toCanonical(element));
        }
        for (int logHeight : logHeights) {
            out.put((byte) logHeight);
        }
        return out.put(messages).array();
    }

    /** Reads the header and checks it against the key. */
    static ProofHeader read(VerifyingKey key, byte[] proof) throws VerificationException {
        ByteBuffer in = ByteBuffer.wrap(proof).order(ByteOrder.LITTLE_ENDIAN);
        if (proof.length < bytes(key)) {
            throw new VerificationException(Rejection.PROOF_TOO_SHORT, "header");
        }
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        if (!Arrays.equals(magic, MAGIC) || in.getShort() != VERSION) {
            throw new VerificationException(Rejection.BAD_HEADER, "magic and version");
        }
        int[] expected = key.digest();
        for (int element : expected) {
            if (in.getInt() != KoalaBear.toCanonical(element)) {
                throw new VerificationException(Rejection.OTHER_KEY, "key digest");
            }
        }
        int[] logHeights = new int[key.machine().chips().size()];
        for (int chip = 0; chip < logHeights.length; chip++) {
            logHeights[chip] = in.get();
            checkHeight(key, chip, logHeights[chip]);
        }
        return new ProofHeader(expected, logHeights);
    }

    /** Throws unless the chip's table may have 2^logHeight rows, or none for −1. */
    static void checkHeight(VerifyingKey key, int chip, int logHeight) throws VerificationException {
        int fixed = key.preprocessedLogHeight(chip);
        boolean hasFixed = key.machine().chips().get(chip).preprocessedWidth() > 0;
        // A lookup table that is left out, or cut, would be another table than the key's.
        if (logHeight < -1 || logHeight > key.maxLogHeight() || (hasFixed && logHeight != fixed)) {
            throw new VerificationException(
                    Rejection.BAD_HEIGHT, key.machine().chips().get(chip).name() + ": 2^" + logHeight);
        }
    }
}
