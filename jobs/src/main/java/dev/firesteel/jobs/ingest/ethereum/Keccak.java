package dev.firesteel.jobs.ingest.ethereum;

import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256 as Ethereum uses it: the padding from before FIPS 202, so not the JDK's SHA3-256. */
public final class Keccak {
    private Keccak() {}

    /** The 32 bytes of Keccak-256 of {@code bytes}. */
    public static Hash hash(byte[] bytes) {
        KeccakDigest digest = new KeccakDigest(256);
        digest.update(bytes, 0, bytes.length);
        byte[] out = new byte[32];
        digest.doFinal(out, 0);
        return new Hash(out);
    }

    /**
     * 32 bytes that compare by value.
     *
     * @param bytes belongs to the hash and must not be changed
     */
    public record Hash(byte[] bytes) {
        /** Refuses other lengths than 32 bytes. */
        public Hash {
            if (bytes.length != 32) {
                throw new RlpException("a hash of " + bytes.length + " bytes instead of 32");
            }
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Hash other && Arrays.equals(bytes, other.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        /** 0x and 64 hex digits. */
        @Override
        public String toString() {
            return "0x" + HexFormat.of().formatHex(bytes);
        }
    }
}
