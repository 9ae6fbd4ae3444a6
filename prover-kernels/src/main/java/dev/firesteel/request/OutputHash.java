package dev.firesteel.request;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of a public output. */
final class OutputHash {
    private OutputHash() {}

    static byte[] of(byte[] output) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(output);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
