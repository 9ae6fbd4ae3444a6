package dev.firesteel.request;

import dev.firesteel.field.KoalaBear;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a piece of a run as bytes: four letters, a version of two bytes, then numbers, high byte first. */
final class PieceWriter {
    private static final int MORE = 0x80;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PieceWriter(String magic, int version) {
        out.writeBytes(magic.getBytes(StandardCharsets.US_ASCII));
        out.write(version >>> 8);
        out.write(version);
    }

    PieceWriter number(int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(value >>> shift);
        }
        return this;
    }

    PieceWriter number(long value) {
        return number((int) (value >>> 32)).number((int) value);
    }

    /** A number of at least 0, seven bits a byte, low ones first. */
    PieceWriter small(long value) {
        for (long rest = value; ; rest >>>= 7) {
            if (rest < MORE) {
                out.write((int) rest);
                return this;
            }
            out.write((int) (rest & MORE - 1 | MORE));
        }
    }

    /** Bytes with their number before them. */
    PieceWriter counted(byte[] bytes) {
        number(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    /** Field elements in Montgomery form, as their canonical numbers. */
    PieceWriter elements(List<Integer> elements) {
        elements.forEach(e -> number(KoalaBear.toCanonical(e)));
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
