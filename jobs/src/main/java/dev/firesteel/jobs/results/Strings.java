package dev.firesteel.jobs.results;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.firesteel.jobs.spark.Digests;
import java.io.IOException;
import java.io.StringWriter;
import java.security.MessageDigest;

/** Texts that strangers wrote, and digests. */
final class Strings {
    private Strings() {}

    /**
     * Returns {@code text}; half a surrogate pair has no UTF-8 and is refused, for a table could not hold it. Where the text was found is
     * told as {@code at} and {@code member}, one after the other.
     */
    static String wellFormed(String text, String at, String member) throws BadResultException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new BadResultException(
                            QuarantineClass.BROKEN_JSON,
                            at + member + " holds half a surrogate pair, which is no character");
                }
                i++;
            }
        }
        return text;
    }

    /** {@link #wellFormed(String, String, String)} of something at {@code at}. */
    static String wellFormed(String text, String at) throws BadResultException {
        return wellFormed(text, at, "");
    }

    /** The value that {@code parser} stands at as compact JSON; the parser then stands at its end. */
    static String json(JsonParser parser) throws IOException, BadResultException {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = ResultReader.FACTORY.createGenerator(out)) {
            generator.copyCurrentStructureExact(parser);
        }
        if (out.getBuffer().length() > ResultReader.MAX_TEXT) {
            throw new BadResultException(
                    QuarantineClass.TOO_LARGE, "an unknown member is longer than " + ResultReader.MAX_TEXT);
        }
        return wellFormed(out.toString(), "an unknown member");
    }

    /** A fresh digest for this thread's use until it asks for the next: looking one up costs as much as a file's digest. */
    static MessageDigest sha256() {
        return Digests.ofThread();
    }

    /** SHA-256 of {@code bytes}, 64 hex digits. */
    static String sha256(byte[] bytes) {
        return Digests.sha256(bytes);
    }
}
