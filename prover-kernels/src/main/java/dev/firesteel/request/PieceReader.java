package dev.firesteel.request;

import dev.firesteel.field.KoalaBear;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what {@link PieceWriter} writes, from bytes that may be anything: nothing is allocated that the bytes do not hold. All methods throw
 * {@link IllegalArgumentException} telling what is wrong.
 */
final class PieceReader {
    private final String what;
    private final ByteBuffer in;

    /**
     * @param what the piece, for messages
     */
    PieceReader(String what, String magic, int version, byte[] bytes) {
        this.what = what;
        this.in = ByteBuffer.wrap(bytes);
        byte[] letters = take(magic.length());
        require(Arrays.equals(letters, magic.getBytes(StandardCharsets.US_ASCII)), "it does not begin with " + magic);
        need(Short.BYTES);
        int found = in.getShort() & 0xFFFF;
        require(found == version, "version " + found + ", this program reads " + version);
    }

    void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(what + ": " + message);
        }
    }

    private void need(long bytes) {
        require(bytes >= 0 && bytes <= in.remaining(), "it ends early");
    }

    private byte[] take(int length) {
        need(length);
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    int number() {
        need(Integer.BYTES);
        return in.getInt();
    }

    long longNumber() {
        need(Long.BYTES);
        return in.getLong();
    }

    /** A number within 0 and {@code most}. */
    long small(long most) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            need(1);
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                require(next != 0 || shift == 0, "a number is longer than it has to be");
                require(value >= 0 && value <= most, value + " is above " + most);
                return value;
            }
        }
        throw new IllegalArgumentException(what + ": a number is too long");
    }

    /** How many items follow, each of which takes at least {@code bytesEach}. */
    int count(int bytesEach) {
        int count = number();
        require(count >= 0, "a count is negative");
        need((long) count * bytesEach);
        return count;
    }

    byte[] counted() {
        return take(count(1));
    }

    /** Field elements in Montgomery form. */
    List<Integer> elements(int count) {
        List<Integer> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = number();
            require(number >= 0 && number < KoalaBear.P, number + " is no element of the field");
            elements.add(KoalaBear.fromCanonical(number));
        }
        return List.copyOf(elements);
    }

    void end() {
        require(!in.hasRemaining(), in.remaining() + " bytes are left");
    }
}
