package dev.firesteel.jobs.ingest;

import java.util.HexFormat;

/** The hexadecimal form of bytes in manifests and fixtures. */
final class HexField {
    private HexField() {}

    /** The bytes that {@code 0x…} stands for; throws {@link Refused} as {@code bad_hex}, naming {@code field}. */
    static byte[] bytes(String field, String text) throws Refused {
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
