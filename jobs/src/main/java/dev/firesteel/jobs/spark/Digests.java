package dev.firesteel.jobs.spark;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in the form in which tables hold it. */
public final class Digests {
    /** Looking a digest up costs as much as the digest of a small file. */
    private static final ThreadLocal<MessageDigest> OF_THREAD = ThreadLocal.withInitial(Digests::newSha256);

    private Digests() {}

    /** SHA-256 of {@code parts} one after the other, 64 lower-case hex digits. */
    public static String sha256(byte[]... parts) {
        MessageDigest digest = ofThread();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A fresh SHA-256 for this thread's use until it asks this class for the next. */
    public static MessageDigest ofThread() {
        MessageDigest digest = OF_THREAD.get();
        digest.reset();
        return digest;
    }

    /** A SHA-256 of one's own. */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
