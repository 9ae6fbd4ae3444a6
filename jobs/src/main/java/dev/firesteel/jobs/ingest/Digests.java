package dev.firesteel.jobs.ingest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in the form in which tables hold it, and the hex of fixtures. */
public final class Digests {
    private Digests() {}

    /** SHA-256 of {@code parts} one after the other, 64 lower-case hex digits. */
    public static String sha256(byte[]... parts) {
        MessageDigest digest = newSha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A fresh SHA-256. */
    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The bytes that {@code 0x…} stands for; throws {@link Refused} as {@code bad_hex}, naming {@code field}. */
    static byte[] hex(String field, String text) throws Refused {
        if (!text.startsWith("0x")) {
            throw new Refused("bad_hex", field + ": hexadecimal digits must begin with 0x");
        }
        try {
            return HexFormat.of().parseHex(text, 2, text.length());
        } catch (IllegalArgumentException e) {
            throw new Refused("bad_hex", field + ": " + e.getMessage());
        }
    }
}
