package dev.firesteel.jobs.results;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A SHA-256 as it is kept for many results at once: a third of the memory of its digits, and compared and hashed in a few cycles. */
record Digest(long a, long b, long c, long d) {
    /** Digits of the text. */
    static final int DIGITS = 64;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** The digest of {@code parts}, one after the other, by {@code sha256}, which is fresh. */
    static Digest of(MessageDigest sha256, byte[]... parts) {
        for (byte[] part : parts) {
            sha256.update(part);
        }
        ByteBuffer bytes = ByteBuffer.wrap(sha256.digest());
        return new Digest(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    /** The text, lower-case hex, as ASCII. */
    byte[] hexBytes() {
        byte[] out = new byte[DIGITS];
        hex(out, 0, a);
        hex(out, 16, b);
        hex(out, 32, c);
        hex(out, 48, d);
        return out;
    }

    private static void hex(byte[] out, int at, long value) {
        for (int i = 0; i < 16; i++) {
            out[at + i] = HEX[(int) (value >>> (60 - 4 * i)) & 15];
        }
    }

    /** The text in which tables hold it. */
    String hex() {
        return new String(hexBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Any 32 bits of a digest are as good a hash as there is. */
    @Override
    public int hashCode() {
        return (int) a;
    }

    @Override
    public String toString() {
        return hex();
    }
}
